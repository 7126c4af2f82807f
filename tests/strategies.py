"""Made-up instances, small or middling, uniform or pushed onto boundaries; hypothesis can drive the same makers."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from models.edition import Clock, Component, Edition, Need, Requirement, Window
from models.instance import Instance
from models.offering import Offering, Session, Status
from models.people import Learner, Record, Unavailable
from models.time import Span, anniversary, instant

AS_OF = date(2025, 3, 25)
DAY = timedelta(days=1)
Gate = Literal["first-session", "registration"]


def day(number: int) -> date:
    """Return the day so many days after the planning day."""
    return AS_OF + number * DAY


def at(number: int, hour: int, minute: int = 0) -> int:
    """Return the instant of an hour of that day, in UTC."""
    return instant(datetime.combine(day(number), datetime.min.time().replace(hour=hour, minute=minute)), "UTC")


def run(
    name: str, code: str, first: int, last: int, *, sessions: Sequence[Session] = (), seats: int | None = None
) -> Offering:
    """Return an offering from one numbered day to another, in UTC."""
    return Offering(
        id=name, component=code, start=day(first), end=day(last), sessions=tuple(sessions), seats=seats, zone="UTC"
    )


def learner(name: str = "ada", *, enrolled: int = -10) -> Learner:
    """Return a learner of the edition `small`."""
    return Learner(id=name, edition="small", enrolled=day(enrolled), zone="UTC")


def instance_of(
    edition: Edition, offerings: Sequence[Offering], learners: Sequence[Learner], **more: object
) -> Instance:
    """Return an instance in canonical order."""
    whole = Instance(
        id="made-up",
        title="Made up",
        edition=edition.id,
        as_of=AS_OF,
        zone="UTC",
        synthetic=True,
        editions={edition.id: edition},
        offerings=tuple(sorted(offerings, key=lambda offering: offering.id)),
        learners=tuple(sorted(learners, key=lambda one: one.id)),
    )
    return replace(whole, **more)  # type: ignore[arg-type]


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much an instance holds; `edges` pushes dates, seats and absences onto boundaries."""

    learners: int = 1
    offerings: int = 7
    horizon: int = 40
    edges: bool = False
    clock: Clock | None = None
    strict: frozenset[str] = frozenset({"any"})


STATUSES: tuple[Status, ...] = (*(("published",) * 16), "tentative", "cancelled")

FAMILIES = ("hours", "load", "deadline", "closing", "status", "seats", "away", "records", "window")
"""What may be strict in an instance: each in about half of them, so that one rule is not always hidden by another."""


def made(seed: int, size: Size) -> Instance:
    """Return the instance of a seed."""
    return make(random.Random(seed), size)  # noqa: S311 - made-up instances are no secret


def make(chance: random.Random, size: Size) -> Instance:
    """Make one instance out of random choices."""
    if "any" in size.strict:
        size = replace(size, strict=frozenset(name for name in FAMILIES if chance.random() < 0.35))
    edition = _edition(chance, size)
    codes = _codes(chance, edition, size.offerings)
    offerings = [_offering(chance, size, code, place) for place, code in enumerate(codes)]
    people = [_learner(chance, size, offerings, f"L{place}") for place in range(size.learners)]
    records = (
        [row for person in people for row in _records(chance, edition, offerings, person)]
        if "records" in size.strict
        else []
    )
    unavailable = (
        [row for person in people for row in _unavailable(chance, size, offerings, person)]
        if "away" in size.strict
        else []
    )
    offerings = [_seated(chance, size, offering, records) for offering in offerings]
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
    clock: Clock = size.clock or chance.choice(clocks)
    capstone = chance.random() < 0.3
    gates: list[Gate | None] = [None, "first-session", "registration"]
    return Edition(
        id="small",
        title="Small",
        window=Window(years=1, starts=clock) if "window" in size.strict else None,
        gate=chance.choice(gates),
        first=orientation,
        last=(("CAP",),) if capstone else (),
        components=_components(chance),
        requirements=_requirements(chance, capstone=capstone),
    )


def _components(chance: random.Random) -> tuple[Component, ...]:
    chain: Need = chance.choice([(), (("A",),)])
    both: Need = chance.choice([(), (("A",), ("B",)), (("A", "B"),), (("B", "ORIENT"),)])
    return (
        Component(code="ORIENT", title="Orientation", kind="task", days=chance.choice([None, 1, 3, 7])),
        Component(code="INTRO", title="Introduction", kind="workshop"),
        Component(code="A", title="First course", kind="course", absences=chance.choice([0, 0, 1])),
        Component(code="B", title="Second course", kind="course", requires=chain),
        Component(code="C", title="Elective course", kind="course", requires=both),
        Component(code="D", title="Workshop", kind="workshop", requires=chance.choice([(), (("Q",),), (("C", "A"),)])),
        Component(code="Q", title="Skills share", kind="event", repeatable=True, roles=(("talk", 1),)),
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
    closing = chance.choice([None] * 5 + [day(0), day(0), day(-1), day(first), day(first - 2)])
    return Offering(
        id=f"{code}{place:02}",
        component=code,
        start=day(first),
        end=day(last),
        registration_closes=closing if "closing" in size.strict else None,
        status=chance.choice(STATUSES) if "status" in size.strict else "published",
        weekly_minutes=chance.choice([None, 120, 240]),
        zone="UTC",
        sessions=_sessions(chance, first, last, edges=size.edges),
    )


def _first_day(chance: random.Random, size: Size, code: str) -> int:
    """Return a first day, as a rule later for what comes late in a programme."""
    if chance.random() < 0.06:
        return chance.choice([-8, -1, 0, 1])
    share = {"INTRO": 0.0, "A": 0.1, "B": 0.3, "C": 0.6, "D": 0.6, "Q": 0.3, "CAP": 0.85}[code]
    return (
        chance.randint(round(share * size.horizon) + 1, round((share + 0.3) * size.horizon))
        if chance.random() < 0.85
        else chance.randint(1, size.horizon)
    )


def _sessions(chance: random.Random, first: int, last: int, *, edges: bool) -> tuple[Session, ...]:
    if chance.random() < 0.25:
        return ()
    hours = [12, 13, 14] if edges else [9, 10, 12, 13, 16]
    days = sorted({first, last} | ({chance.randint(first, last)} if last > first else set()))
    lengths = [60, 60, 59, 90, None]
    return tuple(
        Session(start=at(number, chance.choice(hours), chance.choice([0, 0, 30])), minutes=chance.choice(lengths))
        for number in days
    )


def _learner(chance: random.Random, size: Size, offerings: Sequence[Offering], name: str) -> Learner:
    ends = sorted(offering.end for offering in offerings)[len(offerings) // 2 :]
    edge = (
        chance.choice(ends) - chance.choice([0, 0, 0, 1]) * DAY
        if size.edges
        else day(chance.randint(15, size.horizon + 15))
    )
    enrolled = chance.choice([anniversary(edge, -1), day(-20), day(-20), day(0), day(3), day(-200)])
    return Learner(
        id=name,
        edition="small",
        enrolled=enrolled,
        deadline=edge if "deadline" in size.strict and chance.random() < 0.6 else None,
        zone=chance.choice(["UTC", "UTC", "UTC", "America/New_York"]),
        earliest=chance.choice([None, 9 * 60, 12 * 60]) if "hours" in size.strict else None,
        latest=chance.choice([None, 14 * 60, 17 * 60]) if "hours" in size.strict else None,
        max_weekly_minutes=chance.choice([None, 240, 300]) if "load" in size.strict else None,
        max_courses=chance.choice([None, 1, 2]) if "load" in size.strict else None,
    )


def _records(chance: random.Random, edition: Edition, offerings: Sequence[Offering], person: Learner) -> list[Record]:
    rows = _booked(chance, edition, offerings, person)
    if chance.random() < 0.3:
        rows.append(_exempt(chance, edition, person))
    once = {row.component for row in rows if row.status == "booked" and not edition.component[row.component].repeatable}
    rows = [row for row in rows if row.status == "booked" or row.component not in once]
    taken = {row.component for row in rows if not edition.component[row.component].repeatable}
    for component in edition.components:
        if chance.random() < 0.15 and component.code not in taken:
            rows.append(_completed(chance, component, offerings, person))
    return rows


def _booked(chance: random.Random, edition: Edition, offerings: Sequence[Offering], person: Learner) -> list[Record]:
    """Return bookings that do not contradict each other; some are over, some have begun, some are to come."""
    rows: list[Record] = []
    spans: list[Span] = []
    codes: set[str] = set()
    for offering in offerings:
        mine = [session.span for session in offering.sessions]
        free = not any(one.overlaps(two) for one in mine for two in spans) and offering.component not in codes
        if chance.random() < 0.15 and free and offering.status == "published":
            roles = [role for role, _ in edition.component[offering.component].roles]
            role = chance.choice([None, *roles])
            rows.append(_row(person, offering.component, "booked", offering=offering.id, role=role))
            spans += mine
            codes.add(offering.component)
    return rows


def _row(person: Learner, code: str, status: Literal["booked", "exempt"], **more: str | None) -> Record:
    return Record(
        learner=person.id, component=code, status=status, offering=more.get("offering"), role=more.get("role")
    )


def _exempt(chance: random.Random, edition: Edition, person: Learner) -> Record:
    component = chance.choice(edition.components)
    return _row(person, component.code, "exempt", role=chance.choice([None, *(role for role, _ in component.roles)]))


def _completed(chance: random.Random, component: Component, offerings: Sequence[Offering], person: Learner) -> Record:
    """Return a completion, of an offering that is over where there is one, else of none that is known."""
    over = [one for one in offerings if one.component == component.code and one.end < AS_OF]
    source = chance.choice([None, *over])
    back = day(-chance.choice([10, 100, 350, 360, 364, 365]))
    when = source.end if source else chance.choice([back, day(0), day(1)])
    return Record(
        learner=person.id,
        component=component.code,
        status="completed",
        offering=source.id if source else None,
        date=when,
        role=chance.choice([None, *(role for role, _ in component.roles)]),
        minutes=chance.choice([None, 59, 60]),
    )


def _unavailable(
    chance: random.Random, size: Size, offerings: Sequence[Offering], person: Learner
) -> list[Unavailable]:
    """Return spans: beside boundaries, they touch a session exactly or by one minute."""
    rows = [_touching(chance, offering, person) for offering in offerings if chance.random() < 0.2]
    if not size.edges and chance.random() < 0.3:
        first = chance.randint(1, size.horizon)
        rows.append(_span(person, at(first, 0), at(first + chance.randint(1, 9), 0)))
    return rows


def _touching(chance: random.Random, offering: Offering, person: Learner) -> Unavailable:
    if not offering.sessions:
        first = instant(datetime.combine(offering.start, datetime.min.time()), "UTC")
        last = instant(datetime.combine(offering.end + DAY, datetime.min.time()), "UTC")
        return _span(person, first + chance.choice([0, 1]), last)
    session = chance.choice(offering.sessions)
    late = chance.choice([0, 0, 1])
    end = session.start + (session.minutes or 1)
    before, after = _span(person, session.start - 60, session.start + late), _span(person, end - late, end + 60)
    return chance.choice([before, after])


def _span(person: Learner, start: int, end: int) -> Unavailable:
    return Unavailable(who=person.id, span=Span(start, end), words="away")


def _seated(chance: random.Random, size: Size, offering: Offering, records: Sequence[Record]) -> Offering:
    """Set seats, at times exactly as many as are booked or wanted, and places for the talk."""
    booked = sum(row.offering == offering.id and row.status == "booked" for row in records)
    tight = [booked + 1, booked + 1, booked] if size.edges else [1, 2, 3]
    seats = chance.choice([None, *tight]) if "seats" in size.strict else None
    roles = (
        (("talk", chance.choice([1, 1, 2, 0]) if "seats" in size.strict else 3),) if offering.component == "Q" else ()
    )
    return replace(offering, seats=seats, taken=chance.choice([0, 0, 0, 1]) if seats else 0, roles=roles)
