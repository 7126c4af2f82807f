"""Small instances drawn at random with two or three rules of the format's second step at once, and odd records."""

from dataclasses import replace
from random import Random

from models.programme.edition import Window
from models.programme.instance import Instance
from models.programme.people import Learner
from tests.builders import day, offering, record
from tests.second_step_draws import applied
from tests.small_draws import drawn

RULES = ("excludes", "corequisites", "strict_corequisites", "days_after", "days_between", "max_workshops_per_month",
         "min_break", "after_credits", "attendance", "requirements", "apart_from", "in_force", "valid_years", "seat_group",
         "window", "waived", "reserved", "roles")  # fmt: skip

EASED = 0.8
"""The share of instances of which the calendar is made kinder."""


def wide(seed: int, *, rules: int | None = None, together: bool = False) -> Instance:
    """Return the instance of a seed; with `rules`, with so many of the newer rules in use."""
    chance = Random(f"wide {seed}")  # noqa: S311 - made-up instances are no secret
    case = drawn(seed, together=together)
    case = replace(case, instance=_eased(chance, case.instance)) if chance.random() < EASED else case
    for name in chance.sample(RULES, chance.choice((1, 2, 2, 3)) if rules is None else rules):
        case = (
            applied(name, case, chance) if name not in OWN else replace(case, instance=OWN[name](chance, case.instance))
        )
    return _asking(chance, case.instance)


def odd(seed: int, kind: str) -> Instance:
    """Return an instance under the first step's rules that asks only for what comes last, or says something twice."""
    chance = Random(f"odd {seed}")  # noqa: S311 - made-up instances are no secret
    instance = drawn(seed).instance
    edition = instance.editions[instance.edition]
    if kind == "bare":
        last = edition.last or ((chance.choice("AB"),),)
        found = replace(edition, requirements=(), last=last, first=edition.first if edition.last else ())
        return replace(instance, editions={**instance.editions, edition.id: found})
    again = tuple(replace(each, id=f"{each.id} again") for each in edition.requirements[:1])
    found = replace(
        edition,
        requirements=(*edition.requirements, *again),
        first=(*edition.first, *edition.first[:1]),
        components=tuple(replace(each, requires=(*each.requires, *each.requires[:1])) for each in edition.components),
    )
    return replace(
        instance,
        editions={**instance.editions, edition.id: found},
        unavailable=(*instance.unavailable, *instance.unavailable[:1]),
    )


def _eased(chance: Random, instance: Instance) -> Instance:
    """Publish all runs and hold what is asked for and has none in time: most of the plain draws are blocked."""
    edition = instance.editions[instance.edition]
    codes = {code for each in edition.requirements for code in each.pool}
    codes |= {code for each in (*edition.first, *edition.last) for code in each}
    late = {run.component for run in instance.offerings if run.start > instance.as_of}
    more = []
    for code in sorted(codes - late - {"T"}):
        roles = edition.component[code].roles
        more.append(offering(f"{code}7", chance.choice((2, 3, 5)), chance.choice((5, 6)), roles=roles))
    runs = [replace(run, status="published", seats=run.seats or None) for run in instance.offerings]
    learners = tuple(replace(who, enrolled=who.enrolled or day(-30)) for who in instance.learners)
    found = replace(edition, window=edition.window if chance.random() < 0.3 else None)
    return replace(
        instance,
        offerings=tuple(sorted([*runs, *more], key=lambda run: run.id)),
        learners=learners,
        editions={**instance.editions, edition.id: found},
    )


def _asking(chance: Random, instance: Instance) -> Instance:
    """Let every edition ask for something, mostly: otherwise nobody has anything to plan."""
    edition = instance.editions[instance.edition]
    if edition.requirements or edition.last or chance.random() < 0.1:
        return instance
    asked = replace(edition, last=((chance.choice("AB"),),), first=())
    return replace(instance, editions={**instance.editions, edition.id: asked})


def _window(chance: Random, instance: Instance) -> Instance:
    edition = instance.editions[instance.edition]
    starts = chance.choice(("enrolment", "orientation", "first-component"))
    lengths = [{"months": 1}, {"months": 2}, {"days": 2}, {"days": 31}, {"days": 33}, {"days": 36}]
    window = Window(years=0, starts=starts, **chance.choice(lengths))  # type: ignore[arg-type]
    return replace(instance, editions={**instance.editions, edition.id: replace(edition, window=window)})


def _waived(chance: Random, instance: Instance) -> Instance:
    rows = tuple(record("ada", "waived", chance.choice("ABELT"), note="known") for _ in range(2))
    return replace(instance, records=(*instance.records, *dict.fromkeys(rows)))


def _reserved(chance: Random, instance: Instance) -> Instance:
    runs = tuple(
        replace(run, seats=chance.choice((1, 2)), reserved=chance.choice((0, 1, 2)),
                reserved_until=chance.choice((None, day(-1), day(0), day(2))))
        for run in instance.offerings
    )  # fmt: skip
    return replace(instance, offerings=runs)


def _roles(chance: Random, instance: Instance) -> Instance:
    """Exempt somebody from a role, or from a component and not from the role."""
    rows = [row for row in instance.records if row.component != "E"]
    rows += [record("ada", "exempt", "E", role=chance.choice((None, "talk")), note="known")]
    return replace(instance, records=tuple(rows))


OWN = {"window": _window, "waived": _waived, "reserved": _reserved, "roles": _roles}


def first_of(instance: Instance) -> Learner:
    """Return the learner in question."""
    return instance.learners[0]
