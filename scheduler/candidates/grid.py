"""The local starts of the pattern in instance.yaml, without days off and what the clocks skip."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from models.programme.instance import Instance
from models.programme.people import Slots
from models.programme.time import ClockFoldError, ClockGapError, instant
from models.programme.words import clock, listed, plural
from scheduler.candidates.policy import first_new_day, why_off

SHOWN = 4


@dataclass(frozen=True, slots=True)
class Slot:
    """A local start in the pattern."""

    day: date
    minute: int


def grid_of(instance: Instance, notes: list[str]) -> list[Slot]:
    """Return the local starts of the pattern that lie ahead, and note the days that fall out."""
    slots = instance.slots
    if slots is None:
        return []
    first = max(slots.first, first_new_day(instance))
    days = [slots.first + timedelta(days=number) for number in range((slots.last - slots.first).days + 1)]
    days = [day for day in days if day.weekday() in slots.weekdays]
    early = sum(day < first for day in days)
    if early:
        notes.append(f"{plural(early, 'day')} of the pattern before {first} left out: {_notice(instance, slots)}.")
    found, off = [], {}
    for day in (day for day in days if day >= first):
        why = why_off(instance, day)
        if why:
            off[day] = why
        else:
            found += [Slot(day, minute) for minute in slots.starts]
    if off:
        notes.append(f"{plural(len(off), 'day')} of the pattern left out: {_days_off(off)}.")
    return [slot for slot in found if not _skipped(instance, slot, notes)]


def _notice(instance: Instance, slots: Slots) -> str:
    return f"notice is {plural(slots.notice_days, 'day')} from {instance.as_of}"


def _days_off(off: Mapping[date, str]) -> str:
    words = [f"{day} ({why})" for day, why in off.items()]
    return listed([*words[:SHOWN], *([f"{len(words) - SHOWN} more"] if len(words) > SHOWN else [])])


def _skipped(instance: Instance, slot: Slot, notes: list[str]) -> bool:
    """Say whether the clocks skip or repeat a start, and note it."""
    try:
        instant(datetime.combine(slot.day, time()) + timedelta(minutes=slot.minute), instance.zone)
    except (ClockGapError, ClockFoldError) as error:
        notes.append(f"the pattern's start at {clock(slot.minute)} on {slot.day} is left out: {error}.")
        return True
    return False
