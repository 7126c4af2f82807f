"""Made-up groups of learners whose own best paths do not fit together."""

from collections.abc import Iterator

from models.programme.instance import Instance
from scheduler.solve.alone import Alone, solve_alone
from scheduler.solve.initial_state import union
from scheduler.solve.paths import planned_in
from scheduler.solve.together import is_compatible
from tests.small_words import Size
from tests.strategies import made

SCARCE = frozenset({"seats", "window", "records"})


def crowded(seeds: range, learners: int, offerings: int) -> Iterator[tuple[int, Instance, dict[str, Alone]]]:
    """Make instances in which seats or places bind, with those who have a path alone."""
    for seed in seeds:
        size = Size(learners=learners, offerings=offerings, horizon=90, edges=bool(seed % 2), strict=SCARCE)
        instance = made(seed, size)
        found = {each: solve_alone(instance, each) for each in planned_in(instance)}
        able = {learner: alone for learner, alone in found.items() if alone.path is not None}
        paths = [alone.path for alone in able.values() if alone.path is not None]
        if not is_compatible(instance, union(paths)):
            yield seed, instance, able
