"""A plan of very many learners: a share of them is seated at good prices, prices are looked for anew for the rest, and so on."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from scheduler.engines.budget import Budget
from scheduler.solve.column_generation.ascent import SOFT, ascend
from scheduler.solve.column_generation.cohort import Cohort
from scheduler.solve.column_generation.grid import Numbers
from scheduler.solve.column_generation.linear import Market
from scheduler.solve.column_generation.measures import PART, toll_of
from scheduler.solve.column_generation.seating import ROUNDS, seat
from scheduler.solve.column_generation.whole import Share, joined

PARTS = 4
"""One in so many of those who are left is seated at once."""

LOOKS = 2
"""So often new columns are looked for, and prices for them, before a share is seated."""

REACH = 20 * PART
"""So much do prices change at most from one share to the next, in parts of a day."""


def dive(
    cohort: Cohort, market: Market, prices: Numbers, budget: Budget, few: int, finish: Callable[[Market], Share]
) -> Share:
    """Return a plan; the last `few` classes are left to `finish`."""
    toll = toll_of(market.goal, market.promises, [0] * len(market.promises))
    chance = np.random.default_rng(len(market.count))
    order = chance.permutation(np.flatnonzero(market.count))
    share: Share = {}
    rest = market
    while not budget.is_over:
        waiting = order[rest.count[order] > 0]
        if len(waiting) <= few:
            return joined(share, finish(rest))
        for _ in range(LOOKS):
            if not budget.is_over:
                cohort.price(waiting, prices, toll.at(slice(None)), toll.out[waiting], ROUNDS)
                prices, _ = ascend(cohort.pool, rest, prices, REACH)
        now = waiting[: max(few // PARTS, len(waiting) // PARTS)]
        found, rest = _seat_cheapest(cohort, rest, now, prices, chance)
        share = joined(share, found)
        order = np.concatenate([waiting[len(now) :], now])
        if not found:
            break
    return joined(share, seat(cohort, rest, prices, budget))


def _seat_cheapest(
    cohort: Cohort, market: Market, now: Numbers, prices: Numbers, chance: np.random.Generator
) -> tuple[Share, Market]:
    """Give some classes what is cheapest for them, as often as it is left; return it, and what remains."""
    pool = cohort.pool
    toll = toll_of(market.goal, market.promises, [0] * len(market.promises))
    costs = pool.costs(prices, toll)
    costs += np.rint(chance.gumbel(size=len(costs)) * (SOFT[-1] * toll.out.max(initial=PART))).astype(np.int64)
    at = np.flatnonzero(np.isin(pool.owner, now))
    at = at[np.argsort(-costs[at], kind="stable")]
    wants = np.full(len(market.count), -1, np.int64)
    wants[pool.owner[at]] = at
    left, count = market.limits.copy(), market.count.copy()
    share: Share = {}
    for owner in now[wants[now] >= 0].tolist():
        column = int(wants[owner])
        used = pool.used(column)
        seated = min([int(count[owner]), *left[used].tolist()])
        if seated > 0:
            left[used] -= seated
            count[owner] -= seated
            share[column] = seated
    return share, replace(market, count=count, limits=left)
