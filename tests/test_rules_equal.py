"""All rules together, and each on instances drawn at random: what the checks accept is what the model allows."""

from datetime import date

import pytest

from models.formulation.formulate import formulate
from models.goals import all_goals
from models.judging.completion import graduation_of
from models.judging.violations import violations
from models.programme.edition import Window
from models.programme.plan import Plan
from models.programme.time import ONE_DAY
from models.rules import plan_rules, rules_asked_by
from tests import (
    test_rules_apart,
    test_rules_attendance,
    test_rules_beside,
    test_rules_bookings,
    test_rules_clock,
    test_rules_counts,
    test_rules_last,
    test_rules_load,
    test_rules_order,
    test_rules_second_step,
    test_rules_shared,
    test_rules_window,
)
from tests.builders import away, course, day, edition, instance, learner, meets, offering, requirement, session, task
from tests.small_draws import drawn
from tests.small_scope import Case, Checks, assert_equal, checked, checks_of, in_short, plans, rules_named, verdicts
from tests.solved import solved_plans

MODULES = (
    test_rules_bookings,
    test_rules_apart,
    test_rules_attendance,
    test_rules_beside,
    test_rules_order,
    test_rules_last,
    test_rules_counts,
    test_rules_window,
    test_rules_clock,
    test_rules_load,
    test_rules_shared,
)
CASES = [case for module in MODULES for case in module.CASES]
CONTEXT = {
    "requirements": ("once",),
    "last": ("once", "kept", "tasks"),
    "window": ("requirements", "last", "once", "kept", "tasks", "bookable"),
    "prerequisites": ("kept", "tasks"),
    "first": ("kept", "tasks"),
    "gate": ("kept", "tasks"),
}
"""Rules that mean what they say only beside others: a requirement counts components, which `once` keeps apart; a window
bounds the day on which all is met; what a task under way comes before is known only where it goes on."""
OF_REPEATS = {"reserved", "held", *(rule.name for rule in rules_asked_by("repeats"))}
"""Rules of the question about repeats, and two that say nothing of an instance without candidates and people outside."""
TIE_BREAKS = ("wishes", "debuts", "earliest")
BATCH = 25
SOLVED = 8
"""Instances of a batch whose plans the solver enumerates, too."""
STRANGE = Case(
    name="everything strange",
    rules=(),
    instance=instance(
        edition(
            course("A"),
            course("L", "A"),
            task("T", 2),
            requirements=[requirement(1, "A", "T")],
            window=Window(years=1, starts="first-component"),
            gate="registration",
            first=(("T",),),
            last=(("L",),),
        ),
        [
            offering("A1", 1, weekly_minutes=60),
            meets("Z1", session(3), registration_closes=day(2), weekly_minutes=60),
            offering("L1", 4, status="cancelled", roles=(("talk", 0),)),
        ],
        [learner(max_weekly_minutes=60, max_courses=1, earliest=0, prefers=("A",))],
        unavailable=[away("ada", 3, 3)],
    ),
    days=(-1, 1),
    strangers=True,
)
"""An offering of no component of the edition, a cancelled one, roles that are none, starts of what is no task."""


def test_every_rule_has_cases() -> None:
    names = {rule for module in MODULES for rule in module.GROUPS}
    assert names | set(test_rules_second_step.NAMES) == {rule.name for rule in plan_rules()} - OF_REPEATS


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_all_rules_together_on_every_case(module: object) -> None:
    for case in module.CASES:  # type: ignore[attr-defined]
        accepts = checks_of(case, plan_rules())
        assert_equal(case, plan_rules(), accepts=accepts)
        assert_equal(case, plan_rules(), certain=True, accepts=accepts)
        assert_solved(case, accepts)
        if case.one:
            assert_best_by_day(case, accepts)


@pytest.mark.parametrize("rule", [rule.name for rule in plan_rules()])
def test_each_rule_on_drawn_instances(rule: str) -> None:
    for seed in range(BATCH):
        assert_equal(drawn(1000 + seed), rules_named(rule, *CONTEXT.get(rule, ())))


@pytest.mark.parametrize("batch", [0, 1, 2, *(pytest.param(batch, marks=pytest.mark.slow) for batch in range(3, 8))])
def test_all_rules_on_drawn_instances(batch: int) -> None:
    for seed in range(BATCH * batch, BATCH * (batch + 1)):
        case = drawn(seed)
        accepts = checks_of(case, plan_rules())
        assert_equal(case, plan_rules(), certain=seed % 5 == 0, accepts=accepts)
        assert_best_by_day(case, accepts)
        if seed % BATCH < SOLVED:
            assert_solved(case, accepts)


@pytest.mark.parametrize("batch", [1, *(pytest.param(batch, marks=pytest.mark.slow) for batch in (0, 2, 3))])
def test_all_rules_on_drawn_instances_of_two_learners(batch: int) -> None:
    for seed in range(3 * batch, 3 * (batch + 1)):
        case = drawn(seed, together=True)
        accepts = checks_of(case, plan_rules())
        assert_equal(case, plan_rules(), accepts=accepts)
        if seed == 3 * batch:
            assert_solved(case, accepts)


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(40))
def test_all_rules_on_many_drawn_instances(batch: int) -> None:
    for seed in range(2000 + 100 * batch, 2000 + 100 * (batch + 1)):
        assert_equal(drawn(seed), plan_rules())
    for seed in range(5 * batch, 5 * (batch + 1)):
        assert_equal(drawn(seed, together=True), plan_rules())


def assert_solved(case: Case, accepts: Checks) -> None:
    """Assert that CP-SAT finds exactly the plans in which nothing is violated."""
    accepted = {plan for plan, check, _ in verdicts(case, plan_rules(), accepts=accepts) if check}
    found = solved_plans(formulate(case.instance, case.learners), case.days)
    assert found == accepted, (case.name, [in_short(plan) for plan in found ^ accepted])


def test_every_check_reads_every_plan() -> None:
    """Plans typed by hand may hold anything: no check stumbles, whatever the others have found."""
    case = STRANGE
    for plan in plans(case):
        found = {violation.rule for violation in violations(case.instance, plan)}
        assert bool(found) == (not checked(case.instance, plan, plan_rules()))


def test_violations_are_those_of_all_rules() -> None:
    case = test_rules_shared.SEATS[0]
    for plan in plans(case):
        assert (not violations(case.instance, plan)) == checked(case.instance, plan, plan_rules())


def graduations(case: Case, accepted: list[Plan]) -> dict[Plan, date]:
    """Return the day on which each plan of one learner leads to graduation, or the planning day if it is later."""
    days = {plan: graduation_of(case.instance, plan.paths[0]) for plan in accepted}
    return {plan: max(found, case.instance.as_of) for plan, found in days.items() if found}


def assert_best_by_day(case: Case, accepts: Checks | None = None) -> None:
    """Assert that nobody graduates before the earliest day, and that a model by that day holds a plan best in each goal."""
    accepts = accepts or checks_of(case, plan_rules())
    accepted = [plan for plan in plans(case) if all(path.graduates for path in plan.paths) and accepts(plan)]
    found = graduations(case, accepted)
    assert len(found) == len(accepted)
    earliest = min(found.values(), default=case.instance.as_of + ONE_DAY)
    rows = verdicts(case, plan_rules(), certain=True, by=earliest, accepts=accepts)
    allowed = [plan for plan, _, model in rows if model]
    best = [plan for plan, when in found.items() if when == earliest]
    assert set(allowed) <= set(best), (case.name, [in_short(plan) for plan in set(allowed) - set(best)])
    for names in (TIE_BREAKS, ("heaviest-week", *TIE_BREAKS), *((name,) for name in TIE_BREAKS)):
        assert least_of(case, allowed, names) == least_of(case, best, names), (case.name, names)


def least_of(case: Case, among: list[Plan], names: tuple[str, ...]) -> tuple[int, ...] | None:
    """Return the least values of some goals, in their order."""
    goals = [all_goals()[name] for name in names]
    return min((tuple(goal.value(case.instance, plan) for goal in goals) for plan in among), default=None)
