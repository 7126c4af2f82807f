"""Puts learners on the boundaries: a deadline on a last day, an absence that touches a session, hours that just fit."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from models.programme.time import local
from scheduler.generate.calendar import OfferingDraft
from scheduler.generate.people import PersonDraft, be_busy

MORNING, EVENING = 7, 21  # hours between which people may be asked to sit


def sharpen(chance: random.Random, made: PersonDraft, coming: Sequence[OfferingDraft]) -> None:
    """Put one learner on a boundary of the coming calendar, most of the time."""
    timed = [run for run in coming if run.times]
    if timed:
        chance.choice((_end_on_a_last_day, _touch_a_session, _touch_a_session, _just_fit, _stay))(chance, made, timed)


def _end_on_a_last_day(chance: random.Random, made: PersonDraft, coming: Sequence[OfferingDraft]) -> None:
    late = [run.end for run in coming if run.end > made.enrolled + timedelta(180)]
    if late:
        made.row["deadline"] = chance.choice(late) - timedelta(chance.choice((0, 0, 1)))


def _touch_a_session(chance: random.Random, made: PersonDraft, coming: Sequence[OfferingDraft]) -> None:
    """Make the learner busy right before or right after a session, or for one minute of it."""
    span = chance.choice(chance.choice(coming).spans)
    overlap = chance.choice((0, 0, 1))
    start, end = chance.choice(((span.start - 60, span.start + overlap), (span.end - overlap, span.end + 60)))
    be_busy(made, _wall(start, made.zone), _wall(end, made.zone))


def _just_fit(chance: random.Random, made: PersonDraft, coming: Sequence[OfferingDraft]) -> None:
    """Let the learner's hours begin or end exactly with a session."""
    span = chance.choice(chance.choice(coming).spans)
    start, end = _wall(span.start, made.zone), _wall(span.end, made.zone)
    if start.date() == end.date() and start.hour >= MORNING and end.hour < EVENING:
        hours = chance.choice(((start, end), (start, end.replace(hour=EVENING)), (start.replace(hour=MORNING), end)))
        made.row |= {"earliest": f"{hours[0]:%H:%M}", "latest": f"{max(hours):%H:%M}"}


def _stay(chance: random.Random, made: PersonDraft, coming: Sequence[OfferingDraft]) -> None:
    """Leave the learner as they are."""


def _wall(minute: int, zone: str) -> datetime:
    """Return an instant as a plain local time."""
    return local(minute, zone).replace(tzinfo=None)
