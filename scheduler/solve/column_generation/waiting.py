"""The delays of a joint plan by columns: how many wait more than so many days is a goal, and a promise to later goals."""

import numpy as np

from scheduler.engines.budget import Budget
from scheduler.solve.column_generation.cohort import Cohort
from scheduler.solve.column_generation.grid import Numbers
from scheduler.solve.column_generation.joint import Exchange
from scheduler.solve.column_generation.linear import Market
from scheduler.solve.column_generation.measures import PART, EpsilonConstraint, Measure
from scheduler.solve.column_generation.optimum import Turn, telling
from scheduler.solve.column_generation.tree import solve_exactly
from scheduler.solve.column_generation.whole import Share
from scheduler.solve.lexicographic import Tell
from scheduler.solve.leximin import NEVER


class DelayLevels:
    """Judges the delays of those whose turn it is; `alone` = days to graduation of each class if nobody else took a seat."""

    def __init__(
        self, cohort: Cohort, turn: Turn, alone: Numbers, share: Share, budget: Budget, tell: Tell | None
    ) -> None:
        """Start from a plan that keeps what the turn has promised."""
        self.cohort, self.turn, self.alone, self.share = cohort, turn, alone, share
        self.budget, self.tell = budget, tell
        self.kept: dict[int, EpsilonConstraint] = {}

    @property
    def promises(self) -> tuple[EpsilonConstraint, ...]:
        """What the plan keeps to; of two promises to equally many the one of fewer days says it all."""
        return (*self.turn.promises, *self.kept.values())

    def waits(self) -> list[int]:
        """Return the delays in the best plan, the longest first; NEVER for who does not graduate."""
        pool = self.cohort.pool
        missing = np.where(self.turn.who > 0, self.cohort.count, 0)
        found: list[int] = []
        for column, times in self.share.items():
            owner = int(pool.owner[column])
            if self.turn.who[owner]:
                missing[owner] -= times
                found += [max(0, int(pool.days[column] - self.alone[owner]))] * times
        return sorted(found + [NEVER] * int(missing.sum()), reverse=True)

    def fewest(self, days: int, enough: int | None = None) -> tuple[int, int]:
        """Let as few as possible wait more than `days`."""
        cohort = self.cohort
        market = Market(count=cohort.count, limits=cohort.limits, goal=self._over(days), promises=self.promises)
        exchange = Exchange(cohort, market)
        solve_exactly(exchange, self.budget, self.share, telling(self.tell, f"delayed-over-{days}"), enough)
        self.share = exchange.best
        return exchange.value // PART, exchange.whole_bound

    def keep(self, days: int, most: int) -> None:
        """EpsilonConstraint that no more than `most` wait more than `days`."""
        self.kept[most] = EpsilonConstraint(measure=self._over(days), most=most)

    def _over(self, days: int) -> Measure:
        who = self.turn.who
        return Measure(rate=0 * who, out=who, after=np.where(who > 0, self.alone + days, NEVER))
