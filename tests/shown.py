"""A path and what is told of it: its steps and its notes, in one-liners."""

from collections.abc import Sequence
from datetime import date

from models.programme.instance import Instance
from models.programme.plan import Booking, Path, TaskStart
from scheduler.report.steps import Step, steps_of
from scheduler.show.notes import notes_of
from tests.builders import day

FAR = date(2027, 1, 1)


def path(who: str, *booked: str, tasks: Sequence[tuple[str, int]] = ()) -> Path:
    """Return a path; `A1` books a run, `E1:talk` books it in a role."""
    bookings = [Booking(offering=name, role=role or None) for name, _, role in (each.partition(":") for each in booked)]
    starts = [TaskStart(component=code, day=day(number)) for code, number in tasks]
    return Path(learner=who, bookings=tuple(sorted(bookings, key=lambda each: each.offering)), tasks=tuple(starts))


def steps(case: Instance, booked: Path) -> list[Step]:
    """Return the steps of a path."""
    return steps_of(case, booked.learner, booked)


def notes(case: Instance, booked: Path, deadline: date | None = FAR) -> list[str]:
    """Return the notes of a path."""
    return notes_of(case, booked.learner, steps(case, booked), deadline)
