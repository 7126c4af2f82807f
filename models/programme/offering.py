"""An offering: one dated run of a component, with its live sessions."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from models.programme.added import ADDED, SUPPOSED
from models.programme.time import Span

Status = Literal["published", "tentative", "candidate", "cancelled"]
"""A candidate is held only if a plan says so; no file states one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One live meeting; `minutes` is None where its length is not stated, and then it fills one minute."""

    start: int
    minutes: int | None = None

    @property
    def span(self) -> Span:
        """The time it is known to fill."""
        return Span(self.start, self.start + (self.minutes or 1))


@dataclass(frozen=True, kw_only=True)
class Offering:
    """One run. `start` and `end` are days, both included. `seats` None = unlimited; `taken` by people not in the instance.

    `reserved` = so many seats are kept for learners of the programme, until a day if one is stated.
    Offerings of one `seat_group` share their seats. `crew` = so many teach a candidate together; None = as its component says.
    """

    id: str
    component: str
    start: date
    end: date
    seats: int | None = None
    taken: int = 0
    roles: tuple[tuple[str, int], ...] = ()
    registration_closes: date | None = None
    status: Status = "published"
    trainers: tuple[str, ...] = ()
    zone: str = "America/New_York"
    weekly_minutes: int | None = None
    price: str | None = None
    note: str | None = None
    sessions: tuple[Session, ...] = ()
    reserved: int = field(default=0, metadata=ADDED)
    reserved_until: date | None = field(default=None, metadata=ADDED)
    seat_group: str | None = field(default=None, metadata=ADDED)
    crew: int | None = field(default=None, metadata=SUPPOSED)

    @cached_property
    def opens(self) -> int | None:
        """The instant of the first session's start; None where session times are unknown."""
        return min((session.start for session in self.sessions), default=None)

    @cached_property
    def closes(self) -> int | None:
        """The instant of the last session's end; None where session times are unknown."""
        return max((session.span.end for session in self.sessions), default=None)

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """The time that each session is known to fill."""
        return tuple(session.span for session in self.sessions)

    @cached_property
    def minutes(self) -> int | None:
        """All session minutes together; None where any is unknown."""
        lengths = [session.minutes for session in self.sessions]
        if not lengths or None in lengths:
            return None
        return sum(length for length in lengths if length is not None)

    def ends_before(self, other: "Offering") -> bool:
        """Say whether this has ended when another starts: by their sessions, or by their days where either has none."""
        if self.closes is None or other.opens is None:
            return self.end < other.start
        return self.closes <= other.opens

    def runs_beside(self, other: "Offering") -> bool:
        """Say whether the two run on a day together, sessions or not."""
        return self.start <= other.end and other.start <= self.end

    def overlaps(self, other: "Offering") -> bool:
        """Say whether a session of this and one of another share a minute."""
        return any(one.overlaps(another) for one in self.spans for another in other.spans)

    def places(self, role: str) -> int | None:
        """Return how many places there are in a role; None where the offering does not limit it."""
        return dict(self.roles).get(role)
