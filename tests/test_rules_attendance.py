"""Which sessions a learner can attend: both sayings of `attendance` are equal."""

from typing import Any

import pytest

from models.programme.offering import Offering
from models.programme.people import Unavailable
from tests.builders import (
    at,
    away,
    away_between,
    component,
    edition,
    instance,
    learner,
    meets,
    offering,
    record,
    session,
)
from tests.small_scope import Case, assert_both_verdicts, assert_equal, rules_named, verdicts


def attendance(
    name: str,
    *runs: Offering,
    away: tuple[Unavailable, ...] = (),
    absences: int = 0,
    **fields: Any,  # noqa: ANN401 - any field of the noun
) -> Case:
    """Return a case of the rule `attendance`."""
    programme = edition(component("A", "course", absences=absences))
    small = instance(
        programme,
        runs,
        [learner(**fields)],
        [record("ada", "booked", "A9"), record("ada", "booked", "Z1"), record("ada", "booked", "Z2")],
        unavailable=away,
    )
    return Case(name=name, rules=("attendance",), instance=small)


NOON = meets("A1", session(3))
UNKNOWN = meets("A2", session(3, minutes=None))
ATTENDANCE = [
    attendance(
        f"away {what}",
        NOON,
        UNKNOWN,
        meets("A3", session(3), session(7)),
        away=(away_between("ada", at(3, start), at(3, end)),),
    )
    for what, start, end in (
        ("just before", "11:00", "12:00"),
        ("a minute into it", "11:00", "12:01"),
        ("from the second minute", "12:01", "12:02"),
        ("in the last minute", "12:59", "14:00"),
        ("just after", "13:00", "14:00"),
    )
]
ATTENDANCE += [
    attendance(
        "one may be missed",
        *(
            meets(f"A{n}", *(session(each) for each in days))
            for n, days in enumerate([(3, 5), (3, 4, 6), (5, 6, 7), (3,)], 1)
        ),
        away=(away("ada", 2, 4),),
        absences=1,
    ),
    attendance(
        "two spans together",
        offering("A1", 3, 6),
        offering("A2", 3, 7),
        offering("A3", 2, 6),
        offering("A4", 4, 4),
        away=(away("ada", 5, 6), away("ada", 3, 4)),
    ),
    attendance(
        "a gap of a minute",
        offering("A1", 3, 6),
        away=(away("ada", 5, 6), away_between("ada", at(3, "00:00"), at(5, "00:00") - 1)),
    ),
    attendance(
        "a span within a span",
        offering("A1", 3, 6),
        offering("A2", 3, 7),
        away=(away("ada", 3, 6), away("ada", 4, 4)),
    ),
    attendance(
        "days of another zone",
        offering("A1", 3, 3),
        offering("A2", 4, 5),
        zone="Australia/Sydney",
        away=(away("ada", 3, 3, "Australia/Sydney"), away("ada", 4, 5)),
    ),
    attendance(
        "under way already",
        offering("A1", 1, 3),
        meets("A9", session(0), session(3)),
        away=(away("ada", 0, 3),),
    ),
    attendance("of another programme", meets("Z1", session(3)), meets("Z2", session(2)), away=(away("ada", 3, 3),)),
    attendance("kept and ahead", meets("A9", session(1), session(3)), away=(away("ada", 3, 3),)),
]
ATTENDANCE += [
    attendance(
        f"hours {earliest} to {latest} in {zone}",
        NOON,
        UNKNOWN,
        meets("A3", session(5)),
        meets("A4", session(3, "23:00", 60)),
        meets("A5", session(3, "23:00", 61)),
        meets("A6", session(5, "00:00", 30)),
        meets("A7", session(4, "12:30")),
        zone=zone,
        earliest=earliest,
        latest=latest,
    )
    for earliest, latest, zone in (
        (9 * 60, None, "America/Los_Angeles"),
        (9 * 60 + 1, None, "America/Los_Angeles"),
        (None, 10 * 60, "America/Los_Angeles"),
        (None, 10 * 60 - 1, "America/Los_Angeles"),
        (None, 9 * 60 + 1, "America/Los_Angeles"),
        (8 * 60, 18 * 60, "Europe/Stockholm"),
        (8 * 60, 19 * 60, "Europe/Stockholm"),
        (0, 24 * 60, "America/New_York"),
        (23 * 60 + 30, None, "America/New_York"),
        (24 * 60, None, "America/New_York"),
        (12 * 60 + 20, None, "America/New_York"),
    )
]

DAYS = (
    meets("A1", session(6)), meets("A2", session(7)), meets("A3", session(6, "23:30")), meets("A4", session(6, "23:00")),
    meets("A5", session(6, "23:30", 1500)),
)  # fmt: skip
"""On a Tuesday, on a Wednesday, from one to the other, until midnight, and from Tuesday to Thursday."""
ATTENDANCE += [
    attendance(f"days of the week {weekdays}", *DAYS, weekdays=weekdays) for weekdays in ((1,), (2,), (1, 2), (1, 3))
]
NIGHT = (
    meets("A1", session(3, "21:59")), meets("A2", session(3, "22:00")), meets("A3", session(4, "03:00")),
    meets("A4", session(4, "03:01")), meets("A5", session(4, "22:00", 360)), meets("A6", session(5, "22:00", 361)),
)  # fmt: skip
ATTENDANCE += [
    attendance("hours over midnight", *NIGHT, earliest=22 * 60, latest=4 * 60),
    attendance("hours from the same to the same", *NIGHT, earliest=22 * 60, latest=22 * 60),
    attendance("late hours, until midnight", *NIGHT, earliest=22 * 60),
    attendance("early hours, from midnight", *NIGHT, latest=4 * 60),
]


def alone(case: Case) -> set[str]:
    """Return the offerings that can be booked by themselves."""
    return {
        plan.paths[0].bookings[0].offering
        for plan, check, model in verdicts(case, rules_named("attendance"))
        if check and model and plan.paths[0].graduates and len(plan.paths[0].bookings) == 1
    }


def test_on_which_days_of_the_week_a_session_lies() -> None:
    found = {weekdays: alone(attendance("days", *DAYS, weekdays=weekdays)) for weekdays in ((1,), (2,), (1, 2), (1, 3))}
    expected = {(1,): {"A1", "A4"}, (2,): {"A2"}, (1, 2): {"A1", "A2", "A3", "A4"}, (1, 3): {"A1", "A4"}}
    assert found == expected


def test_hours_over_midnight_hold_the_evening_and_the_morning() -> None:
    assert alone(attendance("night", *NIGHT, earliest=22 * 60, latest=4 * 60)) == {"A2", "A3", "A5"}


GROUPS = {"attendance": ATTENDANCE}
CASES = [case for group in GROUPS.values() for case in group]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_both_sayings_are_equal(case: Case) -> None:
    assert_equal(case)


@pytest.mark.parametrize("rule", GROUPS)
def test_plans_of_both_verdicts_occur(rule: str) -> None:
    assert_both_verdicts(GROUPS[rule])
