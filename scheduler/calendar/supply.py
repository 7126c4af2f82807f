"""Whether the calendar holds as many offerings as an edition promises, period by period, and what is wrong with it ahead."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from models.judging.violations import violations
from models.programme.edition import Edition, Promise
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.plan import Plan
from models.rule import Violation
from models.rules import calendar_rules

Verdict = Literal["kept", "broken", "too early to say", "no window stated", "no calendar"]
NO_CALENDAR: Verdict = "no calendar"
"""The period lies more than a year before the first offering that is written down, or after the last: nobody knows."""

MONTHS = 12
A_YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A stretch of days, both ends included; `last` None = the edition states no end."""

    label: str
    first: date
    last: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One promise about one component in one period: what was found, by the day it starts, and whether that is enough."""

    edition: str
    promise: Promise
    component: str
    period: Period
    found: tuple[Offering, ...]
    needed: int
    verdict: Verdict


def audit(instance: Instance, edition: Edition, span: tuple[date, date] | None = None) -> list[Judgement]:
    """Judge every supply promise of an edition.

    `span` is the window to look at. Without it, it is each cohort's own: from the enrolment day of learners of the edition
    to the end of their window.
    """
    windows = _windows(instance, edition) if span is None else [_period(*span)]
    return [
        _judged(instance, edition, promise, component, period)
        for promise in edition.supply
        for period in _periods(promise, windows, instance.as_of)
        for component in promise.of
    ]


def _judged(instance: Instance, edition: Edition, promise: Promise, component: str, period: Period) -> Judgement:
    found = tuple(run for run in instance.offerings_of.get(component, ()) if _counts(instance, run, period))
    needed = promise.count or 1
    return Judgement(
        edition=edition.id,
        promise=promise,
        component=component,
        period=period,
        found=found,
        needed=needed,
        verdict=NO_CALENDAR
        if _is_unwritten(instance, period)
        else _verdict(len(found), needed, period, instance.as_of),
    )


def _counts(instance: Instance, run: Offering, period: Period) -> bool:
    announced = run.status == "published" or instance.tentative
    return announced and period.first <= run.start <= (period.last or date.max)


def _is_unwritten(instance: Instance, period: Period) -> bool:
    """Say whether a period that is over lies a year or more away from the calendar that is written down."""
    if period.last is None or period.last > instance.as_of or not instance.offerings:
        return False
    first, last = min(run.start for run in instance.offerings), max(run.end for run in instance.offerings)
    return period.last < first - A_YEAR or period.first > last + A_YEAR


def _verdict(found: int, needed: int, period: Period, as_of: date) -> Verdict:
    if period.last is None:
        return "no window stated"
    if found >= needed:
        return "kept"
    return "too early to say" if period.last > as_of else "broken"


def _windows(instance: Instance, edition: Edition) -> list[Period]:
    """Return the window of each cohort; the whole calendar where the edition has no learners."""
    days = sorted({who.enrolled for who in instance.learners if who.enrolled and who.edition == edition.id})
    if not days:
        return [_period(min([run.start for run in instance.offerings], default=instance.as_of), instance.last_day)]
    window = edition.window
    return [_period(day, window.last_day(day) if window else None) for day in days]


def _period(first: date, last: date | None) -> Period:
    return Period(label=f"{first} to {last or '(no end stated)'}", first=first, last=last)


def _periods(promise: Promise, windows: list[Period], as_of: date) -> Iterator[Period]:
    """Yield the periods in which a promise is due; a window without end is looked at up to the planning day."""
    if promise.every_months is None and promise.per != "calendar-year":
        yield from windows
        return
    first = min(window.first for window in windows)
    last = max(window.last or max(as_of, window.first) for window in windows)
    if promise.every_months is None:
        for year in range(first.year, last.year + 1):
            yield Period(label=str(year), first=date(year, 1, 1), last=date(year, MONTHS, 31))
    else:
        yield from _cadence(first, last, promise.every_months)


def _cadence(first: date, last: date, months: int) -> Iterator[Period]:
    """Yield the stretches of so many months that lie wholly in a window; quarters and the like are those of the calendar."""
    aligned = MONTHS % months == 0
    number = (
        (first.year * MONTHS + first.month - 1) // months * months if aligned else first.year * MONTHS + first.month
    )
    while True:
        start, end = _month(number), _month(number + months) - timedelta(days=1)
        if end > last:
            return
        if start >= first:
            yield Period(label=_name(start, end, months), first=start, last=end)
        number += months


def _month(number: int) -> date:
    """Return the first day of a month, counted from the year 0."""
    return date(number // MONTHS, number % MONTHS + 1, 1)


def _name(start: date, end: date, months: int) -> str:
    quarter = 3
    if months == quarter:
        return f"{start.year} Q{(start.month - 1) // quarter + 1}"
    return f"{start:%Y-%m} to {end:%Y-%m}"


def odd_calendar(instance: Instance) -> list[Violation]:
    """Return what the rules of the calendar say against what is held from the planning day on, tentative offerings included."""
    return violations(instance, Plan(), calendar_rules())
