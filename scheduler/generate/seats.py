"""Seats and places for a talk, sized by how many learners still need them, and the bookings that take some of them."""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from scheduler.generate.calendar import OfferingDraft
from scheduler.generate.catalogue import REQUIRES, SHARES
from scheduler.generate.chances import happens
from scheduler.generate.progress import RecordsDraft

BOOKING_DAYS = 150
BOOKS_AHEAD = 0.25  # a share of the learners


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """Seats for the learners of the instance, and places for a talk, in each coming run of a component."""

    seats: dict[str, int]
    talks: int


def capacity(coming: Iterable[OfferingDraft], people: Iterable[RecordsDraft], factor: float) -> Capacity:
    """Return seats that are `factor` times what an even spread of the demand over all runs would take, at least one."""
    count = Counter(run.entry.code for run in coming)
    demand: dict[str, float] = defaultdict(float)
    talks = 0
    for each in people:
        talks += not each.talk
        for code, times in each.needs():
            demand[code] += times
    seats = {code: max(1, math.ceil(demand[code] * factor / held)) for code, held in count.items()}
    return Capacity(seats=seats, talks=max(1, math.ceil(talks * factor / count["QSS"])))


def book(
    chance: random.Random,
    people: Iterable[RecordsDraft],
    coming: Sequence[OfferingDraft],
    places: Capacity,
    as_of: date,
) -> None:
    """Let a quarter of the people book one or two coming runs that suit them, while there are seats."""
    soon = [run for run in coming if run.start <= as_of + timedelta(BOOKING_DAYS)]
    seated: Counter[str] = Counter()
    talking: Counter[str] = Counter()
    for each in people:
        if not soon or not happens(chance, BOOKS_AHEAD):
            continue
        for run in chance.sample(soon, min(len(soon), 6)):
            if seated[run.id] < places.seats[run.entry.code] and _suits(each, run, as_of):
                talk = run.entry.code == "QSS" and not each.talk and talking[run.id] < places.talks
                each.book(run, "talk" if talk else "")
                seated[run.id] += 1
                talking[run.id] += talk


def _suits(each: RecordsDraft, run: OfferingDraft, as_of: date) -> bool:
    """Say whether a learner needs a run, is ready for it, and can come."""
    code = run.entry.code
    if code == "QSS":
        is_needed = each.shares + sum(other.entry.code == "QSS" for other in each.booked) < SHARES
    else:
        is_needed = any(code == need for need, _ in each.needs())
    prepared = all(need in each.done for need in REQUIRES.get(code, ()))
    starts_late_enough = run.start >= max(as_of, each.person.enrolled) + timedelta(10)
    return is_needed and prepared and starts_late_enough and len(each.booked) <= 1 and each.can_attend(run)
