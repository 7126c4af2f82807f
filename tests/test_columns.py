"""Joint plans by columns: the same optimum as one model of all, exact prices, true bounds at any time."""

import random
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.formulation.formulate import formulate
from models.goals import all_goals
from models.judging.violations import violations
from models.programme.instance import Instance
from models.programme.plan import Plan
from models.rule import nothing_used
from models.rules import plan_rules
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.files.folder import load
from scheduler.generate import generate
from scheduler.questions import PathQuestion
from scheduler.solve.alone import solve_alone
from scheduler.solve.column_generation.answer import solve_jointly
from scheduler.solve.column_generation.cohort import Cohort
from scheduler.solve.column_generation.handled import BY_MASTER
from scheduler.solve.column_generation.measures import PART, Toll
from scheduler.solve.column_generation.seating import ROUNDS
from scheduler.solve.column_generation.solver_block import SolverBlock, cheapest
from scheduler.solve.column_generation.sweep import NEVER
from scheduler.solve.initial_state import standing_path, union
from scheduler.solve.lexicographic import minimise
from scheduler.solve.paths import planned_in, solve_paths
from tests.joint_instances import crowded
from tests.small_scope import Case, checked, plans, rules_named
from tests.test_rules_shared import CASES


def generated(folder: Path, **wanted: Any) -> Instance:  # noqa: ANN401 - any parameter of the generator
    for name, text in generate(**wanted).items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return load(folder).instance


def values(instance: Instance, plan: Plan) -> tuple[int, int]:
    goals = all_goals()
    return goals["not-graduating"].value(instance, plan), goals["graduation"].value(instance, plan)


def optimum(instance: Instance, learners: tuple[str, ...]) -> tuple[int, int]:
    """Return the best values of the first two goals, by one model of all learners."""
    stages = PathQuestion(learners=learners).stages[:2]
    solved = minimise(formulate(instance, learners), stages, Settings(), Budget())
    assert solved.kind == "optimal"
    return solved.bounds["not-graduating"], solved.bounds["graduation"]


@pytest.mark.parametrize(
    ("learners", "offerings", "seeds", "least"),
    [
        (3, 10, range(30), 8),
        pytest.param(3, 10, range(90), 25, marks=pytest.mark.slow),
        pytest.param(6, 18, range(500, 580), 25, marks=pytest.mark.slow),
    ],
    ids=["three", "many threes", "six"],
)
def test_columns_and_one_model_find_the_same_optimum(learners: int, offerings: int, seeds: range, least: int) -> None:
    seen = 0
    proved = 0
    for seed, instance, able in crowded(seeds, learners, offerings):
        seen += 1
        joint = solve_jointly(instance, tuple(able), Settings(), Budget())
        found = {path.learner for path in joint.paths}
        plan = union([*joint.paths, *(standing_path(instance, each) for each in able if each not in found)])
        assert (seed, violations(instance, plan)) == (seed, [])
        best = optimum(instance, tuple(able))
        bounds = (joint.bounds["not-graduating"], joint.bounds.get("graduation", 0))
        assert (seed, bounds) <= (seed, best) <= (seed, values(instance, plan))
        if joint.is_proved:
            proved += 1
            assert (seed, bounds, values(instance, plan)) == (seed, best, best)
    assert seen >= least, "too few instances in which seats bind"
    assert proved >= seen * 0.95


def test_prices_find_the_same_cheapest_paths_as_the_solver(tmp_path: Path) -> None:
    instance = generated(tmp_path, learners=40, years=2, seed=11, tightness=0.8)
    cohort = Cohort(instance, planned_in(instance), Settings(), Budget())
    assert not any(isinstance(block, SolverBlock) for block in cohort.blocks)
    chance = random.Random(1)  # noqa: S311 - seeded prices
    drawn = {thing: chance.choice([0, 0, chance.randrange(200 * PART)]) for thing in cohort.things}
    prices = np.array([drawn[thing] for thing in cohort.things], np.int64)
    everyone = np.arange(len(cohort.count))
    enough = np.full(len(everyone), 1 << 40)
    toll = Toll(rate=np.full(len(everyone), PART), out=enough)
    bound = cohort.price(everyone, prices, toll, enough, ROUNDS).bound
    for number in everyone:
        expected, _ = cheapest(instance, cohort.learners(int(number))[0], drawn, PART, Settings(), Budget())
        assert (number, min(int(bound[number]), NEVER)) == (number, expected)


@pytest.mark.parametrize("each", CASES, ids=lambda each: each.name)
def test_limits_hold_exactly_where_the_check_is_passed(each: Case) -> None:
    rule = rules_named(each.rules[0] if len(each.rules) == 1 else each.rules[1])[0]
    limits = rule.limits(each.instance)
    for plan in plans(each):
        if not keeps_everything(each.instance, plan):
            continue
        used = Counter(thing for path in plan.paths for thing in rule.uses(each.instance, path))
        fits = all(count <= limits.get(thing, 0) for thing, count in used.items())
        assert fits == checked(each.instance, plan, [rule]), plan


def keeps_everything(instance: Instance, plan: Plan) -> bool:
    return all(set(instance.initial_state[path.learner].bookings) <= set(path.bookings) for path in plan.paths)


def test_only_what_the_columns_price_is_limited() -> None:
    assert {rule.name for rule in plan_rules() if rule.uses is not nothing_used} == BY_MASTER


def test_rows_in_another_order_give_the_same_plan(tmp_path: Path) -> None:
    instance = generated(tmp_path, learners=62, years=2, seed=2, tightness=0.7)
    question = PathQuestion(learners=tuple(each.id for each in instance.learners))
    first = solve_paths(instance, question)
    again = solve_paths(replace(instance, digest="another"), replace(question, learners=question.learners[::-1]))
    assert first.status == "optimal"
    assert first.plan == again.plan


@pytest.mark.parametrize("seconds", [0.0, 0.05, 0.3])
def test_a_limit_leaves_a_lawful_plan_and_a_true_bound(tmp_path: Path, seconds: float) -> None:
    instance = generated(tmp_path, learners=60, years=2, seed=7, tightness=0.8)
    learners = tuple(each for each in planned_in(instance) if solve_alone(instance, each).path is not None)
    best = solve_jointly(instance, learners, Settings(), Budget())
    cut = solve_jointly(instance, learners, Settings(), Budget(seconds))
    found = {path.learner for path in cut.paths}
    plan = union([*cut.paths, *(standing_path(instance, each) for each in learners if each not in found)])
    assert violations(instance, plan) == []
    assert cut.bounds["not-graduating"] <= best.bounds["not-graduating"]
    if cut.bounds["not-graduating"] == best.bounds["not-graduating"]:
        assert cut.bounds.get("graduation", 0) <= best.bounds["graduation"]
    assert values(instance, plan) >= (best.bounds["not-graduating"], 0)
