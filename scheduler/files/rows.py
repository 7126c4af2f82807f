"""The tables of an instance folder: one class a table, one field a column."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from scheduler.files.cells import (
    Clock,
    Clocks,
    Codes,
    Count,
    Day,
    DayOrMoment,
    Hours,
    Id,
    Month,
    Places,
    Positive,
    SessionMinutes,
    Start,
    Weekdays,
    Zone,
)


class TableRow(BaseModel):
    """One row; a field without default is a column that must be there and be filled."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class OfferingRow(TableRow):
    """One run of a component; `start` and `end` are its first and last day."""

    offering: Id
    component: Id
    start: Day
    end: Day
    seats: Positive | None = None
    taken: Count | None = None
    roles: Places | None = None
    reserved: Count | None = None
    reserved_until: Day | None = None
    seat_group: Id | None = None
    registration_closes: Day | None = None
    status: Literal["published", "tentative", "cancelled"] | None = None
    trainers: Codes | None = None
    timezone: Zone | None = None
    weekly_hours: Hours | None = None
    price: str | None = None
    note: str | None = None


class SessionRow(TableRow):
    """One live meeting of an offering; `start` is local to the offering's zone."""

    offering: Id
    start: Start
    minutes: SessionMinutes | None = None


class LearnerRow(TableRow):
    """One person."""

    learner: Id
    edition: Id | None = None
    enrolled: Day | None = None
    deadline: Day | None = None
    timezone: Zone | None = None
    earliest: Clock | None = None
    latest: Clock | None = None
    max_weekly_hours: Hours | None = None
    max_courses: Positive | None = None
    prefers: Codes | None = None
    avoids: Codes | None = None
    weekdays: Weekdays | None = None
    min_break: Count | None = None
    max_workshops_per_month: Positive | None = None
    email: str | None = None
    note: str | None = None


class RecordRow(TableRow):
    """One recorded fact; `component` may be left out where `offering` says it."""

    learner: Id
    component: Id | None = None
    offering: Id | None = None
    status: Literal["completed", "booked", "missed", "exempt", "waived"]
    date: Day | None = None
    role: Id | None = None
    minutes: Count | None = None
    note: str | None = None


class UnavailableRow(TableRow):
    """A stretch in which a learner or trainer cannot come: days, both included, or local date-times, half-open."""

    who: Id
    start: DayOrMoment
    end: DayOrMoment
    every: Literal["week"] | None = None
    until: Day | None = None
    note: str | None = None


class WaitingRow(TableRow):
    """One learner who waits for one component."""

    learner: Id
    component: Id
    since: Day | None = None
    priority: Count | None = None
    group: str | None = None


class TrainerRow(TableRow):
    """One trainer."""

    trainer: Id
    timezone: Zone | None = None
    teaches: Codes | None = None
    max_sessions_per_week: Positive | None = None
    max_sessions_per_day: Positive | None = None
    max_courses: Positive | None = None
    weekdays: Weekdays | None = None
    min_break: Count | None = None
    holidays: Codes | None = None


class CandidateRow(TableRow):
    """One moment, local to the instance's zone, at which a component could be held."""

    component: Id
    start: Start
    minutes: SessionMinutes | None = None
    trainers: Codes | None = None
    seats: Positive | None = None


class ClosureRow(TableRow):
    """Days, both included, on which nothing is held."""

    start: Day
    end: Day
    note: str | None = None


class PatternRow(TableRow):
    """One way in which a component may be held in the year that is planned; several rows of a component are alternatives."""

    component: Id
    weeks: Positive
    weekdays: Weekdays
    starts: Clocks
    minutes: SessionMinutes | None = None
    trainers: Positive | None = None
    gap_days: Count | None = None
    seats: Positive | None = None
    roles: Places | None = None
    weekly_hours: Hours | None = None
    price: str | None = None
    note: str | None = None


class ArrivalRow(TableRow):
    """So many learners who are expected to enrol on the first day of a month."""

    month: Month
    learners: Count
    edition: Id | None = None
    timezone: Zone | None = None
    earliest: Clock | None = None
    latest: Clock | None = None
    note: str | None = None


ROWS: dict[str, type[TableRow]] = {
    "offerings": OfferingRow,
    "sessions": SessionRow,
    "learners": LearnerRow,
    "records": RecordRow,
    "unavailable": UnavailableRow,
    "waitlist": WaitingRow,
    "trainers": TrainerRow,
    "candidates": CandidateRow,
    "closures": ClosureRow,
    "patterns": PatternRow,
    "arrivals": ArrivalRow,
}
"""The tables of an instance by name, in the order in which they are told."""
