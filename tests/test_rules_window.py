"""Until when everything has to be met: both sayings of the window are equal, where enrolment starts it, or a deadline ends it."""

from datetime import date

import pytest

from models.programme.edition import Edition, Window
from models.programme.instance import Instance
from models.programme.plan import Path, Plan
from tests.builders import (
    course,
    day,
    edition,
    event,
    instance,
    learner,
    offering,
    record,
    requirement,
    talks,
    task,
)
from tests.small_scope import Case, assert_both_verdicts, assert_equal, rules_named

TWO_KEPT = (record("ada", "booked", "A1"), record("ada", "booked", "A2"))
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

TWO_LASTS = edition(
    course("A"),
    course("L"),
    event("E"),
    requirements=[requirement(1, "L", "E"), requirement(1, "A")],
    last=(("L",), ("E",)),
)
TOGETHER = (offering("A1", 1), offering("L1", 2, 3), talks("E1", 3), talks("E2", 4))
WINDOW += [
    window(
        f"kept ones of one component, {'free' if free else 'kept'}",
        TWO_OF_A,
        instance((), (*RUNS[:2], *RUNS[2:3]), [A_YEAR_AGO], TWO_KEPT, free=free),
    )
    for free in (False, True)
]
WINDOW.append(
    window("two last ones that one requirement names", TWO_LASTS, instance((), TOGETHER, [learner(deadline=day(3))]))
)
A_LONG_TASK = edition(course("A"), task("T", 9), requirements=[requirement(1, "A", "T")])
WINDOW.append(
    window(
        "a long task under way",
        A_LONG_TASK,
        instance((), RUNS[:2], records=[record("ada", "booked", "T", -1)]),
        (-1, 1),
    )
)
WINDOW += [
    window(
        f"{' or '.join(entry)} last, and one is done",
        limited("enrolment", last=(entry,)),
        instance((), RUNS, [A_YEAR_AGO], [record("ada", "exempt", "E")]),
        (1, 2),
    )
    for entry in (("E",), ("E", "A"))
]


GROUPS = {"window": WINDOW}
CASES = [case for group in GROUPS.values() for case in group]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_both_sayings_are_equal(case: Case) -> None:
    assert_equal(case)


@pytest.mark.parametrize("rule", GROUPS)
def test_plans_of_both_verdicts_occur(rule: str) -> None:
    assert_both_verdicts(GROUPS[rule])


def test_a_path_that_meets_nothing_is_not_too_late() -> None:
    window = Window(years=1, starts="enrolment")
    small = instance(edition(course("A"), requirements=[requirement(1, "A")], window=window))
    assert list(rules_named("window")[0].check(small, Plan(paths=(Path(learner="ada"),)))) == []
