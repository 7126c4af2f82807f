"""The best joint plan of a few learners by brute force: every lawful path of each, put together where nothing is crowded."""

import datetime as dt
from itertools import product

from models.programme.instance import Instance
from models.programme.plan import Path, Plan
from tests.oracle_wide_laws import day_of
from tests.oracle_wide_paths import crowded, lawful_paths, state


def planned(instance: Instance) -> list[str]:
    """Return who has something to plan."""
    return [who.id for who in instance.learners if state(instance, who.id) == "planned"]


def may_give_up(instance: Instance) -> bool:
    """Say whether somebody may give up a seat: then what is left to others is not what stands now."""
    return any(who.free or who.releases for who in instance.learners)


def least_together(instance: Instance) -> tuple[int, int]:
    """Return how few do not graduate in a joint plan, and how few days the others need in all; nobody gives up a seat."""
    ways = [_ways(instance, who) for who in planned(instance)]
    found: list[tuple[int, int]] = []
    for chosen in product(*ways):
        value = (sum(not path.graduates for path, _ in chosen), sum(days for _, days in chosen))
        if not found or value < found[0]:
            paths = tuple(path for path, _ in chosen)
            if not crowded(instance, Plan(paths=paths)):
                found = [value]
    return found[0]


def _ways(instance: Instance, learner: str) -> list[tuple[Path, int]]:
    """Return for each set of seats the path that graduates first, the soonest first, and the path that keeps what stands."""
    best: dict[object, tuple[Path, int]] = {}
    for path in lawful_paths(instance, learner):
        day = day_of(instance, path)
        days = (max(day or dt.date.min, instance.as_of) - instance.as_of).days
        if day is not None and (path.bookings not in best or days < best[path.bookings][1]):
            best[path.bookings] = (path, days)
    standing = instance.initial_state[learner]
    stays = Path(learner=learner, graduates=False, bookings=standing.bookings, tasks=standing.tasks)
    return [*sorted(best.values(), key=lambda way: way[1]), (stays, 0)]
