"""Standing bookings that are not going to count: what a learner cannot attend, what comes too late or lacks what it requires."""

from collections.abc import Mapping

from models.judging.activities import activities_of, qualifies
from models.judging.violations import violations
from models.programme.edition import Requirement
from models.programme.instance import Instance
from models.programme.plan import Path, Plan
from models.rules import plan_rules
from models.rules.window import last_day
from scheduler.solve.initial_state import standing_path


def doubtful(instance: Instance, learner: str, planned: Path | None = None) -> Mapping[str, str]:
    """Return why standing bookings of a learner do not count, by offering, in one sentence each.

    With a `planned` path to graduation what it adds is had: a booking whose first part is only planned so far does count.
    """
    standing = standing_path(instance, learner, graduates=True)
    path = planned if planned is not None and planned.graduates else standing
    rules = [rule for rule in plan_rules() if rule.scope in {"booking", "learner"}]
    held = standing.offerings
    found: dict[str, str] = {}
    for broken in violations(instance, Plan(paths=(path,)), rules):
        about = broken.offerings[0] if broken.offerings else ""
        if about in held and broken.rule != "once":
            found.setdefault(about, broken.sentence)
    last = last_day(instance, path)
    for name in sorted(held):
        run = instance.offering[name]
        if last is not None and run.end > last:
            found.setdefault(name, f"{name} ends on {run.end}, and the window ends {last}")
    return found


def booked_for(instance: Instance, learner: str, requirement: Requirement) -> int:
    """Return how many standing bookings are of a requirement, whether or not they count in the end."""
    path = standing_path(instance, learner, graduates=True)
    standing = [each for each in activities_of(instance, path) if not each.done and qualifies(each, requirement)]
    components = instance.edition_of(learner).component
    labels = {each.label if components[each.component].repeatable else each.component for each in standing}
    return len(labels)
