"""How long a completion counts for what asks for it: both sayings of `valid_years` are equal."""

import pytest

from models.programme.edition import Edition
from models.programme.offering import Offering
from models.programme.people import Record
from models.programme.plan import Booking, Path, Plan
from tests.builders import component, course, edition, instance, meets, offering, record, session
from tests.small_scope import Case, assert_both_verdicts, assert_equal, rules_named

YEAR = course("A", valid_years=1)
"""What ends on day 1 counts until day 366."""


def case(
    name: str, programme: Edition, runs: tuple[Offering, ...], *records: Record, days: tuple[int, ...] = ()
) -> Case:
    """Return a case of the rule, beside those that say what stands."""
    small = instance(programme, runs, records=records)
    return Case(name=name, rules=("valid_years", "once", "kept", "tasks"), instance=small, days=days)


def done(days: int, code: str = "A") -> Record:
    """Return a completion so many days ago."""
    return record("ada", "completed", code, -days)


B, C = offering("B1", 2), offering("C1", 2)
LATE = (B, offering("B2", 3), offering("B3", 4))
A1_BOOKED, B1_BOOKED = record("ada", "booked", "A1"), record("ada", "booked", "B1")
REQUIRED = edition(YEAR, course("B", "A"), course("C"))
EITHER = edition(YEAR, course("B", ("A", "C")), course("C"))
FIRST = edition(YEAR, course("B"), course("D"), first=(("A",), ("D",)))
BESIDE = edition(YEAR, course("B", corequisites=(("A",),)), course("C"))
TASK = edition(component("T", "task", days=2, valid_years=1), course("B", "T"))
LATER = edition(YEAR, component("T", "task", "A", days=2))
BOTH = edition(component("S", "task", days=1, valid_years=1), component("T", "task", "S", days=1))
LASTING = [
    *(case(f"done {days} days ago", REQUIRED, LATE, done(days)) for days in (361, 362, 363, 364)),
    case("taken before", REQUIRED, (offering("A1", 1), B, offering("B2", 366), offering("B3", 367))),
    case("taken again", REQUIRED, (offering("A1", 5), B, offering("B2", 9)), done(363)),
    case("exempt", REQUIRED, LATE, record("ada", "exempt", "A")),
    case("booked", REQUIRED, (offering("A1", 1), B, offering("B2", 367)), A1_BOOKED),
    case("booked, and what it needs has run out", REQUIRED, (B, offering("B2", 9)), B1_BOOKED, done(364)),
    case("under way", REQUIRED, (offering("B1", -1, 4), offering("B2", 9)), B1_BOOKED, done(365)),
    case("one of two", EITHER, (*LATE, offering("C1", 1)), done(363)),
    case("the other one done", EITHER, LATE, done(363), done(900, "C")),
    case("first of all", FIRST, (*LATE, offering("D1", 1), offering("D2", 5)), done(363)),
    case("beside", BESIDE, (*LATE, offering("A1", 4)), done(363)),
    case("beside, an hour apart", BESIDE, (meets("A1", session(3)), meets("B1", session(3, "11:00")), B), done(364)),
    case("a task", TASK, (offering("B1", 367), offering("B2", 368)), days=(0, 1, 2)),
    case("a task done", TASK, LATE, done(363, "T"), days=(1,)),
    case("a task later", LATER, (offering("A1", 1),), days=(2, 366, 367)),
    case("a task later than what is done", LATER, (), done(362), days=(2, 3, 4)),
    case("a task under way", LATER, (), done(400), record("ada", "booked", "T", -1), days=(-1, 3)),
    case("two tasks", BOTH, (), days=(1, 2, 366, 367)),
    case("booked elsewhere", REQUIRED, (*LATE, offering("Z1", 3)), record("ada", "booked", "Z1"), done(363)),
]


@pytest.mark.parametrize("each", LASTING, ids=lambda each: each.name)
def test_both_sayings_are_equal(each: Case) -> None:
    assert_equal(each)


def test_plans_of_both_verdicts_occur() -> None:
    assert_both_verdicts(LASTING)


def named(programme: Edition, *booked: str) -> list[tuple[str, ...]]:
    """Return what is named of each breach where something is booked and A was done 364 days ago."""
    runs = (offering("A1", 9), offering("B1", 3), offering("C1", 4), offering("D1", 5))
    small = instance(programme, runs, records=[done(364)])
    path = Path(learner="ada", bookings=tuple(Booking(offering=each) for each in booked))
    return [each.offerings for each in rules_named("valid_years")[0].check(small, Plan(paths=(path,)))]


def test_what_has_run_out_is_told_with_what_comes_too_late() -> None:
    assert named(REQUIRED, "A1", "B1", "C1") == [("B1", "A1")]
    assert named(REQUIRED, "B1", "C1") == [("B1",)]
    assert named(FIRST, "B1", "D1") == [("B1",)]
    assert named(BESIDE, "A1", "B1") == [("B1", "A1")]
    assert named(EITHER, "B1") == [("B1",)]


def test_what_is_taken_again_beside_it_is_enough_only_for_a_corequisite() -> None:
    runs = (offering("A1", 3), offering("B1", 3))
    path = Path(learner="ada", bookings=(Booking(offering="A1"), Booking(offering="B1")))
    check = rules_named("valid_years")[0].check
    told = [
        len(list(check(instance(programme, runs, records=[done(364)]), Plan(paths=(path,)))))
        for programme in (REQUIRED, BESIDE)
    ]
    assert told == [1, 0]
