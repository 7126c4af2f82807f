"""Wild small instances: whatever the format allows, mixed without regard to what is likely, the same for the same seed."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from models.programme.edition import Component, Edition, Need, Requirement, Window
from models.programme.instance import Instance
from models.programme.offering import Offering, Session
from models.programme.people import Learner
from models.programme.time import ClockFoldError, ClockGapError, instant
from tests.small_words import in_order
from tests.wild_people import absences, person, records

DAYS = (date(2025, 3, 25), date(2025, 3, 25), date(2025, 3, 5), date(2025, 10, 23), date(2024, 2, 26))
"""Planning days: the clocks of London or New York change soon after most of them, and one is shortly before a 29 February."""

ZONES = ("UTC", "UTC", "America/New_York", "Europe/London", "Asia/Tokyo", "Pacific/Auckland")
HOURS = (0, 0, 1, 3, 9, 12, 12, 12, 13, 16, 22, 23)
CODES = ("T", "U", "F", "A", "B", "C", "D", "R", "Q", "X", "Z")
"""Tasks T U, workshops F D, courses A B C, repeatable R and Q (with roles), X that is never held, and Z."""


@dataclass(frozen=True, slots=True)
class Odds:
    """How much there is, and how often the rarer parts of the format are met."""

    learners: int = 1
    offerings: int = 7
    horizon: int = 14
    rare: float = 0.3
    apart: bool = False
    """Whether pools do not overlap and orders name single components, as where the program needs no solver."""


def wild(seed: int, odds: Odds | None = None) -> Instance:
    """Return the instance of a seed."""
    chance = random.Random(seed)  # noqa: S311 - made-up instances are no secret
    odds = odds or Odds(
        horizon=chance.choice([6, 14, 14, 30]), rare=chance.choice([0.05, 0.1, 0.2, 0.5]), apart=seed % 2 == 0
    )
    today = chance.choice(DAYS)
    edition = _edition(chance, odds)
    codes = _codes(chance, edition, odds)
    runs = [_offering(chance, odds, edition, today, f"{code}{place}") for place, code in enumerate(codes)]
    runs += [replace(run, id=f"{run.id}x") for run in runs if chance.random() < odds.rare * 0.2]  # twins
    people = [person(chance, odds.rare, today, runs, f"L{number}") for number in range(odds.learners)]
    rows = tuple(row for each in people for row in records(chance, odds.rare, edition, runs, each, today))
    away = tuple(row for each in people for row in absences(chance, odds.rare, runs, each))
    return Instance(
        id="wild",
        title="Wild",
        edition="wild",
        as_of=today,
        zone="UTC",
        synthetic=True,
        editions={"wild": edition},
        offerings=in_order(runs),
        learners=tuple(people),
        records=rows,
        unavailable=away,
        tentative=chance.random() < odds.rare,
    )


def _ends(chance: random.Random, odds: Odds) -> tuple[Need, Need]:
    """Return what comes first and what comes last."""
    if odds.apart:
        return chance.choice([(), (("T",),), (("F",),), (("T",), ("F",))]), chance.choice([(), (), (("U",),)])
    first: Need = chance.choice([(), (), (("T",),), (("T", "F"),), (("F",),), (("T",), ("F",)), (("F", "A"), ("T",))])
    last: Need = chance.choice(
        [(), (), (), (("Z",),), (("Z",),), (("Z", "D"),), (("R",),), (("U",),), (("Z",), ("U",))]
    )
    return first, last


def _edition(chance: random.Random, odds: Odds) -> Edition:
    first, last = _ends(chance, odds)
    clocks: list[Any] = ["enrolment", "first-component", "orientation" if first else "enrolment"]
    components = _components(chance, odds, first)
    return Edition(
        id="wild",
        title="Wild",
        window=Window(years=chance.choice([1, 1, 2]), starts=chance.choice(clocks)) if chance.random() < 0.6 else None,
        gate=chance.choice([None, "first-session", "registration", "registration"]),
        first=first,
        last=last,
        components=components,
        requirements=_requirements_apart(chance, components) if odds.apart else _requirements(chance, components),
    )


def _components(chance: random.Random, odds: Odds, first: Need) -> tuple[Component, ...]:
    """Make the components in an order in which each requires only earlier ones, and what is first only such."""
    ahead = {code for entry in first for code in entry}
    order = [code for code in CODES if code in ahead] + [code for code in CODES if code not in ahead]
    kinds: dict[str, Any] = {"T": "task", "U": "task", "Z": chance.choice(["task", "workshop", "event"])}
    kinds |= dict.fromkeys("ABC", "course") | dict.fromkeys("FDRX", "workshop") | {"Q": "event"}
    return tuple(
        Component(
            code=code,
            title=code,
            kind=kinds[code],
            days=chance.choice([None, 1, 2, 5]) if kinds[code] == "task" else None,
            requires=_requires(chance, [c for c in order[:place] if code not in ahead or c in ahead], odds),
            repeatable=code in "QR",
            roles=chance.choice([(("talk", 1),), (("talk", 2), ("host", 1)), ()]) if code == "Q" else (),
            absences=chance.choice([0, 0, 1, 2]) if chance.random() < odds.rare else 0,
        )
        for place, code in enumerate(order)
    )


def _requires(chance: random.Random, earlier: Sequence[str], odds: Odds) -> Need:
    if not earlier or chance.random() > 0.1 + odds.rare / 2:
        return ()
    if odds.apart:
        return ((chance.choice(earlier),),)
    return tuple(
        tuple(chance.sample(earlier, min(len(earlier), chance.choice([1, 1, 2]))))
        for _ in range(chance.choice([1, 1, 2]))
    )


def _requirements(chance: random.Random, components: Sequence[Component]) -> tuple[Requirement, ...]:
    known = {component.code: component for component in components}
    made = []
    for number in range(chance.choice([1, 1, 2, 3])):
        pool = tuple(chance.sample("ABCDFQRQRTUZX", chance.choice([1, 1, 2, 3, 4])))
        pool = tuple(dict.fromkeys(pool))
        held = len([code for code in pool if code != "X"])
        most = 3 if any(known[code].repeatable for code in pool) else max(1, held)
        roles = sorted({role for code in pool for role, _ in known[code].roles})
        role = chance.choice(roles) if roles and chance.random() < 0.4 else None
        count = min(most, chance.choice([1, 1, 2, 2, 3]))
        minutes = chance.choice([None, None, 60, 90])
        title = f"R{number}"
        made.append(Requirement(id=title, title=title, count=count, pool=pool, role=role, min_minutes=minutes))
    return tuple(made)


def _requirements_apart(chance: random.Random, components: Sequence[Component]) -> tuple[Requirement, ...]:
    """Cut the components into pools, and perhaps ask for a role too."""
    roles = next(component.roles for component in components if component.code == "Q")
    pools = [pool for pool in (("A", "B"), ("C", "D"), ("Q",), ("T",), ("R",)) if chance.random() < 0.5] or [("A",)]
    made = [
        Requirement(
            id=pool[0],
            title=pool[0],
            count=chance.choice([1, 2]) if pool[0] in "AQR" and pool != ("A",) else 1,
            pool=pool,
            min_minutes=chance.choice([None, None, 60]),
        )
        for pool in pools
    ]
    if roles and chance.random() < 0.7:
        made.append(Requirement(id="talk", title="A talk", count=1, pool=("Q",), role="talk"))
    return tuple(made)


def _codes(chance: random.Random, edition: Edition, odds: Odds) -> list[str]:
    """Return what to hold: as a rule what is asked for, and what that requires."""
    dated = [component.code for component in edition.components if component.kind != "task" and component.code != "X"]
    asked = [code for need in edition.requirements for code in chance.sample(need.pool, len(need.pool))[: need.count]]
    asked += [chance.choice(entry) for entry in (*edition.first, *edition.last)]
    for code in asked:
        asked += [code for entry in edition.component[code].requires for code in entry[:1] if code not in asked]
    wanted = [code for code in asked if code in dated]
    more = [chance.choice([*dated, *wanted, *wanted]) for _ in range(odds.offerings)]
    return [*dict.fromkeys(wanted), *more][: odds.offerings]


def _offering(chance: random.Random, odds: Odds, edition: Edition, today: date, name: str) -> Offering:
    code = name.rstrip("0123456789")
    rank = [component.code for component in edition.components].index(code) / len(CODES)
    near = round(rank * odds.horizon * 0.8) + 1
    start = (
        chance.randint(near, near + odds.horizon // 3) if chance.random() < 0.85 else chance.randint(-3, odds.horizon)
    )
    length = chance.choice([0, 0, 1, 2, 4, 9])
    zone = chance.choice(ZONES) if chance.random() < odds.rare else "UTC"
    first, last = (today + timedelta(days=number) for number in (start, start + length))
    closing = today + timedelta(days=chance.choice([-1, 0, 0, start - 4, start - 1, start, start + length]))
    roles = [(role, chance.choice([0, 1, 1, places])) for role, places in edition.component[code].roles]
    if len(roles) > 1 and chance.random() < odds.rare:
        roles = roles[:1]
    status: Any = chance.choice(["tentative", "cancelled"]) if chance.random() < odds.rare * 0.3 else "published"
    return Offering(
        id=name,
        component=code,
        start=first,
        end=last,
        seats=chance.choice([1, 1, 2, 3]) if chance.random() < 0.2 + odds.rare else None,
        taken=chance.choice([0, 0, 0, 1]) if chance.random() < odds.rare else 0,
        roles=tuple(roles),
        registration_closes=min(closing, last) if chance.random() < odds.rare else None,
        status=status,
        weekly_minutes=chance.choice([None, 60, 120, 240]),
        zone=zone,
        sessions=_sessions(chance, first, last, zone),
    )


def _sessions(chance: random.Random, first: date, last: date, zone: str) -> tuple[Session, ...]:
    """Make sessions anywhere inside the days, by the clocks of the zone; none overlaps the one before."""
    found: list[Session] = []
    span = (last - first).days
    days = sorted(chance.randint(0, span) for _ in range(chance.choice([0, 0, 1, 1, 2, 3])))
    for number in days:
        day = first + timedelta(days=number)
        moment = datetime.combine(day, time(chance.choice(HOURS), chance.choice([0, 0, 0, 30])))
        try:
            start = instant(moment, zone)
        except (ClockGapError, ClockFoldError):
            continue
        made = Session(start=start, minutes=chance.choice([None, 30, 59, 60, 60, 90, 180]))
        fits = made.span.end <= instant(datetime.combine(last + timedelta(days=1), time()), zone)
        if fits and all(not made.span.overlaps(each.span) for each in found):
            found.append(made)
    return tuple(sorted(found, key=lambda each: each.start))


def several(seed: int, learners: int) -> Instance:
    """Return an instance in which a few learners share what there is."""
    chance = random.Random(seed)  # noqa: S311 - as above
    odds = Odds(
        learners=learners,
        offerings=chance.choice([5, 7, 9]),
        horizon=chance.choice([8, 20]),
        rare=chance.choice([0.05, 0.1, 0.3]),
        apart=chance.random() < 0.7,
    )
    return wild(seed, odds)


def alike(given: Instance, seed: int) -> Instance:
    """Give every learner the data of the first, but for what is recorded, so that many are alike."""
    if seed % 3:
        return given
    one: Learner = given.learners[0]
    return replace(given, learners=tuple(replace(one, id=each.id) for each in given.learners))
