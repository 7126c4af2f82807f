"""What a plan counts towards a goal, by class of learners, and what time costs when earlier goals have prices."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from scheduler.solve import proof
from scheduler.solve.column_generation.grid import Numbers

PART = proof.PART
"""Parts of a day: the unit of prices and costs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """By class: `rate` for each day to graduation, one more if that comes after `after` days, `out` for who is left out."""

    rate: Numbers
    out: Numbers
    after: Numbers | None = None

    def of(self, owner: Numbers, days: Numbers) -> Numbers:
        """Return what paths of some classes count, by their days to graduation."""
        found: Numbers = self.rate[owner] * days
        return found if self.after is None else found + (days > self.after[owner])


@dataclass(frozen=True, slots=True, kw_only=True)
class EpsilonConstraint:
    """What an earlier goal has reached, and a later one keeps to."""

    measure: Measure
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """In parts of a day and by class: what a day costs, what each step costs once its day is past, and being left out."""

    rate: Numbers
    out: Numbers
    steps: tuple[tuple[Numbers, int], ...] = field(default=())

    def at(self, which: Numbers | slice) -> "Toll":
        """Return the toll of some classes, in their order."""
        steps = tuple((after[which], price) for after, price in self.steps)
        return Toll(rate=self.rate[which], out=self.out[which], steps=steps)

    def spread(self, whole: Numbers, size: int) -> "Toll":
        """Return the toll of `size` classes, of which these are parts as `whole` says; parts of one cost alike."""
        if len(whole) == size and (whole == np.arange(size)).all():
            return self

        def all_of(each: Numbers) -> Numbers:
            found = np.zeros(size, np.int64)
            found[whole] = each
            return found

        steps = tuple((all_of(after), price) for after, price in self.steps)
        return Toll(rate=all_of(self.rate), out=all_of(self.out), steps=steps)

    def of(self, days: Numbers) -> Numbers:
        """Return what each class pays for its days."""
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
    )
