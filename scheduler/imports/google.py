"""Busy spans of Google's CSV, which has no zone: its times are where the person is, or where one says."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from models.programme import time
from scheduler.imports.asked import ImportAsked
from scheduler.imports.dates import Days, days_of
from scheduler.imports.proposed import ImportFound, ImportRefusedError
from scheduler.imports.reading import YES, ForeignTable, Form, Names
from scheduler.imports.spans import MOST_SPANS, OVER, Busy

NAMES: Names = {
    "subject": ("subject",),
    "start_day": ("start date",),
    "start": ("start time",),
    "end_day": ("end date",),
    "end": ("end time",),
    "whole": ("all day event", "all day"),
    "free": ("show time as", "transparency"),
}
FORM = Form(what="calendar of Google as CSV", read_by="calendar", names=NAMES, needs=("subject", "start_day"))
FREE = {"free", "3", "transparent"}
BAD = "no sound start and end"


def google_events(
    asked: ImportAsked, sheet: ForeignTable, person: str, home: str, found: ImportFound
) -> Iterator[Busy]:
    """Yield the busy spans of a CSV, whole days both included; what is left out is noted; raise ImportRefusedError."""
    zone = asked.zone or home
    whose = "as --timezone says" if asked.zone else f"the zone of {person}; --timezone names another"
    found.remarks.append(f"the file names no zone: its times are read as {zone} ({whose})")
    found.tell_unread(sheet.unread())
    cells = (sheet.cell(row, name) for row in sheet.rows for name in ("start_day", "end_day"))
    days = days_of(asked.path, "Start Date", cells, asked.maps.dates)
    count = 0
    for row in sheet.rows:
        span = None if sheet.cell(row, "free").casefold() in FREE else _span(sheet, row, days, zone)
        if span is None:
            found.leave_out("marked as free" if sheet.cell(row, "free").casefold() in FREE else BAD)
        elif _last(span) < asked.instance.as_of:
            found.leave_out(OVER)
        else:
            count += 1
            if count > MOST_SPANS:
                raise ImportRefusedError(f"{asked.path}: more than {MOST_SPANS} spans; nobody is away so often")
            yield span


def _span(sheet: ForeignTable, row: list[str], days: Days, zone: str) -> Busy | None:
    first = days.read(sheet.cell(row, "start_day"))
    last = days.read(sheet.cell(row, "end_day")) or first
    if first is None or last is None or last[0] < first[0]:
        return None
    start, end = (_clock(days, sheet.cell(row, name)) for name in ("start", "end"))
    if sheet.cell(row, "whole").casefold() in YES or start is None:
        return Busy(first[0], last[0])
    begins = _instant(first[0], start, zone)
    ends = _instant(last[0], end, zone) if end else begins + timedelta(hours=1)
    return Busy(begins, ends) if ends > begins else None


def _clock(days: Days, text: str) -> str | None:
    """Return a time of day as HH:MM, or None."""
    found = days.read(f"2000-01-01 {text}")
    return found[1] if found and found[1] else None


def _instant(day: date, clock: str, zone: str) -> datetime:
    return datetime.combine(day, datetime.strptime(clock, "%H:%M").time(), time.zone(zone))  # noqa: DTZ007 - its zone follows


def _last(busy: Busy) -> date:
    return busy.end.date() if isinstance(busy.end, datetime) else busy.end
