"""Offerings that share their seats: both sayings of `seat_group` are equal."""

from dataclasses import replace

import pytest

from models.formulation.formulate import formulate
from models.programme.offering import Offering
from models.programme.people import Record
from tests.builders import course, edition, instance, learner, offering, record
from tests.small_scope import Case, assert_both_verdicts, assert_equal, in_short, plans, rules_named

PROGRAMME = edition(course("A"), course("B"))


def sitting(name: str, seats: int | None = None, taken: int = 0, group: str | None = "g") -> Offering:
    """Return a sitting of a group."""
    return offering(name, 3, seats=seats, taken=taken, seat_group=group)


def case(name: str, runs: tuple[Offering, ...], *records: Record, one: bool = False) -> Case:
    """Return a case of two learners, or of the first alone."""
    people = (learner("ada"), learner("ben"))
    small = instance(PROGRAMME, runs, people, records)
    return Case(name=name, rules=("seat_group", "kept"), instance=small, one=one)


ADA, BEN = record("ada", "booked", "A1"), record("ben", "booked", "A2")
PAIR = (sitting("A1", 1), sitting("A2", 2))
SHARED = [
    case("one seat", PAIR),
    case("one seat, of one learner", PAIR, one=True),
    case("two seats", (sitting("A1", 2), sitting("A2", 2))),
    case("three seats", (sitting("A1", 3), sitting("A2"))),
    case("no number", (sitting("A1"), sitting("A2"))),
    case("one taken", (sitting("A1", 2, 1), sitting("A2"))),
    case("all taken", (sitting("A1", 2, 1), sitting("A2", 3, 1))),
    case("more taken than there are", (sitting("A1", 1, 1), sitting("A2", 3, 1)), ADA),
    case("one is booked", PAIR, ADA),
    case("one is booked, of the other", PAIR, BEN, one=True),
    case("one is booked, and two may sit", (sitting("A1", 2), sitting("A2")), ADA),
    case("both are booked", PAIR, ADA, BEN),
    case("both are booked, and two may sit", (sitting("A1", 2), sitting("A2")), ADA, BEN),
    case("both are booked, and one more run", (*PAIR, sitting("B1", 9, group=None)), ADA, BEN),
    case("two groups", (sitting("A1", 1), sitting("A2", 9, group="h"), sitting("B1", 1, group="h"))),
    case("one is cancelled", (sitting("A1", 2), replace(sitting("A2", 1, 1), status="cancelled"))),
    case("one is of no group", (sitting("A1", 1), sitting("A2", 1, group=None))),
]


@pytest.mark.parametrize("each", SHARED, ids=lambda each: each.name)
def test_both_sayings_are_equal(each: Case) -> None:
    assert_equal(each)


def test_plans_of_both_verdicts_occur() -> None:
    assert_both_verdicts(SHARED)


def test_one_of_two_sits_where_one_seat_is_shared() -> None:
    check = rules_named("seat_group")[0].check
    small = case("one seat", PAIR)
    found = [in_short(plan) for plan in plans(small) if all(path.graduates for path in plan.paths)
             if not list(check(small.instance, plan))]  # fmt: skip
    assert sorted(found) == ["ada ; ben ", "ada ; ben A1", "ada ; ben A2", "ada A1; ben ", "ada A2; ben "]


def test_nothing_is_posted_where_nobody_is_asked_about() -> None:
    found = formulate(case("nobody", PAIR).instance, [], rules=rules_named("seat_group"))
    assert found.model.rows == []
