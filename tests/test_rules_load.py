"""How much at once: both sayings of clashes, weekly hours and courses at once are equal."""

import pytest

from models.programme.offering import Offering
from models.programme.people import Learner, Record
from models.programme.plan import Booking, Path, Plan
from tests.builders import (
    component,
    course,
    edition,
    event,
    instance,
    learner,
    meets,
    offering,
    record,
    session,
    talks,
    task,
)
from tests.small_scope import Case, assert_both_verdicts, assert_equal, rules_named

PROGRAMME = edition(*map(course, "ABC"), component("W", "workshop"), event("E"), task("T", 2))
OTHER = edition(course("Z"), id="other")


def case(rule: str, name: str, who: Learner, runs: tuple[Offering, ...], *records: Record, free: bool = False) -> Case:
    """Return a case of a rule."""
    small = instance([PROGRAMME, OTHER], runs, [who], records, free=free)
    return Case(name=f"{rule}: {name}", rules=(rule,), instance=small)


ADA = learner()
CLASHES = [
    case(
        "clashes",
        "touching and overlapping",
        ADA,
        (
            meets("A1", session(3)),
            meets("B1", session(3, "13:00")),
            meets("B2", session(3, "12:59")),
            meets("C1", session(3, "11:00")),
            meets("C2", session(3, "11:01")),
        ),
    ),
    case(
        "clashes",
        "one unknown length",
        ADA,
        (
            meets("A1", session(3, minutes=None)),
            meets("B1", session(3)),
            meets("B2", session(3, "12:01")),
            meets("C1", session(3, "11:00")),
            offering("W1", 3),
        ),
    ),
    case(
        "clashes",
        "three at once, two at once",
        ADA,
        (
            meets("A1", session(3, minutes=180)),
            meets("B1", session(3, "12:30", 60), session(5)),
            meets("C1", session(3, "13:00", 60)),
            meets("W1", session(3, "14:00", 60)),
            meets("E1", session(5, "12:30", 10)),
        ),
    ),
    case(
        "clashes",
        "sessions of its own that overlap",
        ADA,
        (
            meets("A1", session(3), session(3, "12:30")),
            meets("B1", session(3, "13:00")),
            meets("C1", session(3, "13:30")),
        ),
    ),
    case(
        "clashes",
        "two whose own sessions overlap, apart from each other",
        ADA,
        (
            meets("A1", session(3), session(3, "12:30")),
            meets("B1", session(4), session(4, "12:30")),
            meets("C1", session(3, "12:45", 15)),
        ),
    ),
    case(
        "clashes",
        "across days, with a cancelled one",
        ADA,
        (
            meets("A1", session(3, "23:30")),
            meets("B1", session(4, "00:00")),
            meets("B2", session(4, "00:30")),
            meets("C1", session(3, "23:00", 120), status="cancelled"),
        ),
    ),
    case(
        "clashes",
        "one of another programme",
        ADA,
        (meets("Z1", session(3)), meets("A1", session(3)), meets("B1", session(4))),
        record("ada", "booked", "Z1"),
    ),
    case(
        "clashes",
        "one that is done",
        ADA,
        (meets("A1", session(0)), meets("B1", session(0)), meets("C1", session(0))),
        record("ada", "completed", "A1", 0),
        record("ada", "booked", "B1"),
    ),
]

BUSY = learner(max_weekly_minutes=300)
WEEKLY_HOURS = [
    case(
        "weekly_hours",
        "weeks from Monday to Sunday",
        BUSY,
        (
            offering("A1", -2, 4, weekly_minutes=200),
            offering("B1", 4, 4, weekly_minutes=101),
            offering("B2", 5, 11, weekly_minutes=101),
            offering("C1", 3, 5, weekly_minutes=100),
        ),
    ),
    case(
        "weekly_hours",
        "what starts on a Sunday",
        BUSY,
        (offering("A1", 5, 9, weekly_minutes=200), offering("B1", 11, 11, weekly_minutes=101)),
    ),
    case(
        "weekly_hours",
        "days of one week",
        BUSY,
        (
            offering("A1", 1, 1, weekly_minutes=200),
            offering("B1", 3, 4, weekly_minutes=101),
            offering("C1", -3, -2, weekly_minutes=1),
            offering("C2", 5, 5, weekly_minutes=200),
        ),
    ),
    case(
        "weekly_hours",
        "one that lasts",
        BUSY,
        (
            offering("A1", 1, 20, weekly_minutes=200),
            offering("B1", 11, 12, weekly_minutes=100),
            offering("C1", 12, 13, weekly_minutes=60),
            offering("C2", 19, 30, weekly_minutes=120),
            offering("W1", 12, 12),
        ),
    ),
    case(
        "weekly_hours",
        "one too heavy",
        BUSY,
        (offering("A1", 1, weekly_minutes=301), offering("B1", 1, weekly_minutes=300)),
    ),
    case(
        "weekly_hours", "no limit", ADA, (offering("A1", 1, weekly_minutes=9999), offering("B1", 1, weekly_minutes=300))
    ),
    case(
        "weekly_hours",
        "none to spare",
        learner(max_weekly_minutes=0),
        (offering("A1", 1, weekly_minutes=1), offering("B1", 1)),
    ),
    case(
        "weekly_hours",
        "kept ones count, what is done does not",
        BUSY,
        (
            offering("A1", -30, 4, weekly_minutes=200),
            offering("B1", -9, 9, weekly_minutes=250),
            offering("C1", 1, 9, weekly_minutes=101),
            offering("Z1", 3, 4, weekly_minutes=100),
        ),
        record("ada", "booked", "A1"),
        record("ada", "completed", "B1", -1),
        record("ada", "booked", "Z1"),
    ),
]
WEEKLY_HOURS.append(
    case(
        "weekly_hours",
        "under way and too much already: only what adds to it is too much",
        learner(max_weekly_minutes=120),
        (
            offering("A1", -1, 6, weekly_minutes=180),
            offering("B1", 3, 4, weekly_minutes=1),
            offering("B2", 3, 4),
            offering("C1", 12, 13, weekly_minutes=120),
        ),
        record("ada", "booked", "A1"),
    )
)

CALM = learner(max_courses=1)
COURSES_AT_ONCE = [
    case(
        "courses_at_once",
        "days that touch",
        CALM,
        (
            offering("A1", 1, 5),
            offering("B1", 5, 9),
            offering("B2", 6, 9),
            offering("C1", 9, 9),
            talks("E1", 5),
        ),
    ),
    case(
        "courses_at_once",
        "no course that is",
        CALM,
        (offering("W1", 1, 9), talks("E1", 3), offering("A1", 2, 4), offering("Z1", 2, 4)),
        record("ada", "booked", "Z1"),
    ),
    case(
        "courses_at_once",
        "two",
        learner(max_courses=2),
        (
            offering("A1", 1, 9),
            offering("A2", 4, 4),
            offering("B1", 1, 3),
            offering("C1", 3, 5),
            offering("C2", 9, 12),
        ),
    ),
    case("courses_at_once", "none", learner(max_courses=0), (offering("A1", 1), talks("E1", 3))),
    case("courses_at_once", "no limit", ADA, (offering("A1", 1), offering("B1", 1))),
    case(
        "courses_at_once",
        "kept and done ones",
        CALM,
        (offering("A1", -9, 3), offering("B1", -9, 3), offering("C1", 3, 4), offering("C2", 4)),
        record("ada", "booked", "A1"),
        record("ada", "completed", "B1", -1),
    ),
]
COURSES_AT_ONCE.append(
    case(
        "courses_at_once",
        "two under way already: no third beside them",
        CALM,
        (offering("A1", -9, 3), offering("B1", -9, 6), offering("C1", 3, 4), offering("C2", 7), talks("E1", 3)),
        record("ada", "booked", "A1"),
        record("ada", "booked", "B1"),
    )
)

GROUPS = {"clashes": CLASHES, "weekly_hours": WEEKLY_HOURS, "courses_at_once": COURSES_AT_ONCE}
CASES = [each for group in GROUPS.values() for each in group]


@pytest.mark.parametrize("each", CASES, ids=lambda each: each.name)
def test_both_sayings_are_equal(each: Case) -> None:
    assert_equal(each)


@pytest.mark.parametrize("rule", GROUPS)
def test_plans_of_both_verdicts_occur(rule: str) -> None:
    assert_both_verdicts(GROUPS[rule])


def test_every_clashing_pair_is_named() -> None:
    """A long meeting clashes with each short one inside it, and these do not clash with each other."""
    runs = (
        meets("A1", session(3, minutes=180)),
        meets("B1", session(3, "12:30", 30)),
        meets("C1", session(3, "13:30", 30)),
    )
    small = case("clashes", "a long one", ADA, runs).instance
    path = Path(learner=ADA.id, bookings=tuple(Booking(offering=run.id) for run in runs))
    (rule,) = rules_named("clashes")
    assert [each.offerings for each in rule.check(small, Plan(paths=(path,)))] == [("A1", "B1"), ("A1", "C1")]
