"""What one cell or scalar may say: text in, a checked value out, or a sentence on what is allowed."""

import re
import zoneinfo
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from models.programme import time
from scheduler.files import zones
from scheduler.files.printable import unseen

FIRST_YEAR, LAST_YEAR = 1990, 2199
LONGEST_ID = 80
LARGEST = 1_000_000
MINUTES_A_DAY = 24 * 60
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_WORDS = f"a day that exists, written YYYY-MM-DD, from {FIRST_YEAR} to {LAST_YEAR}"
MOMENT_WORDS = "a local date-time that exists, like 2025-04-01 12:00"
CLOCK_WORDS = "a time from 00:00 to 24:00, like 08:00"
ID_WORDS = "a short name without ; = , quotes or control characters, not starting with + - @ or a space"
NUMBERED = "a number like 45691 is how a spreadsheet keeps 2025-02-03: give the column the format of dates, then save"
NUMBERED_TIME = "a number like 0.375 is how a spreadsheet keeps 09:00: give the column the format of times, then save"
_SPREADSHEET_TIME = re.compile(r"0[.,][0-9]+")
_SPREADSHEET_DAY = re.compile(r"[34][0-9]{4}([.,][0-9]+)?")
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]([0-9]{2}):([0-9]{2})(?::00)?(Z|[+-][0-9]{2}:[0-9]{2})?")
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_WHOLE = re.compile(r"-?[0-9]{1,12}")
_HOURS = re.compile(r"[0-9]{1,4}(\.[0-9]{1,2})?")
_FORBIDDEN = re.compile(r"[;=,\"']")


@dataclass(frozen=True, slots=True)
class Moment:
    """A local date-time as written; `offset` (minutes east of UTC) where it was stated."""

    local: datetime
    offset: int | None = None


def wrong(message: str, allowed: str, names: Collection[str] = (), meant: str | None = None) -> PydanticCustomError:
    """Return the error that says what is allowed; `names` = the right names, if they are few; `meant` = the likely one."""
    context = {"message": message, "allowed": allowed, "names": names, "meant": meant}
    return PydanticCustomError("cell", "{message}", context)


def identifier(text: str) -> str:
    """Return an id as it is; raise if it could be mistaken for a list, a role or a formula."""
    hidden = unseen(text)
    if hidden is not None:
        raise wrong(f"not usable as an id: it holds {hidden}, which nobody sees", ID_WORDS)
    if len(text) > LONGEST_ID or _FORBIDDEN.search(text) or text != text.strip() or text[:1] in {"", "+", "-", "@"}:
        raise wrong("not usable as an id", ID_WORDS)
    return text


def _hinted(allowed: str, text: object, number: re.Pattern[str], hint: str) -> str:
    """Return what is allowed, and where a spreadsheet program's own number stands instead, how that comes."""
    return f"{allowed}; {hint}" if isinstance(text, str) and number.fullmatch(text) else allowed


def day(text: object) -> date:
    """Return a day written YYYY-MM-DD."""
    found = _DAY.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise wrong("not a day", _hinted(DAY_WORDS, text, _SPREADSHEET_DAY, NUMBERED))
    try:
        value = date(*map(int, found.groups()))
    except ValueError:
        raise wrong("this day does not exist", DAY_WORDS) from None
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise wrong("this year is out of range", DAY_WORDS)
    return value


def moment(text: object) -> Moment:
    """Return a local date-time, with its offset where one is written."""
    found = _MOMENT.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise wrong("not a date-time", _hinted(MOMENT_WORDS, text, _SPREADSHEET_DAY, NUMBERED))
    try:
        when = day(found[1])
        local = datetime(when.year, when.month, when.day, int(found[2]), int(found[3]))  # noqa: DTZ001 - its zone comes later
        return Moment(local, None if found[4] is None else _offset(found[4]))
    except ValueError:
        raise wrong("this date-time does not exist", MOMENT_WORDS) from None


def _offset(text: str) -> int:
    if text == "Z":
        return 0
    size = int(text[1:3]) * 60 + int(text[4:6])
    return -size if text[0] == "-" else size


def day_or_moment(text: object) -> date | Moment:
    """Return a day, or a local date-time where a time is written."""
    return day(text) if isinstance(text, str) and ":" not in text else moment(text)


def clock(text: object) -> int:
    """Return a time of day in minutes, from 00:00 to 24:00."""
    found = _CLOCK.fullmatch(text) if isinstance(text, str) else None
    minutes = int(found[1]) * 60 + int(found[2]) if found and int(found[2]) < 60 else MINUTES_A_DAY + 1  # noqa: PLR2004
    if minutes > MINUTES_A_DAY:
        raise wrong("not a time of day", _hinted(CLOCK_WORDS, text, _SPREADSHEET_TIME, NUMBERED_TIME))
    return minutes


def clocks(text: object) -> tuple[int, ...]:
    """Return the times of day of a list cell like `12:00;16:00`, in order."""
    found = [clock(part.strip()) for part in str(text).split(";")]
    if len(set(found)) < len(found) or MINUTES_A_DAY in found:
        raise wrong("a repeated time, or the end of the day, in a list", "different times before 24:00, separated by ;")
    return tuple(sorted(found))


def month(text: object) -> date:
    """Return the first day of a month written YYYY-MM."""
    found = _MONTH.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise wrong("not a month", f"a month that exists, written YYYY-MM, from {FIRST_YEAR} to {LAST_YEAR}")
    return day(f"{text}-01")


def hours(text: object) -> int:
    """Return hours (at most two decimal places) as whole minutes."""
    found = _HOURS.fullmatch(text) if isinstance(text, str) else None
    minutes = round(Decimal(found[0]) * 60) if found else 0
    if not 0 < minutes <= 7 * MINUTES_A_DAY:
        raise wrong("not a number of hours", "more than 0 hours, at most 168, like 3 or 2.5")
    return minutes


def whole(low: int, high: int = LARGEST) -> Callable[[object], int]:
    """Return the reader of a whole number from `low` to `high`, written in ASCII digits."""

    def read(text: object) -> int:
        value = int(text) if isinstance(text, str) and _WHOLE.fullmatch(text) else None
        if value is None or not low <= value <= high:
            raise wrong("not a number that can stand here", f"a whole number from {low} to {high}")
        return value

    return read


def codes(text: object) -> tuple[str, ...]:
    """Return the ids of a list cell, in the order written."""
    names = [part.strip() for part in str(text).split(";")]
    if "" in names or len(set(names)) < len(names):
        raise wrong("an empty or repeated name in a list", "different names separated by ;")
    return tuple(identifier(name) for name in names)


def places(text: object) -> tuple[tuple[str, int], ...]:
    """Return the places of each role from a cell like `talk=3;host=1`, sorted by role."""
    pairs = [part.partition("=") for part in str(text).split(";")]
    roles = {name.strip(): number.strip() for name, _, number in pairs}
    well_written = all(_WHOLE.fullmatch(number) and 0 <= int(number) <= LARGEST for number in roles.values())
    if not well_written or "" in roles or len(roles) < len(pairs):
        raise wrong("not places by role", "different roles with their places, like talk=3;host=1")
    return tuple(sorted((identifier(name), int(number)) for name, number in roles.items()))


def weekdays(text: object) -> tuple[int, ...]:
    """Return the days of the week of a list cell like `tue;thu`, 0 = Monday, in order."""
    names = [part.strip().lower() for part in str(text).split(";")]
    if any(name not in WEEKDAYS for name in names) or len(set(names)) < len(names):
        raise wrong("not days of the week", f"different ones of {', '.join(WEEKDAYS)}, separated by ;", WEEKDAYS)
    return tuple(sorted(WEEKDAYS.index(name) for name in names))


@cache
def zone_names() -> frozenset[str]:
    """Return the names of all time zones that are known."""
    return frozenset(zoneinfo.available_timezones())


def zone_name(text: str) -> str:
    """Return the name of a time zone that exists."""
    if text not in zone_names():
        raise wrong("no such time zone", "a zone like America/New_York", zone_names(), meant=zones.meant(text))
    return text


def instant_of(written: Moment, zone: str) -> int:
    """Return a written date-time as an instant; raise ValueError with a sentence where the zone has none, or two."""
    if written.offset is None:
        try:
            return time.instant(written.local, zone)
        except time.ClockFoldError as error:
            example = f"{written.local:%Y-%m-%d %H:%M}{_offsets(written.local, zone)[0]}"
            raise ValueError(f"{error}; state which is meant, like {example}") from None
    minute = time.minutes_of(written.local.replace(tzinfo=UTC)) - written.offset
    if time.local(minute, zone).replace(tzinfo=None) != written.local:
        raise ValueError(f"{zone} is not at that offset then; there it is {' or '.join(_offsets(written.local, zone))}")
    return minute


def _offsets(local: datetime, zone: str) -> list[str]:
    either = [local.replace(tzinfo=time.zone(zone), fold=fold).strftime("%z") for fold in (0, 1)]
    return [f"{text[:3]}:{text[3:5]}" for text in dict.fromkeys(either)]


_DAY_SCHEMA = WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"})
_CLOCK_SCHEMA = WithJsonSchema({"type": "string", "pattern": "^[0-9]{1,2}:[0-9]{2}$"})
Id = Annotated[str, AfterValidator(identifier)]
Zone = Annotated[str, AfterValidator(zone_name)]
Day = Annotated[date, BeforeValidator(day), _DAY_SCHEMA]
Clock = Annotated[int, BeforeValidator(clock), _CLOCK_SCHEMA]
Clocks = Annotated[tuple[int, ...], BeforeValidator(clocks)]
Month = Annotated[date, BeforeValidator(month)]
DayOrMoment = Annotated[date | Moment, BeforeValidator(day_or_moment)]
Start = Annotated[Moment, BeforeValidator(moment)]
Hours = Annotated[int, BeforeValidator(hours)]
Codes = Annotated[tuple[str, ...], BeforeValidator(codes)]
Places = Annotated[tuple[tuple[str, int], ...], BeforeValidator(places)]
Weekdays = Annotated[tuple[int, ...], BeforeValidator(weekdays)]
Count = Annotated[int, BeforeValidator(whole(0))]
Positive = Annotated[int, BeforeValidator(whole(1))]
SessionMinutes = Annotated[int, BeforeValidator(whole(1, MINUTES_A_DAY))]
