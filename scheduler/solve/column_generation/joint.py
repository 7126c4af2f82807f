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
from scheduler.solve.column_generation.freeing import free_some
from scheduler.solve.column_generation.linear import Linear, Market
from scheduler.solve.column_generation.measures import PART, toll_of
from scheduler.solve.column_generation.proving import prove_by_windows
from scheduler.solve.column_generation.rounding import FAR, FEW, NEAR, extra_of, offer_completed, round_near
from scheduler.solve.column_generation.seating import seat
from scheduler.solve.column_generation.sweep import NEVER
from scheduler.solve.column_generation.whole import (
    ROUNDING,
    Share,
    floored,
    taken_over,
)

WINDOWS = 1
"""So many windows of columns near the bound are looked into before better plans are looked for."""

PARTLY = 0.1
"""A bound lower than the plan by such a part of what a learner who is left out costs."""

PARTS = 40_000
"""So many parts of searches are looked at for all columns that a better plan may hold, before branching."""

PROOF, BROAD = 2_000, 30
"""So many branches are looked at for whole numbers among them; with more classes than so many, as many times fewer."""

LISTED, EACH, EFFORT = 16_000, 100, 200
"""So many parts are looked at before a dive, or so many for each class, and so many branches."""

FIRST_WINDOWS, FEW_CLASSES = 2, 60
"""So many windows above the bound are looked into before a dive, where classes are as few."""

FAR_OFF = 200
"""Where more than one part in so many lies between plan and bound, it is mostly the plan: parts of it are planned anew first."""

BRIEF_ROUNDS, BRIEF_EFFORT = 6, 16
"""So often a brief look prices, and so many branches it looks at."""

FINISH = 60.0
"""Seconds for the last of them."""


@dataclass(slots=True)
class Exchange(Bounded):
    """Prices and columns in turn, for one market: the best plan, the best bound, and the prices that prove it.

    With a `target` it is enough to know whether a plan reaches it. The linear program starts with the columns that cost no more
    than `far` days above the cheapest of their class. `counted` = the same market with rows of how many graduate by a day;
    `listed` = the plan's value and the bound when few columns near the bound were last looked at.
    """

    far: int = FAR
    counted: "Exchange | None" = None
    listed: tuple[int, int] | None = None

    def start(self, budget: Budget, known: Share, hear: Hear | None = None, target: int | None = None) -> None:
        """Run within a budget, from a plan that is known (may be empty), and tell how it goes."""
        self.budget, self.hear, self.target = budget, hear, target
        self.offer(known)
        self.run(is_new=not known)

    def glance(self, budget: Budget, known: Share, before: Bounded) -> None:
        """Look briefly for a proof, from a plan and from the prices of another market: a linear plan, and one look near it."""
        self.budget = budget
        self.offer(known)
        self.look(before.prices, before.kept)
        weights = self.exchange(BRIEF_ROUNDS)
        if not self.is_done:
            offer_completed(self, floored(weights), NEAR * PART, BRIEF_EFFORT)

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
        self._look_first(weights)
        if not self.is_done:
            self._prove(weights)

    def _prove(self, weights: Mapping[int, float]) -> None:
        """Make a linear plan whole, and prove the best one by columns; days only once it is known how many are left out."""
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

    def _look_first(self, weights: Mapping[int, float]) -> None:
        """Look at few columns for whole numbers: those near a linear plan, and all near the bound where classes are few.

        These come first where days count: how many are left out is mostly found sooner by the others, since nearly all columns
        cost the same there.
        """
        is_listed = bool(self.market.goal.rate.any()) and self._are_near_ones_few()
        if is_listed:
            self._list_few(FIRST_WINDOWS)
        if not self.is_done:
            offer_completed(self, floored(weights), NEAR * PART)
        if not self.is_done and not is_listed and self._are_near_ones_few():
            self._list_few(FIRST_WINDOWS)

    def _are_near_ones_few(self) -> bool:
        """Say whether columns near the bound are few enough to be listed before a dive: few classes, and a bound not far off."""
        return len(self.market.count) <= FEW_CLASSES and not self._counts_parts_of_learners()

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
        self._list_few(WINDOWS)
        if not self.is_done and (self.value - self.bound) * FAR_OFF > self.value:
            free_some(self)
        if not self.is_done:
            round_near(self, weights)
        if not self.is_done:
            self._list(PARTS, PROOF * BROAD // max(BROAD, len(self.market.count)), None)
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
        good = (extra_of(self) <= self.far * PART) & (self.market.count[self.cohort.pool.owner] > 0)
        good[list(self.best)] = True  # with these there is a plan that keeps all promises
        linear.add(np.flatnonzero(good))
        return linear

    def _seat(self) -> None:
        if self.market.goal.rate.any():
            self.offer(seat(self.cohort, self.market, self.prices, self.budget))

    def _list_few(self, windows: int) -> None:
        """Look at all columns a little above the bound, unless nothing is known that was not when they were looked at last."""
        if self.listed != (self.value, self.bound):
            self._list(max(LISTED, EACH * len(self.market.count)), EFFORT, windows)
            self.listed = self.value, self.bound

    def _list(self, most: int, effort: int, windows: int | None) -> None:
        """Look at all columns near the bound, where there are classes few enough."""
        if len(self.market.count) <= FEW and self.cohort.is_on_arrays:
            prove_by_windows(self, most, effort, windows)

    @property
    def is_done(self) -> bool:
        """Say whether there is nothing more to find out, or no time for it."""
        return self.is_settled or self.budget.is_over
