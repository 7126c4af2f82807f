"""When a learner's clock starts, as the checker reads it from a path."""

from datetime import date

from models.judging.activities import things_of
from models.programme.instance import Instance
from models.programme.plan import Path


def clock_start(instance: Instance, path: Path) -> date | None:
    """Return the day on which the window's clock starts under the edition's reading; None while nothing has started it."""
    edition = instance.edition_of(path.learner)
    enrolled = instance.learner[path.learner].enrolled
    if edition.window is None or edition.window.starts == "enrolment" or enrolled is None:
        return enrolled
    things = [thing for thing in things_of(instance, path) if thing.component in edition.component]
    if edition.window.starts == "first-component":
        others = [thing for thing in things if thing.component not in edition.first_codes and not thing.exempt]
        return min((thing.first for thing in others if thing.first >= enrolled), default=None)
    ends: list[date] = []
    for entry in edition.first:
        days = [max(thing.last, enrolled) for thing in things if thing.component in entry]
        if not days:
            return None
        ends.append(min(days))
    return max(ends, default=enrolled)
