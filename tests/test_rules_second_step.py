"""The rules of the format's second step on instances drawn at random: both sayings are equal, and a path is the best there is."""

from itertools import islice

import pytest

from models.goals import all_goals
from models.judging.completion import graduation_of
from models.judging.violations import violations
from models.programme.plan import Plan
from models.rules import plan_rules
from scheduler.solve.alone import solve_alone
from scheduler.solve.paths import aside
from tests.second_step_draws import drawn_with
from tests.small_scope import Case, assert_equal, checked, plans, rules_named

CONTEXT = {"after_credits": ("once", "kept", "tasks"), "days_after": ("kept", "tasks"), "corequisites": ("kept", "tasks"),
           "strict_corequisites": ("kept", "tasks"), "days_between": ("kept", "tasks"), "excludes": ("kept", "tasks"),
           "max_workshops_per_month": ("kept",), "min_break": ("kept",), "requirements": ("once",), "once": ("kept", "tasks"),
           "apart_from": ("once", "kept", "tasks", "requirements"), "in_force": ("once", "kept", "tasks"),
           "valid_years": ("once", "kept", "tasks"), "seat_group": ("kept",)}  # fmt: skip
"""Rules that mean what they say only beside others: credits count a component once, and what stood already goes on."""
NAMES = ("excludes", "corequisites", "strict_corequisites", "days_after", "days_between", "max_workshops_per_month",
         "min_break", "after_credits", "attendance", "requirements", "apart_from", "in_force",
         "valid_years", "once", "seat_group")  # fmt: skip
named = pytest.mark.parametrize("rule", NAMES)


@named
def test_a_rule_is_said_twice_alike(rule: str) -> None:
    for seed in range(20):
        assert_equal(drawn_with(rule, seed), rules_named(rule, *CONTEXT.get(rule, ())))


@named
def test_it_binds_and_it_can_be_met(rule: str) -> None:
    seen = set()
    for seed in range(20):
        case = drawn_with(rule, seed)
        seen |= {checked(case.instance, plan, rules_named(rule)) for plan in islice(plans(case), 400)}
        if len(seen) == len({True, False}):
            return
    pytest.fail(f"{rule}: every plan is {seen}")


@named
def test_beside_all_rules_it_is_said_twice_alike(rule: str) -> None:
    for seed in range(6):
        assert_equal(drawn_with(rule, seed), plan_rules(), certain=seed % 2 == 0)


def assert_best(case: Case) -> None:
    """Assert that a path ends on the first day on which any lawful plan does; tasks may start on other days, so earlier."""
    who = case.learners[0]
    if aside(case.instance, who) is not None:
        return
    found = solve_alone(case.instance, who)
    goal = all_goals()["graduation"]
    graduating = [plan for plan in plans(case) if plan.paths[0].graduates]
    worth = sorted(((goal.value(case.instance, plan), place) for place, plan in enumerate(graduating)))
    best = next((value for value, place in worth if checked(case.instance, graduating[place], plan_rules())), None)
    if found.path is None:
        assert best is None, case.name
        return
    assert violations(case.instance, Plan(paths=(found.path,))) == []
    assert graduation_of(case.instance, found.path) is not None or not case.instance.edition_of(who).requirements
    assert best is None or found.values["graduation"] <= best, case.name
    if not found.path.tasks and best is not None:
        assert found.values["graduation"] == best, case.name


@named
def test_a_path_is_the_best_there_is(rule: str) -> None:
    for seed in range(25):
        assert_best(drawn_with(rule, seed))


@pytest.mark.slow
@named
def test_many_paths_are_the_best_there_are(rule: str) -> None:
    for seed in range(1000, 1100):
        case = drawn_with(rule, seed)
        assert_equal(case, rules_named(rule, *CONTEXT.get(rule, ())))
        assert_best(case)
