"""Days, times and sentences as a page says them to somebody who reads no other of our words."""

import re
from datetime import date, datetime

from models.programme.words import plural
from scheduler.report.meetings import Meeting
from scheduler.show.times import city

ISO = re.compile(r"(?<![\w-])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![\w-])")


def day(when: date) -> str:
    """Return `Fri 24 Apr 2026`."""
    return f"{when:%a} {when.day} {when:%b} {when.year}"


def days(first: date, last: date) -> str:
    """Return `Fri 24 Apr 2026`, or `3 Mar to 24 Apr 2026`, both days included."""
    if first == last:
        return day(first)
    year = "" if first.year == last.year else f" {first.year}"
    return f"{first.day} {first:%b}{year} to {last.day} {last:%b} {last.year}"


def sentence(words: str) -> str:
    """Return words with a capital letter and a full stop, and days in them as a person would write them."""
    words = ISO.sub(_spoken, words)
    return f"{words[:1].upper()}{words[1:]}" + ("" if words.endswith((".", "!", "?")) else ".")


def _spoken(found: re.Match[str]) -> str:
    try:
        when = date.fromisoformat(found[0])
    except ValueError:
        return found[0]
    return f"{when.day} {when:%b} {when.year}"


def meeting(each: Meeting) -> str:
    """Return `Thu 10 Apr 2025, 02:00 to 03:30 (New York: Wed 9 Apr 12:00)`, in the learner's time first."""
    starts, ends, ours = each.starts, each.ends, each.starts_in_programme
    until = " (length not stated)" if ends is None else f" to {ends:%H:%M}"
    other = "" if _same(starts, ours) else f" ({city(each.programme_zone)}: {_moment(starts, ours)})"
    return f"{day(starts.date())}, {starts:%H:%M}{until}{other}"


def _same(one: datetime, other: datetime) -> bool:
    return one.replace(tzinfo=None) == other.replace(tzinfo=None)


def _moment(theirs: datetime, ours: datetime) -> str:
    if theirs.date() == ours.date():
        return f"{ours:%H:%M}"
    return f"{ours:%a} {ours.day} {ours:%b} {ours:%H:%M}"


def in_days(count: int) -> str:
    """Return `today`, `tomorrow`, `in 12 days` or `12 days ago`."""
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    return near.get(count) or (f"in {plural(count, 'day')}" if count > 0 else f"{plural(-count, 'day')} ago")
