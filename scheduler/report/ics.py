"""Entries as the text of a calendar file (RFC 5545), against the one that was given out before: what changed is counted up."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from icalendar import Alarm, Calendar, Event

from scheduler.report.entries import PRODUCT, CalendarEntry

SAME = ("DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "STATUS", "TRANSP")
"""What makes an entry another version of itself when it changes."""


def calendar_text(
    title: str, entries: Iterable[CalendarEntry], as_of: date, *, before: str | None = None, alarm: int | None = None
) -> str:
    """Return a calendar file.

    `before` = the file of the last time: an entry that changed has a higher SEQUENCE, one that is gone is CANCELLED, and one
    that is the same is the same to the byte. `alarm` = minutes before the start at which an entry that fills time rings.
    """
    old = _events(before)
    calendar = Calendar()
    calendar.add("prodid", f"-//{PRODUCT}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", " ".join(title.split()))
    stamp = datetime.combine(as_of, time(), tzinfo=UTC)
    found = {entry.uid: _event(entry, stamp, alarm) for entry in entries}
    for uid, event in found.items():
        calendar.add_component(_counted(event, old.get(uid), stamp))
    for uid, event in sorted(old.items()):
        if uid not in found:
            calendar.add_component(_cancelled(event, stamp))
    return str(calendar.to_ical().decode("utf-8"))


def _event(entry: CalendarEntry, stamp: datetime, alarm: int | None) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", stamp)
    event.add("dtstart", entry.start)
    if entry.end is not None:
        event.add("dtend", entry.end)
    event.add("summary", entry.title)
    event.add("description", "\n".join(entry.words))
    event.add("status", "TENTATIVE" if entry.tentative else "CONFIRMED")
    event.add("transp", "OPAQUE" if entry.busy else "TRANSPARENT")
    if alarm is not None and entry.busy and isinstance(entry.start, datetime):
        bell = Alarm()
        bell.add("action", "DISPLAY")
        bell.add("description", entry.title)
        bell.add("trigger", -timedelta(minutes=alarm))
        event.add_component(bell)
    return event


def _counted(event: Event, old: Event | None, stamp: datetime) -> Event:
    """Return an entry with its number, and the day on which it got it."""
    number, since = 0, stamp
    if old is not None:
        number = int(old.get("SEQUENCE", 0))
        if _facts(old, SAME) == _facts(event, SAME):
            since = old.decoded("DTSTAMP")
        else:
            number += 1
    event.add("sequence", number)
    del event["DTSTAMP"]
    event.add("dtstamp", since)
    return event


def _cancelled(old: Event, stamp: datetime) -> Event:
    """Return an entry that is gone as a cancelled one; one that was cancelled before stays as it is."""
    if str(old.get("STATUS")) == "CANCELLED":
        return old
    number = int(old.get("SEQUENCE", 0)) + 1
    for name in ("STATUS", "SEQUENCE", "DTSTAMP"):
        old.pop(name, None)
    old.add("status", "CANCELLED")
    old.add("sequence", number)
    old.add("dtstamp", stamp)
    old.subcomponents = []
    return old


def _facts(event: Event, names: Sequence[str]) -> list[Any]:
    return [event[name].to_ical() if name in event and hasattr(event[name], "to_ical") else b"" for name in names]


def _events(text: str | None) -> dict[str, Event]:
    """Return the entries of a calendar file by their names; none where it cannot be read."""
    if text is None:
        return {}
    try:
        calendar = Calendar.from_ical(text)
    except ValueError:
        return {}
    return {
        str(event["UID"]): event for event in calendar.walk("VEVENT") if isinstance(event, Event) and "UID" in event
    }
