"""Made-up instances, small or middling, uniform or pushed onto boundaries, the same for the same seed."""

import random
from collections.abc import Sequence
from dataclasses import replace

from models.programme.edition import Clock, Component, Edition, Need, Requirement, Window
from models.programme.instance import Instance
from models.programme.offering import Offering, Session
from models.programme.people import Record
from tests.small_words import DAY, FAMILIES, STATUSES, Gate, Size, at, day, instance_of
from tests.strategies_people import made_absences, made_learner, made_records


def made(seed: int, size: Size) -> Instance:
    """Return the instance of a seed."""
    return make(random.Random(seed), size)  # noqa: S311 - made-up instances are no secret


def make(chance: random.Random, size: Size) -> Instance:
    """Make one instance out of random choices."""
    if "any" in size.strict:
        size = replace(size, strict=frozenset(name for name in FAMILIES if chance.random() < 0.3))
    edition = _edition(chance, size)
    codes = _codes(chance, edition, size.offerings)
    offerings = [_offering(chance, size, code, place) for place, code in enumerate(codes)]
    if edition.window and edition.window.starts != "enrolment" and chance.random() < 0.4:
        offerings = [_a_year_later(offering, size) for offering in offerings]
    people = [made_learner(chance, size, edition, offerings, f"L{place}") for place in range(size.learners)]
    records = [row for person in people for row in made_records(chance, size, edition, offerings, person)]
    unavailable = (
        [row for person in people for row in made_absences(chance, size, offerings, person)]
        if "away" in size.strict
        else []
    )
    offerings = [_seated(chance, size, edition, offering, records) for offering in offerings]
    return instance_of(
        edition,
        offerings,
        people,
        records=tuple(records),
        unavailable=tuple(unavailable),
        tentative=chance.random() < 0.3,
    )


def _edition(chance: random.Random, size: Size) -> Edition:
    orientation: Need = chance.choice([(), (("ORIENT",),), (("ORIENT", "INTRO"),), (("ORIENT",), ("INTRO",))])
    clocks: list[Clock] = ["enrolment", "orientation" if orientation else "enrolment", "first-component"]
    drawn = chance.choice(clocks)
    clock = drawn if size.clock is None else size.clock
    capstone = chance.random() < 0.3
    gates: list[Gate | None] = [None, "first-session", "registration"]
    if "closing" in size.strict:
        gates = ["registration"]
    requirements = _requirements(chance, capstone=capstone)
    return Edition(
        id="small",
        title="Small",
        window=Window(years=1, starts=clock) if "window" in size.strict else None,
        gate=chance.choice(gates),
        first=orientation,
        last=(("CAP",),) if capstone else (),
        components=_components(chance, requirements),
        requirements=requirements,
    )


def _components(chance: random.Random, requirements: Sequence[Requirement]) -> tuple[Component, ...]:
    speaks = any(need.role for need in requirements) or chance.random() < 0.3
    chain: Need = chance.choice([(), (("A",),)])
    both: Need = chance.choice([(), (("A",), ("B",)), (("A", "B"),), (("B", "ORIENT"),)])
    return (
        Component(code="ORIENT", title="Orientation", kind="task", days=chance.choice([None, 1, 3, 7])),
        Component(code="INTRO", title="Introduction", kind="workshop"),
        Component(code="A", title="First course", kind="course", absences=chance.choice([0, 0, 1])),
        Component(code="B", title="Second course", kind="course", requires=chain),
        Component(code="C", title="Elective course", kind="course", requires=both),
        Component(code="D", title="Workshop", kind="workshop", requires=chance.choice([(), (("Q",),), (("C", "A"),)])),
        Component(
            code="Q", title="Skills share", kind="event", repeatable=True, roles=(("talk", 1),) if speaks else ()
        ),
        Component(
            code="CAP", title="Capstone", kind=chance.choice(["task", "workshop"]), days=chance.choice([None, 4])
        ),
    )


def _requirements(chance: random.Random, *, capstone: bool) -> tuple[Requirement, ...]:
    minutes = chance.choice([None, 60])
    share = Requirement(id="share", title="Shares", count=chance.choice([1, 2]), pool=("Q",), min_minutes=minutes)
    wanted = [
        Requirement(id="core", title="Core", count=chance.choice([1, 2]), pool=("A", "B")),
        Requirement(id="choice", title="Choice", count=1, pool=chance.choice([("C",), ("C", "D"), ("D", "INTRO")])),
        share,
        Requirement(id="talk", title="Talk", count=1, pool=("Q",), role="talk"),
    ]
    kept = [one for one in wanted if chance.random() < 0.6] or wanted[:1]
    if capstone and chance.random() < 0.7:
        kept.append(Requirement(id="capstone", title="Capstone", count=1, pool=("CAP",)))
    return tuple(kept)


def _codes(chance: random.Random, edition: Edition, size: int) -> list[str]:
    """Return what to hold: what requirements and orders ask for, then anything."""
    dated = [component.code for component in edition.components if component.kind != "task"]
    needed = [code for entry in (*edition.last, *edition.first[1:]) for code in entry]
    for need in edition.requirements:
        needed += [chance.choice(need.pool) for _ in range(need.count)]
    for code in needed:  # grows while it is read: what is needed before what is needed
        needed += [
            before
            for entry in edition.component[code].requires
            for before in [chance.choice(entry)]
            if before not in needed
        ]
    wanted = [
        code
        for place, code in enumerate(needed)
        if code in dated and (edition.component[code].repeatable or code not in needed[:place])
    ]
    return [*wanted, *(chance.choice([*dated, *wanted, *wanted]) for _ in range(size))][:size]


def _offering(chance: random.Random, size: Size, code: str, place: int) -> Offering:
    one_day = code in {"Q", "D", "INTRO", "CAP"}
    first = _first_day(chance, size, code)
    last = first + (0 if one_day else chance.choice([1, 2, 4, 9]))
    closing = chance.choice([None, None, day(0), day(-1), day(first), day(first - 1), *([day(max(0, first - 6))] * 4)])
    return Offering(
        id=f"{code}{place:02}",
        component=code,
        start=day(first),
        end=day(last),
        registration_closes=closing if "closing" in size.strict else None,
        status=chance.choice(STATUSES) if "status" in size.strict else "published",
        weekly_minutes=chance.choice([None, 120, 240, 240]),
        zone="UTC",
        sessions=_sessions(chance, size, first, last),
    )


def _a_year_later(offering: Offering, size: Size) -> Offering:
    """Move what is late in the calendar to where the window of a clock that starts soon ends."""
    if offering.start <= day(size.horizon // 2):
        return offering
    by = 345 * DAY
    sessions = tuple(replace(session, start=session.start + 345 * 24 * 60) for session in offering.sessions)
    closing = offering.registration_closes
    return replace(
        offering,
        start=offering.start + by,
        end=offering.end + by,
        sessions=sessions,
        registration_closes=closing + by if closing and closing > day(0) else closing,
    )


def _first_day(chance: random.Random, size: Size, code: str) -> int:
    """Return a first day, as a rule later for what comes late in a programme."""
    if chance.random() < 0.06:
        return chance.choice([-8, -1, 0, 1])
    if "clash" in size.strict:
        return 4 * chance.randint(1, size.horizon // 4)
    share = {"INTRO": 0.0, "A": 0.1, "B": 0.3, "C": 0.6, "D": 0.6, "Q": 0.3, "CAP": 0.85}[code]
    return (
        chance.randint(round(share * size.horizon) + 1, round((share + 0.3) * size.horizon))
        if chance.random() < 0.85
        else chance.randint(1, size.horizon)
    )


def _sessions(chance: random.Random, size: Size, first: int, last: int) -> tuple[Session, ...]:
    if chance.random() < (0.1 if "clash" in size.strict else 0.25):
        return ()
    hours = [12, 12, 13] if "clash" in size.strict else [12, 13, 14] if size.edges else [9, 10, 12, 13, 16]
    days = sorted({first, last} | ({chance.randint(first, last)} if last > first else set()))
    lengths = [60, 60, 59, 59, 90, None]
    return tuple(
        Session(start=at(number, chance.choice(hours), chance.choice([0, 0, 30])), minutes=chance.choice(lengths))
        for number in days
    )


def _seated(
    chance: random.Random, size: Size, edition: Edition, offering: Offering, records: Sequence[Record]
) -> Offering:
    """Set seats, at times exactly as many as are booked or wanted, and places for the talk."""
    booked = sum(row.offering == offering.id and row.status == "booked" for row in records)
    tight = [booked + 1, booked + 1, booked] if size.edges else [1, 2, 3]
    seats = chance.choice([None, *tight]) if "seats" in size.strict else None
    places = chance.choice([1, 1, 2, 0]) if "seats" in size.strict else 3
    roles = tuple((role, places) for role, _ in edition.component[offering.component].roles)
    return replace(offering, seats=seats, taken=chance.choice([0, 0, 0, 1]) if seats else 0, roles=roles)
