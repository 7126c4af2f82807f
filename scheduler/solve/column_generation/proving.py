"""Whole numbers over all columns near the bound, by the limits that bind: what they cost at least is a bound of every plan.

Most things are limited and never run short, and paths that differ in those alone are too many to list. So only some things are
minded: paths count as equal that use the same of them, and only their limits are rows. That is a relaxation: its optimum is a
bound, and where its plan exceeds no other limit either, it is the best plan. Else what is exceeded is minded too.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from scheduler.solve.column_generation.blocks import Reach
from scheduler.solve.column_generation.cohort import Cohort
from scheduler.solve.column_generation.cuts import strengthened
from scheduler.solve.column_generation.fixing import dive_by_fixing
from scheduler.solve.column_generation.grid import Flags, Numbers
from scheduler.solve.column_generation.linear import Market
from scheduler.solve.column_generation.measures import PART
from scheduler.solve.column_generation.pool import ColumnPool
from scheduler.solve.column_generation.seating import seat_in_turn
from scheduler.solve.column_generation.subclasses import Subclass, handed_back, split_cohort, split_market
from scheduler.solve.column_generation.sweep import NEVER
from scheduler.solve.column_generation.whole import (
    Looked,
    Share,
    amount,
    exceeded,
    floored,
    of_paths,
    taken_over,
    whole,
)

if TYPE_CHECKING:
    from scheduler.solve.column_generation.joint import Exchange

TURNS = 12
"""So often what is exceeded is minded too, at most."""

WINDOW = 16
"""At first columns are looked at that cost up to so many days more than the cheapest of their class."""

WIDER, LITTLE, FEW = 2.0, 1.25, 3_000
"""The next window is so many times wider, or by so much only where more columns than the last were listed."""

USUAL = 1_000
"""With more columns than so many, as many times fewer branches of a program are looked at."""

LARGE = 3
"""One in so many of those who are left is fixed at once where all plans of some columns cost as much."""


def prove(known: "Exchange", most: int, effort: int) -> None:
    """Look at all columns that a better plan may hold, as far as so many parts of searches show them; raise the bound.

    `effort` = branches of each program in whole numbers.
    """
    if known.cohort.is_on_arrays:
        _Proof(known, most, effort).run(known.value - known.bound)
        return
    # What is not on arrays has no near columns: those there are may hold a plan, and raise no bound.
    gap = known.value - known.bound
    everything = np.ones(len(known.market.limits), np.bool_)
    pool, _ = _near(known, gap, most, everything)
    there = known.cohort.pool
    pool.add(there.owner, there.days, there.uses, there.drafts)
    columns = _within(known, pool, gap)
    reach = (known.whole_bound, known.value // PART - 1)
    found = whole(pool, known.market, columns, reach, known.budget, effort)
    known.offer(taken_over(pool, found.share or {}, there) or known.best)
    known.tell()


def prove_by_windows(known: "Exchange", most: int, effort: int, windows: int | None = None) -> None:
    """Prove by columns that cost a little more than the cheapest, then by more, as long as that raises the bound.

    At most so many `windows` are looked into.
    """
    search, window = _Proof(known, most, effort), WINDOW * PART
    while windows != 0 and not (known.is_settled or known.budget.is_over):
        windows = None if windows is None else windows - 1
        gap = known.value - known.bound
        least = min(known.value, known.bound + window)
        search.run(min(window, gap))
        if window >= gap or known.whole_bound * PART < least:
            return
        window = int(window * (WIDER if search.listed <= FEW else LITTLE))


class _Proof:
    """Looks for the best plan of the columns near a bound; what is found to bind is minded from there on."""

    def __init__(self, known: "Exchange", most: int, effort: int) -> None:
        self.known, self.most, self.effort = known, most, effort
        self.minded: Flags = known.prices > 0
        self.listed = 0

    def run(self, gap: int) -> None:
        """Look at the columns that cost up to `gap` more than the cheapest; mind more until their best plan is one of all."""
        known = self.known
        for _ in range(TURNS):
            if known.is_settled or known.budget.is_over:
                return
            short = self._look(gap)
            if not short.any():
                return
            self.minded = self.minded | short

    def _look(self, gap: int) -> Flags:
        """Look once; return what else is to be minded."""
        known, market, minded = self.known, self.known.market, self.minded
        nothing = np.zeros_like(minded)
        pool, complete = _near(known, gap, self.most, minded)
        others = -(-(known.bound + complete) // PART)  # whatever holds a path that is not there costs so much at least
        if others <= known.whole_bound:
            return nothing  # too few are there to raise the bound
        columns = _distinct(pool, _within(known, pool, complete), minded)
        self.listed = len(columns)
        loose = replace(market, limits=np.where(minded, market.limits, market.count.sum()))
        reach = (known.whole_bound, min(known.value // PART, others) - 1)
        found = self._whole(pool, loose, columns, reach)
        known.raised = max(known.raised, min(found.least, others))
        known.tell()
        share = found.share
        if share is None:
            return nothing
        known.offer(taken_over(pool, share, known.cohort.pool))
        known.tell()
        if known.is_settled or amount(pool, market.count, market.goal, share) > known.whole_bound:
            return nothing
        short = exceeded(pool, market, share)
        plan, binding = _written_out(known, pool, share, minded)
        known.offer(plan)
        known.tell()
        return binding if binding.any() else short

    def _whole(self, pool: ColumnPool, market: Market, columns: Numbers, reach: tuple[int, int]) -> Looked:
        """Look for whole numbers among some columns, unless cuts of the linear program alone show that none cost so little."""
        budget = self.known.budget
        cut = strengthened(pool, market, columns, reach[1] + 1, budget)
        if cut.least > reach[1]:
            return Looked(None, reach[1] + 1)
        reach = (max(reach[0], cut.least), reach[1])
        effort = self.effort * USUAL // max(USUAL, len(columns))
        return whole(pool, market, columns, reach, budget, effort, cut.cuts)


def _written_out(known: "Exchange", pool: ColumnPool, share: Share, minded: Flags) -> tuple[Share, Flags]:
    """Look for a plan that uses the same of what is minded, and costs as much, within all limits; say what hinders it."""
    market = known.market
    branch = tuple(_kept_to(known.cohort, pool, column, times, minded) for column, times in share.items())
    aside = split_cohort(known.cohort, branch)
    target = amount(pool, 0 * market.count, of_paths(market.goal), share)
    here = replace(
        known,
        cohort=aside,
        market=split_market(market, branch, known.value // PART + 1),
        hear=None,
        best={},
        value=NEVER,
        bound=-NEVER,
        raised=-NEVER,
        target=target,
    )
    here.look(known.prices, known.kept)
    here.offer(seat_in_turn(aside, here.market, known.prices, known.budget))
    if not here.is_done:
        weights = here.exchange()
        here.offer(floored(weights))
        dive_by_fixing(here, weights, LARGE)
    if not here.is_done:
        columns = np.arange(len(aside.pool.owner))
        here.offer(whole(aside.pool, here.market, columns, (target, target), known.budget).share or {})
    numbers = handed_back(branch, aside, here.best, known.cohort.pool)
    return numbers, (here.prices > 0) & ~minded


def _kept_to(cohort: Cohort, pool: ColumnPool, column: int, times: int, minded: Flags) -> Subclass:
    """Return those who take a column as a class of its own, who use what is minded of it and end as early."""
    owner, used = int(pool.owner[column]), pool.used(column)
    given = cohort.restrictions[owner]
    forced = given.forced | set(used[minded[used]].tolist())
    latest = min(given.latest, int(pool.days[column]))
    return Subclass(whole=owner, count=times, restriction=replace(given, forced=forced, latest=latest))


def _near(known: "Exchange", gap: int, most: int, minded: Flags) -> tuple[ColumnPool, int]:
    """Return columns that cost little more than the cheapest, and up to where none is missing: too many to keep."""
    count = known.market.count
    aside = known.cohort.split(np.arange(len(count)), count, known.cohort.restrictions)
    measures = [known.market.goal, *(each.measure for each in known.market.promises)]
    dated = np.any([(each.rate != 0) | (each.after is not None) | (each.by is not None) for each in measures], axis=0)
    reach = Reach(gap=gap, most=most, budget=known.budget, minded=minded, dated=dated)
    complete = aside.near(np.flatnonzero(count), known.prices, known.toll, known.least, reach)
    # A path for which one stands that uses the same of what is minded and ends earlier may end after a step: so may that one.
    aside.wait(known.prices, known.toll, known.market.days_counted, known.least + gap)
    return aside.pool, complete


def _within(known: "Exchange", pool: ColumnPool, gap: int) -> Numbers:
    """Return the columns that cost less than `gap` more than the least of their class."""
    extra = pool.costs(known.prices, known.toll) - known.least[pool.owner]
    found: Numbers = np.flatnonzero((extra < gap) & (known.market.count[pool.owner] > 0))
    return found


def _distinct(pool: ColumnPool, columns: Numbers, minded: Flags) -> Numbers:
    """Return of columns that use the same of what is minded the first."""
    uses = np.where(np.append(minded, False)[pool.uses[columns]], pool.uses[columns], pool.things)
    uses.sort(axis=1)
    keys = np.column_stack([pool.owner[columns], pool.days[columns], uses])
    _, first = np.unique(keys, axis=0, return_index=True)
    found: Numbers = columns[np.sort(first)]
    return found
