"""What starts the clock of a window: both sayings are equal for orientation, the first component, and tasks that start it."""

from datetime import date, timedelta

import pytest

from tests.builders import (
    AS_OF,
    day,
    instance,
    learner,
    offering,
    record,
    talks,
)
from tests.small_scope import Case, assert_both_verdicts, assert_equal
from tests.test_rules_window import A_YEAR_AGO, RUNS, YEAR, limited, window

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
        "of nobody's programme",
        {
            "learners": [learner(enrolled=None)],
            "records": [record("ada", "booked", "B1"), record("ada", "completed", "T", -9)],
        },
    ),
    ("exempt from what counts", {"records": [record("ada", "exempt", "B"), record("ada", "exempt", "A")]}),
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
READINGS += [
    window(
        f"{reading}: a task about the end of February {eve.year}",
        limited(reading, first=first),
        instance(
            (),
            [offering(f"B{n}", (eve - AS_OF).days + YEAR + n) for n in (1, 2, 3, 4)],
            [learner(enrolled=eve - timedelta(days=50))],
            as_of=eve,
        ),
        tuple((eve - AS_OF).days + each for each in (1, 2, 3, 4, 5)),
    )
    for eve in (date(2024, 2, 26), date(2023, 2, 26))
    for reading, first in (("orientation", (("T",),)), ("first-component", (("E",),)))
]

READINGS.append(
    window(
        "first-component: one of another programme",
        limited("first-component"),
        instance((), (*LATER, offering("Z1", 1)), records=[record("ada", "booked", "Z1")]),
        (1, 2, 3),
    )
)

GROUPS = {"window": READINGS}
CASES = [case for group in GROUPS.values() for case in group]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_both_sayings_are_equal(case: Case) -> None:
    assert_equal(case)


@pytest.mark.parametrize("rule", GROUPS)
def test_plans_of_both_verdicts_occur(rule: str) -> None:
    assert_both_verdicts(GROUPS[rule])
