"""Cuts exclude no plan in whole numbers."""

import random

import numpy as np

from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.solve.column_generation.blocks import WIDTH, Draft
from scheduler.solve.column_generation.cohort import Cohort
from scheduler.solve.column_generation.cuts import strengthened
from scheduler.solve.column_generation.joint import Exchange
from scheduler.solve.column_generation.linear import Market
from scheduler.solve.column_generation.measures import PART, Measure
from scheduler.solve.column_generation.optimum import whole_turn
from scheduler.solve.column_generation.pool import ColumnPool
from scheduler.solve.column_generation.whole import amount, is_within
from tests.test_near import OUT, small_crowds

THINGS, CLASSES, COLUMNS = 9, 7, 60


def drawn(chance: random.Random) -> tuple[ColumnPool, Market]:
    """Draw columns at random, each of some things of few places."""
    pool = ColumnPool(THINGS)
    uses = np.full((COLUMNS, WIDTH), THINGS, np.int32)
    for line in range(COLUMNS):
        taken = chance.sample(range(THINGS), chance.randint(2, 3))
        uses[line, : len(taken)] = taken
    owner = np.array([chance.randrange(CLASSES) for _ in range(COLUMNS)], np.int64)
    days = np.array([chance.randint(1, 30) for _ in range(COLUMNS)], np.int64)
    pool.add(owner, days, uses, [Draft(b"", -1)] * COLUMNS)
    goal = Measure(rate=np.ones(CLASSES, np.int64), out=np.full(CLASSES, 60))
    count = np.array([chance.randint(1, 2) for _ in range(CLASSES)], np.int64)
    limits = np.array([chance.choice([1, 1, 1, 3]) for _ in range(THINGS)], np.int64)
    return pool, Market(count=count, limits=limits, goal=goal)


def test_no_plan_is_cut_off() -> None:
    cuts = 0
    for seed in range(25):
        chance = random.Random(seed)  # noqa: S311 - made-up plans are no secret
        pool, market = drawn(chance)
        columns = np.arange(len(pool.owner))
        found = strengthened(pool, market, columns, 10_000, Budget())
        cuts += len(found.cuts)
        for _ in range(15):
            plan: dict[int, int] = {}
            for column in chance.sample(columns.tolist(), len(columns)):
                more = {**plan, column: plan.get(column, 0) + 1}
                plan = more if is_within(pool, market, more) else plan
            assert amount(pool, market.count, market.goal, plan) >= found.least
            for cut in found.cuts:
                assert sum(plan.get(column, 0) * factor for column, factor in cut.factors.items()) <= cut.most
    assert cuts >= 25


def test_cuts_bound_no_plan_too_high() -> None:
    for seed, instance, able in small_crowds(range(60, 70), 5):
        cohort = Cohort(instance, able, Settings(), Budget())
        goal = whole_turn(cohort).weighed(OUT)
        exchange = Exchange(cohort, Market(count=cohort.count, limits=cohort.limits, goal=goal))
        exchange.start(Budget(), {})
        columns = np.arange(len(cohort.pool.owner))
        found = strengthened(cohort.pool, exchange.market, columns, 10**9, Budget())
        assert (seed, found.least * PART) <= (seed, exchange.value)
