"""A first plan: learners are seated one after another, those whose turn it is and with the least time first."""

import numpy as np

from scheduler.engines.budget import Budget
from scheduler.solve.column_generation.cohort import Cohort
from scheduler.solve.column_generation.grid import Flags, Numbers
from scheduler.solve.column_generation.linear import Market
from scheduler.solve.column_generation.measures import PART, toll_of
from scheduler.solve.column_generation.whole import Share

WAVES = 12
"""So many times those whose path no longer fits are priced anew."""

TOGETHER = 128
"""Classes whose path no longer fits are priced anew so many at a time, where they are seated in turn."""

ROUNDS = 60
"""How deep a search for a cheapest path branches at most."""

GLANCES = 2
"""How deep it branches for a first plan, which needs a lawful path rather than the cheapest one."""


def seat(cohort: Cohort, market: Market, prices: Numbers, budget: Budget) -> Share:
    """Return a plan in which each takes what is cheapest at `prices` of what is left; without time, of the columns there are."""
    return _Seating(cohort, market, prices, budget).run()


def seat_in_turn(cohort: Cohort, market: Market, prices: Numbers, budget: Budget) -> Share:
    """Return a plan in which each takes, in turn, exactly what is cheapest at `prices` of what is left: slower, and better."""
    return _Seating(cohort, market, prices, budget).run_in_turn()


class _Seating:
    """What is left, and which column each class would take next (-1 = none fits any more)."""

    def __init__(self, cohort: Cohort, market: Market, prices: Numbers, budget: Budget) -> None:
        self.cohort, self.market, self.prices, self.budget = cohort, market, prices, budget
        self.toll = toll_of(market.goal, market.promises, [0] * len(market.promises))
        self.dear = 4 * int(self.toll.out.max(initial=PART))
        self.left = market.limits.copy()
        self.wants = np.full(len(market.count), -1, np.int64)
        self.order = np.lexsort((np.arange(len(market.count)), cohort.last_day, market.goal.rate == 0))
        self._choose(np.arange(len(market.count)), prices)

    def run(self) -> Share:
        """Seat in waves: whoever finds something gone looks again at what is left when all others had their turn."""
        share: Share = {}
        waiting = self.market.count.copy()
        self._seat_wave(share, waiting)
        for _ in range(WAVES):
            stuck = self.order[waiting[self.order] > 0]
            if not len(stuck):
                break
            prices = np.where(self.left <= 0, self.dear, self.prices)
            if not self.budget.is_over:
                self.cohort.price(stuck, prices, self.toll, np.full(len(stuck), self.dear), GLANCES)
            self._choose(stuck, prices)
            self._seat_wave(share, waiting)
        return share

    def run_in_turn(self) -> Share:
        """Seat one class after the other; whoever is to find something gone is priced anew before its turn."""
        share: Share = {}
        for turn, owner in enumerate(self.order.tolist()):
            waiting = int(self.market.count[owner])
            while waiting and self._fits_somewhere(turn):
                column = int(self.wants[owner])
                used = self.cohort.pool.used(column)
                seated = min([waiting, *self.left[used].tolist()])
                self.left[used] -= seated
                waiting -= seated
                share[column] = share.get(column, 0) + seated
        return share

    def _fits_somewhere(self, turn: int) -> bool:
        """Make sure that the class whose turn it is wants something that is left; say whether there is anything."""
        if self._are_stuck(self.order[turn : turn + 1])[0]:
            rest = self.order[turn:]
            stuck = rest[self._are_stuck(rest)][:TOGETHER]
            prices = np.where(self.left <= 0, self.dear, self.prices)
            if not self.budget.is_over:
                self.cohort.price(stuck, prices, self.toll, np.full(len(stuck), self.dear), ROUNDS)
            self._choose(stuck, prices)
        return bool(self.wants[self.order[turn]] >= 0)

    def _are_stuck(self, owners: Numbers) -> Flags:
        """Say which classes want something that has run out."""
        wants = self.wants[owners]
        is_gone = np.append(self.left <= 0, values=False)
        stuck: Flags = wants >= 0
        stuck[stuck] = is_gone[self.cohort.pool.uses[wants[stuck]]].any(axis=1)
        return stuck

    def _seat_wave(self, share: Share, waiting: Numbers) -> None:
        """Give each class what it wants, as often as that is left."""
        for owner in self.order[(waiting[self.order] > 0) & (self.wants[self.order] >= 0)].tolist():
            column = int(self.wants[owner])
            used = self.cohort.pool.used(column)
            seated = min([int(waiting[owner]), *self.left[used].tolist()])
            if seated > 0:
                self.left[used] -= seated
                waiting[owner] -= seated
                share[column] = share.get(column, 0) + seated

    def _choose(self, owners: Numbers, prices: Numbers) -> None:
        """Let some classes want their cheapest columns, or none where all cost too much."""
        pool = self.cohort.pool
        costs = pool.costs(prices, self.toll)
        self.wants[owners] = -1
        mine = np.flatnonzero(np.isin(pool.owner, owners) & (costs < self.dear))
        ordered = mine[np.argsort(-costs[mine], kind="stable")]
        self.wants[pool.owner[ordered]] = ordered
