"""The tables leave out work that cannot matter: here everything is solved anew, and has to say the same."""

from functools import cache
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.changes.calendar import cancelled
from models.programme.instance import Instance
from scheduler.explain.critical import criticality
from scheduler.explain.effects import Effect, effect
from scheduler.questions import PathQuestion
from scheduler.solve.answers import Answers, answers_alone
from scheduler.solve.paths import solve_paths
from scheduler.studies.seats import seats_curve, with_seats_each
from scheduler.studies.value import SupposedRuns, values_of
from tests.joint_instances import SCARCE, crowded
from tests.small_words import Size, themed
from tests.strategies import made

seeds = st.integers(min_value=0, max_value=100_000)
one_learner = st.builds(lambda seed, edge: made(seed, themed(seed, edges=edge, offerings=10)), seeds, st.booleans())
three_learners = st.builds(
    lambda seed, edge: made(seed, Size(learners=3, offerings=11, edges=edge, strict=frozenset({"seats", "records"}))),
    seeds,
    st.booleans(),
)
anybody = st.one_of(one_learner, three_learners)


def alone(instance: Instance) -> Answers:
    return answers_alone(instance, instance.learner)


def jointly(instance: Instance) -> Answers:
    """Return the answers of the whole question, every goal included."""
    result = solve_paths(instance, PathQuestion(learners=tuple(instance.learner)))
    assert result.status in {"optimal", "infeasible"}
    return Answers(of={answer.learner: answer for answer in result.learners})


def totals(found: Answers) -> tuple[int, int]:
    """Return how many have no day of graduation, and the sum of the days of the others."""
    days = [answer.graduation for answer in found.of.values()]
    return days.count(None), sum(day.toordinal() for day in days if day)


def sums(found: Effect) -> tuple[int, int | None]:
    """Return what is sure of a joint plan: graduations gained, and the days saved in all."""
    return found.graduations, found.saved


@cache
def scarce(count: int) -> tuple[Instance, ...]:
    """Return some instances in which learners are in each other's way."""
    return tuple(islice((instance for _, instance, _ in crowded(range(200), 4, 10)), count))


few_or_many = pytest.mark.parametrize("count", [1, pytest.param(10, marks=pytest.mark.slow)])


@settings(max_examples=6)
@given(anybody)
def test_whoever_does_not_use_a_cancelled_offering_keeps_the_day(instance: Instance) -> None:
    before = alone(instance)
    found = criticality(instance, together=False)
    assert found.complete
    for row in found.rows:
        assert row.effect == effect(before, alone(cancelled(row.offering.id)(instance))), row.offering.id


@few_or_many
def test_cancelled_offerings_of_joint_plans_are_worth_what_a_whole_answer_says(count: int) -> None:
    looked_at = 0
    for instance in scarce(count):
        before = totals(jointly(instance))
        found = criticality(instance)
        assert totals(found.answers) == before
        for row in found.rows[:4] + found.rows[-2:]:
            after = jointly(cancelled(row.offering.id)(instance))
            assert sums(row.effect) == sums(effect(found.answers, after)), row.offering.id
            looked_at += 1
    assert looked_at >= 4 * count


@settings(max_examples=4)
@given(anybody)
def test_an_extra_run_is_worth_what_solving_everything_anew_says(instance: Instance) -> None:
    before = alone(instance)
    found = values_of(instance, together=False)
    assert found.complete
    for row in found.rows:
        assert row.effect == effect(before, alone(row.extra.change(instance))), row.extra.run


@few_or_many
def test_an_extra_run_is_worth_the_same_to_all_together_as_a_whole_answer_says(count: int) -> None:
    helped = 0
    for instance in scarce(count):
        found = values_of(instance)
        assert totals(found.answers) == totals(jointly(instance))
        for row in found.rows[::3]:
            after = jointly(row.extra.change(instance))
            assert sums(row.effect) == sums(effect(found.answers, after)), row.extra.run
            helped += row.effect.worth > (0, 0)
    assert helped or count == 1


@few_or_many
def test_seats_are_worth_what_a_whole_answer_says(count: int) -> None:
    changes = set()
    for instance in scarce(count):
        curve = seats_curve(instance, (1, 2, 4))
        for row in curve.rows:
            after = jointly(with_seats_each(row.seats)(instance))
            assert sums(row.effect) == sums(effect(curve.answers, after))
            assert len(row.missing) == sum(each.status == "blocked" for each in after.of.values())
            changes.add(row.effect.worth > (0, 0))
    assert len(changes) == 2 or count == 1


@pytest.mark.slow
def test_many_made_up_instances_agree_too() -> None:
    for seed in range(30):
        instance = made(seed, Size(learners=3, offerings=12, horizon=90, edges=bool(seed % 2), strict=SCARCE))
        before = alone(instance)
        for row in values_of(instance, together=False).rows:
            assert row.effect == effect(before, alone(row.extra.change(instance))), (seed, row.extra.run)
        for lost in criticality(instance, together=False).rows:
            after = alone(cancelled(lost.offering.id)(instance))
            assert lost.effect == effect(before, after), (seed, lost.offering.id)


def test_a_run_is_worth_its_days_to_who_has_nothing_else_left_to_do() -> None:
    instance = made(10, Size(learners=3, offerings=12, horizon=90, edges=False, strict=SCARCE))
    before = alone(instance)
    rows = values_of(instance, SupposedRuns(components=("Q",)), together=False).rows
    assert any(row.effect.earlier == ("L0", "L1", "L2") for row in rows)
    assert all(row.effect == effect(before, alone(row.extra.change(instance))) for row in rows)
