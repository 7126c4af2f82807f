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

DEARER = 8
"""If leaving somebody out was worth its price, it is made so many times dearer."""

TRIES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Prices of limited things, in parts of a day, and what they prove: no plan costs less than `bound` parts.

    A plan costs `day` parts for each day and `left_out` parts for each learner who does not graduate.
    """

    prices: dict[Resource, int]
    day: int
    left_out: int
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
    left_out = 4 * horizon * PART
    fewest: Exchange | None = None
    days = _days(cohort, left_out, budget, tell)
    missing = _left_out(cohort, days.best)
    for _ in range(TRIES):
        if not missing or budget.is_over:
            break
        fewest = fewest or _fewest(cohort, days.best, budget, tell)
        if _proved_count(fewest) >= missing or not days.is_proved:
            break
        left_out *= DEARER
        days = _days(cohort, left_out, budget, tell)
        missing = _left_out(cohort, days.best)
    return _joint(cohort, days, fewest, missing)


def _days(cohort: Cohort, left_out: int, budget: Budget, tell: Tell | None) -> Exchange:
    market = Market(count=cohort.count, limits=cohort.limits, day=PART, left_out=left_out)
    exchange = Exchange(cohort, market, budget, _telling(tell, "days and learners left out"))
    exchange.run()
    return exchange


def _fewest(cohort: Cohort, known: Share, budget: Budget, tell: Tell | None) -> Exchange:
    market = Market(count=cohort.count, limits=cohort.limits, day=0, left_out=PART)
    exchange = Exchange(cohort, market, budget, _telling(tell, "not-graduating"))
    exchange.offer(known)
    exchange.run()
    return exchange


def _telling(tell: Tell | None, goal: str) -> Hear | None:
    if tell is None:
        return None
    return lambda value, bound, columns: tell(f"{goal} ({columns} columns)", value, bound)


def _left_out(cohort: Cohort, share: Share) -> int:
    return int(cohort.count.sum()) - sum(share.values())


def _proved_count(fewest: Exchange) -> int:
    return max(0, -(-fewest.bound // PART))


def _joint(cohort: Cohort, days: Exchange, fewest: Exchange | None, missing: int) -> Joint:
    least = min(missing, _proved_count(fewest)) if fewest else 0
    bounds = {"not-graduating": least}
    share = days.best
    if fewest and _left_out(cohort, fewest.best) < missing:
        share = fewest.best
        missing = _left_out(cohort, share)
    proved = least == missing
    if proved:
        bounds["graduation"] = max(0, -(-(days.bound - missing * days.market.left_out) // PART))
    proofs = [_proof(cohort, each) for each in (fewest, days) if each is not None]
    return Joint(
        paths=tuple(_paths(cohort, share)),
        bounds=bounds,
        is_proved=proved and days.is_proved and share is days.best,
        proofs=tuple(proofs),
        scarce={thing: int(cohort.limits[number]) for thing, number in cohort.things.items()},
    )


def _proof(cohort: Cohort, exchange: Exchange) -> Proof:
    prices = {thing: int(exchange.prices[number]) for thing, number in cohort.things.items() if exchange.prices[number]}
    return Proof(prices=prices, day=exchange.market.day, left_out=exchange.market.left_out, bound=exchange.bound)


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
