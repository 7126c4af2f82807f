"""The year to plan: its limits, how each component may be held, and who is expected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from models.programme.days_off import announced_from, day_off
from models.programme.people import Closure
from models.programme.time import ClockFoldError, ClockGapError, instant, monday_of

WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """What may be added starts from `first` to `last`; `most` = at most so many, by kind of component or by code.

    `repeats` = what is held in the 364 days up to `last` is supposed once more 364 days later.
    """

    first: date
    last: date
    most: tuple[tuple[str, int], ...] = ()
    notice_days: int = 0
    holidays: tuple[str, ...] = ()
    zone: str = "America/New_York"
    repeats: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """One way to hold a component: on these days of each of so many weeks, at one of these local minutes of the day.

    `trainers` = how many it needs; `gap_days` = the least days between the first days of two runs of the component.
    """

    component: str
    weeks: int
    weekdays: tuple[int, ...]
    starts: tuple[int, ...]
    minutes: int | None = None
    trainers: int | None = None
    gap_days: int | None = None
    seats: int | None = None
    roles: tuple[tuple[str, int], ...] = ()
    weekly_minutes: int | None = None
    price: str | None = None
    note: str | None = None

    def crew(self, usual: int | None) -> int:
        """Return how many teach a run together: the number stated here, else the component's `usual` one, else one."""
        return self.trainers or usual or 1

    def days_from(self, monday: date) -> tuple[date, ...]:
        """Return the days of all meetings of a run whose first week starts on a Monday."""
        return tuple(monday + WEEK * week + timedelta(days=day) for week in range(self.weeks) for day in self.weekdays)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """So many learners who are expected to enrol on the first day of a month."""

    month: date
    learners: int
    edition: str
    zone: str
    earliest: int | None = None
    latest: int | None = None
    note: str | None = None


def arrival_id(month: date, number: int) -> str:
    """Return the name of the expected learner of this number in a month."""
    return f"arrival-{month:%Y-%m}-{number}"


def first_day(year: Year, as_of: date) -> date:
    """Return the first day on which something added may start: announced early enough, and after the planning day."""
    return max(year.first, announced_from(as_of, year.notice_days))


def mondays(year: Year, as_of: date) -> tuple[date, ...]:
    """Return the Mondays of the weeks in which something added may start."""
    first = first_day(year, as_of)
    monday = monday_of(first)
    return tuple(monday + WEEK * week for week in range(max(0, (year.last - monday).days // 7 + 1)))


def refusal(
    year: Year, pattern: Pattern, closures: Sequence[Closure], days: Sequence[date], minute: int
) -> tuple[date, str] | None:
    """Return the first of some days on which a run cannot meet at a minute of the day, and why; None if it can on all."""
    for day in days:
        off = day_off(closures, year.holidays, day)
        if off:
            return day, off
        try:
            instant(datetime.combine(day, time()) + timedelta(minutes=minute), year.zone)
            if pattern.minutes and minute + pattern.minutes > 24 * 60 and day == days[-1]:
                return day, "the meeting would end on the next day"
        except (ClockGapError, ClockFoldError) as error:
            return day, str(error)
    return None
