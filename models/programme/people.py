"""People: learners, what is recorded of them, when they cannot come, who waits, who teaches."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from models.programme.added import ADDED, SUPPOSED
from models.programme.time import Span

RecordStatus = Literal["completed", "booked", "missed", "exempt", "waived"]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Release:
    """A standing booking (or a task under way, by its code) that may be given up.

    `instead` = only where as many of its component stay booked.
    """

    offering: str
    instead: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Learner:
    """A person. `enrolled` None = not in the programme. `earliest`, `latest` are local minutes of the day.

    Where `latest` is not after `earliest`, it is that of the next day. `weekdays` 0 = Monday, none = any; `min_break` in minutes.
    `free` = all that stands for the learner may be given up; `releases` = these few may.
    """

    id: str
    edition: str
    enrolled: dt.date | None = None
    deadline: dt.date | None = None
    zone: str = "America/New_York"
    earliest: int | None = None
    latest: int | None = None
    max_weekly_minutes: int | None = None
    max_courses: int | None = None
    prefers: tuple[str, ...] = ()
    avoids: tuple[str, ...] = ()
    note: str | None = None
    weekdays: tuple[int, ...] = field(default=(), metadata=ADDED)
    min_break: int | None = field(default=None, metadata=ADDED)
    max_workshops_per_month: int | None = field(default=None, metadata=ADDED)
    guest: bool = field(default=False, metadata=ADDED)
    email: str | None = field(default=None, metadata=ADDED)
    free: bool = field(default=False, metadata=SUPPOSED)
    releases: tuple[Release, ...] = field(default=(), metadata=SUPPOSED)

    @property
    def is_outside(self) -> bool:
        """Say whether somebody is not in the programme: not enrolled, or a guest in a question about repeats."""
        return self.guest or self.enrolled is None

    def release_of(self, offering: str) -> Release | None:
        """Return how a standing booking (or a task under way, by its code) may be given up; None where it may not."""
        if self.free:
            return Release(offering=offering, instead=False)
        return min((each for each in self.releases if each.offering == offering), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One recorded fact of a learner and a component; `minutes` None = not recorded.

    `waived` = the learner may start the component without what it requires; nothing is done by it.
    """

    learner: str
    component: str
    status: RecordStatus
    offering: str | None = None
    date: dt.date | None = None
    role: str | None = None
    minutes: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unavailable:
    """A stretch in which a learner or trainer cannot come; `words` is the stretch as it was written."""

    who: str
    span: Span
    words: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One person who waits for one component; a lower `priority` number goes first.

    People of one `group` and component want to sit in one session together, or not at all.
    """

    learner: str
    component: str
    since: dt.date | None = None
    priority: int | None = None
    group: str | None = field(default=None, metadata=ADDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trainer:
    """One trainer, what they teach, and how much."""

    id: str
    zone: str
    teaches: tuple[str, ...] = ()
    max_sessions_per_week: int | None = None
    max_sessions_per_day: int | None = None
    weekdays: tuple[int, ...] = field(default=(), metadata=ADDED)
    min_break: int | None = field(default=None, metadata=ADDED)
    max_courses: int | None = field(default=None, metadata=ADDED)
    holidays: tuple[str, ...] = field(default=(), metadata=ADDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One moment at which a component could be held."""

    component: str
    start: int
    minutes: int | None = None
    trainers: tuple[str, ...] = ()
    seats: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """Days, both included, on which nothing is held."""

    start: dt.date
    end: dt.date
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Slots:
    """Where a repeat, or an offering of the year, may be held; `starts` are local minutes of the day, weekdays 0 = Monday."""

    first: dt.date
    last: dt.date
    weekdays: tuple[int, ...]
    starts: tuple[int, ...]
    notice_days: int = 0
    holidays: str | None = None
    minutes: int | None = None
    more_holidays: tuple[str, ...] = field(default=(), metadata=ADDED)

    @property
    def places(self) -> tuple[str, ...]:
        """The countries and regions whose public holidays are days off."""
        return (*((self.holidays,) if self.holidays else ()), *self.more_holidays)
