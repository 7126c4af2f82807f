"""How far a path leads, as the checker sees it: when each requirement is met, and the day of graduation."""

from collections.abc import Sequence
from datetime import date
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
    return counted[requirement.count - 1].last if len(counted) >= requirement.count else None


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
    """Return for each requirement of the edition the day on which a path meets it; a path remembers them like `things_of`."""
    known: tuple[Instance, tuple[date | None, ...]] | None = vars(path).get("_days_met")
    if known is None or known[0] is not instance:
        edition, activities = instance.edition_of(path.learner), activities_of(instance, path)
        days = tuple(met_on(edition, requirement, activities) for requirement in edition.requirements)
        known = vars(path)["_days_met"] = (instance, days)
    return known[1]


def _graduation(instance: Instance, path: Path) -> date | None:
    edition = instance.edition_of(path.learner)
    days = [*days_met(instance, path), *last_entry_done(edition, activities_of(instance, path))]
    known = [day for day in days if day is not None]
    if len(known) < len(days):
        return None
    return max(known, default=LONG_AGO)


def graduated_on(instance: Instance, learner: str) -> date | None:
    """Return the day on which a learner's records alone meet everything, or None."""
    return graduation_of(instance, Path(learner=learner))
