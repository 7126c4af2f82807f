"""The rules that column generation handles. Whoever has another one in force is priced by the general model of all rules."""

from collections.abc import Iterable

from models.programme.instance import Instance
from models.rules import plan_rules

BY_ARRAYS = frozenset(
    {"clashes", "courses_at_once", "first", "gate", "kept", "last", "once", "prerequisites", "requirements", "tasks"}
    | {"weekly_hours", "window"}
)
"""A learner's rules that the array pricing keeps to. Rules of single bookings need no name: they thin out what it looks at."""

BY_MASTER = frozenset({"seats", "role_places"})
"""The shared rules whose limits are rows of the master, with a price each."""


def is_priced_by_arrays(instance: Instance, learner: str) -> bool:
    """Say whether the array pricing knows every rule that may bind a learner, and the learner's edition is that of others."""
    return learner not in instance.waived_for and not any(
        rule.scope == "learner" and rule.name not in BY_ARRAYS and rule.applies(instance, learner)
        for rule in plan_rules()
    )


def are_limits_priced(instance: Instance, learners: Iterable[str]) -> bool:
    """Say whether the master knows everything that some learners share; without it, its bounds hold and its plans may not."""
    others = [rule for rule in plan_rules() if rule.scope == "shared" and rule.name not in BY_MASTER]
    return not any(rule.applies(instance, learner) for rule in others for learner in learners)
