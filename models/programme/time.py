"""Days, instants and zones: a day is a date, an instant is a whole minute since 1970-01-01 00:00 UTC."""

import zoneinfo
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

# Zone rules come from the tzdata wheel only: operating systems differ about the coming years.
zoneinfo.reset_tzpath(to=[])

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ONE_DAY = timedelta(days=1)


class ClockGapError(ValueError):
    """A local time that the clocks skip on that day."""


class ClockFoldError(ValueError):
    """A local time that the clocks show twice on that day."""


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open stretch of time, from the instant `start` up to but not including `end` (minutes)."""

    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """Say whether the two share a minute."""
        return self.start < other.end and other.start < self.end


@cache
def zone(name: str) -> zoneinfo.ZoneInfo:
    """Return the zone of that name; raise `zoneinfo.ZoneInfoNotFoundError` or ValueError if there is none."""
    return zoneinfo.ZoneInfo(name)


def minutes_of(moment: datetime) -> int:
    """Return the instant of an aware date-time, in minutes."""
    return int((moment - EPOCH).total_seconds()) // 60


@cache
def instant(local: datetime, zone_name: str) -> int:
    """Return the instant of a local time; raise ClockGapError or ClockFoldError where there is none, or two."""
    where = zone(zone_name)
    first, second = (minutes_of(local.replace(tzinfo=where, fold=fold)) for fold in (0, 1))
    if first == second:
        return first
    if first > second:
        raise ClockGapError(f"{local:%Y-%m-%d %H:%M} does not exist in {zone_name}: the clocks skip it")
    raise ClockFoldError(f"{local:%Y-%m-%d %H:%M} exists twice in {zone_name}: the clocks go back")


@cache
def day_start(day: date, zone_name: str) -> int:
    """Return the first instant of a local day (the first that exists, where midnight is skipped)."""
    # Of a midnight that the clocks skip, fold 0 names the instant of the jump; of one that comes twice, the first.
    return minutes_of(datetime.combine(day, time(), tzinfo=zone(zone_name)))


@cache
def local(minute: int, zone_name: str) -> datetime:
    """Return an instant as the local date-time of a zone."""
    return (EPOCH + timedelta(minutes=minute)).astimezone(zone(zone_name))


def by_the_clock(span: Span, zone_name: str) -> tuple[int, int]:
    """Return at how many minutes of its first local day a stretch starts and ends; an end on the next day lies above 1440."""
    starts, ends = local(span.start, zone_name), local(span.end, zone_name)
    days = (ends.date() - starts.date()).days
    return minute_of(starts), minute_of(ends) + 1440 * days


def minute_of(moment: datetime) -> int:
    """Return the minute of its day of a local time."""
    return moment.hour * 60 + moment.minute


def monday_of(day: date) -> date:
    """Return the first day of a day's week, which goes from Monday to Sunday."""
    return day - timedelta(days=day.weekday())


def week_of(day: date) -> int:
    """Return the number of a day's week, Monday to Sunday; the next week has the next number."""
    return (day.toordinal() - 1) // 7  # day number 1 is a Monday


def whole_days(first: date, last: date, zone_name: str) -> Span:
    """Return the span of the local days from `first` to `last`, both included."""
    return Span(day_start(first, zone_name), day_start(last + ONE_DAY, zone_name))


def anniversary(day: date, years: int) -> date:
    """Return the same day `years` later; 29 February becomes 28 February where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def months_later(day: date, months: int) -> date:
    """Return the same day of the month so many months later, or the month's last day where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in range(day.day, 0, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    raise ValueError(f"no day {months} months after {day}")
