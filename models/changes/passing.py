"""Changes that let the planning day pass along a path: the instance as it is on the day on which a learner misses a step."""

from dataclasses import replace
from datetime import date, timedelta

from models.changes.bookings import booked
from models.changes.calendar import of_offering
from models.changes.change import Change
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.people import Record
from models.programme.plan import Booking, Path, TaskStart


def missed(path: Path, offering: str) -> Change:
    """Let a learner follow a path up to the first day of an offering, and miss that one.

    What has ended by then is done, what is under way is booked. What comes later is booked only where it was booked
    before, but stays open to the learner: whoever follows a path has registered in time. What is recorded of days after the
    planning day is as unknown then as it is now.
    """

    def change(instance: Instance) -> Instance:
        day = max(of_offering(instance, offering).start, instance.as_of)
        known = (row for row in instance.records if row.date is None or row.date <= instance.as_of)
        others = tuple(row for row in known if row.learner != path.learner or row.status != "booked")
        held = {booking.offering for booking in instance.initial_state[path.learner].bookings}
        rows = [
            _record(path.learner, booking, instance.offering[booking.offering], offering, day)
            for booking in path.bookings
            if instance.offering[booking.offering].start <= day or booking.offering in held
        ]
        rows += [row for start in path.tasks if (row := _started(instance, path.learner, start, day))]
        return replace(
            instance,
            as_of=day,
            records=(*others, *rows),
            offerings=tuple(_open(path, run) for run in instance.offerings),
        )

    return change


def _record(learner: str, booking: Booking, run: Offering, offering: str, day: date) -> Record:
    row = booked(learner, run, booking.role)
    if run.id == offering:
        return replace(row, status="missed", role=None)
    return replace(row, status="completed", date=run.end, minutes=run.minutes) if run.end < day else row


def _started(instance: Instance, learner: str, start: TaskStart, day: date) -> Record | None:
    """Return the record of a task that has begun by a day; None if it has not."""
    component = instance.component_for(learner, start.component)
    if start.day > day or component is None:
        return None
    end = start.day + timedelta(days=component.length - 1)
    row = Record(learner=learner, component=start.component, status="booked", date=start.day)
    return replace(row, status="completed", date=end) if end < day else row


def _open(path: Path, run: Offering) -> Offering:
    return replace(run, registration_closes=None) if run.id in path.offerings else run
