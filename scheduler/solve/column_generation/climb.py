"""From no prices to good ones: steps uphill on the bound of the columns so far, and new columns at the prices found."""

import numpy as np

from scheduler.engines.budget import Budget
from scheduler.solve.column_generation.ascent import ascend
from scheduler.solve.column_generation.bounded import Bounded
from scheduler.solve.column_generation.measures import PART
from scheduler.solve.column_generation.sweep import NEVER

CLIMBS = 40
"""So often good prices are looked for before they are made exact, at most."""

HANDFUL = 60
"""Up to so many classes a linear program finds good prices at once."""

REACH = 0.03
"""So far prices go in the first look for better ones, as a share of what leaving somebody out costs."""

SHRINK, STRETCH = 2, 1.5
"""The next look goes so much less far after a failure, and so much farther after a success."""

SURE = 0.1
"""Prices that a sample has found are changed by so much less at first."""

FEW_MORE, LITTLE = 0.01, 0.002
"""By so small a share can the bound still grow when exact prices are next, or the plan, where there are none.

Where classes are few, it is told by the last step; else by what the columns so far hope for.
"""

MANY = 5_000
"""With more classes than this no linear program ends in time: they are seated a share at a time."""

FEW = 1_000
"""So many classes are a sample."""


def climb(known: Bounded) -> None:
    """Find columns at prices that are nearly right, while the bound grows."""
    if known.market.promises or len(known.market.count) <= HANDFUL:
        return
    reach = REACH * float(known.toll.out.max(initial=PART))
    is_many = np.count_nonzero(known.market.count) > MANY
    if is_many:
        _sample(known)
        reach *= SURE
    enough = LITTLE if is_many else FEW_MORE
    half = Budget(known.budget.left / 2, within=known.budget)
    for _ in range(CLIMBS):
        if known.is_settled or half.is_over:
            return
        before = known.bound
        prices, hoped = ascend(known.cohort.pool, known.market, known.prices, int(reach))
        inside = bool((np.abs(prices - known.prices) < int(reach)).all())
        known.look(prices, known.kept)
        known.tell()
        more = hoped - known.bound if inside else NEVER
        if len(known.market.count) <= FEW and known.bound > before:
            more = known.bound - before
        if more <= enough * abs(known.bound):
            return
        reach = reach / SHRINK if known.bound == before else reach * STRETCH


def _sample(known: Bounded) -> None:
    """Take the prices of a sample of the classes to begin with."""
    classes = np.flatnonzero(known.market.count)
    sample = Bounded(known.cohort, known.market.of(classes[:: len(classes) // FEW]), known.budget)
    sample.prices, sample.kept = known.prices, known.kept
    sample.look(known.prices, known.kept)
    climb(sample)
    known.look(sample.prices, known.kept)
    known.tell()
