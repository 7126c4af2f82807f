"""Small instances drawn at random from few values, so that boundaries meet often; the same seed draws the same one."""

from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Any, TypeVar

from models.programme.edition import Component, Edition, Requirement, Window
from models.programme.offering import Offering
from models.programme.people import Learner, Record, Unavailable
from tests.builders import (
    AS_OF,
    at,
    away,
    away_between,
    component,
    course,
    day,
    edition,
    event,
    instance,
    learner,
    offering,
    record,
    requirement,
    session,
    task,
)
from tests.small_scope import Case

T = TypeVar("T")
FEATURES = ("gate", "first", "last", "window", "status", "closing", "seats", "joined", "deadline", "hours", "load", "away",
            "records", "requires", "sessions", "absences")  # fmt: skip
REQUIREMENTS = (
    requirement(1, "A", "B"),
    requirement(2, "A", "B", "T"),
    requirement(1, "B"),
    requirement(1, "E", "L"),
    requirement(2, "E", min_minutes=60),
    requirement(1, "E", role="talk"),
    requirement(1, "A", "E", min_minutes=61),
    requirement(1, "T"),
    requirement(1, "L"),
)


class Draw(Random):
    """A seeded source of small choices, of which some features alone are in use."""

    def __init__(self, seed: int) -> None:
        """Choose the features."""
        super().__init__(seed)
        self.features = frozenset(self.sample(FEATURES, 5))

    def among(self, feature: str, plain: T, others: Sequence[T]) -> T:
        """Return the plain value, or where the feature is in use, any."""
        return self.choice((plain, *others)) if feature in self.features else plain


def drawn(seed: int, *, together: bool = False) -> Case:
    """Return the case of a seed: one learner in question, or with `together` two learners and fewer offerings."""
    draw = Draw(seed)
    programme = _edition(draw)
    codes = draw.choices("ABELE", k=3 if together else 4)
    runs = [_offering(draw, code, place) for place, code in enumerate(codes)]
    runs += [offering("Z9", draw.choice((1, 3)))] if draw.random() < 0.1 else []
    people = [_learner(draw, name) for name in ("ada", "ben")]
    small = instance(
        [programme, edition(course("Z"), id="other")],
        runs,
        people,
        [row for who in people for row in _records(draw, who.id, runs, programme)],
        unavailable=_unavailable(draw),
        free=draw.choice((False, False, True)),
        tentative=draw.choice((False, True)),
    )
    days = (draw.choice((-1, 1)),) if together else (-1, 1, draw.choice((2, 3, 4)))
    return Case(
        name=f"seed {seed}{' together' if together else ''}", rules=(), instance=small, days=days, one=not together
    )


def _edition(draw: Draw) -> Edition:
    needs: Any = draw.among("requires", (), [("A",), ("T",), (("A", "T"),), ("A", "T")])
    first: Any = draw.among("first", (), [(("T",),), (("A",),), (("A", "T"),)])
    last: Any = draw.among("last", (), [(("L",),), (("L", "E"),), (("L",),)])
    readings: Any = ("enrolment", "orientation", "first-component")
    window = Window(years=draw.choice((0, 1, 1)), starts=draw.choice(readings))
    gate: Any = draw.among("gate", None, ["registration", "registration"])
    return edition(
        course("A", absences=draw.among("absences", 0, (1,))),
        course("B", *needs),
        event("E", *draw.among("requires", (), [("A",)])),
        component("L", draw.choice(("course", "workshop"))),
        task("T", draw.choice((1, 2))),
        requirements=_requirements(draw),
        gate=gate,
        window=draw.among("window", None, [window] * 4),
        first=first,
        last=last,
    )


def _requirements(draw: Draw) -> list[Requirement]:
    return draw.sample(REQUIREMENTS, draw.choice((0, 1, 1, 1, 2)))


def _offering(draw: Draw, code: str, place: int) -> Offering:
    start = draw.choice((-1, 0, 1, 1, 2, 3, 4))
    end = start + draw.choice((0, 0, 1, 4))
    clocks = draw.among("sessions", (), [("12:00",), ("12:30",), ("13:00",)])
    meetings = [
        session(number, clock, draw.choice((59, 60, 60, None))) for number in sorted({start, end}) for clock in clocks
    ]
    fields: dict[str, Any] = {
        "seats": draw.among("seats", None, [0, 1, 2]),
        "taken": draw.among("seats", 0, [1]),
        "status": draw.among("status", "published", ["published", "tentative", "cancelled"]),
        "registration_closes": draw.among("closing", None, [day(-1), day(0), day(1), day(3)]),
        "weekly_minutes": draw.among("load", None, [60, 120]),
        "roles": (("talk", draw.choice((0, 1, 2))),) if code == "E" and draw.choice((True, True, False)) else (),
    }
    return offering(f"{code}{place}", start, end, sessions=tuple(meetings), **fields)


def _learner(draw: Draw, name: str) -> Learner:
    wishes = ((), (), ("A",), ("E", "B"), ("T", "L"))
    return learner(
        name,
        enrolled=draw.among(
            "joined", day(-30), [day(-1), day(0), day(1), day(2), date(2024, 3, 7), date(2024, 3, 8), None]
        ),
        deadline=draw.among("deadline", None, [AS_OF, day(1), day(3)]),
        zone=draw.choice(("America/New_York", "America/Los_Angeles", "Australia/Sydney")),
        earliest=draw.among("hours", None, [9 * 60, 12 * 60]),
        latest=draw.among("hours", None, [10 * 60, 13 * 60, 24 * 60]),
        max_weekly_minutes=draw.among("load", None, [120, 179]),
        max_courses=draw.among("load", None, [1]),
        prefers=draw.choice(wishes),
        avoids=draw.choice(wishes),
    )


def _records(draw: Draw, who: str, runs: list[Offering], programme: Edition) -> list[Record]:
    if "records" not in draw.features:
        return []
    rows: list[Record] = []
    for run in draw.sample(runs, draw.choice((0, 1, 2))):
        role = "talk" if run.component == "E" and draw.choice((True, False)) else None
        if run.start <= AS_OF and draw.choice((True, False)):
            over = min(run.end, AS_OF)
            minutes = draw.choice((None, 59, 90))
            rows.append(record(who, "completed", run.id, (over - AS_OF).days, role=role, minutes=minutes))
        else:
            rows.append(record(who, "booked", run.id, role=role))
    return rows + [_record_of(draw, who, each) for each in draw.sample(programme.components, draw.choice((0, 1)))]


def _record_of(draw: Draw, who: str, each: Component) -> Record:
    kind = draw.choice(("exempt", "completed", "booked"))
    if kind == "exempt":
        return record(who, "exempt", each.code, role=draw.choice((None, "talk")) if each.roles else None)
    if kind == "booked" and each.kind == "task":
        return record(who, "booked", each.code, draw.choice((-1, 0)))
    return record(who, "completed", each.code, draw.choice((-31, -30, -2, -1, 0, 1)))


def _unavailable(draw: Draw) -> list[Unavailable]:
    if "away" not in draw.features:
        return []
    start = draw.choice((0, 1, 2, 3))
    edge = at(start, draw.choice(("12:00", "12:30", "13:00")))
    spans = [away("ada", start, start + 1), away_between("ada", edge, edge + 30), away_between("ada", edge - 30, edge)]
    return [draw.choice(spans), *draw.choice(([], [away("ada", start + 2, start + 2)]))]
