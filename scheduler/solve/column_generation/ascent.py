"""Good prices quickly: the bound that the columns so far give, made smooth, climbed by Newton's steps within reach."""

import numpy as np
import numpy.typing as npt

from scheduler.solve.column_generation.grid import Numbers
from scheduler.solve.column_generation.linear import Market
from scheduler.solve.column_generation.measures import PART, toll_of
from scheduler.solve.column_generation.pool import ColumnPool

SOFT = (0.005, 0.0015, 0.0005, 0.0001)
"""By so much of what leaving somebody out costs, dearer columns still count: at first a smooth hill, then a true one."""

STEPS = 6
"""Newton's steps for each softness."""

HALVINGS = 6
"""A step that is too long is halved so often at most."""

FLAT = 1e-6
"""A step that gains a smaller share of the bound than this is the last of its softness."""

LIGHT = 1e-4
"""Columns that fewer learners than this take do not tell how the hill bends."""

STIFF = 1e-3
"""The hill is taken to bend so much more than it does, so that steps stay short where it is flat."""

TINY = 1e-9
"""What nobody takes bends by so much."""

Floats = npt.NDArray[np.float64]


def ascend(pool: ColumnPool, market: Market, prices: Numbers, reach: int) -> tuple[Numbers, int]:
    """Return prices, none further off than `reach` parts of a day, at which the columns so far bound better; and that bound."""
    hill = _Hill(pool, market, prices, reach)
    here: Floats = prices.astype(np.float64)
    if not len(hill.starts):
        return prices, 0
    for soft in SOFT:
        here = hill.climb(here, soft * hill.dearest)
    found: Numbers = np.rint(here).astype(np.int64)
    return found, int(hill.look(here, hill.dearest * SOFT[-1])[0])


class _Hill:
    """The bound over columns sorted by class, and in which direction it grows."""

    def __init__(self, pool: ColumnPool, market: Market, prices: Numbers, reach: int) -> None:
        toll = toll_of(market.goal, market.promises, [0] * len(market.promises))
        used = pool.uses < pool.things
        costs = pool.costs(prices, toll)
        least = np.minimum(pool.cheapest(costs, len(market.count)), toll.out)
        nearest = costs - reach * used.sum(axis=1)
        farthest = least + reach * int(used.sum(axis=1).max(initial=0))
        near = (nearest <= farthest[pool.owner]) & (market.count[pool.owner] > 0)
        order = np.flatnonzero(near)[np.argsort(pool.owner[near], kind="stable")]
        self.owner = pool.owner[order]
        self.starts = np.flatnonzero(np.diff(self.owner, prepend=-1))
        self.line = np.repeat(np.arange(len(self.starts)), np.diff(np.append(self.starts, len(order))))
        classes = self.owner[self.starts]
        self.uses = pool.uses[order][:, : int(used.sum(axis=1).max(initial=1))]
        self.base = toll.at(self.owner).of(pool.days[order]).astype(np.float64)
        self.limits = market.limits.astype(np.float64)
        self.count = market.count[classes].astype(np.float64)
        self.out = toll.out[classes].astype(np.float64)
        self.dearest = float(toll.out.max(initial=PART))
        self.things = pool.things
        self.low, self.high = np.maximum(0.0, prices - float(reach)), prices + float(reach)

    def climb(self, here: Floats, soft: float) -> Floats:
        """Return the prices after some steps on the hill of one softness."""
        value, weights = self.look(here, soft)
        for _ in range(STEPS):
            slope = self._wanted(weights) - self.limits
            free = ~(((here <= self.low) & (slope <= 0)) | ((here >= self.high) & (slope >= 0)))
            if not free.any():
                break
            step = np.zeros_like(here)
            step[free] = self._newton(weights, soft, slope, free)
            before = value
            for halving in range(HALVINGS):
                there = np.clip(here + step / 2**halving, self.low, self.high)
                value, weights = self.look(there, soft)
                if value > before:
                    here = there
                    break
            else:
                value, weights = self.look(here, soft)
            if value - before <= FLAT * abs(before):
                break
        return here

    def look(self, prices: Floats, soft: float) -> tuple[float, Floats]:
        """Return the smooth bound at some prices, and how many take each column."""
        costs = self.base + np.append(prices, 0.0)[self.uses].sum(axis=1)
        least = np.minimum(np.minimum.reduceat(costs, self.starts), self.out)
        shares = np.exp(np.maximum((least[self.line] - costs) / soft, -60.0))
        total = np.add.reduceat(shares, self.starts) + np.exp(np.maximum((least - self.out) / soft, -60.0))
        value = float(((least - soft * np.log(total)) * self.count).sum() - (prices * self.limits).sum())
        return value, shares * (self.count / total)[self.line]

    def _wanted(self, weights: Floats) -> Floats:
        """Return how often each thing is taken."""
        each = np.broadcast_to(weights[:, None], self.uses.shape)
        found: Floats = np.bincount(self.uses.ravel(), each.ravel(), self.things + 1)[: self.things].astype(np.float64)
        return found

    def _newton(self, weights: Floats, soft: float, slope: Floats, free: npt.NDArray[np.bool_]) -> Floats:
        """Return the step to where the slope of the free prices would end if the hill bent evenly."""
        bend = self._bend(weights, np.flatnonzero(free)) / soft
        bend[np.diag_indices_from(bend)] += STIFF * np.diag(bend) + TINY
        found: Floats = np.linalg.solve(bend, slope[free])
        return found

    def _bend(self, weights: Floats, free: Numbers) -> Floats:
        """Return how much more of one free thing is left when another becomes dearer, for softness 1."""
        heavy, size = np.flatnonzero(weights > LIGHT), len(free)
        place = np.full(self.things + 1, size)
        place[free] = np.arange(size)
        bend = np.zeros((size, size))
        mean = np.zeros((len(self.starts), size), np.float32)
        for start in range(0, len(heavy), 20_000):
            at = heavy[start : start + 20_000]
            dense = np.zeros((len(at), size + 1), np.float32)
            np.put_along_axis(dense, place[self.uses[at]], 1.0, axis=1)
            dense = dense[:, :size]
            scaled = dense * weights[at, None].astype(np.float32)
            bend += dense.T @ scaled
            np.add.at(mean, self.line[at], scaled)
        bend -= (mean.T @ (mean / self.count[:, None])).astype(np.float64)
        return bend
