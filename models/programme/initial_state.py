"""What stands on the planning day: what each learner has done, and the bookings and tasks that are still to come."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from models.programme.edition import Edition
from models.programme.offering import Offering
from models.programme.people import Record
from models.programme.plan import Booking, TaskStart


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One completion or exemption; an exemption has no `day`."""

    component: str
    day: date | None
    offering: str | None = None
    role: str | None = None
    minutes: int | None = None

    @property
    def exempt(self) -> bool:
        """Say whether this is an exemption."""
        return self.day is None


@dataclass(frozen=True, slots=True)
class InitialState:
    """One learner's completions, the bookings that stand, and the tasks under way."""

    done: tuple[Done, ...] = ()
    bookings: tuple[Booking, ...] = ()
    tasks: tuple[TaskStart, ...] = ()


class InitialStates(Mapping[str, InitialState]):
    """The initial state of each learner by id, read from the records when it is first asked for."""

    __slots__ = ("_known", "_learners", "_read")

    def __init__(self, learners: Collection[str], read: Callable[[str], InitialState]) -> None:
        """Hold the initial state of `learners`, which `read` returns."""
        self._learners, self._read = learners, read
        self._known: dict[str, InitialState] = {}

    def __getitem__(self, learner: str) -> InitialState:
        """Return one learner's; raise KeyError for a learner who is not there."""
        if learner not in self._known:
            if learner not in self._learners:
                raise KeyError(learner)
            self._known[learner] = self._read(learner)
        return self._known[learner]

    def __iter__(self) -> Iterator[str]:
        """Go through the learners in their order."""
        return iter(self._learners)

    def __len__(self) -> int:
        """Count the learners."""
        return len(self._learners)


def initial_state_of(
    records: Iterable[Record], offerings: Mapping[str, Offering], edition: Edition, as_of: date
) -> InitialState:
    """Read one learner's known records as what stands on `as_of`."""
    rows = tuple(records)
    booked = [row for row in rows if row.status == "booked"]
    if booked:
        settled = {(row.component, row.offering) for row in rows if row.status not in {"booked", "waived"}}
        booked = [row for row in booked if (row.component, row.offering) not in settled]
    return InitialState(
        tuple(_done(row) for row in rows if row.status in {"completed", "exempt"}),
        tuple(sorted((b for row in booked if (b := _booking(row, offerings, as_of))), key=_by_offering)),
        tuple(sorted(start for row in booked if (start := _task(row, edition, as_of)))),
    )


def _by_offering(booking: Booking) -> str:
    return booking.offering


def _done(row: Record) -> Done:
    day = row.date if row.status == "completed" else None
    return Done(component=row.component, day=day, offering=row.offering, role=row.role, minutes=row.minutes)


def _booking(row: Record, offerings: Mapping[str, Offering], as_of: date) -> Booking | None:
    """Return a booking that stands: its offering is neither cancelled nor over before `as_of`."""
    offering = offerings.get(row.offering or "")
    if offering is None or offering.status == "cancelled" or offering.end < as_of:
        return None
    return Booking(offering=offering.id, role=row.role)


def _task(row: Record, edition: Edition, as_of: date) -> TaskStart | None:
    """Return a task that is under way and not over before `as_of`."""
    component = edition.component.get(row.component)
    if row.offering or component is None or component.kind != "task" or row.date is None:
        return None
    over = row.date + timedelta(days=component.length - 1) < as_of
    return None if over else TaskStart(component=row.component, day=row.date)
