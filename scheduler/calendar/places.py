"""Seats and roles of offerings: which a path newly takes, what is left without them, and what a joint plan is worth."""

from collections.abc import Mapping
from dataclasses import replace

from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.plan import Path
from scheduler.solve.answers import Answers
from scheduler.solve.initial_state import standing_path
from scheduler.solve.result import LearnerAnswer

Place = tuple[str, str | None]
"""An offering with a role in it, or None for a seat."""


def value_of(answers: Answers) -> tuple[int, int]:
    """Return how many do not graduate, and the sum of the others' days as numbers."""
    days = [each.graduation for each in answers.of.values()]
    return sum(day is None for day in days), sum(day.toordinal() for day in days if day is not None)


def path_of(instance: Instance, answer: LearnerAnswer) -> Path:
    """Return an answer's path, what is booked anyway where there is none."""
    return answer.path or standing_path(instance, answer.learner)


def news_of(instance: Instance, path: Path) -> list[Place]:
    """Return the seats and places that a path newly takes."""
    before = {booking.offering: booking.role for booking in standing_path(instance, path.learner).bookings}
    seats = [(booking.offering, None) for booking in path.bookings if booking.offering not in before]
    roles = [
        (booking.offering, booking.role)
        for booking in path.bookings
        if booking.role is not None and before.get(booking.offering) != booking.role
    ]
    return [*seats, *roles]


def less(instance: Instance, taken: Mapping[Place, int]) -> Instance:
    """Return an instance in which some seats and places are gone."""
    touched = {offering for offering, _ in taken}
    offerings = tuple(_fuller(run, taken) if run.id in touched else run for run in instance.offerings)
    return instance.with_room(offerings)


def _fuller(run: Offering, taken: Mapping[Place, int]) -> Offering:
    roles = tuple((role, max(0, places - taken.get((run.id, role), 0))) for role, places in run.roles)
    return replace(run, taken=run.taken + taken.get((run.id, None), 0), roles=roles)
