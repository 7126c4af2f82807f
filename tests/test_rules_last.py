"""What comes last: both sayings of `last` are equal."""

from dataclasses import replace

import pytest

from models.programme.edition import Edition
from models.programme.offering import Offering
from models.programme.people import Record
from models.programme.plan import Booking, Path, Plan
from tests.builders import (
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


def case(
    rule: str,
    name: str,
    programme: Edition,
    runs: tuple[Offering, ...],
    *records: Record,
    days: tuple[int, ...] = (),
    context: tuple[str, ...] = (),
    free: bool = False,
) -> Case:
    """Return a case of a rule; `context` names the rules without which it means little."""
    small = instance(programme, runs, records=records, free=free)
    return Case(name=f"{rule}: {name}", rules=(rule, *context), instance=small, days=days)


COURSES = (requirement(2, "A", "B", "C"),)
LAST_RUN = edition(*map(course, "ABCL"), requirements=COURSES, last=(("L",),))
LAST_TASK = edition(
    course("A"), task("T", 2), task("L", 2), requirements=[requirement(2, "A", "T", "L")], last=(("L",),)
)
LAST_EITHER = edition(
    course("A"),
    course("L"),
    task("M", 1),
    course("N"),
    requirements=[requirement(1, "A"), requirement(1, "L")],
    last=(("L", "M"), ("N",)),
)
SHARES = edition(
    event("E"),
    course("L"),
    requirements=[requirement(2, "E", min_minutes=60), requirement(1, "E", role="talk")],
    last=(("L",),),
)
MEETINGS = (
    meets("E1", session(2, minutes=59), roles=(("talk", 1),)),
    meets("E2", session(3, minutes=60), roles=(("talk", 1),)),
    meets("E3", session(4, "11:00", minutes=60), roles=(("talk", 1),)),
    meets("L1", session(4)),
    talks("E4", 5),
)
ONE_LAST_DONE = record("ada", "completed", "L", -1)
WITH_ONCE = ("once",)
"""`last` counts components, and only `once` keeps a component from being counted twice."""
LAST = [
    case(
        "last",
        "after enough has ended",
        LAST_RUN,
        (offering("A1", 1), offering("B1", 2), offering("C1", 3), offering("L1", 3), offering("L2", 4)),
        context=WITH_ONCE,
    ),
    case(
        "last",
        "some done",
        LAST_RUN,
        (offering("A1", 1), offering("B1", 2), offering("L1", 3)),
        record("ada", "completed", "A", -9),
        record("ada", "exempt", "B"),
        context=WITH_ONCE,
    ),
    case(
        "last",
        "one done",
        LAST_RUN,
        (offering("C1", 2), offering("B1", 3), offering("L1", 3)),
        record("ada", "completed", "A", -9),
        context=WITH_ONCE,
    ),
    case(
        "last",
        "itself done",
        LAST_RUN,
        (offering("A1", 1), offering("L1", 2)),
        record("ada", "exempt", "L"),
        context=WITH_ONCE,
    ),
    case(
        "last",
        "under way",
        LAST_RUN,
        (offering("A1", 1), offering("L1", 0)),
        record("ada", "booked", "L1"),
        context=WITH_ONCE,
    ),
    case(
        "last",
        "a task after a task",
        LAST_TASK,
        (offering("A1", 2), offering("A2", 3)),
        days=(1, 2, 3, 4),
        context=WITH_ONCE,
    ),
    case(
        "last",
        "a task under way",
        LAST_TASK,
        (offering("A1", 2),),
        record("ada", "booked", "L", -1),
        days=(-1, 1, 3),
        context=("once", "kept", "tasks"),
    ),
    case(
        "last",
        "one of two, and another",
        LAST_EITHER,
        (offering("A1", 1), offering("L1", 2), offering("N1", 2), offering("N2", 1)),
        days=(1, 2),
        context=WITH_ONCE,
    ),
    case("last", "roles and minutes before it", SHARES, MEETINGS, context=WITH_ONCE),
    case(
        "last",
        "roles done",
        SHARES,
        MEETINGS,
        record("ada", "completed", "E", -9, role="talk", minutes=5),
        context=WITH_ONCE,
    ),
    case(
        "last",
        "nobody requires it",
        edition(course("A"), course("L"), last=(("L",),)),
        (offering("A1", 2), offering("L1", 1)),
    ),
]

BEFORE_A_TASK = edition(
    event("E"),
    task("L", 1),
    requirements=[requirement(1, "E", role="talk"), requirement(1, "E", min_minutes=60)],
    last=(("L",),),
)
LAST.append(
    case("last", "roles and minutes before a task", BEFORE_A_TASK, MEETINGS[:3], days=(3, 4, 5), context=WITH_ONCE)
)
LAST.append(
    case(
        "last",
        "one of two done",
        LAST_EITHER,
        (offering("A1", 1), offering("N1", 2)),
        ONE_LAST_DONE,
        days=(1, 2),
        context=WITH_ONCE,
    )
)

RUNS_OUT = edition(
    replace(course("A"), valid_years=1),
    course("B"),
    course("L"),
    requirements=[requirement(1, "A", "B")],
    last=(("L",),),
)
RECENT = edition(
    course("A"),
    course("B"),
    course("L"),
    requirements=[replace(requirement(1, "A"), within_months=1), requirement(1, "A", "B")],
    last=(("L",),),
)
AGAIN = (offering("L1", 1), offering("A1", 2), offering("L2", 3))
LAST += [
    case(
        "last",
        f"{words}, run out and taken again",
        programme,
        AGAIN,
        record("ada", "completed", "A", back),
        context=("once", "requirements", "in_force"),
    )
    for words, programme, back in (
        ("some years", RUNS_OUT, -400),
        ("the day before graduation", RUNS_OUT, -364),
        ("some months", RECENT, -60),
    )
]

ONE, TWO = requirement(1, "A", "B"), requirement(1, "B", "C")
APART = edition(*map(course, "ABCL"), requirements=[ONE, replace(TWO, apart_from=(ONE.id,))], last=(("L",),))
RECENT = edition(
    *map(course, "ACL"),
    requirements=[replace(requirement(1, "A"), within_months=1), requirement(1, "C")],
    last=(("L",),),
)
FADING = ("once", "kept", "tasks", "in_force", "requirements")
LAST += [
    case("last", "two that are apart", APART, (offering("A1", 1), offering("B1", 2), offering("L1", 4))),
    case("last", "two that are apart, met later", APART, (offering("B1", 2), offering("L1", 4), offering("A1", 10))),
    case("last", "what has run out before it starts", RECENT,
         (offering("A1", 1), offering("A2", 50), offering("C1", 60), offering("L1", 70)), context=FADING),
    case("last", "what has run out when all is over", RECENT,
         (offering("A1", 30), offering("C1", 40), offering("L1", 50, 62), offering("L2", 55, 80)), context=FADING),
    case("last", "all is met by what is done, but for the last", RECENT, (offering("L1", 5), offering("L2", 40)),
         record("ada", "completed", "A", -3), record("ada", "completed", "C", -2), context=FADING),
    case("last", "done, and done again", RECENT, (offering("L1", 5), offering("A1", 40)),
         *(record("ada", "completed", code, -3) for code in "ACL"), context=FADING),
]  # fmt: skip
GROUPS = {"last": LAST}
CASES = [case for group in GROUPS.values() for case in group]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_both_sayings_are_equal(case: Case) -> None:
    assert_equal(case)


@pytest.mark.parametrize("rule", GROUPS)
def test_plans_of_both_verdicts_occur(rule: str) -> None:
    assert_both_verdicts(GROUPS[rule])


def test_where_everything_counts_on_no_day_that_is_told_by_another_rule() -> None:
    runs = (offering("A1", 1), offering("C1", 60), offering("L1", 70))
    path = Path(learner="ada", bookings=tuple(Booking(offering=run.id) for run in runs))
    small = case("last", "no day", RECENT, runs).instance
    told = {name: len(list(rules_named(name)[0].check(small, Plan(paths=(path,))))) for name in ("last", "in_force")}
    assert told == {"last": 0, "in_force": 1}
