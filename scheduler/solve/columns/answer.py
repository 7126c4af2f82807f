"""The joint answer of many learners: first the fewest left out, then the fewest days, each with its proof."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from models.instance import Instance
from models.plan import Path
from models.rule import Resource
from scheduler.solve.budget import Budget
from scheduler.solve.columns.blocks import PART
from scheduler.solve.columns.cohort import Cohort
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
    """

    prices: dict[Resource, int]
    day: int
    left_out: int
    missing: int | None
    bound: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint:
    """Paths of those who graduate, bounds of the first two goals where they are known, and their proofs."""

    paths: tuple[Path, ...]
    bounds: dict[str, int]
    is_proved: bool
    proofs: tuple[Proof, ...] = ()
    scarce: dict[Resource, int] = field(default_factory=dict)


def solve_jointly(
    instance: Instance, learners: Sequence[str], settings: Settings, budget: Budget, tell: Tell | None = None
) -> Joint:
    """Plan some learners together, each of whom has a path alone."""
    cohort = Cohort(instance, learners, settings, budget)
    horizon = max((instance.last_day - instance.as_of).days, 1)
    days = Exchange(cohort, Market(count=cohort.count, limits=cohort.limits, day=PART, left_out=4 * horizon * PART))
    days.start(budget, _telling(tell, "graduation"))
    missing = _left_out(cohort, days.best)
    if not missing or budget.is_over:
        return _joint(cohort, days, None, missing)
    fewest = Exchange(cohort, Market(count=cohort.count, limits=cohort.limits, day=0, left_out=PART))
    fewest.offer(days.best)
    fewest.start(budget, _telling(tell, "not-graduating"))
    least = _left_out(cohort, fewest.best)
    if fewest.is_proved and (least < missing or not days.is_proved):
        # The price of leaving somebody out was too low, or half a learner was left out: now their number is fixed.
        market = Market(
            count=cohort.count, limits=cohort.limits, day=PART, left_out=days.market.left_out, missing=least
        )
        again = Exchange(cohort, market)
        again.offer(days.best)
        again.offer(fewest.best)
        again.start(budget, _telling(tell, "graduation"))
        days, missing = again, least
    return _joint(cohort, days, fewest, missing)


def _telling(tell: Tell | None, goal: str) -> Hear | None:
    if tell is None:
        return None
    return lambda value, bound, columns: tell(f"{goal} ({columns} columns)", value, bound)


def _left_out(cohort: Cohort, share: Share) -> int:
    return int(cohort.count.sum()) - sum(share.values())


def _joint(cohort: Cohort, days: Exchange, fewest: Exchange | None, missing: int) -> Joint:
    least = min(missing, max(0, -(-fewest.bound // PART))) if fewest else 0
    bounds = {"not-graduating": least}
    if least == missing:
        priced = missing * days.left_out if days.market.missing is None else 0
        bounds["graduation"] = max(0, -(-(days.bound - priced) // PART))
    proofs = [_proof(cohort, each) for each in (fewest, days) if each is not None]
    return Joint(
        paths=tuple(_paths(cohort, days.best)),
        bounds=bounds,
        is_proved=least == missing and days.is_proved,
        proofs=tuple(proofs),
        scarce={thing: int(cohort.limits[number]) for thing, number in cohort.things.items()},
    )


def _proof(cohort: Cohort, exchange: Exchange) -> Proof:
    prices = {thing: int(exchange.prices[number]) for thing, number in cohort.things.items() if exchange.prices[number]}
    market = exchange.market
    return Proof(
        prices=prices, day=market.day, left_out=exchange.left_out, missing=market.missing, bound=exchange.bound
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
