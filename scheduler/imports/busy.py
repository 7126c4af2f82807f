"""Busy spans of a calendar file: recurring events expanded, whole days to the day before their end, in the person's own zone."""

import math
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from models.programme import time
from models.programme.instance import Instance
from scheduler.files.faults import nearest
from scheduler.imports.asked import ImportAsked
from scheduler.imports.google import FORM, google_events
from scheduler.imports.proposed import ImportFound, ImportRefusedError, content_of
from scheduler.imports.reading import read_sheet
from scheduler.imports.spans import MOST_SPANS, OVER, Busy

COLUMNS = ("who", "start", "end", "every", "until", "note")
FREE = "marked as free"
CANCELLED = "cancelled"
NOTE = "from a calendar file"
MOST_TIMES_A_DAY = 96
"""Every quarter of an hour: what comes back more often in a day is not unfolded, which would take seconds."""
TEXTS = {".csv", ".txt"}


def busy_spans(asked: ImportAsked) -> ImportFound:
    """Return the rows of unavailable.csv that a calendar file gives for one person; raise ImportRefusedError."""
    path, instance, found = asked.path, asked.instance, asked.found()
    is_calendar = path.suffix.lower() not in TEXTS or b"BEGIN:VCALENDAR" in content_of(path)[:2000].upper()
    sheet = None if is_calendar else read_sheet(path, FORM)
    person = _person(asked)
    zone = instance.learner[person].zone if person in instance.learner else instance.trainer[person].zone
    table = found.table("unavailable", COLUMNS)
    standing = {(row.who, *row.words.split(" to ")) for row in instance.unavailable}
    events = _spans(path, instance, found) if sheet is None else google_events(asked, sheet, person, zone, found)
    for busy in events:
        start, end = (_written(each, zone) for each in (busy.start, busy.end))
        row = {"who": person, "start": start, "end": end, "every": "", "until": "", "note": NOTE}
        table.add(row, standing, ("who", "start", "end"))
    return found


def _person(asked: ImportAsked) -> str:
    """Return whose calendar it is: as said, or as the file is called or is known to be."""
    people = sorted({*asked.instance.learner, *asked.instance.trainer})
    known = (asked.maps.calendar.people or {}) if asked.maps.calendar else {}
    name = asked.who or known.get(asked.path.stem) or known.get(asked.path.name) or asked.path.stem
    if name not in people:
        near = nearest(name, people)
        hint = f"; did you mean {near!r}?" if near else ""
        said = "--who" if asked.who else "the file's name"
        raise ImportRefusedError(
            f"{asked.path}: no learner or trainer is called {name!r} ({said}); say whose it is with --who{hint}"
        )
    return name


def _spans(path: Path, instance: Instance, found: ImportFound) -> Iterator[Busy]:
    import recurring_ical_events

    calendar = _read(path)
    first = instance.as_of
    last = max([instance.last_day, *(each.last for each in (instance.slots, instance.year) if each)]) + timedelta(
        days=1
    )
    for event in calendar.walk("VEVENT"):
        if (reason := _outside(event, first, last)) is not None:
            found.leave_out(reason)
    count = 0
    try:
        for event in recurring_ical_events.of(calendar).between(first, last):
            count += 1
            if count > MOST_SPANS:
                raise ImportRefusedError(
                    f"{path}: more than {MOST_SPANS} spans from {first} to {last}; nobody is away so often"
                )
            reason = _left_out(event)
            if reason:
                found.leave_out(reason)
            else:
                yield _busy(event)
    except (ValueError, TypeError, KeyError, OverflowError) as error:
        raise ImportRefusedError(f"{path}: an event cannot be read: {' '.join(str(error).split())[:120]}") from error


def _outside(event: Any, first: date, last: date) -> str | None:  # noqa: ANN401 - an event of the library
    """Return why an event, or its later times, are not read: nothing is planned before `first`, nor from `last` on."""
    end = last - timedelta(days=1)
    if event.get("RRULE") is not None:
        goes_on = _left_out(event) is None and _goes_on(event, last)
        return f"what comes back after {end}, the last day of the calendar" if goes_on else None
    if (ends := _ends(event)) is not None and ends < first:
        return OVER
    begins_after = event.get("RDATE") is None and _begins_after(event, last)
    return f"after {end}, the last day of the calendar" if begins_after else None


def _read(path: Path) -> Any:  # noqa: ANN401 - a calendar of the library
    import icalendar

    content = content_of(path, "; export a shorter stretch of time")
    if b"BEGIN:VCALENDAR" not in content[:2000].upper():
        raise ImportRefusedError(f"{path}: this is no calendar file: it does not begin with BEGIN:VCALENDAR")
    if any(rule in content.upper() for rule in (b"FREQ=SECONDLY", b"FREQ=MINUTELY")):
        raise ImportRefusedError(f"{path}: an event comes back every second or minute; nobody is away so often")
    try:
        calendar = icalendar.Calendar.from_ical(content)
    except ValueError as error:
        raise ImportRefusedError(
            f"{path}: this is no whole calendar file: {' '.join(str(error).split())[:120]}"
        ) from error
    most = max((_times_a_day(rule) for event in calendar.walk("VEVENT") for rule in _rules(event)), default=0)
    if most > MOST_TIMES_A_DAY:
        raise ImportRefusedError(f"{path}: an event comes back {most} times a day; nobody is away so often")
    return calendar


def _rules(event: Any) -> list[Any]:  # noqa: ANN401 - an event of the library
    rule = event.get("RRULE")
    return rule if isinstance(rule, list) else [rule] if rule is not None else []


def _times_a_day(rule: Any) -> int:  # noqa: ANN401 - a rule of the library
    """Return how often an event comes back on a day of its, by its hours, minutes and seconds."""
    hourly = "HOURLY" in [str(each).upper() for each in rule.get("FREQ", [])]
    hours = len(rule.get("BYHOUR", [])) or (24 if hourly else 1)
    return int(hours * math.prod(max(1, len(rule.get(part, []))) for part in ("BYMINUTE", "BYSECOND")))


def _ends(event: Any) -> date | None:  # noqa: ANN401 - an event of the library
    try:
        end = event.end
    except (ValueError, KeyError, AttributeError):
        return None
    return end.date() if isinstance(end, datetime) else end - timedelta(days=1)


def _begins_after(event: Any, last: date) -> bool:  # noqa: ANN401 - an event of the library
    """Say whether an event begins when nothing is held any more: on `last` or later."""
    try:
        start = event.start
    except (ValueError, KeyError, AttributeError):
        return False
    return _day(start) >= last


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _goes_on(event: Any, last: date) -> bool:  # noqa: ANN401 - an event of the library
    """Say whether an event comes back without an end, or until `last` or later; one that counts is not counted out."""
    ends = [each.get("UNTIL") for each in _rules(event) if not each.get("COUNT")]
    return any(not end or _day(end[0]) >= last for end in ends)


def _left_out(event: Any) -> str | None:  # noqa: ANN401 - an event of the library
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return CANCELLED
    return FREE if str(event.get("TRANSP", "")).upper() == "TRANSPARENT" else None


def _busy(event: Any) -> Busy:  # noqa: ANN401 - an event of the library
    start, end = event.start, event.end
    if not isinstance(start, datetime):
        return Busy(start, max(start, end - timedelta(days=1)))  # a whole day ends before DTEND
    return Busy(start, end if end > start else start + timedelta(minutes=1))


def _written(moment: date | datetime, zone: str) -> str:
    """Return a day, or a local date-time of a zone, with its offset where the local time comes twice."""
    if not isinstance(moment, datetime):
        return str(moment)
    if moment.tzinfo is None:
        return f"{moment:%Y-%m-%d %H:%M}"  # a floating time is meant where the person is
    where = moment.astimezone(time.zone(zone))
    twice = where.utcoffset() != where.replace(fold=1 - where.fold).utcoffset()
    offset = where.strftime("%z")
    return f"{where:%Y-%m-%d %H:%M}{f'{offset[:3]}:{offset[3:5]}' if twice else ''}"
