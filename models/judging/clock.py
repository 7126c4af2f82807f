"""When a learner's clock starts, as the checker reads it from a path."""

from datetime import date

from models.judging.activities import activities_of
from models.programme.instance import Instance
from models.programme.plan import Path


def clock_start(instance: Instance, path: Path) -> date | None:
    """Return the day on which the window's clock starts under the edition's reading; None while nothing has started it."""
    edition = instance.edition_of(path.learner)
    enrolled = instance.learner[path.learner].enrolled
    if edition.window is None or edition.window.starts == "enrolment" or enrolled is None:
        return enrolled
    activities = [activity for activity in activities_of(instance, path) if activity.component in edition.component]
    if edition.window.starts == "first-component":
        others = [
            activity for activity in activities if activity.component not in edition.first_codes and not activity.exempt
        ]
        return min((activity.first for activity in others if activity.first >= enrolled), default=None)
    ends: list[date] = []
    for entry in edition.first:
        days = [max(activity.last, enrolled) for activity in activities if activity.component in entry]
        if not days:
            return None
        ends.append(min(days))
    return max(ends, default=enrolled)
