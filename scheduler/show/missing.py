"""What a learner still misses on the planning day, and the last day on which each of it can still be started."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from models.edition import Component, Requirement
from models.instance import Instance
from models.plan import Path
from models.progress import counting, met_on
from models.things import things_of
from scheduler.show.fitting import can_be_had, fitting_runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A requirement that what is done does not meet; `start_by` None = by the dates alone it cannot be met any more."""

    requirement: Requirement
    has: int
    start_by: date | None
    what: str | None


def missing_of(instance: Instance, learner: str, deadline: date | None) -> list[Missing]:
    """Return what is missing, in the edition's order.

    `start_by` looks at the dates of each thing alone, so a plan may have to start earlier, never later.
    """
    edition = instance.edition_of(learner)
    done = things_of(instance, Path(learner=learner))
    found = []
    for requirement in edition.requirements:
        if met_on(edition, requirement, done) is None:
            counted = counting(edition, requirement, done)
            taken = {thing.component for thing in counted if not edition.component[thing.component].repeatable}
            chances = sorted(_chances(instance, learner, requirement, taken, deadline), reverse=True)
            needed = requirement.count - len(counted)
            start, what = chances[needed - 1] if len(chances) >= needed else (None, None)
            found.append(Missing(requirement=requirement, has=len(counted), start_by=start, what=what))
    return found


def _chances(
    instance: Instance, learner: str, requirement: Requirement, taken: set[str], deadline: date | None
) -> Iterator[tuple[date, str]]:
    """Yield the last start of each component that can still count; of a repeatable one, that of each run."""
    for code in requirement.pool:
        component = instance.edition_of(learner).component[code]
        if code in taken or not can_be_had(instance, learner, code, deadline):
            continue
        if component.kind == "task":
            yield _last_start(instance, component, deadline), code
            continue
        runs = [run for run in fitting_runs(instance, learner, code, deadline) if _has_role(run.roles, requirement)]
        starts = [(run.start, run.id) for run in runs]
        yield from starts if component.repeatable else sorted(starts)[-1:]


def _has_role(roles: tuple[tuple[str, int], ...], requirement: Requirement) -> bool:
    return requirement.role is None or requirement.role in dict(roles)


def _last_start(instance: Instance, task: Component, deadline: date | None) -> date:
    """Return the last day on which a task can start; without a limit that of the calendar."""
    return (deadline or instance.last_day) - timedelta(days=task.length - 1)
