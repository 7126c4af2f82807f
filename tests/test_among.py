"""One learner among all: the day is that of the plan of everybody, and alone it says that a seat must be free."""

import json
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path

import pytest

from models.judging.violations import violations
from models.programme.instance import Instance
from scheduler.answers.among import others_of, solve_among
from scheduler.answers.path import PathAsked, answer_path
from scheduler.engines.budget import Budget
from scheduler.questions import PathQuestion, Style
from scheduler.solve.paths import solve_paths
from tests.builders import course, edition, learner, offering, requirement
from tests.builders import instance as small
from tests.command import INSTANCES, run
from tests.joint_instances import crowded

REAL = INSTANCES / "cscce-2023-2026"


def two_for_one_seat() -> Instance:
    """Return two learners and two runs with one seat each."""
    rules = edition(course("A"), requirements=[requirement(1, "A")])
    runs = [offering("A1", 5, 10, seats=1), offering("A2", 120, 125, seats=1)]
    crowd = [learner("ada"), learner("ben")]
    return small(rules, runs, crowd)


@cache
def scarce(count: int) -> tuple[Instance, ...]:
    found: Iterator[Instance] = (instance for _, instance, _ in crowded(range(100), 4, 10))
    return tuple(islice(found, count))


def asked(*names: str, alone: bool = False, alternatives: int = 0, style: Style = "fastest") -> PathAsked:
    question = PathQuestion(learners=names, style=style)
    return PathAsked(question=question, names_learners=True, alone=alone, alternatives=alternatives, details=True)


@pytest.mark.parametrize("count", [2, pytest.param(20, marks=pytest.mark.slow)])
def test_each_learner_is_told_what_the_plan_of_all_says(count: int) -> None:
    for instance in scarce(count):
        whole = solve_paths(instance, PathQuestion(learners=tuple(sorted(instance.learner))))
        for before in whole.learners:
            found = answer_path(instance, asked(before.learner))
            (now,) = found.result.learners
            assert (now.status, now.graduation, now.alone, now.path) == (
                before.status,
                before.graduation,
                before.alone,
                before.path,
            )
            assert not violations(instance, found.result.plan)
            assert all(goal.value == goal.bound for goal in found.result.goals)


@pytest.mark.parametrize("style", ["gentlest", "fastest"])
def test_other_ways_and_lighter_weeks_keep_out_of_the_others_seats(style: Style) -> None:
    for instance in scarce(2):
        for name in sorted(instance.learner):
            question = asked(name, style=style, alternatives=2)
            result = answer_path(instance, question).result
            assert not violations(instance, result.plan)
            others = [each for each in result.plan.paths if each.learner != name]
            for each in result.alternatives:
                assert each.path
                plan = type(result.plan)(paths=tuple(sorted((*others, each.path), key=lambda path: path.learner)))
                assert not violations(instance, plan)


def test_whoever_waits_is_told_so_and_alone_that_a_seat_must_be_free() -> None:
    instance = two_for_one_seat()
    days = {name: answer_path(instance, asked(name)).result.learners[0] for name in ("ada", "ben")}
    assert len({each.graduation for each in days.values()}) == 2
    assert len({each.alone for each in days.values()}) == 1
    alone = answer_path(instance, asked("ada", alone=True)).result
    assert (alone.others, alone.learners[0].graduation) == ("left free", days["ada"].alone)


def test_the_screen_says_whether_others_are_planned_too() -> None:
    words = run("path", REAL, "--learner", "L27").out
    first = next(line for line in words.splitlines() if line.startswith("L27 graduates"))
    assert first.endswith(": proved optimal, the others planned too")
    assert "2025-10-22 if nobody else took another seat" in " ".join(words.split())
    alone = run("path", REAL, "--learner", "L27", "--alone").out
    assert "proved optimal, if a seat is free" in alone


def test_the_plan_of_one_holds_that_one_alone(tmp_path: Path) -> None:
    told = json.loads(run("path", REAL, "--learner", "L27", "--json").out)
    assert [each["learner"] for each in told["learners"]] == ["L27"]
    assert told["others"] == "planned"
    assert told["status"] == "optimal"
    rows = run("path", REAL, "--learner", "L27", "--csv").out.splitlines()
    assert {row.split(",")[0] for row in rows[1:]} == {"L27"}
    plan = tmp_path / "plan.csv"
    plan.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert run("check", REAL, plan).code == 0


def test_nobody_else_is_planned_for_whoever_needs_no_plan() -> None:
    instance = two_for_one_seat()
    assert others_of(instance, PathQuestion(learners=("ada",))) == ("ben",)
    assert others_of(instance, PathQuestion(learners=("ada", "ben"))) == ()


def test_without_time_nothing_is_said_to_be_proved() -> None:
    budget = Budget()
    budget.stopped = True
    found = solve_among(two_for_one_seat(), PathQuestion(learners=("ada",)), ("ben",), budget=budget)
    assert found.status in {"feasible", "unknown"}
    assert [goal.bound for goal in found.goals] == [None] * len(found.goals)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--alone",), "it needs --learner"),
        (("--learner", "L27", "--certificate", "x.json"), "--certificate proves a plan of all learners"),
    ],
)
def test_bad_use_is_named(words: tuple[str, ...], said: str) -> None:
    ran = run("path", REAL, *words)
    assert (ran.code, said in " ".join(ran.err.split())) == (2, True)
