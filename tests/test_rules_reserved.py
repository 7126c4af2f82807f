"""Seats that are kept for learners of the programme: both sayings of `reserved` are equal."""

from datetime import date

import pytest

from models.programme.offering import Offering
from models.programme.people import Record
from models.programme.plan import Booking, Path, Plan
from models.rules.reserved import open_seats
from tests.builders import course, day, edition, instance, learner, offering, record
from tests.small_scope import Case, assert_both_verdicts, assert_equal, in_short, plans, rules_named

PROGRAMME = edition(course("A"), course("B"))
GUESTS = (learner("ada", enrolled=None), learner("ben", enrolled=None))


def case(name: str, runs: tuple[Offering, ...], *records: Record, enrolled: bool = False) -> Case:
    """Return a case of two who are not in the programme, or of one of them and a learner of it."""
    people = (GUESTS[0], learner("ben")) if enrolled else GUESTS
    return Case(name=name, rules=("reserved",), instance=instance(PROGRAMME, runs, people, records), one=False)


BOTH_IN = (record("ada", "booked", "A1"), record("ben", "booked", "A1"))
RESERVED = [
    case("one seat for others", (offering("A1", 3, seats=2, reserved=1),)),
    case("two seats for others", (offering("A1", 3, seats=3, reserved=1),)),
    case("none for others", (offering("A1", 3, seats=1, reserved=1), offering("B1", 3))),
    case("more kept than there are", (offering("A1", 3, seats=1, reserved=2),)),
    case("taken by somebody unknown", (offering("A1", 3, seats=3, reserved=1, taken=1),)),
    case("all taken", (offering("A1", 3, seats=3, reserved=1, taken=3),)),
    case("kept until today", (offering("A1", 3, seats=1, reserved=1, reserved_until=day(0)),)),
    case("kept until yesterday", (offering("A1", 3, seats=1, reserved=1, reserved_until=day(-1)),)),
    case("one is in the programme", (offering("A1", 3, seats=1, reserved=1),), enrolled=True),
    case("one is booked", (offering("A1", 3, seats=2, reserved=1),), BOTH_IN[0]),
    case("both are booked", (offering("A1", 3, seats=1, reserved=1), offering("A2", 4, seats=2, reserved=1)), *BOTH_IN),
    case("booked by a learner", (offering("A1", 3, seats=2, reserved=1),), BOTH_IN[1], enrolled=True),
    case(
        "two seats, one of another run",
        (offering("A1", 3, seats=3, reserved=2), offering("B1", 3, seats=2, reserved=1)),
    ),
    case(
        "shared",
        (offering("A1", 3, seats=2, reserved=1, seat_group="g"), offering("B1", 3, seats=3, seat_group="g")),
    ),
    case(
        "shared, kept in both",
        (
            offering("A1", 3, seats=4, reserved=1, seat_group="g"),
            offering("B1", 3, seats=4, reserved=1, seat_group="g"),
        ),
    ),
    case(
        "shared, and one is booked",
        (offering("A1", 3, seats=3, reserved=1, seat_group="g"), offering("B1", 3, taken=1, seat_group="g")),
        BOTH_IN[0],
    ),
    case("shared, no number", (offering("A1", 3, reserved=1, seat_group="g"), offering("B1", 3, seat_group="g"))),
    case(
        "shared until yesterday",
        (
            offering("A1", 3, seats=1, reserved=1, reserved_until=day(-1), seat_group="g"),
            offering("B1", 3, seats=1, seat_group="g"),
        ),
    ),
]


@pytest.mark.parametrize("each", RESERVED, ids=lambda each: each.name)
def test_both_sayings_are_equal(each: Case) -> None:
    assert_equal(each)


def test_plans_of_both_verdicts_occur() -> None:
    assert_both_verdicts(RESERVED)


@pytest.mark.parametrize(
    ("seats", "kept", "until", "left"),
    [
        (None, 1, None, None),
        (3, 0, None, None),
        (3, 1, None, 2),
        (1, 2, None, 0),
        (3, 1, day(0), 2),
        (3, 1, day(1), 2),
        (3, 1, day(-1), None),
    ],
)
def test_so_many_seats_are_left_for_others(seats: int | None, kept: int, until: date | None, left: int | None) -> None:
    run = offering("A1", 3, seats=seats, reserved=kept, reserved_until=until)
    assert open_seats(instance(PROGRAMME, [run]), run) == left


def refused(case: Case) -> set[str]:
    """Return the plans in which seats are taken that are kept for others."""
    check = rules_named("reserved")[0].check
    return {in_short(plan) for plan in plans(case) if list(check(case.instance, plan)) and plan.paths[0].graduates}


def test_the_kept_seats_are_those_that_nobody_outside_sits_in() -> None:
    each = case("two kept", (offering("A1", 3, seats=3, reserved=2),))
    assert refused(each) == {"ada A1; ben A1", "ada A1; ben (does not graduate) A1"}


def shared(seats: int, *kept: int) -> Case:
    """Return two sittings that share so many seats, of which each keeps some."""
    runs = [
        offering(name, 3, seats=seats, reserved=each, seat_group="g")
        for name, each in zip(("A1", "B1"), kept, strict=True)
    ]
    return case("shared", tuple(runs))


def test_what_any_sitting_keeps_is_kept_of_the_seats_that_they_share() -> None:
    apart, alone = "ada A1; ben B1", "ada A1; ben "
    assert apart in refused(shared(2, 1, 0))
    assert alone not in refused(shared(2, 1, 0))
    assert alone in refused(shared(3, 2, 2))
    assert apart not in refused(shared(4, 1, 1))
    assert apart not in refused(shared(1, 0, 0))


def test_who_is_in_the_programme_sits_in_none_of_the_seats_for_others() -> None:
    booked = case("booked by a learner", (offering("A1", 3, seats=2, reserved=1),), BOTH_IN[1], enrolled=True)
    assert refused(booked) == set()


def test_who_is_not_known_sits_in_the_seats_for_others() -> None:
    own = case("taken", (offering("A1", 3, seats=3, reserved=1, taken=1),))
    runs = (offering("A1", 3, seats=3, reserved=1, seat_group="g"), offering("B1", 3, seats=3, taken=1, seat_group="g"))
    for each, both in ((own, "ada A1; ben A1"), (case("taken", runs), "ada A1; ben B1")):
        assert both in refused(each)
        assert "ada A1; ben " not in refused(each)


def told(each: Case, *booked: str) -> list[tuple[tuple[str, ...], str]]:
    """Return what is said where the first two who ask book so."""
    paths = tuple(
        Path(learner=who, bookings=(Booking(offering=name),)) for who, name in zip(each.learners, booked, strict=True)
    )
    found = rules_named("reserved")[0].check(each.instance, Plan(paths=paths))
    return [(one.offerings, one.sentence) for one in found]


def test_what_is_kept_is_told_with_the_day_until_which_it_is() -> None:
    kept = "1 seat of A1 kept for learners of the programme"
    counted = "others have 1, and 2 need one"
    plain = case("kept", (offering("A1", 3, seats=2, reserved=1),))
    until = case("kept", (offering("A1", 3, seats=2, reserved=1, reserved_until=day(2)),))
    assert told(plain, "A1", "A1") == [(("A1",), f"{kept}: {counted}")]
    assert told(until, "A1", "A1") == [(("A1",), f"{kept} until 2025-03-07: {counted}")]


def test_of_shared_seats_those_offerings_are_named_that_are_newly_booked() -> None:
    runs = (*shared(2, 1, 0).instance.offerings, offering("B2", 3, seats=2, seat_group="g"))
    words = "of the seats that A1, B1 and B2 share some are kept for learners of the programme"
    assert told(case("shared", runs), "A1", "B1") == [(("A1", "B1"), f"{words}: others have 1, and 2 need one")]


def test_a_group_that_is_over_full_already_is_not_told_of_another_booking() -> None:
    runs = (*shared(2, 1, 1).instance.offerings, offering("B2", 3))
    small = case("over full", runs, BOTH_IN[0], record("ben", "booked", "B1"))
    assert told(small, "B2", "B2") == []
