"""How many graduate by a day is a whole number: rows that every plan keeps to, and that linear plans break.

A linear plan lets parts of learners graduate early: as if 7.6 were through by a day by which no plan gets 8 through. That no
plan does is shown by prices of its own, and at most 7 is a row from there on. Its price is due for every path that ends by
the day, so that waiting may be cheaper: columns that end on a later day than their path does are in the linear plan too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from scheduler.solve.column_generation.measures import EpsilonConstraint, Measure
from scheduler.solve.column_generation.subclasses import of_use
from scheduler.solve.column_generation.sweep import NEVER
from scheduler.solve.column_generation.whole import ROUNDING, taken_over

if TYPE_CHECKING:
    from scheduler.solve.column_generation.joint import Exchange

ROUNDS = 24
"""So often rows are looked for, at most."""

PROBES, BROAD = 200, 30
"""So many days are looked at in all; with more classes than so many, as many times fewer."""

GLANCES = 2
"""So often columns are looked for after rows are found, before more rows are."""

PRICINGS = 12
"""So often columns are looked for, at most, to show how many graduate by one day."""

PARTLY = 0.02
"""Of so small a part of a learner nothing is made."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Days (from and to) between which a linear plan lets more than `most` learners graduate, and not one more than that."""

    first: int
    last: int
    most: int


def with_whole_days(known: "Exchange", weights: Mapping[int, float]) -> "tuple[Exchange | None, Mapping[int, float]]":
    """Return an exchange of the same market with such rows (None = none is found), and its linear plan."""
    search = _Counting(known)
    here, found = search.here, taken_over(known.cohort.pool, weights, search.here.cohort.pool)
    is_priced = True
    for _ in range(ROUNDS):
        rows = search.broken(found)
        if here.is_done or (is_priced and not rows):
            break
        here.market = replace(here.market, promises=(*here.market.promises, *rows))
        here.kept = (*here.kept, *(0 for _ in rows))
        found = here.exchange(GLANCES if rows else None)
        is_priced = not rows
    return (here, found) if len(here.market.promises) > len(known.market.promises) else (None, weights)


class _Counting:
    """Looks for days by which a linear plan lets more graduate than any plan can."""

    def __init__(self, known: "Exchange") -> None:
        """Start from what is known, with columns of its own: some of them will wait."""
        self.known = known
        count, pool = known.market.count, known.cohort.pool
        cohort = known.cohort.split(np.arange(len(count)), count, known.cohort.restrictions)
        columns = of_use(known, known.prices, known.kept)
        columns = np.union1d(columns, np.array(list(known.best), np.int64))
        cohort.pool.add(
            pool.owner[columns],
            pool.days[columns],
            pool.uses[columns],
            [pool.drafts[each] for each in columns.tolist()],
        )
        self.here = replace(known, cohort=cohort, best={}, value=NEVER)
        self.here.offer(taken_over(pool, known.best, cohort.pool))
        self.who = known.market.goal.rate > 0
        self.left = max(1, PROBES * BROAD // max(BROAD, len(count)))
        self.fewest: dict[int, int] = {}
        self.looked: set[tuple[int, int]] = set()

    def broken(self, weights: Mapping[int, float]) -> list[EpsilonConstraint]:
        """Return rows that a linear plan breaks."""
        rows: list[EpsilonConstraint] = []
        for stretch in self._stretches(weights):
            day = self._last_day(stretch)
            if day is not None:
                measure = Measure(
                    rate=0 * self.here.market.goal.rate,
                    out=0 * self.here.market.goal.out,
                    by=np.where(self.who, day, -1),
                )
                rows.append(EpsilonConstraint(measure=measure, most=stretch.most))
        return rows

    def _stretches(self, weights: Mapping[int, float]) -> list[_Stretch]:
        """Return where a linear plan counts parts of learners."""
        pool = self.here.cohort.pool
        columns = np.array([each for each in weights if self.who[pool.owner[each]]], np.int64)
        days, at = np.unique(pool.days[columns], return_inverse=True)
        through = np.bincount(at, [weights[each] for each in columns.tolist()], len(days)).cumsum()
        most = np.floor(through + PARTLY).astype(np.int64)
        found: list[_Stretch] = []
        for number in np.unique(most).tolist():
            inside = np.flatnonzero((most == number) & (through > number + PARTLY))
            if len(inside):
                later = np.flatnonzero(most > number)
                end = int(days[later[0]]) - 1 if len(later) else int(pool.days.max())
                found.append(_Stretch(int(days[inside[0]]), end, number))
        return found

    def _last_day(self, stretch: _Stretch) -> int | None:
        """Return the last day of a stretch by which no plan lets more graduate than it says, as far as that is seen."""
        first, last = stretch.first, stretch.last
        day = last
        while first <= day:
            if self._is_shown(day, stretch.most):
                return day
            if day == first:
                return None
            day = (first + day) // 2 if day - first > 1 else first
        return None

    def _is_shown(self, day: int, most: int) -> bool:
        """Say whether it can be shown that no plan lets more learners graduate by a day."""
        everybody = int(self.known.market.count[self.who].sum())
        if (day, most) in self.looked or self.left <= 0 or self.known.budget.is_over:
            return self.fewest.get(day, 0) >= everybody - most
        self.looked.add((day, most))
        self.left -= 1
        self.fewest[day] = max(self.fewest.get(day, 0), self._fewest_late(day, everybody - most))
        return self.fewest[day] >= everybody - most

    def _fewest_late(self, day: int, enough: int) -> int:
        """Return how many do not graduate by a day at least; `enough` is as many as is asked for."""
        known = self.known
        late = Measure(
            rate=0 * known.market.goal.rate, out=self.who.astype(np.int64), after=np.where(self.who, day, NEVER)
        )
        here = replace(
            known,
            market=replace(known.market, goal=late),
            hear=None,
            best={},
            value=NEVER,
            bound=-NEVER,
            raised=-NEVER,
            target=enough - 1,
            far=0,
        )
        here.offer(known.best)
        here.prices, here.kept = np.zeros_like(known.prices), (0,) * len(known.market.promises)
        here.exchange(PRICINGS, enough - 1 + ROUNDING)
        return max(0, here.whole_bound)
