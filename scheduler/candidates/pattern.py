"""How a component meets and who could teach it, as the calendar and the trainers' table state it."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from functools import cache

from models.programme.edition import Component
from models.programme.instance import Instance
from models.programme.offering import Session
from models.programme.time import ClockFoldError, ClockGapError, instant, local, minute_of
from scheduler.candidates.grid import Slot

Beat = tuple[int, int, int | None]
"""One session of a pattern: days and clock minutes after the first one's start, and its length (None = not stated)."""


def component_of(instance: Instance, code: str) -> Component:
    """Return a component as the instance's own edition defines it, or else the first edition that has it."""
    order = sorted(instance.editions.values(), key=lambda edition: (edition.id != instance.edition, edition.id))
    return next(edition.component[code] for edition in order if code in edition.component)


def teachers_of(instance: Instance, code: str, named: Sequence[str] = ()) -> tuple[str, ...]:
    """Return who could teach a component: those who teach it, of `named` if a candidate names any."""
    teaches = {trainer.id: trainer.teaches for trainer in instance.trainers}
    if named:
        return tuple(sorted(each for each in set(named) if code in (teaches.get(each) or (code,))))
    return tuple(sorted(each for each, listed_codes in teaches.items() if code in listed_codes))


def pattern_of(instance: Instance, code: str) -> tuple[Beat, ...] | None:
    """Return how the latest run with session times meets; None where no run states it."""
    runs = [run for run in instance.offerings_of.get(code, ()) if run.sessions]
    if not runs:
        return None
    latest = max(runs, key=lambda run: (run.start, run.id))
    starts = [local(session.start, latest.zone).replace(tzinfo=None) for session in latest.sessions]
    first = min(starts)
    beats = [
        ((start.date() - first.date()).days, minute_of(start) - minute_of(first), session.minutes)
        for start, session in zip(starts, latest.sessions, strict=True)
    ]
    return tuple(sorted(beats, key=lambda beat: beat[:2]))


def with_length(instance: Instance, beats: Sequence[Beat]) -> tuple[Beat, ...]:
    """Fill in the pattern's own length where no run states one."""
    length = instance.slots.minutes if instance.slots else None
    return tuple((days, shift, length if minutes is None else minutes) for days, shift, minutes in beats)


def laid_out(
    instance: Instance, slot: Slot, beats: Sequence[Beat], first: int | None = None
) -> tuple[Session, ...] | str:
    """Lay a pattern out from a local start; return why not where the clocks change then. `first` = the first instant if known."""
    found = []
    for place, (days, shift, minutes) in enumerate(beats):
        start = datetime.combine(slot.day + timedelta(days=days), time()) + timedelta(minutes=slot.minute + shift)
        try:
            moment = first if first is not None and place == 0 else instant(start, instance.zone)
        except (ClockGapError, ClockFoldError) as error:
            return str(error)
        found.append(_session(moment, minutes))
    return tuple(found)


@cache
def _session(start: int, minutes: int | None) -> Session:
    return Session(start=start, minutes=minutes)
