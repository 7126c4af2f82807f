"""The joint answer of many learners: first the fewest left out, then the fewest days, each with its proof."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from models.instance import Instance
from models.plan import Path
from models.rule import Resource
from scheduler.solve.alone import Alone
from scheduler.solve.budget import Budget
from scheduler.solve.columns.blocks import PART
from scheduler.solve.columns.cohort import Cohort
from scheduler.solve.columns.grid import Numbers
from scheduler.solve.columns.joint import Exchange, Hear
from scheduler.solve.columns.linear import Market
from scheduler.solve.columns.whole import Share
from scheduler.solve.cpsat import Settings
from scheduler.solve.lexicographic import Tell


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Prices of limited things, in parts of a day, and what they prove: no plan costs less than `bound` parts.

    A plan costs `day` parts for each day and `left_out` parts for each learner who does not graduate; with `missing`, what
    so many of them cost is taken off again: then the bound holds for plans in which exactly so many do not graduate.
    `least` = what the cheapest path of each learner costs at these prices, or leaving the learner out.
    """

    prices: dict[Resource, int]
    day: int
    left_out: int
    missing: int | None
    bound: int
    least: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint:
    """Paths of those who graduate, bounds of the first two goals where they are known, and their proofs."""

    paths: tuple[Path, ...]
    bounds: dict[str, int]
    is_proved: bool
    proofs: tuple[Proof, ...]
    cohort: Cohort
    optimum: "Optimum"


@dataclass(frozen=True, slots=True, kw_only=True)
class Optimum:
    """What the exchanges of one market found: the best days, the fewest left out (None = nobody is), and how many are."""

    days: Exchange
    fewest: Exchange | None
    missing: int

    @property
    def least(self) -> int:
        """How many are left out at least."""
        return min(self.missing, max(0, -(-self.fewest.bound // PART))) if self.fewest else 0

    @property
    def is_proved(self) -> bool:
        """Say whether no plan leaves out fewer, or as many and takes fewer days."""
        return self.least == self.missing and self.days.is_proved

    @property
    def total(self) -> int:
        """The days of the best plan."""
        market = self.days.market
        return (self.days.value - (self.missing * market.left_out if market.missing is None else 0)) // PART

    @property
    def least_total(self) -> int:
        """A bound on the days of every plan that leaves out as many."""
        market = self.days.market
        priced = self.missing * market.left_out if market.missing is None else 0
        return max(0, -(-(self.days.bound - priced) // PART))


def solve_jointly(
    instance: Instance, learners: Sequence[str], settings: Settings, budget: Budget, tell: Tell | None = None
) -> Joint:
    """Plan some learners together, each of whom has a path alone."""
    cohort = Cohort(instance, learners, settings, budget)
    found = optimum(cohort, cohort.limits, {}, budget, tell)
    bounds = {"not-graduating": found.least}
    if found.least == found.missing:
        bounds["graduation"] = found.least_total
    proofs = [_proof(cohort, each) for each in (found.fewest, found.days) if each is not None and len(each.least)]
    return Joint(
        paths=tuple(_paths(cohort, found.days.best)),
        bounds=bounds,
        is_proved=found.is_proved,
        proofs=tuple(proofs),
        cohort=cohort,
        optimum=found,
    )


def optimum(cohort: Cohort, limits: Numbers, known: Share, budget: Budget, tell: Tell | None = None) -> Optimum:
    """Find the fewest left out, then the fewest days, under some limits and from a plan that is known (may be empty)."""
    horizon = max((cohort.instance.last_day - cohort.instance.as_of).days, 1)
    days = Exchange(cohort, Market(count=cohort.count, limits=limits, day=PART, left_out=4 * horizon * PART))
    days.start(budget, known, _telling(tell, "graduation"))
    missing = _left_out(cohort, days.best)
    if not missing or budget.is_over:
        return Optimum(days=days, fewest=None if not missing else _none_known(days), missing=missing)
    fewest = Exchange(cohort, Market(count=cohort.count, limits=limits, day=0, left_out=PART))
    fewest.start(budget, days.best, _telling(tell, "not-graduating"))
    least = _left_out(cohort, fewest.best)
    if fewest.is_proved and (least < missing or not days.is_proved):
        # The price of leaving somebody out was too low, or half a learner was left out: now their number is fixed.
        again = Exchange(cohort, replace(days.market, missing=least))
        again.offer(fewest.best)
        again.start(budget, days.best, _telling(tell, "graduation"))
        days, missing = again, least
    return Optimum(days=days, fewest=fewest, missing=missing)


def _none_known(days: Exchange) -> Exchange:
    """Return an exchange that has proved nothing about who is left out."""
    return Exchange(days.cohort, replace(days.market, day=0, left_out=PART))


def proof_alone(alone: Mapping[str, Alone]) -> Proof:
    """Return the proof of a plan in which everybody has the own best path: nothing has a price."""
    least = {learner: found.values["graduation"] * PART for learner, found in alone.items() if found.path}
    most = max(least.values(), default=0)
    return Proof(prices={}, day=PART, left_out=most + PART, missing=None, bound=sum(least.values()), least=least)


def _telling(tell: Tell | None, goal: str) -> Hear | None:
    if tell is None:
        return None
    return lambda value, bound, columns: tell(f"{goal} ({columns} columns)", value, bound)


def _left_out(cohort: Cohort, share: Share) -> int:
    return int(cohort.count.sum()) - sum(share.values())


def _proof(cohort: Cohort, exchange: Exchange) -> Proof:
    prices = {thing: int(exchange.prices[number]) for thing, number in cohort.things.items() if exchange.prices[number]}
    market = exchange.market
    least = {
        learner: int(cost) for number, cost in enumerate(exchange.least.tolist()) for learner in cohort.learners(number)
    }
    return Proof(
        prices=prices,
        day=market.day,
        left_out=exchange.left_out,
        missing=market.missing,
        bound=exchange.bound,
        least=dict(sorted(least.items())),
    )


def _paths(cohort: Cohort, share: Share) -> list[Path]:
    """Give the columns of each class to its learners, in their order."""
    pool = cohort.pool
    taken: dict[int, list[int]] = {}
    for column in sorted(share, key=lambda each: (int(pool.owner[each]), int(pool.days[each]), each)):
        taken.setdefault(int(pool.owner[column]), []).extend([column] * share[column])
    found = [
        cohort.path(number, learner, pool.drafts[column])
        for number, columns in taken.items()
        for learner, column in zip(cohort.learners(number), columns, strict=False)
    ]
    return sorted(found, key=lambda path: path.learner)
