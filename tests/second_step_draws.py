"""Small instances drawn at random that use the format's second step: the rules between components, and what people state."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

from models.programme.edition import Component, Edition, Requirement
from models.programme.offering import Offering
from models.programme.people import Learner, Record
from tests.builders import record
from tests.small_draws import drawn
from tests.small_scope import Case

LASTING = ("valid_years", "in_force", "once")
"""Rules that need days which lie far apart."""

Way = Callable[[Random], Any]


def _component(chance: Random, rule: str, component: Component) -> Component:
    others = [code for code in "ABELT" if code != component.code]
    one, other = chance.sample(others, 2)
    entry = chance.choice(((one,), (one, other)))
    ways: dict[str, Way] = {
        "excludes": lambda _: {"excludes": (one,)},
        "corequisites": lambda _: {"corequisites": (entry,)},
        "strict_corequisites": lambda _: {"strict_corequisites": (entry,)},
        "days_after": lambda c: {"requires": (entry,), "days_after": ((one, c.choice((1, 2, 3, 30))),)},
        "after_credits": lambda c: {"after_credits": c.choice((1, 2, 3))},
    }
    if component.kind != "task" or rule != "days_after":
        return replace(component, **ways[rule](chance)) if rule in ways and chance.random() < 0.5 else component
    return component


def _acyclic(edition: Edition) -> bool:
    """Say whether nothing requires itself by way of others."""
    needs = {
        each.code: {code for entry in each.requires for code in entry}
        | (set() if each.code in edition.first_codes else edition.first_codes)
        for each in edition.components
    }
    for _ in needs:
        needs = {code: mine | {far for each in mine for far in needs.get(each, ())} for code, mine in needs.items()}
    return not any(code in mine for code, mine in needs.items())


def _edition(chance: Random, rule: str, edition: Edition) -> Edition:
    components = [_component(chance, rule, each) for each in edition.components]
    if rule == "after_credits":
        components = [
            replace(each, credits=chance.choice(((), (("", 2),), (("x", 1), ("y", 1))))) for each in components
        ]
    found = replace(edition, components=tuple(components))
    if rule == "max_workshops_per_month":
        kinds = [replace(each, kind="workshop") if each.kind == "course" else each for each in components]
        found = replace(found, components=tuple(kinds), max_workshops_per_month=chance.choice((None, 1, 2)))
    if rule == "days_between":
        keys = ("course", "event", "task", "A", "B")
        found = replace(found, days_between=((chance.choice(keys), chance.choice((1, 2, 4))),))
    found = _counted(chance, rule, found)
    return found if _acyclic(found) else edition


def _counted(chance: Random, rule: str, edition: Edition) -> Edition:
    """Return an edition that counts otherwise: in credits, apart, for some time alone."""
    if rule == "valid_years":
        years = [replace(each, valid_years=1) if chance.random() < 0.6 else each for each in edition.components]
        edition = replace(edition, components=tuple(years))
    rows = [_requirement(chance, rule, each) for each in edition.requirements]
    if rule == "apart_from" and len(rows) > 1:
        rows[0] = replace(rows[0], apart_from=(rows[1].id,))
    if rule == "requirements":
        worths: Any = ((("", 2),), (), (("", 3),), (("x", 1),), tuple((each.id, 2) for each in rows))
        credited = [replace(each, credits=chance.choice(worths)) for each in edition.components]
        edition = replace(edition, components=tuple(credited))
    return replace(edition, requirements=tuple(rows))


def _requirement(chance: Random, rule: str, requirement: Requirement) -> Requirement:
    if rule == "requirements":
        return replace(
            requirement, in_credits=chance.random() < 0.8, count=requirement.count + chance.choice((0, 1, 2))
        )
    if rule in {"in_force", "once"} and chance.random() < 0.8:
        return replace(requirement, within_months=chance.choice((1, 1, 12)))
    return requirement


LATER = (0, 0, 28, 29, 30, 31, 32, 364, 365, 366)


def _shifted(chance: Random, run: Offering) -> Offering:
    """Return an offering without sessions that is held later, so that what counts for some time has run out, or just not."""
    late = timedelta(days=chance.choice(LATER))
    return replace(run, start=run.start + late, end=run.end + late) if not run.sessions else run


def _grouped(chance: Random, run: Offering) -> Offering:
    seats, taken = chance.choice((None, 1, 2, 3)), chance.choice((0, 0, 1))
    return replace(run, seat_group=chance.choice(("hall", "hall", None)), seats=seats, taken=taken)


def _old(chance: Random, codes: Sequence[str]) -> list[Record]:
    days = (-366, -365, -364, -363, -31, -30, -29, -28)
    return [
        record("ada", "completed", chance.choice(codes), chance.choice(days)) for _ in range(chance.choice((0, 1, 2)))
    ]


def _learner(chance: Random, rule: str, who: Learner) -> Learner:
    if rule == "min_break":
        return replace(who, min_break=chance.choice((1, 30, 31, 1440)))
    if rule == "attendance":
        hours = chance.choice(((22 * 60, 4 * 60), (12 * 60 + 30, 12 * 60), (None, None), (8 * 60, 20 * 60)))
        days = chance.choice(((), (2,), (2, 3), (4, 5, 6)))
        return replace(who, earliest=hours[0], latest=hours[1], weekdays=days)
    if rule == "max_workshops_per_month":
        return replace(who, max_workshops_per_month=chance.choice((None, 1, 2)))
    return who


def drawn_with(rule: str, seed: int) -> Case:
    """Return the case of a seed in which a rule of the second step may bind."""
    case = applied(rule, drawn(seed), Random(f"{rule} {seed}"))  # noqa: S311 - made-up instances are no secret
    return replace(case, name=f"{rule} {case.name}")


def applied(rule: str, case: Case, chance: Random) -> Case:
    """Return a case in which a rule of the second step may bind."""
    instance = case.instance
    editions = {key: _edition(chance, rule, each) for key, each in instance.editions.items()}
    learners = tuple(_learner(chance, rule, each) for each in instance.learners)
    if rule == "seat_group":
        instance = replace(instance, offerings=tuple(_grouped(chance, each) for each in instance.offerings))
    if rule in LASTING:
        old = tuple(_old(chance, sorted(editions[instance.edition].component)))
        offerings = tuple(_shifted(chance, each) for each in instance.offerings)
        instance = replace(instance, records=(*instance.records, *old), offerings=offerings)
    return replace(case, instance=replace(instance, editions=editions, learners=learners))
