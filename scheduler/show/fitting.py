"""The runs that a learner can still have by their dates alone: open or booked, attendable, over by the last day."""

from datetime import date

from models.instance import Instance
from models.offering import Offering
from models.plan import Booking, Path, Plan
from models.rules import attendance
from models.rules.bookable import closed_because


def fitting_runs(instance: Instance, learner: str, code: str, deadline: date | None) -> list[Offering]:
    """Return the runs of a component that fit one by one; what else is in a plan is not looked at."""
    mine = {booking.offering for booking in instance.standing[learner].bookings}
    return [
        run
        for run in instance.offerings_of.get(code, ())
        if (deadline is None or run.end <= deadline)
        and (run.id in mine or closed_because(instance, learner, run) is None)
        and _can_come(instance, learner, run)
    ]


def can_be_had(instance: Instance, learner: str, code: str, deadline: date | None) -> bool:
    """Say whether a component is done, or can still be had together with what it needs first, by the dates alone."""
    if any(done.component == code for done in instance.standing[learner].done):
        return True
    component = instance.component_for(learner, code)
    if component is None:
        return False
    if component.kind != "task" and not fitting_runs(instance, learner, code, deadline):
        return False
    return all(any(can_be_had(instance, learner, need, deadline) for need in entry) for entry in component.requires)


def _can_come(instance: Instance, learner: str, run: Offering) -> bool:
    path = Path(learner=learner, bookings=(Booking(offering=run.id),))
    return not any(attendance.check(instance, Plan(paths=(path,))))
