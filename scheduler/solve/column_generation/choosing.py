"""What a branch is divided by: how many of a class graduate by a day, or use a thing; few are tried, the best one is taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Protocol

import numpy as np

from scheduler.solve.column_generation.grid import Numbers
from scheduler.solve.column_generation.joint import Exchange
from scheduler.solve.column_generation.measures import PART
from scheduler.solve.column_generation.pool import ColumnPool
from scheduler.solve.column_generation.rounding import FAR
from scheduler.solve.column_generation.subclasses import Branch, Subclass
from scheduler.solve.column_generation.whole import ROUNDING

TRIED, BROAD = 6, 100
"""So many divisions of each kind are tried on the linear program; with more classes than so many, as many times fewer."""

LITTLE = 0.01
"""A part whose linear bound rises by less (in days) counts as rising by so much."""


class Division(Protocol):
    """A class (by its number in the branch) of which at most `most` members do something, or more."""

    @property
    def number(self) -> int:
        """Return the class."""
        ...

    @property
    def most(self) -> int:
        """Return how many do in the lesser part."""
        ...

    def of(self, part: Subclass) -> tuple[tuple[Subclass, ...], tuple[Subclass, ...]]:
        """Return the classes of both parts."""
        ...

    def columns(self, pool: ColumnPool) -> Numbers:
        """Return the columns whose takers do it."""
        ...


@dataclass(frozen=True, slots=True)
class _Counted:
    """How many of a subclass do something in a linear plan."""

    number: int
    times: float

    @property
    def is_whole(self) -> bool:
        return abs(self.times - round(self.times)) <= ROUNDING

    @property
    def half(self) -> float:
        """How far from the half of a learner."""
        return abs(self.times - int(self.times) - 0.5)

    @property
    def most(self) -> int:
        whole = round(self.times) if self.is_whole else ceil(self.times)
        return max(0, whole - 1)


@dataclass(frozen=True, slots=True)
class ByThing(_Counted):
    """Members who newly use a thing."""

    thing: int

    def of(self, part: Subclass) -> tuple[tuple[Subclass, ...], tuple[Subclass, ...]]:
        """Return the classes of both parts."""
        return part.closed(self.thing, self.most), part.forced(self.thing, self.most + 1)

    def columns(self, pool: ColumnPool) -> Numbers:
        """Return the columns whose takers use it."""
        found: Numbers = np.flatnonzero((pool.owner == self.number) & (pool.uses == self.thing).any(axis=1))
        return found


@dataclass(frozen=True, slots=True)
class ByDay(_Counted):
    """Members who graduate within so many days."""

    days: int
    apart: int

    def of(self, part: Subclass) -> tuple[tuple[Subclass, ...], tuple[Subclass, ...]]:
        """Return the classes of both parts."""
        return part.after(self.days, self.most), part.by(self.days, self.most + 1)

    def columns(self, pool: ColumnPool) -> Numbers:
        """Return the columns whose takers do."""
        found: Numbers = np.flatnonzero((pool.owner == self.number) & (pool.days <= self.days))
        return found


def choose(here: Exchange, branch: Branch, weights: Mapping[int, float]) -> Division | None:
    """Return by what a branch falls apart; None if nothing in it is left to divide."""
    uses = _uses(here, branch, weights)
    by_day = sorted(_days(here, weights), key=lambda each: (each.half, -each.apart, each.number, each.days))
    by_thing = sorted(
        (each for each in uses if not each.is_whole), key=lambda each: (each.half, -here.prices[each.thing])
    )
    if by_day or by_thing:
        tried = max(1, TRIED * BROAD // max(BROAD, len(here.market.count)))
        return _best(here, [*by_day[:tried], *by_thing[:tried]])
    if uses:
        return max(uses, key=lambda each: (here.prices[each.thing], -each.number, -each.thing))
    return None


def _uses(here: Exchange, branch: Branch, weights: Mapping[int, float]) -> list[ByThing]:
    """Return how often each subclass uses each thing of which that is not decided."""
    pool = here.cohort.pool
    times: dict[tuple[int, int], float] = {}
    for column in weights or range(len(pool.owner)):
        number = int(pool.owner[column])
        for thing in pool.used(column).tolist():
            times[number, thing] = times.get((number, thing), 0.0) + weights.get(column, 0.0)
    return [
        ByThing(number, count, thing)
        for (number, thing), count in times.items()
        if thing not in branch[number].restriction.forced
    ]


def _days(here: Exchange, weights: Mapping[int, float]) -> list[ByDay]:
    """Return how many of each subclass graduate by each of the days of a linear plan, where those are not whole numbers."""
    pool, goal = here.cohort.pool, here.market.goal
    shares: dict[int, dict[int, float]] = {}
    for column, weight in weights.items():
        number, days = int(pool.owner[column]), int(pool.days[column])
        if goal.rate[number] > 0:
            mine = shares.setdefault(number, {})
            mine[days] = mine.get(days, 0.0) + weight
    found = []
    for number, mine in shares.items():
        times, ordered = 0.0, sorted(mine)
        for days, later in zip(ordered, [*ordered[1:], None], strict=True):
            times += mine[days]
            apart = int(goal.out[number]) if later is None else later - days
            found.append(ByDay(number, times, days, apart))
    return [each for each in found if not each.is_whole]


def _best(here: Exchange, candidates: Sequence[Division]) -> Division:
    """Try some divisions on the linear program of the columns there are; take the one of which both parts are dearest."""
    here.far = FAR  # with few columns every division looks dear
    master = here.master()
    relaxed = master.solve(here.budget)
    if relaxed is None or len(candidates) == 1:
        return candidates[0]
    value = here.value / PART
    base = float(master.objective.Value())

    def worth(each: Division) -> float:
        columns = each.columns(here.cohort.pool)
        sides = ((0.0, float(each.most)), (each.most + 1.0, float(here.market.count[each.number])))
        gains = [min(value, master.tried(columns, *side, here.budget)) - base for side in sides]
        return max(LITTLE, gains[0]) * max(LITTLE, gains[1])

    return max(candidates, key=worth)
