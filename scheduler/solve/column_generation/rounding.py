"""Rounding: whole plans of the columns that cost little more than the bound, with more of them if there are too few."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from scheduler.solve.column_generation.grid import Numbers
from scheduler.solve.column_generation.measures import PART
from scheduler.solve.column_generation.seating import ROUNDS, seat_in_turn
from scheduler.solve.column_generation.sweep import NEVER
from scheduler.solve.column_generation.whole import EFFORT, Share, amount, floored, joined, of_paths, remainder, whole

if TYPE_CHECKING:
    from scheduler.solve.column_generation.joint import Exchange

SHAKES = 6
"""So often prices are shaken where the columns so far hold no whole plan as good as the bound."""

FEW = 1_000
"""Up to so many classes a linear program is quick, and whole numbers are looked for among all of them at once."""

NEAR, FAR = 1, 30
"""So many days a column may cost more than the cheapest of its class when whole numbers are looked for: first few columns."""


def extra_of(known: "Exchange") -> Numbers:
    """Return what each column costs more than the cheapest of its class, at the prices of the best bound."""
    toll = known.toll
    costs = known.cohort.pool.costs(known.prices, toll)
    least = np.minimum(known.cohort.pool.cheapest(costs, len(known.market.count)), toll.out)
    found: Numbers = costs - least[known.cohort.pool.owner]
    return found


def round_near(known: "Exchange", weights: Mapping[int, float]) -> None:
    """Look for whole numbers: what is whole in the linear plan stays, and a program seats the others; then all anew."""
    fixed = floored(weights)
    nothing: Share = {}
    offer_completed(known, fixed, NEAR * PART)
    if len(known.market.count) <= FEW and not known.is_done:
        offer_completed(known, nothing, NEAR * PART)
    if known.is_done:
        return
    if not known.market.promises and known.market.goal.rate.any():
        known.offer(seat_in_turn(known.cohort, known.market, known.prices, known.budget))
    for turn, (kept, slack) in enumerate(((fixed, FAR), (nothing, FAR), (nothing, NEVER // PART))):
        if known.is_done:
            return
        if turn:
            _enrich(known)
        offer_completed(known, kept, slack * PART)


def _enrich(known: "Exchange") -> None:
    """Add columns that are cheapest when prices are a little off: whole plans need them beside those of the bound."""
    market = known.market
    everyone = np.flatnonzero(market.count)
    dear = np.full(len(everyone), NEVER)
    chance = np.random.default_rng(len(known.cohort.pool.owner))
    for _ in range(SHAKES):
        if known.budget.is_over:
            return
        shaken = np.rint(known.prices * chance.uniform(0.7, 1.3, len(known.prices))).astype(np.int64)
        shaken += chance.integers(0, NEAR * PART + 1, len(known.prices))
        known.cohort.price(everyone, shaken, known.toll, dear, ROUNDS)


def offer_completed(known: "Exchange", fixed: Share, slack: int, effort: int = EFFORT) -> None:
    """Offer the best plan that keeps a part of one, of the columns that cost little more than the bound."""
    pool, market = known.cohort.pool, known.market
    rest = remainder(pool, market, fixed)
    gap = min(known.value - known.bound, slack)
    near = np.flatnonzero((extra_of(known) <= gap) & (rest.count[pool.owner] > 0))
    least = known.whole_bound - amount(pool, np.zeros_like(rest.count), of_paths(market.goal), fixed)
    reach = least + (known.value - 1) // PART - known.whole_bound
    share = whole(pool, rest, near, (least, reach), known.budget, effort).share if len(near) else {}
    if share is not None:
        known.offer(joined(fixed, share))
    known.tell()
