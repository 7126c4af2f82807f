"""The classes of a branch: each a part of a class of all learners, some of whose members use a thing, or do not."""

from dataclasses import dataclass, replace

import numpy as np

from scheduler.solve.column_generation.blocks import FREE, Restriction
from scheduler.solve.column_generation.bounded import Bounded
from scheduler.solve.column_generation.cohort import Cohort
from scheduler.solve.column_generation.grid import Numbers
from scheduler.solve.column_generation.linear import Market
from scheduler.solve.column_generation.measures import toll_of
from scheduler.solve.column_generation.pool import ColumnPool
from scheduler.solve.column_generation.whole import Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Subclass:
    """Some members of a class, all of whose paths are restricted alike; who is forced to use a thing is not left out."""

    whole: int
    count: int
    restriction: Restriction = FREE

    def forced(self, thing: int, count: int) -> tuple["Subclass", ...]:
        """Return the parts of which `count` members use a thing, and the others may."""
        with_it = replace(self.restriction, forced=self.restriction.forced | {thing})
        return self._parts(with_it, count)

    def closed(self, thing: int, count: int) -> tuple["Subclass", ...]:
        """Return the parts of which all but `count` members do not use a thing, and the others may."""
        without = replace(self.restriction, closed=self.restriction.closed | {thing})
        return self._parts(without, self.count - count)

    def by(self, days: int, count: int) -> tuple["Subclass", ...]:
        """Return the parts of which `count` members graduate within so many days, and the others may."""
        latest = min(days, self.restriction.latest)
        return self._parts(replace(self.restriction, latest=latest), count)

    def after(self, days: int, count: int) -> tuple["Subclass", ...]:
        """Return the parts of which all but `count` members do not graduate within so many days, and the others may."""
        earliest = max(days + 1, self.restriction.earliest)
        return self._parts(replace(self.restriction, earliest=earliest), self.count - count)

    def _parts(self, restriction: Restriction, count: int) -> tuple["Subclass", ...]:
        parts = (replace(self, restriction=restriction, count=count), replace(self, count=self.count - count))
        return tuple(each for each in parts if each.count)


Branch = tuple[Subclass, ...]
"""Everybody, in subclasses."""


def everybody(market: Market) -> Branch:
    """Return the branch in which nothing is restricted."""
    return tuple(
        Subclass(whole=whole, count=int(market.count[whole])) for whole in np.flatnonzero(market.count).tolist()
    )


def split_cohort(cohort: Cohort, branch: Branch) -> Cohort:
    """Return the cohort of a branch, without columns."""
    whole = np.array([each.whole for each in branch], np.int64)
    count = np.array([each.count for each in branch], np.int64)
    return cohort.split(whole, count, [each.restriction for each in branch])


def split_market(market: Market, branch: Branch, dear: int) -> Market:
    """Return the market of a branch; `dear` = what leaving out somebody costs who is not to be."""
    whole = np.array([each.whole for each in branch], np.int64)
    stays = np.array([each.restriction.demands for each in branch], np.bool_)

    goal = market.goal.at(whole)
    return replace(
        market,
        count=np.array([each.count for each in branch], np.int64),
        goal=replace(goal, out=np.where(stays, dear, goal.out)),
        promises=tuple(replace(each, measure=each.measure.at(whole)) for each in market.promises),
    )


def inherit(branch: Branch, here: ColumnPool, columns: Numbers, pool: ColumnPool) -> None:
    """Add to the pool of a branch those of some columns of all that keep its restrictions."""
    by_class: dict[int, list[int]] = {}
    for line, owner in enumerate(pool.owner[columns].tolist()):
        by_class.setdefault(owner, []).append(line)
    owners: list[Numbers] = []
    chosen: list[Numbers] = []
    for number, part in enumerate(branch):
        mine = columns[by_class.get(part.whole, [])]
        mine = mine[_keeps(part.restriction, pool, mine)]
        chosen.append(mine)
        owners.append(np.full(len(mine), number))
    at = np.concatenate(chosen)
    here.add(np.concatenate(owners), pool.days[at], pool.uses[at], [pool.drafts[each] for each in at.tolist()])


def _keeps(restriction: Restriction, pool: ColumnPool, columns: Numbers) -> Numbers:
    """Say of some columns whether each keeps a restriction."""
    uses = pool.uses[columns]
    days = pool.days[columns]
    keeps = (days >= restriction.earliest) & (days <= restriction.latest)
    for thing in sorted(restriction.closed):
        keeps &= ~(uses == thing).any(axis=1)
    for thing in sorted(restriction.forced):
        keeps &= (uses == thing).any(axis=1)
    return np.flatnonzero(keeps)


def handed_back(branch: Branch, cohort: Cohort, share: Share, pool: ColumnPool) -> Share:
    """Add the columns of a branch to those of all, with their own days; return a plan of some of them as one of all learners."""
    here = cohort.pool
    whole = np.array([each.whole for each in branch], np.int64)
    earliest = np.array([each.restriction.earliest for each in branch], np.int64)
    days = here.days.copy()
    for column in np.flatnonzero((days == earliest[here.owner]) & (days > 0)).tolist():
        days[column] = cohort.days(int(here.owner[column]), here.drafts[column])
    numbers = pool.numbers(whole[here.owner], days, here.uses, here.drafts)
    found: Share = {}
    for column, times in share.items():
        found[numbers[column]] = found.get(numbers[column], 0) + times
    return found


def of_use(known: Bounded, prices: Numbers, kept: tuple[int, ...]) -> Numbers:
    """Return the columns that a better plan may hold, as far as the columns so far tell at some prices."""
    pool, market = known.cohort.pool, known.market
    toll = toll_of(market.goal, market.promises, kept)
    costs = pool.costs(prices, toll)
    least = np.minimum(pool.cheapest(costs, len(market.count)), toll.out)
    bound = int((least * market.count).sum() - (prices * market.limits).sum())
    bound -= sum(price * each.most for price, each in zip(kept, market.promises, strict=True))
    near = costs - least[pool.owner] < known.value - bound
    found: Numbers = np.flatnonzero(near & (market.count[pool.owner] > 0))
    return found
