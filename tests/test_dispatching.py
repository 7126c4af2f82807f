"""First plans by rules of thumb: lawful, counted right, and never better than the answer."""

import csv
import json
from datetime import date, timedelta
from pathlib import Path
from random import Random

import numpy as np
import pytest

from models.goals import all_goals
from models.judging.violations import violations
from models.programme.instance import Instance
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.files.folder import load
from scheduler.questions import PathQuestion
from scheduler.solve.column_generation.answer import paths_of, solve_jointly
from scheduler.solve.column_generation.cohort import Cohort
from scheduler.solve.column_generation.dispatching import dispatched
from scheduler.solve.column_generation.linear import Market
from scheduler.solve.column_generation.optimum import whole_turn
from scheduler.solve.column_generation.whole import amount, is_within
from scheduler.solve.initial_state import standing_path, union
from scheduler.solve.paths import planned_in, solve_paths
from tests import builders
from tests.test_made_up_rules import generated

AS_OF = date(2025, 1, 3)


def trade_school(place: Path, apprentices: int, seed: int, between: int = 0) -> Instance:
    """Write and read a school of two levels of three one-week classes with three seats, classes all year, synthetic."""
    chance = Random(seed)  # noqa: S311 - made-up instances are no secret
    levels = [[f"L{level}{letter}" for letter in "ABC"] for level in (1, 2)]
    components = [
        {"code": code, "title": code, "kind": "course", "seats": 3, **({"requires": levels[0]} if at else {})}
        for at, level in enumerate(levels)
        for code in level
    ]
    asked = [{"id": f"l{at}", "title": f"Level {at}", "count": 3, "from": level} for at, level in enumerate(levels)]
    edition = {
        "format": 1,
        "id": "e",
        "title": "School",
        "synthetic": True,
        "components": components,
        "requirements": asked,
    }
    if between:
        edition["days_between"] = {"course": between}
    zone = {"timezone": "America/Chicago", "synthetic": True}
    head = {"format": 1, "id": "school", "title": "School", "edition": "e", "as_of": str(AS_OF), **zone}
    (place / "editions").mkdir(parents=True)
    (place / "editions" / "e.yaml").write_text(json.dumps(edition), encoding="utf-8")
    (place / "instance.yaml").write_text(json.dumps(head), encoding="utf-8")
    runs = []
    for code in [each for level in levels for each in level]:
        for number in range(apprentices // 3 + 3):
            start = AS_OF + timedelta(days=3 + 7 * chance.randrange(100))
            runs.append((f"{code}-{number}", code, start, start + timedelta(days=4)))
    people = [(f"A{number:03}", AS_OF - timedelta(days=chance.randrange(300))) for number in range(apprentices)]
    for name, rows in (
        ("offerings", [("offering", "component", "start", "end"), *runs]),
        ("learners", [("learner", "enrolled"), *people]),
    ):
        with (place / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
    return load(place).instance


def assert_lawful(instance: Instance) -> int:
    """Assert that what each rule of thumb plans is lawful and counted right; return the fewest left out."""
    cohort = Cohort(instance, planned_in(instance), Settings(), Budget())
    turn = whole_turn(cohort)
    market = Market(count=cohort.count, limits=cohort.limits, goal=turn.weighed(10_000))
    fewest = len(planned_in(instance))
    for share in dispatched(cohort, market):
        paths = {path.learner: path for path in paths_of(cohort, share)}
        assert is_within(cohort.pool, market, share)
        plan = union([paths.get(each) or standing_path(instance, each) for each in planned_in(instance)])
        assert violations(instance, plan) == []
        days = all_goals()["graduation"]
        assert amount(cohort.pool, cohort.count, turn.days, share) >= days.value(instance, plan) // days.scale
        assert np.all(cohort.pool.days >= 0)
        fewest = min(fewest, amount(cohort.pool, cohort.count, turn.left_out, share))
    return fewest


@pytest.mark.parametrize("seed", range(6))
def test_rules_of_thumb_give_lawful_plans(tmp_path: Path, seed: int) -> None:
    instance = generated(tmp_path, 40, seed, tightness=(0.2, 0.5, 0.9)[seed % 3])
    assert assert_lawful(instance) < len(planned_in(instance))


@pytest.mark.parametrize("between", [0, 20])
def test_no_answer_is_worse_than_a_rule_of_thumb(tmp_path: Path, between: int) -> None:
    instance = trade_school(tmp_path, 66, 1, between)
    fewest = assert_lawful(instance)
    joint = solve_jointly(instance, planned_in(instance), Settings(), Budget(0.0))
    assert joint.optimum.missing <= fewest


@pytest.mark.slow
def test_a_small_trade_school_is_proved(tmp_path: Path) -> None:
    """Levels of classes in any order, few seats, many who compete for all of them."""
    instance = trade_school(tmp_path, 30, 1)
    result = solve_paths(instance, PathQuestion(learners=planned_in(instance)), budget=Budget(120))
    assert violations(instance, result.plan) == []
    goals = {goal.name: goal for goal in result.goals}
    assert goals["not-graduating"].value == goals["not-graduating"].bound
    assert goals["graduation"].value == goals["graduation"].bound


@pytest.mark.parametrize("count", [1, 2])
def test_what_others_wait_for_is_not_taken_before_what_it_waits_for(count: int) -> None:
    rules = builders.edition(
        builders.course("A"),
        builders.course("B", "A"),
        builders.course("C", "B"),
        requirements=[builders.requirement(count, "A", "B", "C")],
    )
    runs = [builders.offering("A1", 5, 6, seats=1), builders.offering("B1", 10), builders.offering("C1", 20)]
    instance = builders.instance(rules, runs, [builders.learner("ada"), builders.learner("ben")])
    assert assert_lawful(instance) == 1
