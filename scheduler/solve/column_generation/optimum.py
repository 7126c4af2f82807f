"""The fewest left out, then the fewest days, for all learners or for those whose turn it is."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from scheduler.engines.budget import Budget
from scheduler.solve.column_generation.bounded import Hear
from scheduler.solve.column_generation.cohort import Cohort
from scheduler.solve.column_generation.dispatching import dispatched
from scheduler.solve.column_generation.grid import Numbers
from scheduler.solve.column_generation.joint import Exchange
from scheduler.solve.column_generation.linear import Market
from scheduler.solve.column_generation.measures import EpsilonConstraint, Measure
from scheduler.solve.column_generation.seating import GLANCES
from scheduler.solve.column_generation.tree import Tree, solve_exactly
from scheduler.solve.column_generation.whole import Share, amount
from scheduler.solve.lexicographic import Tell

Search = Callable[[Exchange, Budget, Share, Hear | None], None]
"""Looks for the best plan of a market, from a plan that is known."""


Depth = Literal["near", "branches"]
"""How far is looked: all columns near the bound, or until bound and plan meet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Whose goals are looked at (1 by class, else 0), and what those before them have been promised."""

    who: Numbers
    promises: tuple[EpsilonConstraint, ...] = ()

    @property
    def days(self) -> Measure:
        """The days to graduation of those who graduate."""
        return Measure(rate=self.who, out=0 * self.who)

    @property
    def left_out(self) -> Measure:
        """How many do not graduate."""
        return Measure(rate=0 * self.who, out=self.who)

    def missing(self, found: Exchange) -> int:
        """Return how many the best plan leaves out."""
        return amount(found.cohort.pool, found.cohort.count, self.left_out, found.best)

    def weighed(self, left_out: int) -> Measure:
        """Return days, and so many days for each who does not graduate."""
        return Measure(rate=self.who, out=left_out * self.who)


@dataclass(frozen=True, slots=True, kw_only=True)
class Optimum:
    """What the exchanges found: the best days, the fewest left out (None = nobody is), how many are, and for whom."""

    days: Exchange
    fewest: Exchange | None
    missing: int
    turn: Turn

    @property
    def least(self) -> int:
        """How many are left out at least."""
        return min(self.missing, max(0, self.fewest.whole_bound)) if self.fewest else 0

    @property
    def is_proved(self) -> bool:
        """Say whether no plan leaves out fewer, or as many and takes fewer days."""
        return self.least == self.missing and self.days.is_proved

    @property
    def total(self) -> int:
        """The days of the best plan."""
        cohort = self.days.cohort
        return amount(cohort.pool, cohort.count, self.turn.days, self.days.best)

    @property
    def least_total(self) -> int:
        """A bound on the days of every plan that leaves out as many."""
        priced = self.missing * int(self.days.market.goal.out.max(initial=0))
        return max(0, self.days.whole_bound - priced)

    def kept(self, *, days: bool = True) -> tuple[EpsilonConstraint, ...]:
        """Return what a later turn keeps to: as few left out, and as few days."""
        promises = (*self.turn.promises, EpsilonConstraint(measure=self.turn.left_out, most=self.missing))
        return (*promises, EpsilonConstraint(measure=self.turn.days, most=self.total)) if days else promises


def whole_turn(cohort: Cohort) -> Turn:
    """Return the turn of everybody."""
    return Turn(who=np.ones(len(cohort.count), np.int64))


def optimum(
    cohort: Cohort,
    limits: Numbers,
    known: Share,
    budget: Budget,
    tell: Tell | None = None,
    turn: Turn | None = None,
    *,
    depth: Depth = "branches",
) -> Optimum:
    """Find the fewest left out, then the fewest days, under some limits and from a plan that is known (may be empty).

    With less than the whole `depth` it may end where bound and plan do not meet.
    """
    turn = turn or whole_turn(cohort)
    horizon = max((cohort.instance.last_day - cohort.instance.as_of).days, 1)
    market = Market(count=cohort.count, limits=limits, goal=turn.weighed(4 * horizon), promises=turn.promises)
    days, branches = Exchange(cohort, market), depth == "branches"
    if not known and not turn.promises and turn.who.all():
        _offer_rules_of_thumb(days)
    days.start(budget, known, telling(tell, "graduation"))
    if branches and not days.is_done and not turn.missing(days):
        Tree(days).run()
    return _with_fewest(days, turn, solve_exactly if branches else Exchange.start, tell)


def branched(found: Optimum, tell: Tell | None = None) -> Optimum:
    """Go on with branches where a search without them has ended: nothing that it found is looked for again."""
    days, fewest = found.days, found.fewest
    if fewest is None:
        if not days.is_done:
            Tree(days).run()
        return _with_fewest(days, found.turn, solve_exactly, tell)
    if not days.market.goal.out.any():
        if not days.is_done:
            Tree(days).run()
        return found
    if not fewest.is_done:
        Tree(fewest).run()
    return _with_as_few(found, solve_exactly, tell)


def _with_fewest(days: Exchange, turn: Turn, search: Search, tell: Tell | None) -> Optimum:
    """Prove how many are left out at least where the best days leave out somebody, and seek the days of so many."""
    cohort = days.cohort
    missing = turn.missing(days)
    if not missing:
        return Optimum(days=days, fewest=None, missing=0, turn=turn)
    fewest = Exchange(cohort, replace(days.market, goal=turn.left_out))
    found = Optimum(days=days, fewest=fewest, missing=missing, turn=turn)
    if days.budget.is_over:
        bound_left_out(fewest, days)
        return found
    search(fewest, days.budget, days.best, telling(tell, "not-graduating"))
    return _with_as_few(found, search, tell)


def bound_left_out(fewest: Exchange, days: Exchange) -> None:
    """Bound how many are left out by the prices of the days, each as a part of what leaving somebody out costs."""
    price = int(days.market.goal.out.max(initial=0))
    if price and len(days.prices):
        fewest.rounds = GLANCES
        fewest.look(days.prices // price, tuple(each // price for each in days.kept))


def _with_as_few(found: Optimum, search: Search, tell: Tell | None) -> Optimum:
    """Seek days once more with the number left out as a constraint, where it is proved and something is yet open."""
    days, turn = found.days, found.turn
    cohort, fewest = days.cohort, found.fewest
    if fewest is None or not fewest.is_proved:
        return found
    least = turn.missing(fewest)
    if least == found.missing and days.is_proved:
        return found
    # The price of leaving somebody out was too low, or half a learner was left out: now their number is fixed.
    promise = EpsilonConstraint(measure=turn.left_out, most=least)
    market = replace(fewest.market, goal=turn.days, promises=(*turn.promises, promise))
    again = Exchange(cohort, market)
    again.offer(fewest.best)
    search(again, days.budget, days.best, telling(tell, "graduation"))
    return _better(found, Optimum(days=again, fewest=fewest, missing=least, turn=turn))


def _better(weighed: Optimum, fixed: Optimum) -> Optimum:
    """Return what says more, where as many are left out: the better bound; both plans are known to it."""
    if fixed.missing < weighed.missing or fixed.is_proved or fixed.least_total > weighed.least_total:
        return fixed
    weighed.days.offer(fixed.days.best)
    return weighed


def _offer_rules_of_thumb(days: Exchange) -> None:
    """Offer what dispatching rules find; it takes no time, so it is done in any case."""
    for share in dispatched(days.cohort, days.market):
        days.offer(share)


def telling(tell: Tell | None, goal: str) -> Hear | None:
    """Return a hearer that tells of a goal."""
    if tell is None:
        return None
    return lambda value, bound, columns: tell(f"{goal} ({columns} columns)", value, bound)
