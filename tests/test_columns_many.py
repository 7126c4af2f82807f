"""Very many learners: prices by steps uphill, and a plan a share at a time, judged beside the exact ones of a small cohort."""

import numpy as np
import pytest

from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.solve.alone import solve_alone
from scheduler.solve.column_generation.ascent import ascend
from scheduler.solve.column_generation.climb import climb
from scheduler.solve.column_generation.cohort import Cohort
from scheduler.solve.column_generation.dive import dive
from scheduler.solve.column_generation.grid import Numbers
from scheduler.solve.column_generation.joint import Exchange
from scheduler.solve.column_generation.linear import Linear, Market
from scheduler.solve.column_generation.measures import PART
from scheduler.solve.column_generation.optimum import whole_turn
from scheduler.solve.column_generation.whole import Share, amount, is_within
from scheduler.solve.paths import planned_in
from tests.test_columns import generated

ENOUGH = 12


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Exchange:
    """Return a proved market of a hundred learners with seats that bind."""
    instance = generated(tmp_path_factory.mktemp("many"), learners=100, years=2, seed=7, tightness=0.8)
    able = tuple(learner for learner in planned_in(instance) if solve_alone(instance, learner).path is not None)
    cohort = Cohort(instance, able, Settings(), Budget())
    out = 4 * (instance.last_day - instance.as_of).days
    market = Market(count=cohort.count, limits=cohort.limits, goal=whole_turn(cohort).weighed(out))
    found = Exchange(cohort, market)
    found.start(Budget(), {})
    assert found.is_proved
    return found


def test_a_climb_comes_near_the_linear_bound_of_the_same_columns(known: Exchange) -> None:
    whole, market = known.cohort, known.market
    cohort = whole.split(np.arange(len(market.count)), market.count, whole.restrictions)
    known = Exchange(cohort, market)  # the columns of prices alone: diving adds others, priced when much is gone
    nothing = np.zeros(len(market.limits), np.int64)
    known.offer({})
    known.look(nothing, ())
    climb(known)
    known.exchange()
    pool = cohort.pool
    reach = int(market.goal.out.max()) * PART
    prices, hoped = ascend(pool, market, nothing, reach)
    linear = Linear(pool, market)
    linear.add(np.arange(len(pool.owner)))
    relaxed = linear.solve(Budget(60.0))
    assert relaxed is not None
    best = bound_of(known, relaxed.prices)
    assert bound_of(known, prices) <= best + PART
    assert bound_of(known, prices) >= best * 0.995
    assert abs(hoped - best) <= best * 0.005


def bound_of(known: Exchange, prices: Numbers) -> int:
    """Return the bound of the columns so far at some prices, in parts of a day."""
    pool, market = known.cohort.pool, known.market
    least = np.minimum(pool.cheapest(pool.costs(prices, known.toll), len(market.count)), known.toll.out)
    return int((least * market.count).sum() - (prices * market.limits).sum())


def test_a_plan_a_share_at_a_time_is_lawful_and_near_the_best(known: Exchange) -> None:
    cohort, market = known.cohort, known.market

    def finish(rest: Market) -> Share:
        assert 0 < np.count_nonzero(rest.count) <= ENOUGH
        last = Exchange(cohort, rest)
        last.start(Budget(), {})
        return last.best

    share = dive(cohort, market, known.prices, Budget(), ENOUGH, finish)
    assert is_within(cohort.pool, market, share)
    value = amount(cohort.pool, market.count, market.goal, share) * PART
    assert known.value <= value <= known.value * 1.2


def test_a_plan_without_time_is_lawful_too(known: Exchange) -> None:
    stopped = Budget()
    stopped.stopped = True
    share = dive(known.cohort, known.market, known.prices, stopped, ENOUGH, lambda _: {})
    assert share
    assert is_within(known.cohort.pool, known.market, share)


def test_a_share_of_the_classes_has_its_share_of_the_limits(known: Exchange) -> None:
    half = np.flatnonzero(known.market.count)[::2]
    part = known.market.of(half)
    seated, everybody = int(part.count.sum()), int(known.market.count.sum())
    assert seated == known.market.count[half].sum() < everybody
    assert (part.limits <= known.market.limits * seated / everybody).all()
    assert (part.limits > known.market.limits * seated / everybody - 1).all()
