"""Made-up learners, what is recorded of them, and when they are away."""

import random
from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

from models.programme.edition import Component, Edition
from models.programme.offering import Offering
from models.programme.people import Learner, Record, Unavailable
from models.programme.time import Span, anniversary, instant
from tests.small_words import AS_OF, DAY, Size, at, day


def made_learner(
    chance: random.Random, size: Size, edition: Edition, offerings: Sequence[Offering], name: str
) -> Learner:
    """Make a learner of whom something may just end in time: at a boundary to the day."""
    edge = _edge(chance, size, offerings)
    enrolled = [anniversary(edge, -1), anniversary(edge, -1), day(-20), day(-20), day(0), day(3), day(-200)]
    if edition.window and edition.window.starts != "enrolment":
        enrolled = [day(-500), day(-500), day(-20), day(3)]
    return Learner(
        id=name,
        edition="small",
        enrolled=chance.choice(enrolled),
        deadline=edge if "deadline" in size.strict and chance.random() < 0.6 else None,
        zone=chance.choice(["UTC", "UTC", "UTC", "America/New_York"]),
        earliest=chance.choice([None, 9 * 60, 12 * 60]) if "hours" in size.strict else None,
        latest=chance.choice([None, 14 * 60, 17 * 60]) if "hours" in size.strict else None,
        max_weekly_minutes=chance.choice([None, 240, 300, 400]) if "load" in size.strict else None,
        max_courses=chance.choice([None, 1, 1]) if "load" in size.strict else None,
    )


def _edge(chance: random.Random, size: Size, offerings: Sequence[Offering]) -> date:
    """Return a last day: that of an offering or the day before at boundaries, else any."""
    ends = sorted(offering.end for offering in offerings)[len(offerings) // 2 :]
    if size.edges:
        return chance.choice(ends) - chance.choice([0, 0, 0, 1]) * DAY
    return day(chance.randint(15, size.horizon + 15))


def made_records(
    chance: random.Random, size: Size, edition: Edition, offerings: Sequence[Offering], person: Learner
) -> list[Record]:
    """Make what is recorded of a learner: bookings, exemptions, completions, and what has started the clock."""
    rows = _booked(chance, edition, offerings, person) if "records" in size.strict else []
    if "records" in size.strict and chance.random() < 0.3:
        rows.append(_exempt(chance, edition, person))
    once = {row.component for row in rows if row.status == "booked" and not edition.component[row.component].repeatable}
    rows = [row for row in rows if row.status == "booked" or row.component not in once]
    taken = {row.component for row in rows if not edition.component[row.component].repeatable}
    for component in edition.components if "records" in size.strict else ():
        if chance.random() < 0.15 and component.code not in taken:
            rows.append(_completed(chance, component, offerings, person))
            taken.add(component.code)
    return rows + _clock_started(chance, size, edition, offerings, person, taken)


def _clock_started(
    chance: random.Random,
    size: Size,
    edition: Edition,
    offerings: Sequence[Offering],
    person: Learner,
    taken: set[str],
) -> list[Record]:
    """Return completions a year before an edge, so that a clock which they start just lets in what ends there."""
    if edition.window is None or edition.window.starts == "enrolment" or chance.random() < 0.4:
        return []
    day_before = anniversary(_edge(chance, size, offerings), -1)
    by_orientation = edition.window.starts == "orientation"
    codes = [entry[0] for entry in edition.first] if by_orientation else [chance.choice(["A", "B", "Q"])]
    known = day_before <= AS_OF
    return [
        Record(learner=person.id, component=code, status="completed", date=day_before)
        for code in codes
        if known and code not in taken
    ]


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


def made_absences(
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
