"""One market of learners as far as it is known: the best plan, the best bound, and the prices that prove it."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from scheduler.engines.budget import Budget
from scheduler.solve.column_generation.cohort import Cohort
from scheduler.solve.column_generation.grid import Numbers
from scheduler.solve.column_generation.linear import Market
from scheduler.solve.column_generation.measures import PART, Toll, toll_of
from scheduler.solve.column_generation.seating import ROUNDS
from scheduler.solve.column_generation.sweep import NEVER
from scheduler.solve.column_generation.whole import Share, amount, is_within

Hear = Callable[[float, float, int], None]
"""Hears of progress: the best value and the bound, and how many columns there are."""


@dataclass(slots=True)
class Bounded:
    """What is known of a market; with a `target` it is enough to know whether a plan reaches it.

    `bound` is what prices prove, in parts of a day; `raised` a bound in whole days that other proofs have raised above it.
    """

    cohort: Cohort
    market: Market
    budget: Budget = field(default_factory=Budget)
    hear: Hear | None = None
    best: Share = field(default_factory=dict)
    value: int = NEVER
    bound: int = -NEVER
    prices: Numbers = field(default_factory=lambda: np.empty(0, np.int64))
    kept: tuple[int, ...] = ()
    target: int | None = None
    least: Numbers = field(default_factory=lambda: np.empty(0, np.int64))
    raised: int = -NEVER
    rounds: int = ROUNDS

    @property
    def is_proved(self) -> bool:
        """Say whether no plan is better: all values are whole days."""
        return self.whole_bound * PART >= self.value

    @property
    def is_settled(self) -> bool:
        """Say whether there is nothing more to find out."""
        target = self.target
        return self.is_proved or (target is not None and (self.value <= target * PART or self.whole_bound > target))

    @property
    def whole_bound(self) -> int:
        """The best bound, rounded up to what a plan can count."""
        return max(-(-self.bound // PART), self.raised)

    @property
    def toll(self) -> Toll:
        """What time costs at the prices of the best bound."""
        return toll_of(self.market.goal, self.market.promises, self.kept)

    def offer(self, share: Share) -> None:
        """Take over a plan if it is better; where waiting may be of use, its paths count as ending as early as they do."""
        if self.market.days_counted:
            share = self.cohort.without_waiting(share)
        value = amount(self.cohort.pool, self.market.count, self.market.goal, share) * PART
        if value < self.value and is_within(self.cohort.pool, self.market, share):
            self.best, self.value = share, value

    def look(self, prices: Numbers, kept: tuple[int, ...]) -> int:
        """Price every class, take over a better bound, and return how many columns are new."""
        market, pool = self.market, self.cohort.pool
        here = np.flatnonzero(market.count)
        toll = toll_of(market.goal, market.promises, kept)
        least = np.minimum(pool.cheapest(pool.costs(prices, toll), len(market.count)), toll.out)
        priced = self.cohort.price(here, prices, toll, least[here], self.rounds)
        least[here] = np.minimum(priced.bound, least[here])
        bound = int((least * market.count).sum() - (prices * market.limits).sum())
        bound -= sum(price * each.most for price, each in zip(kept, market.promises, strict=True))
        if bound > self.bound:
            self.bound, self.prices, self.kept, self.least = bound, prices, kept, least
        if toll.early:
            costs = np.minimum(pool.cheapest(pool.costs(prices, toll), len(market.count)), toll.out)
            below = np.where(market.count > 0, costs, -NEVER)
            return priced.added + self.cohort.wait(prices, toll, market.days_counted, below)
        return priced.added

    def tell(self) -> None:
        """Tell of the best value and the bound."""
        if self.hear:
            self.hear(self.value / PART, max(self.bound / PART, self.raised), len(self.cohort.pool.owner))
