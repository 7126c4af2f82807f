"""The rules that column generation handles. Whoever has another one in force is priced by the general model of all rules."""

from collections.abc import Iterable

from models.programme.edition import Edition
from models.programme.instance import Instance
from models.rules import plan_rules

BY_ARRAYS = frozenset(
    {"clashes", "courses_at_once", "first", "gate", "kept", "last", "once", "prerequisites", "requirements", "tasks"}
    | {"weekly_hours", "window"}
)
"""A learner's rules that the array pricing keeps to. Rules of single bookings need no name: they thin out what it looks at."""

OF_BOOKINGS = frozenset({"attendance", "bookable"})
"""The rules of single bookings that are known to read nothing that two learners with the same data could differ in."""

BETWEEN_RUNS = "days_between"
"""A rule that forbids pairs: the array pricing keeps to it where it is about offerings alone, and not about tasks."""

FEW = 60
"""So few learners of whom that rule holds are priced one by one, exactly; for more, bounds are not made exact by branching."""

BY_MASTER = frozenset({"seats", "role_places"})
"""The shared rules whose limits are rows of the master, with a price each."""


def is_priced_by_arrays(instance: Instance, learner: str) -> bool:
    """Say whether the array pricing knows every rule that may bind a learner, and the learner's edition is that of others."""
    between = len(instance.learners) > FEW and _is_between_runs(instance.edition_of(learner))
    known = BY_ARRAYS | ({BETWEEN_RUNS} if between else set())
    return learner not in instance.waived_for and not any(
        rule.scope == "learner" and rule.name not in known and rule.applies(instance, learner) for rule in plan_rules()
    )


def are_equals_alike() -> bool:
    """Say whether learners with the same data are surely open to the same offerings: no rule may read their names."""
    return all(rule.name in OF_BOOKINGS for rule in plan_rules() if rule.scope == "booking")


def _is_between_runs(edition: Edition) -> bool:
    tasks = {"task"} | {component.code for component in edition.components if component.kind == "task"}
    return all(key not in tasks for key, _ in edition.days_between)


def are_limits_priced(instance: Instance, learners: Iterable[str]) -> bool:
    """Say whether the master knows everything that some learners share; without it, its bounds hold and its plans may not."""
    others = [rule for rule in plan_rules() if rule.scope == "shared" and rule.name not in BY_MASTER]
    return not any(rule.applies(instance, learner) for rule in others for learner in learners)
