"""What counts, how often, and until when: both sayings of requirements, `once` and the window are equal."""

from datetime import date

import pytest

from models.edition import Edition, Window
from models.instance import Instance
from models.offering import Offering
from models.people import Record
from tests.builders import (
    AS_OF,
    component,
    course,
    day,
    edition,
    event,
    instance,
    learner,
    meets,
    offering,
    record,
    requirement,
    session,
    talks,
    task,
)
from tests.small_scope import Case, assert_both_verdicts, assert_equal

ONE_EACH = ("requirements", "once")
"""Requirements count components, and only `once` keeps a component from being counted twice."""


def required(
    name: str, programme: Edition, runs: tuple[Offering, ...], *records: Record, days: tuple[int, ...] = (1,)
) -> Case:
    """Return a case of the rule `requirements`."""
    return Case(name=name, rules=ONE_EACH, instance=instance(programme, runs, records=records), days=days)


def asks(*wanted: object) -> Edition:
    """Return a programme of three courses, an event and a task with some requirements."""
    lab = component("D", "workshop", roles=(("talk", 2),))
    return edition(*map(course, "ABC"), lab, event("E"), task("T", 2), requirements=wanted)  # type: ignore[arg-type]


CORE = (offering("A1", 2), offering("A2", 5), offering("B1", 3), offering("C1", 4))
SHARES = (
    meets("E1", session(2, minutes=59), roles=(("talk", 1),)),
    meets("E2", session(3, minutes=60), roles=(("talk", 1),)),
    meets("E3", session(4, minutes=None), roles=(("talk", 1),)),
    meets("E4", session(5, minutes=30), session(6, minutes=30)),
)
LAB = (talks("D1", 2), talks("D2", 4), offering("A1", 3))
REQUIREMENTS = [
    required("nothing", asks(), CORE),
    required("two of three", asks(requirement(2, "A", "B", "C")), CORE),
    required("all of three", asks(requirement(3, "A", "B", "C")), CORE),
    required("one of a task and a run", asks(requirement(1, "A", "T")), CORE[:2]),
    required("both of a task and a run", asks(requirement(2, "A", "T")), CORE[:2], days=(1, 3)),
    required("done and booked again", asks(requirement(2, "A", "B")), CORE, record("ada", "completed", "A", -9)),
    required(
        "done twice", asks(requirement(2, "A", "B")), CORE, *(record("ada", "completed", "A", -n) for n in (8, 9))
    ),
    required("done later than known", asks(requirement(1, "A")), CORE[:2], record("ada", "completed", "A", 1)),
    required("done today", asks(requirement(1, "A")), CORE[:2], record("ada", "completed", "A", 0)),
    required("missed", asks(requirement(1, "A")), CORE[:2], record("ada", "missed", "A1", -9)),
    required("exempt", asks(requirement(2, "A", "B")), CORE, record("ada", "exempt", "B")),
    required("a task done", asks(requirement(2, "A", "T")), CORE[:1], record("ada", "completed", "T", -9)),
    required("two shares", asks(requirement(2, "E")), SHARES),
    required("two long ones", asks(requirement(2, "E", min_minutes=60)), SHARES),
    required(
        "two long ones and a talk", asks(requirement(2, "E", min_minutes=60), requirement(1, "E", role="talk")), SHARES
    ),
    required("a share of a share and a course", asks(requirement(3, "E", "A", "T")), (*SHARES[:2], *CORE[:2])),
    required("one share done", asks(requirement(2, "E")), SHARES[:2], record("ada", "completed", "E", -3)),
    required(
        "two shares done", asks(requirement(3, "E")), SHARES[:2], *(record("ada", "completed", "E", -n) for n in (3, 5))
    ),
    required(
        "a short share done",
        asks(requirement(2, "E", min_minutes=60)),
        SHARES,
        record("ada", "completed", "E", -3, minutes=59),
    ),
    required(
        "a long share done",
        asks(requirement(2, "E", min_minutes=60)),
        SHARES[:2],
        record("ada", "completed", "E", -3, minutes=60),
    ),
    required(
        "a share done, who knows how long",
        asks(requirement(2, "E", min_minutes=60)),
        SHARES[:2],
        record("ada", "completed", "E", -3),
    ),
    required(
        "a short talk done",
        asks(requirement(2, "E", min_minutes=60), requirement(1, "E", role="talk")),
        SHARES[:2],
        record("ada", "completed", "E", -3, minutes=5, role="talk"),
    ),
    required(
        "another role done",
        asks(requirement(1, "E", role="talk")),
        SHARES[:2],
        record("ada", "completed", "E", -3, role="host"),
    ),
    required(
        "exempt from shares",
        asks(requirement(3, "E"), requirement(1, "E", role="talk")),
        SHARES[:2],
        record("ada", "exempt", "E"),
    ),
    required(
        "exempt from talks",
        asks(requirement(2, "E"), requirement(2, "E", role="talk")),
        SHARES[:2],
        record("ada", "exempt", "E", role="talk"),
    ),
    required(
        "exempt from shares, one of a pool", asks(requirement(3, "A", "E")), SHARES[:2], record("ada", "exempt", "E")
    ),
    required("a role that counts once", asks(requirement(1, "D", role="talk"), requirement(1, "D", "A")), LAB),
    required("a role, done without", asks(requirement(1, "D", role="talk")), LAB, record("ada", "completed", "D", -4)),
    required(
        "a role, exempt without",
        asks(requirement(1, "D", role="talk"), requirement(1, "D")),
        LAB,
        record("ada", "exempt", "D"),
    ),
    required(
        "a role, exempt with",
        asks(requirement(1, "D", role="talk"), requirement(1, "D")),
        LAB,
        record("ada", "exempt", "D", role="talk"),
    ),
    required(
        "booked in a role that only the component has",
        asks(requirement(1, "E", role="talk")),
        (offering("E1", 4), talks("E2", 5)),
        record("ada", "booked", "E1", role="talk"),
    ),
    required("a task in a role", asks(requirement(1, "E", "T", role="talk")), SHARES[:1]),
]

LASTS = edition(
    course("A"),
    course("L"),
    task("M", 1),
    requirements=[requirement(1, "A", "L"), requirement(2, "L", "M"), requirement(1, "M")],
    last=(("L",), ("M",)),
)
REQUIREMENTS += [
    required("last ones count for themselves alone", LASTS, (offering("A1", 1), offering("L1", 2)), days=(1, 3)),
    required("a last one done", LASTS, (offering("A1", 1),), record("ada", "completed", "L", -1), days=(1, 3)),
]

TWO_KEPT = (record("ada", "booked", "A1"), record("ada", "booked", "A2"))
ROLES_KEPT = (record("ada", "booked", "D1", role="talk"), record("ada", "booked", "D2", role="talk"))
REQUIREMENTS += [
    Case(
        name=f"{name}, {'free' if free else 'kept'}",
        rules=(*ONE_EACH, "kept"),
        days=(),
        instance=instance(programme, runs, records=rows, free=free),
    )
    for free in (False, True)
    for name, programme, runs, rows in (
        ("two kept of one component", asks(requirement(2, "A", "B")), CORE[:3], TWO_KEPT),
        (
            "two roles kept in one component",
            asks(requirement(2, "D", "A", role="talk"), requirement(2, "D", "A")),
            LAB,
            ROLES_KEPT,
        ),
    )
]

REPEATED = (offering("A1", 2), offering("A2", 4), talks("E1", 3), talks("E2", 5), offering("Z1", 3))
ONCE = [
    Case(name=name, rules=("once",), instance=instance(asks(), REPEATED, records=rows), days=(-1, 1))
    for name, rows in (
        ("nothing done", ()),
        ("all done", tuple(record("ada", "completed", code, -3) for code in "AET")),
        ("exempt in a role", (record("ada", "exempt", "A", role="talk"), record("ada", "exempt", "T"))),
        ("one booked", (record("ada", "booked", "A1"), record("ada", "booked", "Z1"))),
        ("two booked", TWO_KEPT),
        ("two booked, one done", (*TWO_KEPT, record("ada", "completed", "A2", -1))),
        ("one booked, and done elsewhere", (TWO_KEPT[0], record("ada", "completed", "A", -1))),
        ("a task under way", (record("ada", "booked", "T", -1), record("ada", "booked", "E1"))),
        ("of another programme", (record("ada", "completed", "Z", -3), record("ada", "booked", "Z1"))),
    )
]

IN_TIME = ("window", "requirements", "last", "once", "kept", "tasks", "bookable")
"""The window bounds the day on which everything is met: there has to be such a day."""


def window(name: str, programme: Edition, small: Instance, days: tuple[int, ...] = ()) -> Case:
    """Return a case of the rule `window` under an edition."""
    case = Instance(
        **{**{each: getattr(small, each) for each in small.__dataclass_fields__}, "editions": {"e": programme}}
    )
    return Case(name=name, rules=IN_TIME, instance=case, days=days)


def limited(reading: str, *, years: int = 1, first: object = (("T",),), last: object = (), days: int = 2) -> Edition:
    """Return a programme of A, B, events, and a task that comes first, with a window."""
    return edition(
        course("A"),
        course("B"),
        task("T", days),
        event("E"),
        requirements=[requirement(1, "B"), requirement(1, "A", "T")],
        window=Window(years=years, starts=reading),  # type: ignore[arg-type]
        first=first,
        last=last,
    )


TWO_OF_A = edition(
    course("A"), course("B"), requirements=[requirement(2, "A", "B")], window=Window(years=1, starts="enrolment")
)
YEAR = 365
A_YEAR_AGO = learner(enrolled=date(2024, 3, 8))
"""Whose anniversary is day 3."""
RUNS = (offering("A1", 1, 3), offering("A2", 2, 4), offering("B1", 1, 4), offering("B2", 3))
WINDOW = [
    window("enrolment", limited("enrolment"), instance((), RUNS, [A_YEAR_AGO]), (1, 2, 3)),
    window(
        "enrolment on a leap day",
        limited("enrolment"),
        instance(
            (),
            [offering("A1", -6, -5), offering("A2", -5, -4), offering("B1", -6)],
            [learner(enrolled=date(2024, 2, 29))],
            as_of=day(-8),
        ),
        (-7, -6),
    ),
    window("none", edition(*map(course, "AB"), requirements=[requirement(1, "A", "B")]), instance((), RUNS), ()),
    window("a deadline", limited("enrolment"), instance((), RUNS, [learner(deadline=day(3))]), (1, 2, 3)),
    window(
        "a deadline without a window",
        edition(*map(course, "AB"), requirements=[requirement(2, "A", "B")]),
        instance((), RUNS, [learner(deadline=day(3))]),
    ),
    window(
        "a deadline today",
        limited("enrolment"),
        instance(
            (),
            (offering("A1", -3, 0), offering("B1", -2, 1)),
            [learner(deadline=day(0))],
            [record("ada", "booked", "A1"), record("ada", "booked", "B1"), record("ada", "completed", "T", -4)],
        ),
    ),
    window(
        "nobody's programme",
        limited("enrolment"),
        instance((), (), [learner(enrolled=None)], [record("ada", "completed", c, -9) for c in "AB"]),
    ),
    window(
        "graduated in time",
        limited("enrolment"),
        instance(
            (),
            RUNS[:1],
            [learner(deadline=day(-3))],
            [record("ada", "completed", "B", -9), record("ada", "exempt", "T")],
        ),
    ),
    window(
        "graduated too late",
        limited("enrolment"),
        instance(
            (),
            RUNS[:1],
            [learner(deadline=day(-10))],
            [record("ada", "completed", "B", -9), record("ada", "exempt", "T")],
        ),
    ),
    window(
        "a deadline long over",
        limited("enrolment"),
        instance((), RUNS[:1], [learner(deadline=day(-10))], [record("ada", "completed", "B", -9)]),
        (1,),
    ),
    window(
        "kept and new",
        limited("enrolment"),
        instance((), RUNS, [A_YEAR_AGO], [record("ada", "booked", "A2"), record("ada", "booked", "T", -1)]),
        (-1, 1),
    ),
    window(
        "last things",
        limited("enrolment", last=(("E", "B"),)),
        instance((), (*RUNS[:2], talks("E1", 3), talks("E2", 4)), [A_YEAR_AGO]),
        (1,),
    ),
]

LATER = (offering("A1", 3), offering("B1", 3 + YEAR), offering("B2", 4 + YEAR), offering("A2", 2))
BY_CLOCK = [
    ("nothing done", {}),
    ("orientation done", {"records": [record("ada", "completed", "T", -30)]}),
    (
        "orientation done on the eve",
        {"records": [record("ada", "completed", "T", -1), record("ada", "completed", "A", -2)]},
    ),
    ("exempt", {"records": [record("ada", "exempt", "T"), record("ada", "exempt", "A")]}),
    ("under way", {"records": [record("ada", "booked", "T", -1)]}),
    (
        "enrolled later",
        {
            "learners": [learner(enrolled=day(3))],
            "records": [record("ada", "booked", "T", -1), record("ada", "booked", "A2")],
        },
    ),
    (
        "done before the enrolment",
        {"learners": [learner(enrolled=day(-2))], "records": [record("ada", "completed", "A", -3)]},
    ),
    (
        "done on the enrolment",
        {"learners": [learner(enrolled=day(-2))], "records": [record("ada", "completed", "A", -2)]},
    ),
]
READINGS = [
    window(f"{reading}: {name}", limited(reading), instance((), LATER, **fields), (-1, 1, 2, 3, 4))  # type: ignore[arg-type]
    for reading in ("orientation", "first-component")
    for name, fields in BY_CLOCK
]
DONE_IN_A_RUN = instance(
    (),
    (offering("A9", -5, -2), *LATER[1:3]),
    [learner(enrolled=day(-4))],
    [record("ada", "completed", "A9", -2), record("ada", "completed", "T", -3)],
)
READINGS += [
    window("first-component: a run begun before the enrolment", limited("first-component"), DONE_IN_A_RUN, ()),
    window(
        "first-component: a run begun after it",
        limited("first-component"),
        instance(
            (),
            (offering("A9", -5, -2), offering("B1", YEAR - 5), offering("B2", YEAR - 4)),
            [learner(enrolled=day(-5))],
            [record("ada", "completed", "A9", -2), record("ada", "completed", "T", -3)],
        ),
    ),
    window(
        "orientation: a run or a task, and another",
        limited("orientation", first=(("T", "A"), ("E",))),
        instance(
            (), (offering("A1", 2), offering("B1", 3 + YEAR), offering("B2", 4 + YEAR), talks("E1", 3), talks("E2", 4))
        ),
        (1, 3),
    ),
    window(
        "orientation: one entry done twice",
        limited("orientation", first=(("T", "A"), ("E",))),
        instance(
            (),
            (offering("B1", YEAR - 9), offering("B2", YEAR - 8), talks("E1", 3)),
            records=[
                record("ada", "completed", "A", -8),
                record("ada", "completed", "T", -9),
                record("ada", "completed", "E", -9),
            ],
        ),
    ),
    window("orientation: none", limited("orientation", first=()), instance((), RUNS, [A_YEAR_AGO]), (1, 2)),
    window("orientation: within the day", limited("orientation", years=0, first=(("A",),)), instance((), RUNS), (1, 2)),
    window(
        "first-component: within the day",
        limited("first-component", years=0, first=(("A",),)),
        instance((), RUNS),
        (1, 2),
    ),
]
LEAP = date(2024, 2, 26)
READINGS += [
    window(
        f"{reading}: a task about a leap day",
        limited(reading, first=first),
        instance(
            (),
            [offering(f"B{n}", (LEAP - AS_OF).days + YEAR + n) for n in (1, 2, 3, 4)],
            [learner(enrolled=date(2024, 1, 1))],
            as_of=LEAP,
        ),
        tuple((LEAP - AS_OF).days + each for each in (1, 2, 3, 4, 5)),
    )
    for reading, first in (("orientation", (("T",),)), ("first-component", (("E",),)))
]

TWO_LASTS = edition(
    course("A"),
    course("L"),
    event("E"),
    requirements=[requirement(1, "L", "E"), requirement(1, "A")],
    last=(("L",), ("E",)),
)
TOGETHER = (offering("A1", 1), offering("L1", 2, 3), talks("E1", 3), talks("E2", 4))
READINGS += [
    window(
        f"kept ones of one component, {'free' if free else 'kept'}",
        TWO_OF_A,
        instance((), (*RUNS[:2], *RUNS[2:3]), [A_YEAR_AGO], TWO_KEPT, free=free),
    )
    for free in (False, True)
]
READINGS.append(
    window("two last ones that one requirement names", TWO_LASTS, instance((), TOGETHER, [learner(deadline=day(3))]))
)

GROUPS = {"requirements": REQUIREMENTS, "once": ONCE, "window": WINDOW + READINGS}
CASES = [case for group in GROUPS.values() for case in group]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_both_sayings_are_equal(case: Case) -> None:
    assert_equal(case)


@pytest.mark.parametrize("rule", GROUPS)
def test_plans_of_both_verdicts_occur(rule: str) -> None:
    assert_both_verdicts(GROUPS[rule])
