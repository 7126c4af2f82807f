"""How many graduate by a day: rows that no plan breaks, and the same optimum with them."""

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.solve.alone import solve_alone
from scheduler.solve.column_generation import by_day, joint
from scheduler.solve.column_generation.answer import solve_jointly
from scheduler.solve.column_generation.joint import Exchange
from scheduler.solve.column_generation.linear import Market
from scheduler.solve.column_generation.measures import PART, Toll
from scheduler.solve.column_generation.optimum import bound_left_out, whole_turn
from scheduler.solve.column_generation.seating import ROUNDS
from scheduler.solve.column_generation.whole import amount
from scheduler.solve.paths import planned_in
from tests.test_branching_columns import contested
from tests.test_columns import generated
from tests.test_columns import optimum as by_one_model
from tests.test_near import OUT, of_arrays, small_crowds, ways


@pytest.fixture
def rows(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Exchange, int]]:
    """Return a list of every market whose days are counted, and of how many rows it has."""
    found: list[tuple[Exchange, int]] = []
    search = by_day.with_whole_days

    def noted(known: Exchange, weights: Mapping[int, float]) -> tuple[Exchange | None, Mapping[int, float]]:
        here, there = search(known, weights)
        if here is not None:
            found.append((here, len(here.market.promises) - len(known.market.promises)))
        return here, there

    monkeypatch.setattr(joint, "with_whole_days", noted)
    monkeypatch.setattr(joint, "FEW_CLASSES", 0)  # few columns near the bound would prove most without any row
    return found


def compare(seeds: range, learners: int) -> int:
    """Compare with one model of all; return how many crowds there were."""
    crowds = 0
    for seed, instance, able in contested(seeds, learners):
        found = solve_jointly(instance, able, Settings(), Budget()).optimum
        cohort = found.days.cohort
        missing = amount(cohort.pool, cohort.count, whole_turn(cohort).left_out, found.days.best)
        assert (seed, found.is_proved, missing, found.total) == (seed, True, *by_one_model(instance, able))
        crowds += 1
    return crowds


def test_the_optimum_is_the_same_with_rows_of_days(rows: list[tuple[Exchange, int]]) -> None:
    assert compare(range(8), 6) >= 5
    assert rows, "no linear plan counted parts of learners"


@pytest.mark.slow
def test_many_optima_are_the_same_with_rows_of_days(rows: list[tuple[Exchange, int]]) -> None:
    assert compare(range(200, 216), 7) >= 12
    assert len(rows) >= 3


def test_no_plan_lets_more_graduate_than_a_row_says(rows: list[tuple[Exchange, int]]) -> None:
    checked = 0
    for seed, instance, able in contested(range(40, 52), 5):
        rows.clear()
        cohort = of_arrays(instance, able)
        if cohort is None:
            continue
        solve_jointly(instance, able, Settings(), Budget())
        every = [ways(cohort, instance, each) for each in able]
        for here, _ in rows:
            for row in here.market.promises:
                if row.measure.by is None:
                    continue
                day = int(row.measure.by.max())
                early = [{uses for days, uses in each if days <= day} for each in every]
                assert most_seated(early, Counter(dict(enumerate(cohort.limits.tolist())))) <= row.most, (seed, day)
                checked += 1
    assert checked >= 3


def most_seated(choices: list[set[frozenset[int]]], left: Counter[int]) -> int:
    """Return how many of some learners can take one of their choices each, by trying all."""
    if not choices:
        return 0
    best = most_seated(choices[1:], left)
    for uses in choices[0]:
        if best == len(choices):
            break
        if all(left[each] > 0 for each in uses):
            best = max(best, 1 + most_seated(choices[1:], left - Counter(uses)))
    return best


def test_a_price_on_early_days_leaves_the_bound_true_and_lets_paths_wait() -> None:
    waited = 0
    for seed, instance, able in small_crowds(range(12), 3):
        cohort = of_arrays(instance, able)
        if cohort is None or not cohort.things:
            continue
        chance = random.Random(seed)  # noqa: S311 - seeded prices
        prices = np.array([chance.choice([0, 0, chance.randrange(60 * PART)]) for _ in cohort.things], np.int64)
        everyone = np.arange(len(cohort.count))
        every = [ways(cohort, instance, cohort.learners(number)[0]) for number in everyone.tolist()]
        days = sorted({day for each in every for day, _ in each}) or [0]
        early = [(np.full(len(everyone), chance.choice(days)), chance.randrange(90 * PART)) for _ in range(2)]
        dear = np.full(len(everyone), OUT * PART)
        toll = Toll(rate=np.full(len(everyone), PART), out=dear, early=tuple(early))
        bound = cohort.price(everyone, prices, toll, dear, ROUNDS).bound
        for number, ways_there in enumerate(every):
            for day, uses in ways_there:
                fee = int(toll.at(np.array([number])).of(np.array([day]))[0])
                assert min(bound[number], dear[number]) <= fee + int(prices[list(uses)].sum()), (seed, number, day)
        before = len(cohort.pool.owner)
        waited += cohort.wait(prices, toll, [by for by, _ in early], dear)
        pool = cohort.pool
        for at in range(before, len(pool.owner)):
            assert pool.days[at] > cohort.days(int(pool.owner[at]), pool.drafts[at])
    assert waited


def test_the_prices_of_days_bound_how_many_are_left_out(tmp_path: Path) -> None:
    instance = generated(tmp_path, learners=30, years=1, seed=3, tightness=1.0)
    able = tuple(each for each in planned_in(instance) if solve_alone(instance, each).path is not None)
    found = solve_jointly(instance, able, Settings(), Budget()).optimum
    cohort, turn = found.days.cohort, whole_turn(found.days.cohort)
    days = Exchange(cohort, Market(count=cohort.count, limits=cohort.limits, goal=turn.weighed(2000)))
    days.start(Budget(), {})
    fewest = Exchange(cohort, replace(days.market, goal=turn.left_out))
    bound_left_out(fewest, days)
    assert 0 < fewest.whole_bound <= found.missing
