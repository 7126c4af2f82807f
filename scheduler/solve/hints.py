"""Where a search starts: the values of the choices that a known plan decides."""

from models.formulation.formulate import Formulation
from models.programme.plan import Plan


def hint_of(formulation: Formulation, plan: Plan) -> dict[int, int]:
    """Return the values of the choices that a plan decides."""
    values: dict[int, int] = {}
    for choices in formulation.everyone:
        path = plan.path[choices.learner.id]
        if choices.graduates is not None:
            values[choices.graduates] = int(path.graduates)
        roles = {booking.offering: booking.role for booking in path.bookings}
        for run in (run for runs in choices.runs.values() for run in runs):
            values[run.book] = int(run.offering.id in roles)
            values |= {literal: int(roles.get(run.offering.id) == role) for role, literal in run.plays.items()}
        starts = {start.component: start.day for start in path.tasks}
        for code, task in choices.tasks.items():
            values[task.does] = int(code in starts)
            if code in starts:
                values[task.start] = starts[code].toordinal()
    return values
