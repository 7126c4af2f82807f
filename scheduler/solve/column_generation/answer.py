"""The joint answer of many learners: first the fewest left out, then the fewest days, each with its proof."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.programme.instance import Instance
from models.programme.plan import Path
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.solve.column_generation.cohort import Cohort
from scheduler.solve.column_generation.joint import Exchange
from scheduler.solve.column_generation.optimum import Optimum, branched, optimum
from scheduler.solve.column_generation.whole import Share
from scheduler.solve.lexicographic import Tell
from scheduler.solve.proof import Proof


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
    instance: Instance,
    learners: Sequence[str],
    settings: Settings,
    budget: Budget,
    tell: Tell | None = None,
    *,
    branches: bool = True,
) -> Joint:
    """Plan some learners together, each of whom has a path alone; without `branches` it may end before a proof."""
    cohort = Cohort(instance, learners, settings, budget)
    return _joint(cohort, optimum(cohort, cohort.limits, {}, budget, tell, depth="branches" if branches else "near"))


def with_branches(joint: Joint, tell: Tell | None = None) -> Joint:
    """Go on with branches within the same budget, where columns alone have not proved a joint answer."""
    return _joint(joint.cohort, branched(joint.optimum, tell))


def _joint(cohort: Cohort, found: Optimum) -> Joint:
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
