"""Standing bookings that are not going to count: what a learner cannot attend, what comes too late or lacks what it requires."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from models.changes.calendar import cancelled
from models.changes.change import with_edition
from models.judging.activities import activities_of, qualifies
from models.judging.violations import violations
from models.programme.edition import Requirement
from models.programme.instance import Instance
from models.programme.plan import Path, Plan
from models.rules import plan_rules
from models.rules.window import last_day
from scheduler.solve.alone import solve_alone
from scheduler.solve.initial_state import standing_path


def doubtful(instance: Instance, learner: str, planned: Path | None = None) -> Mapping[str, str]:
    """Return why standing bookings of a learner do not count, by offering, in one sentence each.

    What a `planned` path to graduation adds is had. Without such a path a booking is told only if nothing that could still be
    booked would make it count.
    """
    standing = standing_path(instance, learner, graduates=True)
    if planned is not None and planned.graduates:
        return _broken(instance, planned, standing.offerings)
    found = _broken(instance, standing, standing.offerings)
    return {name: words for name, words in found.items() if not _can_count(instance, learner, name, found.keys())}


def _broken(instance: Instance, path: Path, held: Collection[str]) -> dict[str, str]:
    """Return what some bookings of a path break, by offering."""
    rules = [rule for rule in plan_rules() if rule.scope in {"booking", "learner"}]
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


def _can_count(instance: Instance, learner: str, offering: str, told: Collection[str]) -> bool:
    """Say whether a path exists to which a booking is all that is required, without the others that are told."""
    code = instance.offering[offering].component
    needed = Requirement(id=code, title=code, count=1, pool=(code,))
    asked = with_edition(learner, lambda edition: replace(edition, requirements=(needed,)))(instance)
    dropped = [row for row in asked.records if row.learner == learner and row.status == "booked"]
    dropped = [row for row in dropped if row.offering in told and row.offering != offering]
    asked = replace(asked, records=tuple(row for row in asked.records if row not in dropped))
    for run in instance.offerings_of.get(code, ()):
        if run.id != offering:
            asked = cancelled(run.id)(asked)
    return solve_alone(asked, learner).path is not None


def booked_for(instance: Instance, learner: str, requirement: Requirement) -> int:
    """Return how many standing bookings are of a requirement, whether or not they count in the end."""
    path = standing_path(instance, learner, graduates=True)
    standing = [each for each in activities_of(instance, path) if not each.done and qualifies(each, requirement)]
    components = instance.edition_of(learner).component
    labels = {each.label if components[each.component].repeatable else each.component for each in standing}
    return len(labels)
