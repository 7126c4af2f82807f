"""Bookings made, as changes of an instance: what a path newly books is recorded as booked."""

from collections.abc import Iterable
from dataclasses import replace

from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.people import Record
from models.programme.plan import Path


def booked(learner: str, run: Offering, role: str | None = None) -> Record:
    """Return the row of a booking."""
    return Record(learner=learner, component=run.component, status="booked", offering=run.id, role=role)


def with_path(instance: Instance, path: Path) -> Instance:
    """Return the instance in which a path's bookings are made."""
    return with_paths(instance, (path,))


def with_paths(instance: Instance, paths: Iterable[Path]) -> Instance:
    """Return the instance in which the bookings of several learners' paths are made; a new role takes the old one's place."""
    new: list[Record] = []
    gone: set[tuple[str, str]] = set()
    for path in paths:
        kept = instance.initial_state[path.learner].bookings
        changed = [booking for booking in path.bookings if booking not in kept]
        held = {booking.offering for booking in kept}
        gone |= {(path.learner, booking.offering) for booking in changed if booking.offering in held}
        new += [booked(path.learner, instance.offering[each.offering], each.role) for each in changed]
    rows = tuple(
        row for row in instance.records if row.status != "booked" or (row.learner, row.offering or "") not in gone
    )
    return replace(instance, records=(*rows, *new))
