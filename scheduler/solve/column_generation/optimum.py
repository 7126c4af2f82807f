"""The fewest left out, then the fewest days, for all learners or for those whose turn it is."""

from dataclasses import dataclass

import numpy as np

from scheduler.engines.budget import Budget
from scheduler.solve.column_generation.bounded import Hear
from scheduler.solve.column_generation.cohort import Cohort
from scheduler.solve.column_generation.dispatching import dispatched
from scheduler.solve.column_generation.grid import Numbers
from scheduler.solve.column_generation.joint import Exchange
from scheduler.solve.column_generation.linear import Market
from scheduler.solve.column_generation.measures import EpsilonConstraint, Measure
from scheduler.solve.column_generation.tree import Tree, solve_exactly
from scheduler.solve.column_generation.whole import Share, amount
from scheduler.solve.lexicographic import Tell


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
    branches: bool = True,
) -> Optimum:
    """Find the fewest left out, then the fewest days, under some limits and from a plan that is known (may be empty).

    Without `branches` it ends where bound and plan do not meet.
    """
    turn = turn or whole_turn(cohort)
    horizon = max((cohort.instance.last_day - cohort.instance.as_of).days, 1)

    def market(goal: Measure, *more: EpsilonConstraint) -> Market:
        return Market(count=cohort.count, limits=limits, goal=goal, promises=(*turn.promises, *more))

    days = Exchange(cohort, market(turn.weighed(4 * horizon)))
    if not known and not turn.promises and turn.who.all():
        _offer_rules_of_thumb(days)
    days.start(budget, known, telling(tell, "graduation"))
    missing = amount(cohort.pool, cohort.count, turn.left_out, days.best)
    if branches and not missing and not days.is_done:
        Tree(days).run()
    fewest = Exchange(cohort, market(turn.left_out))
    if not missing or budget.is_over:
        return Optimum(days=days, fewest=fewest if missing else None, missing=missing, turn=turn)
    search = solve_exactly if branches else Exchange.start
    search(fewest, budget, days.best, telling(tell, "not-graduating"))
    least = amount(cohort.pool, cohort.count, turn.left_out, fewest.best)
    if fewest.is_proved and (least < missing or not days.is_proved):
        # The price of leaving somebody out was too low, or half a learner was left out: now their number is fixed.
        again = Exchange(cohort, market(turn.days, EpsilonConstraint(measure=turn.left_out, most=least)))
        again.offer(fewest.best)
        search(again, budget, days.best, telling(tell, "graduation"))
        weighed = Optimum(days=days, fewest=fewest, missing=missing, turn=turn)
        return _better(weighed, Optimum(days=again, fewest=fewest, missing=least, turn=turn))
    return Optimum(days=days, fewest=fewest, missing=missing, turn=turn)


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
