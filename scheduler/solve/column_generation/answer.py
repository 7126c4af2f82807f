"""The joint answer of many learners: first the fewest left out, then the fewest days, each with its proof."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.programme.instance import Instance
from models.programme.plan import Path
from models.rule import Resource
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.solve.alone import Alone
from scheduler.solve.column_generation.cohort import Cohort
from scheduler.solve.column_generation.joint import Exchange
from scheduler.solve.column_generation.measures import PART
from scheduler.solve.column_generation.optimum import Optimum, optimum
from scheduler.solve.column_generation.whole import Share
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
    optimum: Optimum


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
        paths=tuple(paths_of(cohort, found.days.best)),
        bounds=bounds,
        is_proved=found.is_proved,
        proofs=tuple(proofs),
        cohort=cohort,
        optimum=found,
    )


def proof_alone(alone: Mapping[str, Alone]) -> Proof:
    """Return the proof of a plan in which everybody has the own best path: nothing has a price."""
    least = {learner: found.values["graduation"] * PART for learner, found in alone.items() if found.path}
    most = max(least.values(), default=0)
    return Proof(prices={}, day=PART, left_out=most + PART, missing=None, bound=sum(least.values()), least=least)


def _proof(cohort: Cohort, exchange: Exchange) -> Proof:
    prices = {thing: int(exchange.prices[number]) for thing, number in cohort.things.items() if exchange.prices[number]}
    toll, promises = exchange.toll, exchange.market.promises
    least = {
        learner: int(cost) for number, cost in enumerate(exchange.least.tolist()) for learner in cohort.learners(number)
    }
    return Proof(
        prices=prices,
        day=int(toll.rate.max(initial=0)),
        left_out=int(toll.out.max(initial=0)),
        missing=promises[0].most if promises else None,
        bound=exchange.bound,
        least=dict(sorted(least.items())),
    )


def paths_of(cohort: Cohort, share: Share) -> list[Path]:
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
