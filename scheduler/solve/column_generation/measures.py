"""What a plan counts towards a goal, by class of learners, and what time costs when earlier goals have prices."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from scheduler.solve import proof
from scheduler.solve.column_generation.grid import Numbers

PART = proof.PART
"""Parts of a day: the unit of prices and costs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """By class: `rate` for each day to graduation, one more after `after` days, or `by` them; `out` for who is left out."""

    rate: Numbers
    out: Numbers
    after: Numbers | None = None
    by: Numbers | None = None

    def of(self, owner: Numbers, days: Numbers) -> Numbers:
        """Return what paths of some classes count, by their days to graduation."""
        found: Numbers = self.rate[owner] * days
        if self.by is not None:
            found = found + (days <= self.by[owner])
        return found if self.after is None else found + (days > self.after[owner])

    def at(self, which: Numbers) -> "Measure":
        """Return the measure of some classes, in their order."""

        def of(each: Numbers | None) -> Numbers | None:
            return None if each is None else each[which]

        return Measure(rate=self.rate[which], out=self.out[which], after=of(self.after), by=of(self.by))


@dataclass(frozen=True, slots=True, kw_only=True)
class EpsilonConstraint:
    """What an earlier goal has reached, and a later one keeps to."""

    measure: Measure
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """In parts of a day and by class: what a day costs, what each step costs once its day is past, and being left out.

    `early` = what each step costs up to its day: then waiting may be cheaper.
    """

    rate: Numbers
    out: Numbers
    steps: tuple[tuple[Numbers, int], ...] = field(default=())
    early: tuple[tuple[Numbers, int], ...] = field(default=())

    def at(self, which: Numbers | slice) -> "Toll":
        """Return the toll of some classes, in their order."""
        return self._each(lambda each: each[which])

    def spread(self, whole: Numbers, size: int) -> "Toll":
        """Return the toll of `size` classes, of which these are parts as `whole` says; parts of one cost alike."""
        if len(whole) == size and (whole == np.arange(size)).all():
            return self

        def all_of(each: Numbers) -> Numbers:
            found = np.zeros(size, np.int64)
            found[whole] = each
            return found

        return self._each(all_of)

    def _each(self, change: Callable[[Numbers], Numbers]) -> "Toll":
        steps, early = (tuple((change(day), price) for day, price in each) for each in (self.steps, self.early))
        return Toll(rate=change(self.rate), out=change(self.out), steps=steps, early=early)

    def of(self, days: Numbers) -> Numbers:
        """Return what each class pays for its days."""
        total = self.from_on(days)
        for by, price in self.early:
            total = total + price * (days <= by)
        return total

    def from_on(self, days: Numbers) -> Numbers:
        """Return what each class pays at least on these days and all later ones."""
        total: Numbers = self.rate * days
        for after, price in self.steps:
            total = total + price * (days > after)
        return total


def toll_of(goal: Measure, promises: Sequence[EpsilonConstraint], prices: Sequence[int]) -> Toll:
    """Return what time costs when a goal costs whole days and each promise has a price in parts of a day."""
    weighed = [(PART, goal), *((price, each.measure) for price, each in zip(prices, promises, strict=True))]
    return Toll(
        rate=np.sum([price * each.rate for price, each in weighed], axis=0),
        out=np.sum([price * each.out for price, each in weighed], axis=0),
        steps=tuple((each.after, price) for price, each in weighed if each.after is not None and price),
        early=tuple((each.by, price) for price, each in weighed if each.by is not None and price),
    )
