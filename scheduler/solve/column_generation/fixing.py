"""Diving: what is whole in the linear plan is fixed, and the largest fraction too; prices and columns are looked for anew.

The plan of a linear program that is nearly whole is thus made whole with columns that the first prices did not show (Sadykov,
Vanderbeck, Pessoa, Tahiri and Uchoa, *Primal heuristics for branch and price*, 2019).
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from scheduler.solve.column_generation.grid import Numbers
from scheduler.solve.column_generation.linear import Market
from scheduler.solve.column_generation.measures import PART
from scheduler.solve.column_generation.pool import ColumnPool
from scheduler.solve.column_generation.whole import ROUNDING, Share, amount, floored, joined, of_paths, remainder

if TYPE_CHECKING:
    from scheduler.solve.column_generation.joint import Exchange

PRICINGS = 4
"""So often columns are looked for after each fixing, at most."""

AT_ONCE = 12
"""One in so many of those who are left is fixed at once, beside what is whole, where nothing else is said."""


def dive_by_fixing(known: "Exchange", weights: Mapping[int, float], at_once: int = AT_ONCE) -> None:
    """Offer the plan to which a linear plan leads, unless it is seen to be no better than the best one.

    One in `at_once` of those who are left is fixed at a time, beside what is whole.
    """
    pool, market = known.cohort.pool, known.market
    fixed: Share = {}
    rest, prices, kept = market, known.prices, known.kept
    while weights and not known.is_done:
        chosen = _chosen(pool, rest, weights, at_once)
        if not chosen:
            break
        fixed = joined(fixed, chosen)
        rest = remainder(pool, market, fixed)
        spent = amount(pool, np.zeros_like(rest.count), of_paths(market.goal), fixed)
        here = replace(
            known, market=rest, best={}, value=known.value - spent * PART, bound=-known.value, raised=-known.value
        )
        here.hear = here.target = None
        here.look(_closed(rest, prices, here.value), kept)
        weights = here.exchange(PRICINGS)
        prices, kept = here.prices, here.kept
        if here.is_proved:
            return
    known.offer(fixed)
    known.tell()


def _closed(rest: Market, prices: Numbers, dear: int) -> Numbers:
    """Return prices at which nobody wants what is no longer left."""
    found: Numbers = np.where(rest.limits <= 0, dear, prices)
    return found


def _chosen(pool: ColumnPool, rest: Market, weights: Mapping[int, float], at_once: int) -> Share:
    """Return what is whole in a linear plan, and some of its largest fractions that fit beside it and each other."""
    chosen = floored(weights)
    left = remainder(pool, rest, chosen)
    count, limits = left.count, left.limits
    parts = {column: weight - chosen.get(column, 0) for column, weight in weights.items()}
    more = max(1, int(count.sum()) // at_once)
    for column in sorted(parts, key=lambda each: (-parts[each], each)):
        used, owner = pool.used(column), pool.owner[column]
        if not more or parts[column] <= ROUNDING:
            break
        if count[owner] > 0 and (limits[used] > 0).all():
            count[owner] -= 1
            limits[used] -= 1
            chosen[column] = chosen.get(column, 0) + 1
            more -= 1
    return chosen
