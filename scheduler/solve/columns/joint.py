"""The joint optimum by columns: few left out, then early days, with a bound that is a sum of exact cheapest paths."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from scheduler.solve.budget import Budget
from scheduler.solve.columns.ascent import ascend
from scheduler.solve.columns.cohort import Cohort
from scheduler.solve.columns.grid import Numbers
from scheduler.solve.columns.linear import Linear, Market
from scheduler.solve.columns.measures import PART, Toll, toll_of
from scheduler.solve.columns.seating import ROUNDS, seat, seat_in_turn
from scheduler.solve.columns.sweep import NEVER
from scheduler.solve.columns.whole import Share, amount, is_within, of_paths, remainder, whole

ROUNDING = 1e-5
"""How far from a whole number the linear solver's whole numbers are."""

CLIMBS = 12
"""Where classes are many, so often good prices are looked for before they are made exact."""

SHAKES = 6
"""So often prices are shaken where the columns so far hold no whole plan as good as the bound."""

FEW_NEW = 0.05
"""New columns for a smaller share of the classes than this are left to the exact prices."""

FEW = 1_000
"""Up to so many classes a linear program is quick, and whole numbers are looked for among all of them at once."""

NEAR, FAR = 1, 30
"""So many days a column may cost more than the cheapest of its class when whole numbers are looked for: first few columns."""

Hear = Callable[[float, float, int], None]
"""Hears of progress: the best value and the bound, and how many columns there are."""


@dataclass(slots=True)
class Exchange:
    """Prices and columns in turn, for one market: the best plan, the best bound, and the prices that prove it.

    With a `target` it is enough to know whether a plan reaches it.
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

    def start(self, budget: Budget, known: Share, hear: Hear | None = None, target: int | None = None) -> None:
        """Run within a budget, from a plan that is known (may be empty), and tell how it goes."""
        self.budget, self.hear, self.target = budget, hear, target
        self.offer(known)
        self.run(is_new=not known)

    def run(self, *, is_new: bool) -> None:
        """Seat a first plan, exchange until no column is cheaper, then look for whole numbers."""
        self.prices, self.kept = np.zeros(len(self.market.limits), np.int64), (0,) * len(self.market.promises)
        if is_new:
            self._bound(self.prices, self.kept)
            self._seat()
            self._climb()
        weights = self._exchange()
        if not self.is_settled and not self.budget.is_over:
            self._round(weights)
        if not self.is_settled and not self.market.promises:
            self._seat()  # without time of the columns there are, at the best prices

    def _climb(self) -> None:
        """Find columns at prices that are nearly right, while there are many new ones."""
        if self.market.promises or len(self.market.count) <= FEW:
            return
        prices = self.prices
        for _ in range(CLIMBS):
            if self.budget.is_over:
                return
            prices = ascend(self.cohort.pool, self.market, prices)
            added = self._bound(prices, self.kept)
            self._tell()
            if added <= len(self.market.count) * FEW_NEW:
                break
        self._seat()

    def _exchange(self) -> dict[int, float]:
        """Solve the linear program and price in turn until no column is cheaper; return the last weights."""
        linear = self._linear()
        weights: dict[int, float] = {}
        while not self.budget.is_over and not self.is_settled:
            relaxed = linear.solve(self.budget.left)
            if relaxed is None and not self.budget.is_over:
                columns = np.array(list(linear.columns), np.int64)
                linear = Linear(
                    self.cohort.pool, self.market
                )  # a start from the last basis fails at times: start afresh
                linear.add(columns)
                relaxed = linear.solve(self.budget.left)
            if relaxed is None:
                break
            weights = relaxed.weights
            self._bound(relaxed.prices, relaxed.kept)
            self._tell()
            toll = toll_of(self.market.goal, self.market.promises, relaxed.kept)
            missed = linear.missed(self.cohort.pool.costs(relaxed.prices, toll), toll.out)
            if not len(missed):
                break
            linear.add(missed)
        return weights

    def _linear(self) -> Linear:
        """Return the linear program of the columns that cost little more than the cheapest of their class."""
        linear = Linear(self.cohort.pool, self.market)
        linear.add(np.flatnonzero(self._extra() <= FAR * PART))
        return linear

    def _extra(self) -> Numbers:
        """Return what each column costs more than the cheapest of its class, at the prices of the best bound."""
        toll = self.toll
        costs = self.cohort.pool.costs(self.prices, toll)
        least = np.minimum(self.cohort.pool.cheapest(costs, len(self.market.count)), toll.out)
        found: Numbers = costs - least[self.cohort.pool.owner]
        return found

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
        """The bound, rounded up to what a plan can count."""
        return -(-self.bound // PART)

    @property
    def toll(self) -> Toll:
        """What time costs at the prices of the best bound."""
        return toll_of(self.market.goal, self.market.promises, self.kept)

    def offer(self, share: Share) -> None:
        """Take over a plan if it is better."""
        value = amount(self.cohort.pool, self.market.count, self.market.goal, share) * PART
        if value < self.value and is_within(self.cohort.pool, self.market, share):
            self.best, self.value = share, value

    def _seat(self) -> None:
        if self.market.goal.rate.any():
            self.offer(seat(self.cohort, self.market, self.prices, self.budget))

    def _bound(self, prices: Numbers, kept: tuple[int, ...]) -> int:
        """Price every class, take over a better bound, and return how many columns are new."""
        market, pool = self.market, self.cohort.pool
        everyone = np.arange(len(market.count))
        toll = toll_of(market.goal, market.promises, kept)
        own = np.minimum(pool.cheapest(pool.costs(prices, toll), len(everyone)), toll.out)
        priced = self.cohort.price(everyone, prices, toll, own, ROUNDS)
        least = np.minimum(priced.bound, own)
        bound = int((least * market.count).sum() - (prices * market.limits).sum())
        bound -= sum(price * each.most for price, each in zip(kept, market.promises, strict=True))
        if bound > self.bound:
            self.bound, self.prices, self.kept, self.least = bound, prices, kept, least
        return priced.added

    def _round(self, weights: Mapping[int, float]) -> None:
        """Look for whole numbers: what is whole in the linear plan stays, and a program seats the others; then all anew."""
        fixed = floored(weights)
        nothing: Share = {}
        first = nothing if len(self.market.count) <= FEW else fixed
        self._offer_completed(first, NEAR * PART)
        if self._is_done():
            return
        if not self.market.promises and self.market.goal.rate.any():
            self.offer(seat_in_turn(self.cohort, self.market, self.prices, self.budget))
        for turn, (kept, slack) in enumerate(((fixed, FAR), (nothing, FAR), (nothing, NEVER // PART))):
            if self._is_done():
                return
            if turn:
                self._enrich()
            self._offer_completed(kept, slack * PART)

    def _is_done(self) -> bool:
        return self.is_settled or self.budget.is_over

    def _enrich(self) -> None:
        """Add columns that are cheapest when prices are a little off: whole plans need them beside those of the bound."""
        market = self.market
        everyone, dear = np.arange(len(market.count)), np.full(len(market.count), NEVER)
        chance = np.random.default_rng(len(self.cohort.pool.owner))
        for _ in range(SHAKES):
            if self.budget.is_over:
                return
            shaken = np.rint(self.prices * chance.uniform(0.7, 1.3, len(self.prices))).astype(np.int64)
            shaken += chance.integers(0, NEAR * PART + 1, len(self.prices))
            self.cohort.price(everyone, shaken, self.toll, dear, ROUNDS)

    def _offer_completed(self, fixed: Share, slack: int) -> None:
        """Offer the best plan that keeps a part of one, of the columns that cost little more than the bound."""
        pool, market = self.cohort.pool, self.market
        rest = remainder(pool, market, fixed)
        gap = min(self.value - self.bound, slack)
        near = np.flatnonzero((self._extra() <= gap) & (rest.count[pool.owner] > 0))
        least = self.whole_bound - amount(pool, np.zeros_like(rest.count), of_paths(market.goal), fixed)
        reach = least + (self.value - 1) // PART - self.whole_bound
        share = whole(pool, rest, near, (least, reach), self.budget) if len(near) else {}
        if share is not None:
            joined = dict(fixed)
            for column, times in share.items():
                joined[column] = joined.get(column, 0) + times
            self.offer(joined)
        self._tell()

    def _tell(self) -> None:
        if self.hear:
            self.hear(self.value / PART, self.bound / PART, len(self.cohort.pool.owner))


def floored(weights: Mapping[int, float]) -> Share:
    """Return the whole parts of a linear plan."""
    return {column: int(weight + ROUNDING) for column, weight in weights.items() if weight >= 1 - ROUNDING}
