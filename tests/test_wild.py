"""Whatever the format allows: search, solver, columns and certificates against brute force, and the cases that were wrong."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from models.formulation.formulate import formulate
from models.judging.violations import violations
from models.programme.edition import Window
from models.programme.instance import Instance
from models.programme.plan import Plan
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.files.certificates import Certificate
from scheduler.questions import PathQuestion
from scheduler.repeats.answering import solve_repeats
from scheduler.repeats.question import RepeatsQuestion
from scheduler.solve import alone as alone_module
from scheduler.solve.alone import Alone, solve_alone
from scheduler.solve.certificate import certificate_of, judge
from scheduler.solve.lexicographic import minimise
from scheduler.solve.paths import planned_in, solve_paths
from scheduler.solve.search import Found
from tests import oracle
from tests.asked import alone, everyone
from tests.builders import away, component, course, day, edition, event, meets, offering, record, requirement, session
from tests.builders import instance as small
from tests.repeats_oracle import flat
from tests.repeats_wild import calendar
from tests.wild import alike, several, wild

MOST_PLANS = 800
"""Brute force goes through no more plans than this for one learner."""


def is_small(instance: Instance) -> bool:
    return all(oracle.plans(instance, each) <= MOST_PLANS for each in planned_in(instance))


def unsearched(instance: Instance, learner: str, monkeypatch: pytest.MonkeyPatch) -> Alone:
    """Return the answer of the solver alone, without what the search knows."""
    with monkeypatch.context() as patched:
        patched.setattr(alone_module, "search", lambda _instance, _learner: Found())
        return solve_alone(instance, learner)


def one_by_one(seeds: range) -> Iterator[tuple[int, Instance, str]]:
    for seed in seeds:
        instance = wild(seed)
        yield from ((seed, instance, learner) for learner in planned_in(instance))


def compare_alone(seeds: range, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """Compare search, solver and brute force; return how many graduate and how many do not."""
    able = blocked = 0
    for seed, instance, learner in one_by_one(seeds):
        found, solved = solve_alone(instance, learner), unsearched(instance, learner, monkeypatch)
        assert (seed, found.kind, found.values) == (seed, solved.kind, solved.values)
        assert (seed, found.kind in {"optimal", "infeasible"}) == (seed, True)
        for path in (found.path, solved.path):
            assert (seed, violations(instance, Plan(paths=(path,))) if path else []) == (seed, [])
        if is_small(instance):
            assert (seed, found.graduation) == (seed, oracle.earliest(instance, learner))
            able, blocked = able + (found.path is not None), blocked + (found.path is None)
    return able, blocked


def compare_jointly(seeds: range, learners: int) -> tuple[int, int]:
    """Compare columns, one model, brute force and the certificate; return how many were shared and how many brute-forced."""
    shared = forced = 0
    for seed in seeds:
        instance = alike(several(seed, learners), seed)
        names = planned_in(instance)
        if len(names) < 2:
            continue
        result = everyone(instance)
        shared += result.joint is not None
        assert (seed, violations(instance, result.plan)) == (seed, [])
        value = {goal.name: goal.value for goal in result.goals}
        solved = minimise(formulate(instance, names), PathQuestion(learners=names).stages[:2], Settings(), Budget())
        best = solved.bounds["not-graduating"], solved.bounds["graduation"]
        assert (seed, value["not-graduating"], value["graduation"]) == (seed, *best)
        if is_small(instance):
            forced += 1
            assert (seed, oracle.best(instance)) == (seed, best)
        stated = certificate_of(result)
        assert stated is not None
        verdict = judge(
            instance, result.plan, Certificate.model_validate_json(json.dumps(stated)), Settings(), Budget()
        )
        assert (seed, verdict.faults, verdict.is_proved) == (seed, (), True)
    return shared, forced


def test_one_learner_of_a_wild_instance(monkeypatch: pytest.MonkeyPatch) -> None:
    able, blocked = compare_alone(range(60), monkeypatch)
    assert able > 10
    assert blocked > 10


def test_three_learners_of_wild_instances_share() -> None:
    shared, forced = compare_jointly(range(16), 3)
    assert shared > 1
    assert forced > 4


@pytest.mark.parametrize("limits", [{}, {"most_sessions": 2}, {"least_attendance": 2}], ids=str)
def test_repeats_of_wild_calendars_reach_the_optimum_of_one_model(limits: dict[str, Any]) -> None:
    for seed in range(6):
        question = RepeatsQuestion(**limits)
        kind, values, _ = flat(calendar(seed), question)
        proposal = solve_repeats(calendar(seed), question)
        assert (seed, kind, proposal.status) == (seed, "optimal", "optimal")
        assert (seed, dict(proposal.values)) == (seed, dict(values))


@pytest.mark.slow
def test_many_learners_of_wild_instances(monkeypatch: pytest.MonkeyPatch) -> None:
    able, blocked = compare_alone(range(1_000, 1_200), monkeypatch)
    assert min(able, blocked) >= 20


@pytest.mark.slow
@pytest.mark.parametrize("learners", [2, 5])
def test_many_groups_of_wild_instances(learners: int) -> None:
    shared, _ = compare_jointly(range(1_000, 1_040), learners)
    assert shared > 1


def test_a_booking_that_cannot_be_attended_blocks_even_where_it_would_start_the_clock() -> None:
    programme = edition(
        course("A"), requirements=[requirement(1, "A")], window=Window(years=1, starts="first-component")
    )
    kept = record("ada", "booked", "A1")
    instance = small(programme, [meets("A1", session(3))], records=[kept], unavailable=(away("ada", 3, 3),))
    assert oracle.earliest(instance, "ada") is None
    assert alone(instance, "ada") is None
    assert [each.status for each in solve_paths(instance, PathQuestion(learners=("ada",))).learners] == ["blocked"]


def test_what_comes_last_counts_in_a_pool_with_others_once_it_is_done() -> None:
    programme = edition(event("E"), component("Z", "workshop"), requirements=[requirement(2, "E", "Z")], last=(("Z",),))
    done = record("ada", "completed", "Z", -2)
    instance = small(programme, [offering("E1", 5)], records=[done])
    assert oracle.earliest(instance, "ada") == day(5)
    assert alone(instance, "ada") == day(5)


def test_a_search_that_gives_up_forgets_no_part_that_ends_earlier() -> None:
    programme = edition(course("F"), course("A", "F"), course("B"), requirements=[requirement(1, "A", "B")])
    instance = small(programme, [offering("F1", 6), offering("A1", 7), offering("B1", 6, 8)])
    assert oracle.earliest(instance, "ada") == day(7)
    assert alone(instance, "ada") == day(7)
