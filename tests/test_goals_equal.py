"""A goal's two sayings are equal: a plan's value is the least that its expression takes in a model held to that plan."""

import pytest

from models.formulation.formulate import formulate
from models.goals import all_goals
from models.programme.instance import Instance
from models.programme.plan import Plan
from models.rules import plan_rules
from tests.builders import (
    booked_path,
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
from tests.small_draws import drawn
from tests.small_reading import Reading, in_range, least
from tests.small_scope import Case, checked, in_short, plans

GOALS = ("not-graduating", "graduation", "wishes", "debuts", "earliest", "heaviest-week")
BATCH = 20


def wishful(name: str, runs: object, days: tuple[int, ...] = (1, 3), **fields: object) -> Case:
    """Return a case with wishes, roles, tasks, weeks and something that comes last."""
    programme = edition(
        course("A"),
        course("B"),
        component("L", "workshop"),
        event("E"),
        task("T", 3),
        requirements=[requirement(1, "A", "B", "T"), requirement(1, "E")],
        last=(("L",),) if fields.pop("last", False) else (),
    )
    small = instance([programme, edition(course("Z"), id="other")], runs, **fields)  # type: ignore[arg-type]
    return Case(name=name, rules=(), instance=small, days=days)


RUNS = (
    offering("A1", 1, 12, weekly_minutes=120),
    offering("B1", 2, 6, weekly_minutes=90),
    talks("E1", 2),
    talks("E2", 3),
    meets("L1", session(5, minutes=100), session(12, "23:30", minutes=None)),
)
CASES = [
    wishful("nothing wished", RUNS[:4]),
    wishful("all last", (*RUNS[:1], *RUNS[2:]), last=True),
    wishful("a wish", RUNS[:4], learners=[learner(prefers=("B",), avoids=("A", "E"))]),
    wishful("wishes that meet", RUNS[:4], learners=[learner(prefers=("A", "T", "L"), avoids=("A", "B"))]),
    wishful("a wish for a task", RUNS[:2], learners=[learner(prefers=("B",), avoids=("T",))]),
    wishful(
        "done ones",
        RUNS[:4],
        records=[record("ada", "completed", "E", -2), record("ada", "exempt", "A")],
        learners=[learner(prefers=("B",))],
    ),
    wishful("exempt from events", RUNS[2:4], records=[record("ada", "exempt", "E")]),
    wishful(
        "kept ones",
        RUNS[:4],
        days=(-1, 1),
        learners=[learner(avoids=("A", "T", "E"), prefers=("B",))],
        records=[
            record("ada", "booked", "A1"),
            record("ada", "booked", "T", -1),
            record("ada", "booked", "E1"),
            record("ada", "booked", "E2", role="talk"),
        ],
    ),
    wishful(
        "kept ones, free",
        RUNS[:4],
        days=(-1, 1),
        free=True,
        learners=[learner(avoids=("A", "T", "E"), prefers=("B",))],
        records=[
            record("ada", "booked", "A1"),
            record("ada", "booked", "T", -1),
            record("ada", "booked", "E2", role="talk"),
        ],
    ),
    wishful("events that touch", (offering("E1", 1, 3), talks("E2", 3), talks("E3", 4, 2)), days=()),
    wishful(
        "weeks of sessions",
        (
            meets("A1", session(4, minutes=100), session(5, minutes=70), weekly_minutes=None),
            meets("B1", session(5, minutes=30), zone="Australia/Sydney"),
            meets("B2", session(4, "23:30", minutes=30)),
            offering("L1", -3, 5, weekly_minutes=80),
            offering("E1", 4, 4, weekly_minutes=0),
        ),
        days=(1,),
    ),
    wishful(
        "one of another programme",
        (offering("Z1", 1, weekly_minutes=60), offering("A1", 1, weekly_minutes=60), talks("E1", 1)),
        records=[record("ada", "booked", "Z1")],
        days=(1,),
    ),
    wishful("enrolled later", RUNS[:3], days=(2, 3, 4), learners=[learner(enrolled=day(2))]),
    wishful(
        "graduated already",
        RUNS[:1],
        days=(),
        records=[record("ada", "completed", "A", -9), record("ada", "completed", "E", -9)],
    ),
]
TWO_OF_EACH = edition(
    *map(course, "ABC"),
    event("E"),
    requirements=[requirement(2, "E"), requirement(2, "A", "B", "C")],
)
CASES.append(
    Case(
        name="two of each",
        rules=(),
        instance=instance(
            TWO_OF_EACH,
            [
                offering("A1", 1, 9),
                offering("A2", 2, 3),
                offering("B1", 4),
                offering("C1", 1, 5),
                *(talks(f"E{n}", n) for n in (3, 6)),
            ],
        ),
    )
)


def assert_goal(name: str, case: Case) -> int:
    """Assert that both sayings give each legal plan the same value; return how many different values there are."""
    goal = all_goals()[name]
    formulation = formulate(case.instance, case.learners)
    expression = goal.expression(formulation.everyone)
    reading = Reading(formulation)
    values = set()
    for plan in plans(case):
        fixed = reading.choices_of(plan)
        if fixed is not None and in_range(reading, fixed, early=True) and checked(case.instance, plan, plan_rules()):
            value = goal.value(case.instance, plan)
            values.add(value)
            assert least(reading, fixed, expression) == value, (name, case.name, in_short(plan))
    return len(values)


@pytest.mark.parametrize("name", GOALS)
def test_values_are_equal_on_every_case(name: str) -> None:
    assert max(assert_goal(name, case) for case in CASES) > 1


@pytest.mark.parametrize("name", GOALS)
def test_values_are_equal_on_drawn_instances(name: str) -> None:
    assert max(assert_goal(name, drawn(seed)) for seed in range(BATCH)) > 1
    for seed in range(2):
        assert_goal(name, drawn(seed, together=True))


@pytest.mark.parametrize("name", [name for name in GOALS if name != "not-graduating"])
def test_values_are_equal_where_graduating_is_certain(name: str) -> None:
    goal = all_goals()[name]
    for case in CASES:
        formulation = formulate(case.instance, case.learners, certain=True)
        expression, reading = goal.expression(formulation.everyone), Reading(formulation)
        for plan in plans(case):
            fixed = reading.choices_of(plan)
            if fixed is not None and reading.allows(fixed):
                assert least(reading, fixed, expression) == goal.value(case.instance, plan), (case.name, in_short(plan))


def worth(name: str, small: Instance, *booked: str, tasks: tuple[tuple[str, int], ...] = ()) -> int:
    """Return what a path of ada is worth to a goal."""
    return all_goals()[name].value(small, Plan(paths=(booked_path("ada", *booked, tasks=tasks),)))


def test_values_of_a_plan_that_can_be_checked_by_hand() -> None:
    small = CASES[3].instance
    booked = ("B1", "E1:talk", "E2")
    assert worth("graduation", small, *booked) == 6
    assert worth("wishes", small, *booked) == 1 + 1  # B is avoided, and A and T are the ones preferred to it
    assert worth("debuts", small, *booked) == 1
    assert worth("debuts", small, "B1", "E1", "E2:talk") == 0
    assert worth("heaviest-week", small, "A1", "B1", "E1") == 210
    assert worth("earliest", small, *booked, tasks=(("T", 1),)) // 1024 in range(
        6 + 2 + 2 + 3 + 3, 6 + 2 + 2 + 3 + 3 + 4
    )


def test_weeks_are_those_of_the_offerings_zone() -> None:
    sunday_night = session(4, "23:30", minutes=30)
    late = offering("A1", 4, 5, sessions=(sunday_night,), zone="Australia/Sydney")
    small = instance(edition(course("A"), course("B")), [late, offering("B1", 5, weekly_minutes=100)])
    assert worth("heaviest-week", small, "A1", "B1") == 130
