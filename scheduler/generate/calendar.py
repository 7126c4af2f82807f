"""The made-up calendar: each component held again and again, spread evenly over the years, closures left out."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from models.programme.time import Span, instant
from scheduler.generate.catalogue import ENTRIES, SHARES, SKILLS_SHARE, Entry
from scheduler.generate.chances import happens

ZONE = "America/New_York"
UNTIMED = 0.1  # the share of courses whose session times nobody has announced
LATE = 0.2  # the share of offerings held in the afternoon
HISTORY_DAYS = 730
# Months and days of the winter: nothing starts any more, closed, closed still, things start again.
QUIET, CLOSES, STAYS_CLOSED, REOPENS = (12, 15), (12, 22), (1, 2), (1, 5)


@dataclass(frozen=True, kw_only=True)
class OfferingDraft:
    """One offering; `times` are local to the programme's zone and empty where they are not announced."""

    id: str
    entry: Entry
    start: date
    end: date
    times: tuple[datetime, ...] = ()

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """The sessions as instants."""
        starts = (instant(moment, ZONE) for moment in self.times)
        return tuple(Span(start, start + self.entry.minutes) for start in starts)


def runs(
    chance: random.Random, as_of: date, years: int, offerings: int | None, entries: Sequence[Entry] = ENTRIES
) -> list[OfferingDraft]:
    """Return two past years of runs and `years` coming ones, about `offerings` of them if that is given."""
    horizon = 365 * years
    usual = sum(entry.per_year for entry in entries) * years
    scale = 1.0 if offerings is None else offerings / usual
    found: list[OfferingDraft] = []
    owed = 0.0  # carried from component to component, so that rounding does not add up
    for entry in entries:
        past = list(_starts(chance, entry, 2 * entry.per_year, as_of - timedelta(HISTORY_DAYS), HISTORY_DAYS - 7))
        owed += entry.per_year * years * scale
        count = max(SHARES if entry is SKILLS_SHARE else 1, round(owed))
        owed -= count
        days = [*past, *_starts(chance, entry, count, as_of + timedelta(10), horizon - 10 - entry.days)]
        found += [_run(chance, entry, f"{entry.code}-{number:03d}", day) for number, day in enumerate(days, start=1)]
    return found


def closures(as_of: date, years: int) -> list[tuple[date, date]]:
    """Return the winter closures from two years back to the end of the calendar."""
    return [
        (date(year, *CLOSES), date(year + 1, *STAYS_CLOSED)) for year in range(as_of.year - 2, as_of.year + years + 1)
    ]


def _starts(chance: random.Random, entry: Entry, count: float, first: date, days: int) -> Iterator[date]:
    """Yield start days spread over `days` days, each a little off its even place."""
    step = days / max(count, 1)
    for place in range(round(count)):
        offset = step * (place + entry.phase + chance.uniform(-0.09, 0.09))
        yield _open_day(first + timedelta(int(offset)), entry)


def _open_day(day: date, entry: Entry) -> date:
    """Return the first weekday of the entry on or after `day` outside the winter closure and the week before it."""
    if (day.month, day.day) >= QUIET:
        day = date(day.year + 1, *REOPENS)
    while day.weekday() not in entry.weekdays or (1, 1) <= (day.month, day.day) < REOPENS:
        day += timedelta(1)
    return day


def _run(chance: random.Random, entry: Entry, name: str, start: date) -> OfferingDraft:
    end = start + timedelta(entry.days - 1)
    if entry.is_course and happens(chance, UNTIMED):
        return OfferingDraft(id=name, entry=entry, start=start, end=end)
    hour = time(16) if happens(chance, LATE) else time(12)
    days = (start + timedelta(offset) for offset in range(entry.days))
    times = tuple(datetime.combine(day, hour) for day in days if day.weekday() in entry.weekdays and not _closed(day))
    return OfferingDraft(id=name, entry=entry, start=start, end=end, times=times)


def _closed(day: date) -> bool:
    return (day.month, day.day) >= CLOSES or (day.month, day.day) <= STAYS_CLOSED
