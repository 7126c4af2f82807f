"""Time zones as people write them: which zone was meant by an abbreviation, an offset or what Windows calls it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache

from models.programme.time import zone

COMMON = (
    *("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Anchorage", "Pacific/Honolulu"),
    *("America/Halifax", "America/Sao_Paulo", "Atlantic/Azores", "Europe/London", "Europe/Berlin", "Europe/Athens"),
    *("Europe/Moscow", "Africa/Lagos", "Africa/Johannesburg", "Africa/Nairobi", "Asia/Dubai", "Asia/Karachi", "Asia/Kolkata"),
    *("Asia/Dhaka", "Asia/Bangkok", "Asia/Shanghai", "Asia/Tokyo", "Australia/Sydney", "Pacific/Noumea", "Pacific/Auckland"),
)  # fmt: skip
"""Zones in which many people live, one for each offset and abbreviation at least; the first that fits is suggested."""

FIXED = {
    "EST": "America/New_York",
    "MST": "America/Denver",
    "HST": "Pacific/Honolulu",
    "CET": "Europe/Berlin",
    "EET": "Europe/Athens",
    "WET": "Europe/Lisbon",
}
"""Names that the zone data takes as zones of their own, and where those who write them mostly are."""

_OFFSET = re.compile(r"(?:GMT|UTC)? ?([+-])([0-9]{1,2})(?::?([0-9]{2}))?")
_ETC = re.compile(r"Etc/(?:GMT|UTC)([+-])([0-9]{1,2})")
DAYS = (datetime(2025, 1, 15, 12, tzinfo=UTC), datetime(2025, 7, 15, 12, tzinfo=UTC))
"""One day with and one without summer time, in either half of the world."""


def meant(text: str) -> str | None:
    """Return the zone that somebody most likely means by a name that is none; None where nothing is likely."""
    windows = _of_windows(text)
    if windows is not None:
        return windows
    offset = _OFFSET.fullmatch(text.strip())
    if offset is not None:
        minutes = (int(offset[2]) * 60 + int(offset[3] or 0)) * (1 if offset[1] == "+" else -1)
        return next((name for name in COMMON if _minutes(name, DAYS[0]) == minutes), None)
    return next((name for name in COMMON if text.upper() in set(_abbreviations(name))), None)


def odd(text: str) -> tuple[str, str | None] | None:
    """Return what is easily misread about a zone that exists, and the zone that was likely meant; None where nothing is."""
    etc = _ETC.fullmatch(text)
    if etc is not None and int(etc[2]):
        there = ("-" if etc[1] == "+" else "+") + etc[2]
        return f"is UTC{there} all the year: the sign of these names is the other way round", meant(f"UTC{there}")
    if text in {"EST", "MST", "HST"}:
        return f"is UTC{_minutes(text, DAYS[0]) // 60} all the year: it has no summer time", FIXED[text]
    return None


def _of_windows(text: str) -> str | None:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    found: str | None = WINDOWS_TO_OLSON.get(text.strip())
    return found


@cache
def _abbreviations(name: str) -> tuple[str, ...]:
    """Return what the clocks of a zone are called in winter and in summer."""
    return tuple(_called(name))


def _called(name: str) -> Iterator[str]:
    for day in DAYS:
        words = day.astimezone(zone(name)).tzname()
        if words:
            yield words.upper()


def _minutes(name: str, day: datetime) -> int:
    offset = day.astimezone(zone(name)).utcoffset()
    return 0 if offset is None else int(offset.total_seconds()) // 60
