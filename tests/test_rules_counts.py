"""What counts, and how often: both sayings of requirements and of `once` are equal."""

import pytest

from models.programme.edition import Edition
from models.programme.offering import Offering
from models.programme.people import Record
from models.programme.plan import Booking, Path, Plan
from tests.builders import (
    component,
    course,
    edition,
    event,
    instance,
    meets,
    offering,
    record,
    requirement,
    session,
    talks,
    task,
)
from tests.small_scope import Case, assert_both_verdicts, assert_equal, rules_named

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
    required(
        "a share done that lasted",
        asks(requirement(2, "E")),
        SHARES[:2],
        record("ada", "completed", "E", -3, minutes=59),
    ),
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
EVENTS_KEPT = (record("ada", "booked", "E1"), record("ada", "booked", "E2", role="talk"))
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
        ("two kept of an event", asks(requirement(2, "E")), SHARES[:3], EVENTS_KEPT),
        (
            "done, and kept again",
            asks(requirement(2, "A", "B")),
            CORE[:3],
            (TWO_KEPT[0], record("ada", "completed", "A", -2)),
        ),
        (
            "done without the role, and kept in it",
            asks(requirement(1, "D", role="talk"), requirement(2, "D", "A")),
            LAB,
            (ROLES_KEPT[0], record("ada", "completed", "D", -2)),
        ),
        ("two kept of one component", asks(requirement(2, "A", "B")), CORE[:3], TWO_KEPT),
        (
            "two roles kept in one component",
            asks(requirement(2, "D", "A", role="talk"), requirement(2, "D", "A")),
            LAB,
            ROLES_KEPT,
        ),
    )
]

REPEATED = (offering("A1", 2), offering("A2", 4), offering("A3", 6), talks("E1", 3), talks("E2", 5), offering("Z1", 3))
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

FADES = edition(course("A", valid_years=1), component("T", "task", days=2, valid_years=1))
ONCE += [
    Case(name=f"runs out: {name}", rules=("once", "kept", "tasks"), instance=instance(FADES, runs, records=rows), days=days)
    for name, runs, rows, days in (
        ("what stands, and once more", (offering("A1", 3), offering("A2", 369), offering("A3", 368)),
         (record("ada", "completed", "A", -200), record("ada", "booked", "A1")), ()),
        ("two that stand, and once more", (offering("A1", 3), offering("A2", 9), offering("A3", 400), offering("A4", 11)),
         (record("ada", "booked", "A2"), record("ada", "booked", "A1")), ()),
        ("the later one is named first", (offering("A1", 367), offering("A2", 1), offering("A3", 366)), (), ()),
        ("exempt", (offering("A1", 3), offering("A2", 400)), (record("ada", "exempt", "A"),), ()),
        ("a task", (), (record("ada", "completed", "T", -363),), (1, 2, 3, 4)),
        ("a task one is exempt from", (), (record("ada", "exempt", "T"),), (1, 4)),
    )
]  # fmt: skip


def test_two_bookings_of_what_no_edition_has_are_not_taken_twice() -> None:
    small = instance(asks(), (offering("Z1", 3), offering("Z2", 4)))
    plan = Plan(paths=(Path(learner="ada", bookings=(Booking(offering="Z1"), Booking(offering="Z2"))),))
    assert list(rules_named("once")[0].check(small, plan)) == []


GROUPS = {"requirements": REQUIREMENTS, "once": ONCE}
CASES = [case for group in GROUPS.values() for case in group]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_both_sayings_are_equal(case: Case) -> None:
    assert_equal(case)


@pytest.mark.parametrize("rule", GROUPS)
def test_plans_of_both_verdicts_occur(rule: str) -> None:
    assert_both_verdicts(GROUPS[rule])
