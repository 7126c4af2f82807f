"""Good prices quickly: steps uphill on the bound that the columns so far give, before a linear program makes them exact."""

import numpy as np
import numpy.typing as npt

from scheduler.solve.columns.grid import Numbers
from scheduler.solve.columns.linear import Market
from scheduler.solve.columns.measures import PART, toll_of
from scheduler.solve.columns.pool import Pool

STEPS = 150
"""Steps of one climb."""

PATIENCE = 12
"""Steps without a better bound after which the stride is halved."""

STRIDE = 0.2
"""The first stride aims at a bound that is higher by this share."""

Floats = npt.NDArray[np.float64]


def ascend(pool: Pool, market: Market, prices: Numbers) -> Numbers:
    """Return prices of things at which the columns so far give a better bound than at `prices`."""
    hill = _Hill(pool, market)
    here: Floats = prices.astype(np.float64)
    best, best_bound = here, -np.inf
    stride, idle = STRIDE, 0
    for _ in range(STEPS):
        bound, slope = hill.look(here)
        idle = idle + 1 if bound <= best_bound else 0
        if bound > best_bound:
            best, best_bound = here, bound
        if idle >= PATIENCE:
            stride, idle, here = stride / 2, 0, best
            bound, slope = hill.look(here)
        steepness = float((slope * slope).sum())
        if not steepness:
            break
        aim = best_bound + stride * max(abs(best_bound), float(PART))
        here = np.maximum(0.0, here + (aim - bound) / steepness * slope)
    found: Numbers = np.rint(best).astype(np.int64)
    return found


class _Hill:
    """The bound over columns sorted by class, and in which direction it grows."""

    def __init__(self, pool: Pool, market: Market) -> None:
        toll = toll_of(market.goal, market.promises, [0] * len(market.promises))
        order = np.argsort(pool.owner, kind="stable")
        self.owner = pool.owner[order]
        self.starts = np.flatnonzero(np.diff(self.owner, prepend=-1))
        self.classes = self.owner[self.starts]
        uses = pool.uses[order]
        self.uses = uses[:, : int((uses < pool.things).sum(axis=1).max(initial=0))]
        self.base = toll.at(self.owner).of(pool.days[order]).astype(np.float64)
        self.limits = market.limits.astype(np.float64)
        self.count = market.count[self.classes].astype(np.float64)
        self.out = toll.out[self.classes].astype(np.float64)
        self.things = pool.things

    def look(self, prices: Floats) -> tuple[float, Floats]:
        """Return the bound at some prices and its slope: what is wanted more often than there is."""
        costs = self.base + np.append(prices, 0.0)[self.uses].sum(axis=1)
        least = np.minimum.reduceat(costs, self.starts)
        taken = np.minimum(least, self.out)
        bound = float((taken * self.count).sum() - (prices * self.limits).sum())
        spread = np.repeat(least, np.diff(np.append(self.starts, len(costs))))
        first = np.full(len(self.starts), -1)
        hits = np.flatnonzero(costs <= spread)[::-1]
        first[np.searchsorted(self.starts, hits, side="right") - 1] = hits
        pays = np.where(least < self.out, self.count, 0.0)
        wanted = np.zeros(self.things + 1)
        np.add.at(wanted, self.uses[first], pays[:, None])
        return bound, wanted[: self.things] - self.limits
