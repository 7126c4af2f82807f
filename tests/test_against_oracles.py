"""The product, brute force and a mixed-integer program agree on hundreds of made-up instances."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from models.programme.instance import Instance
from tests import oracle, oracle_milp
from tests.asked import alone, jointly
from tests.builders import course, day, edition, meets, requirement, session
from tests.builders import instance as small
from tests.small_words import Size, themed
from tests.strategies import made

MOST_PLANS = 4_000
"""Brute force goes through no more plans than this for one learner: larger instances lose offerings until it does."""


def small_enough(instance: Instance) -> Instance:
    """Drop offerings that nobody's records name until brute force is quick."""
    named = {record.offering for record in instance.records}
    for offering in reversed(instance.offerings):
        if all(oracle.plans(instance, learner.id) <= MOST_PLANS for learner in instance.learners):
            break
        if offering.id not in named:
            instance = replace(instance, offerings=tuple(one for one in instance.offerings if one != offering))
    return instance


def one_learner(seeds: range, edges: bool) -> Iterator[tuple[int, Instance, str]]:
    """Make instances of one learner who still has something to plan."""
    for seed in seeds:
        instance = small_enough(made(seed, themed(seed, edges=edges)))
        yield from ((seed, instance, learner) for learner in oracle.to_plan(instance))


@pytest.mark.slow
@pytest.mark.parametrize("edges", [False, True], ids=["uniform", "edges"])
def test_one_learner_graduates_on_the_earliest_day_there_is(edges: bool) -> None:
    days = []
    for seed, instance, learner in one_learner(range(120), edges):
        days.append(oracle.earliest(instance, learner))
        assert (seed, alone(instance, learner)) == (seed, days[-1])
    assert days.count(None) > 20, "too few blocked learners to learn anything from"
    assert len(days) - days.count(None) > 40, "too few learners who graduate"


def test_what_is_waited_for_ends_with_its_last_session_even_if_its_days_reach_further() -> None:
    first = replace(meets("A1", session(1)), end=day(5))
    programme = edition(course("A"), course("B", "A"), requirements=[requirement(2, "A", "B")])
    instance = small(programme, [first, meets("B1", session(3), session(7)), meets("B2", session(9))])
    assert oracle.earliest(instance, "ada") == day(7)
    assert alone(instance, "ada") == day(7)


def test_a_run_whose_first_session_lies_behind_its_first_day_may_wait_for_one_that_ends_between() -> None:
    later = replace(meets("B1", session(4)), start=day(1))
    programme = edition(course("A"), course("B", "A"), requirements=[requirement(2, "A", "B")])
    instance = small(programme, [meets("A1", session(2)), later, meets("B2", session(9))])
    assert oracle.earliest(instance, "ada") == day(4)
    assert alone(instance, "ada") == day(4)


@pytest.mark.parametrize("seeds", [range(1_000, 1_014), pytest.param(range(1_014, 1_040), marks=pytest.mark.slow)])
@pytest.mark.parametrize("edges", [False, True], ids=["uniform", "edges"])
def test_a_learner_with_a_full_calendar_graduates_on_the_programs_day(edges: bool, seeds: range) -> None:
    for seed in seeds:
        instance = made(seed, Size(offerings=30, horizon=90, edges=edges))
        for learner in oracle.to_plan(instance):
            assert (seed, alone(instance, learner)) == (seed, oracle_milp.earliest(instance, learner))


@pytest.mark.parametrize("seeds", [range(2_000, 2_014), pytest.param(range(2_014, 2_040), marks=pytest.mark.slow)])
@pytest.mark.parametrize("edges", [False, True], ids=["uniform", "edges"])
def test_two_learners_share_seats_as_well_as_they_can(edges: bool, seeds: range) -> None:
    for seed in seeds:
        instance = small_enough(made(seed, themed(seed, edges=edges, learners=2, offerings=7)))
        assert (seed, *jointly(instance)) == (seed, *oracle.best(instance))


@pytest.mark.slow
@pytest.mark.parametrize("edges", [False, True], ids=["uniform", "edges"])
def test_a_group_shares_seats_as_the_program_does(edges: bool) -> None:
    for seed in range(3_000, 3_012):
        instance = made(seed, Size(learners=5, offerings=16, horizon=60, edges=edges, strict=SCARCE))
        assert (seed, *jointly(instance)) == (seed, *oracle_milp.best(instance))


SCARCE = frozenset({"seats", "window", "records"})
"""Nearly everybody could graduate alone, and the seats do not reach."""


@pytest.mark.slow
def test_the_two_oracles_agree() -> None:
    for seed, instance, learner in one_learner(range(4_000, 4_060), edges=True):
        assert (seed, oracle.earliest(instance, learner)) == (seed, oracle_milp.earliest(instance, learner))


@pytest.mark.slow
@pytest.mark.parametrize("edges", [False, True], ids=["uniform", "edges"])
def test_hundreds_of_learners_against_both_oracles(edges: bool) -> None:
    for seed, instance, learner in one_learner(range(10_000, 10_160), edges):
        expected = oracle.earliest(instance, learner)
        assert (seed, oracle_milp.earliest(instance, learner)) == (seed, expected)
        assert (seed, alone(instance, learner)) == (seed, expected)


@pytest.mark.slow
@pytest.mark.parametrize("edges", [False, True], ids=["uniform", "edges"])
@pytest.mark.parametrize("learners", [2, 3])
def test_pairs_and_threes_against_both_oracles(learners: int, edges: bool) -> None:
    for seed in range(20_000, 20_080):
        instance = small_enough(made(seed, themed(seed, edges=edges, learners=learners, offerings=7)))
        expected = oracle.best(instance)
        assert (seed, *oracle_milp.best(instance)) == (seed, *expected)
        assert (seed, *jointly(instance)) == (seed, *expected)


@pytest.mark.slow
@pytest.mark.parametrize("edges", [False, True], ids=["uniform", "edges"])
def test_ten_learners_share_seats_as_the_program_does(edges: bool) -> None:
    for seed in range(30_000, 30_012):
        instance = made(seed, Size(learners=10, offerings=30, horizon=90, edges=edges, strict=SCARCE))
        assert (seed, *jointly(instance)) == (seed, *oracle_milp.best(instance))
