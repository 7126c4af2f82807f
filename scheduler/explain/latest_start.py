"""The last day on which what is still missing for a requirement can be started, by the array search."""

from collections.abc import Sequence
from copy import copy
from datetime import date

from models.formulation.learner_variables import OfferingVariables
from models.formulation.requirement_terms import Countable
from models.programme.edition import Requirement
from models.programme.plan import Path
from scheduler.solve.offers import Ground
from scheduler.solve.search import Found, search_before


def latest_start(ground: Ground, requirement: Requirement, new: Sequence[Countable]) -> tuple[int, str] | None:
    """Return the last day number on which the first of `new` starts in a path to graduation, and that offering.

    None where the array search cannot say: self-paced tasks may start on any day, and some things count by a role alone.
    """
    highs = ground.choices.model.highs
    runs = {each.chosen.offering.id: each for each in new if isinstance(each.chosen, OfferingVariables)}
    by_booking = all(each.literal == each.chosen.book for each in runs.values())  # type: ignore[union-attr]
    if len(runs) < len(new) or (requirement.role is None and not by_booking):
        return None
    first_day = {name: each.chosen.first_day for name, each in runs.items() if highs[each.literal]}  # type: ignore[union-attr]
    days = sorted(set(first_day.values()))
    low, high, path = 0, len(days), None
    while low < high:
        middle = (low + high) // 2
        found = _from_day_on(ground, requirement, first_day, days[middle])
        if found.path is not None:
            low, path = middle + 1, found.path
        elif found.impossible:
            high = middle
        else:
            return None
    return None if path is None else _first_taken(path, requirement, first_day)


def _from_day_on(ground: Ground, requirement: Requirement, first_day: dict[str, int], day: int) -> Found:
    """Look for a path that takes nothing of what is missing before a day."""
    early = frozenset(name for name, start in first_day.items() if start < day)
    if requirement.role is None:
        return search_before(ground, date.max, early)
    later = copy(ground)
    counting = {code: ids - early for code, ids in ground.counting[requirement.id].items()}
    later.counting = {**ground.counting, requirement.id: counting}
    return search_before(later, date.max)


def _first_taken(path: Path, requirement: Requirement, first_day: dict[str, int]) -> tuple[int, str]:
    taken = (booking.offering for booking in path.bookings if booking.role == requirement.role or not requirement.role)
    return min((first_day[name], name) for name in taken if name in first_day)
