"""The question in plain numbers: what could seat whom, and what keeps what apart."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

from models.goals.uncovered import days_waited
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.people import Waiting
from scheduler.repeats.demand import turn
from scheduler.repeats.person import Person
from scheduler.repeats.staff import Calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An offering in which somebody could be seated: `added` = a candidate. `seats` are those that are free."""

    place: int
    offering: Offering
    added: bool
    seats: int
    trainers: tuple[str, ...] = ()
    day: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """One wait: the options that fit, and its turn; `days` waited so far, `loses` = graduation days lost in an option."""

    place: int
    row: Waiting
    fits: tuple[int, ...]
    turn: int
    days: int
    loses: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Order:
    """A wait may take an option of `late` only if one of the waits `firsts` is seated in what ends before it."""

    wait: int
    late: tuple[int, ...]
    firsts: tuple[int, ...]


@dataclass(kw_only=True)
class Problem:
    """All waits and options, the trainers' calendars, and the limits asked for."""

    instance: Instance
    options: tuple[Option, ...]
    waits: tuple[Wait, ...]
    people: Mapping[str, Person]
    calendars: Mapping[str, Calendar]
    most_sessions: int | None = None
    least_attendance: int | None = None

    @cached_property
    def waits_of(self) -> Mapping[str, tuple[Wait, ...]]:
        """The waits of each person."""
        found: dict[str, list[Wait]] = {}
        for wait in self.waits:
            found.setdefault(wait.row.learner, []).append(wait)
        return {name: tuple(waits) for name, waits in found.items()}

    @cached_property
    def orders(self) -> tuple[Order, ...]:
        """What has to come in order, for those who wait for both parts."""
        return tuple(
            order for name, waits in self.waits_of.items() if len(waits) > 1 for order in self._orders(name, waits)
        )

    def _orders(self, name: str, waits: Sequence[Wait]) -> Iterator[Order]:
        person = self.people[name]
        for wait in waits:
            for entry in person.needs(wait.row.component):
                firsts = tuple(each.place for each in waits if each.row.component in entry and each is not wait)
                late = tuple(k for k in wait.fits if not person.has_before(entry, self.options[k].offering))
                if firsts and late:
                    yield Order(wait.place, late, firsts)

    @cached_property
    def tangled(self) -> frozenset[str]:
        """People whose waits get in each other's way: some of their options overlap, or have to come in order."""
        found = {self.waits[order.wait].row.learner for order in self.orders}
        for name, waits in self.waits_of.items():
            if len(waits) > 1 and any(True for _ in self.clashes(name)):
                found.add(name)
        return frozenset(found)

    def clashes(self, name: str, usable: frozenset[int] | None = None) -> Iterator[tuple[int, int, int, int]]:
        """Yield wait, option, other wait, other option, that one person cannot have together."""
        limited = self.people[name].learner.max_courses is not None
        for one, other in combinations(self.waits_of[name], 2):
            ours = [k for k in one.fits if usable is None or k in usable]
            theirs = [k for k in other.fits if usable is None or k in usable]
            by_day: dict[int, list[int]] = {}
            for k in theirs:
                for day in self._days(k):
                    by_day.setdefault(day, []).append(k)
            for k in ours:
                near = theirs if limited else sorted({each for day in self._days(k) for each in by_day.get(day, ())})
                for other_k in near:
                    if self._apart(name, k, other_k, limited=limited):
                        yield one.place, k, other.place, other_k

    def time_of(self, k: int) -> int:
        """Return a number that options share only if they meet at the same instant: no person can have two of them."""
        opens = self.options[k].offering.opens
        return -1 - k if opens is None else opens

    def _days(self, k: int) -> set[int]:
        """Return the days since 1970 that an option's sessions touch."""
        sessions = self.options[k].offering.sessions
        return {moment // 1440 for session in sessions for moment in (session.start, session.span.end)}

    def _apart(self, name: str, k: int, other: int, *, limited: bool) -> bool:
        a, b = self.options[k].offering, self.options[other].offering
        return a.overlaps(b) or (limited and self.people[name].is_overloaded(a, b))

    def before(self, first: int, second: int) -> bool:
        """Say whether one option has ended when another starts."""
        return self.options[first].offering.ends_before(self.options[second].offering)


def wait_of(place: int, row: Waiting, fits: Sequence[int], instance: Instance, loses: Mapping[int, int]) -> Wait:
    """Return a wait with its turn and the days waited."""
    return Wait(place=place, row=row, fits=tuple(fits), turn=turn(row), days=days_waited(instance, row), loses=loses)
