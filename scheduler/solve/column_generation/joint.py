"""The joint optimum by columns: few left out, then early days, with a bound that is a sum of exact cheapest paths."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from scheduler.engines.budget import Budget
from scheduler.solve.column_generation.bounded import Bounded, Hear
from scheduler.solve.column_generation.by_day import with_whole_days
from scheduler.solve.column_generation.climb import MANY, climb
from scheduler.solve.column_generation.dive import dive
from scheduler.solve.column_generation.fixing import dive_by_fixing
from scheduler.solve.column_generation.grid import Numbers
from scheduler.solve.column_generation.linear import Linear, Market
from scheduler.solve.column_generation.measures import PART, toll_of
from scheduler.solve.column_generation.proving import prove_by_windows
from scheduler.solve.column_generation.seating import ROUNDS, seat, seat_in_turn
from scheduler.solve.column_generation.sweep import NEVER
from scheduler.solve.column_generation.whole import (
    ROUNDING,
    Share,
    amount,
    floored,
    joined,
    of_paths,
    remainder,
    taken_over,
    whole,
)

WINDOWS = 1
"""So many windows of columns near the bound are looked into before better plans are looked for."""

SHAKES = 6
"""So often prices are shaken where the columns so far hold no whole plan as good as the bound."""

FEW = 1_000
"""Up to so many classes a linear program is quick, and whole numbers are looked for among all of them at once."""

PARTLY = 0.1
"""A bound lower than the plan by such a part of what a learner who is left out costs."""

PARTS = 40_000
"""So many parts of searches are looked at for all columns that a better plan may hold, before branching."""

PROOF, BROAD = 2_000, 30
"""So many branches are looked at for whole numbers among them; with more classes than so many, as many times fewer."""

LISTED, EACH, EFFORT = 16_000, 100, 200
"""So many parts are looked at before a dive, or so many for each class, and so many branches."""

GLANCES, LISTS = 2, 60
"""So many windows above the bound a brief exchange looks into, and with so many classes at most: it dives with more."""

FINISH = 60.0
"""Seconds for the last of them."""

NEAR, FAR = 1, 30
"""So many days a column may cost more than the cheapest of its class when whole numbers are looked for: first few columns."""


@dataclass(slots=True)
class Exchange(Bounded):
    """Prices and columns in turn, for one market: the best plan, the best bound, and the prices that prove it.

    With a `target` it is enough to know whether a plan reaches it. The linear program starts with the columns that cost no more
    than `far` days above the cheapest of their class. `counted` = the same market with rows of how many graduate by a day.
    A `brief` one ends where a first look for whole numbers, and all columns a little above the bound, prove nothing.
    """

    far: int = FAR
    brief: bool = False
    counted: "Exchange | None" = None

    def start(self, budget: Budget, known: Share, hear: Hear | None = None, target: int | None = None) -> None:
        """Run within a budget, from a plan that is known (may be empty), and tell how it goes."""
        self.budget, self.hear, self.target = budget, hear, target
        self.offer(known)
        self.run(is_new=not known)

    def run(self, *, is_new: bool) -> None:
        """Seat a first plan, exchange until no column is cheaper, then look for whole numbers."""
        self.prices, self.kept = np.zeros(len(self.market.limits), np.int64), (0,) * len(self.market.promises)
        if is_new:
            self.look(self.prices, self.kept)
            climb(self)
            if np.count_nonzero(self.market.count) > MANY:
                self._dive()
                return
            self._seat()
        if np.count_nonzero(self.market.count) > MANY and not self.market.promises:
            return
        weights = self.exchange()
        if self.brief:
            self._glance(weights)
            return
        dive_by_fixing(self, weights)
        if self._counts_parts_of_learners():
            self._seat_last()
            return
        if self._are_days_counted():
            self.counted, weights = with_whole_days(self, weights)
        if self.counted is None:
            self._make_whole(weights)
        else:
            dive_by_fixing(self.counted, weights)
            self.counted._make_whole(weights)  # noqa: SLF001 - of the same kind
            self.take_over(self.counted)

    def _glance(self, weights: Mapping[int, float]) -> None:
        """Look for whole numbers among few columns near the bound; then dive, or prove it by as few where learners are few."""
        if not self.is_done:
            self._offer_completed(floored(weights), NEAR * PART)
        if len(self.market.count) <= LISTS:
            self._list(max(LISTED, EACH * len(self.market.count)), EFFORT)
            return
        dive_by_fixing(self, weights)
        if not self.is_done:
            self._offer_completed(floored(weights), NEAR * PART)

    def _are_days_counted(self) -> bool:
        """Say whether learners who graduate by a day are to be counted: few classes on arrays, and their days are the goal."""
        goal = self.market.goal
        is_sum = bool(goal.rate.any()) and goal.after is None and goal.by is None
        return is_sum and not self.is_done and len(self.market.count) <= FEW and self.cohort.is_on_arrays

    def take_over(self, counted: "Exchange") -> None:
        """Take over the plan and the bound of the same market whose days are counted."""
        self.offer(taken_over(counted.cohort.pool, counted.best, self.cohort.pool))
        self.raised = max(self.raised, counted.whole_bound)
        self.tell()

    def _make_whole(self, weights: Mapping[int, float]) -> None:
        """Look for whole numbers among columns near the bound, which raises it, and then among those near a linear plan."""
        self._list(max(LISTED, EACH * len(self.market.count)), EFFORT, WINDOWS)
        if not self.is_done:
            self._round(weights)
        self._seat_last()

    def _seat_last(self) -> None:
        """Seat once more, without time of the columns there are, at the best prices."""
        if not self.is_settled and not self.market.promises:
            self._seat()

    def _counts_parts_of_learners(self) -> bool:
        """Say whether the bound leaves out parts of learners: whole numbers are then looked for once their number is known."""
        goal = self.market.goal
        price = int(goal.out.max(initial=0))
        is_full = sum(self.best.values()) == self.market.count.sum()
        return bool(price and goal.rate.any() and not is_full) and self.value - self.bound > PARTLY * price * PART

    def _dive(self) -> None:
        """Seat very many learners, a share at a time; the last ones exactly."""
        if self.market.goal.rate.any():
            self.offer(dive(self.cohort, self.market, self.prices, self.budget, FEW, self._finish))
            self.tell()

    def _finish(self, rest: Market) -> Share:
        """Return the best plan of few classes with what is left."""
        last = Exchange(self.cohort, rest)
        last.start(Budget(min(FINISH, self.budget.left), within=self.budget), {})
        return last.best

    def exchange(self, most: int | None = None, above: float = -NEVER) -> dict[int, float]:
        """Solve the linear program and price in turn, so often at `most`, until no column is cheaper; return the last weights.

        It ends too where the linear optimum is not `above` a number of days.
        """
        linear = self.master()
        weights: dict[int, float] = {}
        while most != 0 and not self.budget.is_over and not self.is_settled:
            most = None if most is None else most - 1
            relaxed = linear.solve(self.budget)
            if relaxed is None and not self.budget.is_over:
                columns = np.array(list(linear.columns), np.int64)
                linear = Linear(self.cohort.pool, self.market, self.value)  # a start from the last basis fails at times
                linear.add(columns)
                relaxed = linear.solve(self.budget)
            if relaxed is None or relaxed.value <= above:
                break
            weights = relaxed.weights
            self.look(relaxed.prices, relaxed.kept)
            self.tell()
            if -(-self.bound // PART) >= relaxed.value - ROUNDING:
                break  # with more columns the linear optimum is no higher, and no bound in whole days is above this one
            toll = toll_of(self.market.goal, self.market.promises, relaxed.kept)
            missed = linear.missed(self.cohort.pool.costs(relaxed.prices, toll), toll.out)
            if not len(missed):
                break
            linear.add(missed)
        return weights

    def master(self) -> Linear:
        """Return the linear program of the columns that cost little more than the cheapest of their class, and of the plan."""
        linear = Linear(self.cohort.pool, self.market, self.value)
        good = (self._extra() <= self.far * PART) & (self.market.count[self.cohort.pool.owner] > 0)
        good[list(self.best)] = True  # with these there is a plan that keeps all promises
        linear.add(np.flatnonzero(good))
        return linear

    def _extra(self) -> Numbers:
        """Return what each column costs more than the cheapest of its class, at the prices of the best bound."""
        toll = self.toll
        costs = self.cohort.pool.costs(self.prices, toll)
        least = np.minimum(self.cohort.pool.cheapest(costs, len(self.market.count)), toll.out)
        found: Numbers = costs - least[self.cohort.pool.owner]
        return found

    def _seat(self) -> None:
        if self.market.goal.rate.any():
            self.offer(seat(self.cohort, self.market, self.prices, self.budget))

    def _round(self, weights: Mapping[int, float]) -> None:
        """Look for whole numbers: what is whole in the linear plan stays, and a program seats the others; then all anew."""
        fixed = floored(weights)
        nothing: Share = {}
        self._offer_completed(fixed, NEAR * PART)
        if len(self.market.count) <= FEW and not self.is_done:
            self._offer_completed(nothing, NEAR * PART)
        if self.is_done:
            return
        if not self.market.promises and self.market.goal.rate.any():
            self.offer(seat_in_turn(self.cohort, self.market, self.prices, self.budget))
        for turn, (kept, slack) in enumerate(((fixed, FAR), (nothing, FAR), (nothing, NEVER // PART))):
            if self.is_done:
                return
            if turn:
                self._enrich()
            self._offer_completed(kept, slack * PART)
        self._list(PARTS, PROOF * BROAD // max(BROAD, len(self.market.count)))

    def _list(self, most: int, effort: int, windows: int | None = None) -> None:
        """Look at all columns near the bound, in so many `windows` (None = all), where there are classes few enough."""
        if len(self.market.count) <= FEW and self.cohort.is_on_arrays:
            prove_by_windows(self, most, effort, GLANCES if self.brief else windows)

    @property
    def is_done(self) -> bool:
        """Say whether there is nothing more to find out, or no time for it."""
        return self.is_settled or self.budget.is_over

    def _enrich(self) -> None:
        """Add columns that are cheapest when prices are a little off: whole plans need them beside those of the bound."""
        market = self.market
        everyone = np.flatnonzero(market.count)
        dear = np.full(len(everyone), NEVER)
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
        share = whole(pool, rest, near, (least, reach), self.budget).share if len(near) else {}
        if share is not None:
            self.offer(joined(fixed, share))
        self.tell()
