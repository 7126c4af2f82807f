"""A plan: the whole answer; a path is one learner's part of it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Booking:
    """One learner's place in one offering, perhaps in a role."""

    offering: str
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class TaskStart:
    """The day on which a learner starts a self-paced task."""

    component: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Held:
    """A candidate that the plan holds, and who teaches it; `trainer` None where no trainers are stated.

    `beside` = who teaches it together with the trainer.
    """

    offering: str
    trainer: str | None = None
    beside: tuple[str, ...] = ()

    @property
    def trainers(self) -> tuple[str, ...]:
        """Everybody who teaches it."""
        return (*((self.trainer,) if self.trainer else ()), *self.beside)


@dataclass(frozen=True, kw_only=True)
class Path:
    """One learner's bookings (kept ones included) and task starts; `graduates` says whether the path claims to graduate."""

    learner: str
    graduates: bool = True
    bookings: tuple[Booking, ...] = ()
    tasks: tuple[TaskStart, ...] = ()

    @cached_property
    def offerings(self) -> frozenset[str]:
        """The ids of all booked offerings."""
        return frozenset(booking.offering for booking in self.bookings)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Paths, sorted by learner. Learners of the instance without a path are not judged; what they have booked stays.

    `held` = the candidates that a question about repeats adds to the calendar.
    """

    paths: tuple[Path, ...] = ()
    held: tuple[Held, ...] = ()

    @cached_property
    def path(self) -> dict[str, Path]:
        """Paths by learner."""
        return {path.learner: path for path in self.paths}
