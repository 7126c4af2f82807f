"""The runs that a learner can still have by their dates alone: open or booked, attendable, over by the last day."""

from datetime import date

from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.plan import Booking, Path, Plan
from models.rules import attendance
from models.rules.bookable import closed_because


def fitting_runs(instance: Instance, learner: str, code: str, deadline: date | None) -> list[Offering]:
    """Return the runs of a component that fit one by one; what else is in a plan is not looked at."""
    mine = {booking.offering for booking in instance.initial_state[learner].bookings}
    return [
        run
        for run in instance.offerings_of.get(code, ())
        if (deadline is None or run.end <= deadline)
        and (run.id in mine or closed_because(instance, learner, run) is None)
        and _can_come(instance, learner, run)
    ]


def _can_come(instance: Instance, learner: str, run: Offering) -> bool:
    path = Path(learner=learner, bookings=(Booking(offering=run.id),))
    return not any(attendance.check(instance, Plan(paths=(path,))))
