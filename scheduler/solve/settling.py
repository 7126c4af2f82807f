"""The goals after the first two, learner by learner: each takes the best path on what the others leave."""

from collections import Counter
from collections.abc import Sequence

from models.judging.completion import graduation_of
from models.programme.instance import Instance
from models.programme.plan import Path
from models.rule import Resource
from scheduler.engines.budget import Budget
from scheduler.solve.grounds import ground_of
from scheduler.solve.offers import Ground
from scheduler.solve.search import search_on
from scheduler.solve.sharing import limits_of, uses_of

PARTS = 12
"""Parts looked at for one learner: whoever needs more keeps the path there is."""


def settle(instance: Instance, paths: Sequence[Path], budget: Budget) -> list[Path]:
    """Return paths of the same learners, none of which graduates later; limits are kept to."""
    left = Counter(limits_of(instance))
    uses = {path.learner: uses_of(instance, path) for path in paths}
    for used in uses.values():
        left.subtract(used)
    settled: list[Path] = []
    for path in paths:
        left.update(uses[path.learner])
        better = None if budget.is_over else _best_on_what_is_left(instance, path, left)
        chosen = better or path
        left.subtract(uses_of(instance, chosen))
        settled.append(chosen)
    return settled


def _best_on_what_is_left(instance: Instance, path: Path, left: Counter[Resource]) -> Path | None:
    """Return a learner's best path that takes nothing that has run out; None where it is not found or graduates later."""
    ground = ground_of(instance, path.learner)
    if ground is None:
        return None
    _close(ground, {each for each, count in left.items() if count <= 0})
    found = search_on(instance, ground, PARTS).path
    if found is None:
        return None
    now, before = graduation_of(instance, found), graduation_of(instance, path)
    return found if now is not None and before is not None and now <= before else None


def _close(ground: Ground, gone: set[Resource]) -> None:
    """Take from a learner's ground every new seat and role that has run out."""
    for offers in ground.offers.values():
        offers[:] = [offer for offer in offers if offer.kept or ("seats", offer.id) not in gone]
    kept = ground.choices.kept
    for requirement, _ in ground.needs:
        role = requirement.role
        if role is None:
            continue
        counting = ground.counting[requirement.id]
        for code, ids in counting.items():
            full = {each for each in ids if ("role_places", each, role) in gone}
            counting[code] = ids - {each for each in full if each not in kept or kept[each].role != role}
