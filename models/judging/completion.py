"""How far a path leads, as the checker sees it: when each requirement is met, and the day of graduation."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import combinations
from operator import attrgetter

from models.judging.activities import LONG_AGO, Activity, activities_of, qualifies
from models.programme.edition import Edition, Requirement
from models.programme.instance import Instance
from models.programme.plan import Path

_LAST = attrgetter("last")


def counting(edition: Edition, requirement: Requirement, activities: Sequence[Activity]) -> list[Activity]:
    """Return the things that count for a requirement, by their last day: each component once, unless it is repeatable.

    What comes last counts beside others of a pool only once it is done: a plan has met the requirement before it starts.
    """
    pool, components = requirement.pool, edition.component
    early = [code for code in pool if code not in edition.last_codes] or pool
    fitting = [
        activity
        for activity in activities
        if activity.component in components
        and (activity.done or activity.component in early)
        and components[activity.component].worth_for(requirement)
        and qualifies(activity, requirement)
    ]
    counted: list[Activity] = []
    seen: set[str] = set()
    for activity in sorted(fitting, key=_LAST):
        if components[activity.component].repeatable or activity.component not in seen:
            seen.add(activity.component)
            counted.append(activity)
    return counted


def met_on(edition: Edition, requirement: Requirement, activities: Sequence[Activity]) -> date | None:
    """Return the first day by whose end a requirement is met; None if it is not."""
    counted = counting(edition, requirement, activities)
    if any(activity.exempt and edition.component[activity.component].repeatable for activity in counted):
        return LONG_AGO
    found = 0
    for activity in counted:
        found += edition.component[activity.component].worth_for(requirement)
        if found >= requirement.count:
            return activity.last
    return None


def amount_of(edition: Edition, requirement: Requirement, activities: Sequence[Activity]) -> int:
    """Return how many, or how many credits, count for a requirement."""
    counted = counting(edition, requirement, activities)
    return sum(edition.component[activity.component].worth_for(requirement) for activity in counted)


def are_met_on(edition: Edition, activities: Sequence[Activity], day: date) -> bool:
    """Say whether what has ended by a day, and still counts on it, meets all requirements and `last` at once."""
    ended = [each for each in activities if each.last <= day <= _until(edition, each)]
    return None not in last_entry_done(edition, ended) and are_served_on(edition, ended, day)


def are_served_on(edition: Edition, activities: Sequence[Activity], day: date) -> bool:
    """Say whether what still counts on a day meets all requirements at once."""
    still = [each for each in activities if day <= _until(edition, each)]
    lists = {
        each.id: counting(edition, each, [one for one in still if day <= _until(edition, one, each)])
        for each in edition.requirements
    }
    return are_served(edition, lists)


def _until(edition: Edition, activity: Activity, requirement: Requirement | None = None) -> date:
    return date.max if activity.exempt else edition.counts_until(activity.component, activity.last, requirement)


def are_served(edition: Edition, lists: Mapping[str, Sequence[Activity]]) -> bool:
    """Say whether things can be shared out among requirements that are apart, so that all are met.

    `lists` = by requirement what counts for it. A component that is no repeatable one serves as one thing.
    """
    waived = {name for name, counted in lists.items() if any(_is_waiver(edition, activity) for activity in counted)}
    asked = [each for each in edition.requirements if each.id not in waived]
    things: dict[tuple[str, object], frozenset[str]] = {}
    for each in asked:
        for activity in lists[each.id]:
            repeatable = edition.component[activity.component].repeatable
            key = id(activity) if repeatable else activity.component
            things[activity.component, key] = things.get((activity.component, key), frozenset()) | {each.id}
    missing = {tuple(each.count for each in asked)}
    for (code, _), serves in things.items():
        worth = [edition.component[code].worth_for(each) for each in asked]
        ways = [
            [worth[place] if each.id in way else 0 for place, each in enumerate(asked)]
            for way in _ways(serves, edition.apart)
        ]
        missing = {
            tuple(max(0, need - less) for need, less in zip(needs, way, strict=True))
            for needs in missing
            for way in ways
        }
    return any(not any(needs) for needs in missing)


def _is_waiver(edition: Edition, activity: Activity) -> bool:
    return activity.exempt and edition.component[activity.component].repeatable


def _ways(serves: frozenset[str], apart: frozenset[frozenset[str]]) -> list[frozenset[str]]:
    """Return the largest sets of requirements that one thing may serve together."""
    torn = sorted(name for name in serves if any(name in pair and pair <= serves for pair in apart))
    whole = serves.difference(torn)
    sets = [frozenset(some) for size in range(len(torn), -1, -1) for some in combinations(torn, size)]
    fair = [some for some in sets if not any(pair <= some for pair in apart)]
    return [whole | some for some in fair if not any(some < other for other in fair)]


def last_entry_done(edition: Edition, activities: Sequence[Activity]) -> list[date | None]:
    """Return for each entry of `last` the first day by whose end it is done; None if it is not."""
    return [
        min((activity.last for activity in activities if activity.component in entry), default=None)
        for entry in edition.last
    ]


def graduation_of(instance: Instance, path: Path) -> date | None:
    """Return the day of graduation that a path leads to; None if some requirement is never met.

    A path remembers it for the instance it was last asked about.
    """
    known: tuple[Instance, date | None] | None = vars(path).get("_graduation")
    if known is None or known[0] is not instance:
        known = vars(path)["_graduation"] = (instance, _graduation(instance, path))
    return known[1]


def days_met(instance: Instance, path: Path) -> tuple[date | None, ...]:
    """Return the day on which a path meets each requirement; a path remembers them for the instance it was last asked about."""
    known: tuple[Instance, tuple[date | None, ...]] | None = vars(path).get("_days_met")
    if known is None or known[0] is not instance:
        edition, activities = instance.edition_of(path.learner), activities_of(instance, path)
        days = tuple(met_on(edition, requirement, activities) for requirement in edition.requirements)
        known = vars(path)["_days_met"] = (instance, days)
    return known[1]


def _graduation(instance: Instance, path: Path) -> date | None:
    edition = instance.edition_of(path.learner)
    if not edition.counts_plainly:
        return first_day_met(edition, activities_of(instance, path))
    days = [*days_met(instance, path), *last_entry_done(edition, activities_of(instance, path))]
    known = [day for day in days if day is not None]
    if len(known) < len(days):
        return None
    return max(known, default=LONG_AGO)


def first_day_met(edition: Edition, activities: Sequence[Activity]) -> date | None:
    """Return the first day by whose end everything that has ended, and still counts, meets all that is asked; None if none is."""
    days = sorted({LONG_AGO, *(each.last for each in activities)})
    return next((day for day in days if are_met_on(edition, activities, day)), None)


def graduated_on(instance: Instance, learner: str) -> date | None:
    """Return the day on which a learner's records alone meet everything, or None."""
    return graduation_of(instance, Path(learner=learner))
