"""An instance: a programme's editions, its calendar, its people and the planning day, cross-checked and immutable."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from models.programme.added import ADDED
from models.programme.days_off import holidays_of
from models.programme.edition import Component, Edition
from models.programme.initial_state import InitialState, InitialStates, initial_state_of
from models.programme.offering import Offering
from models.programme.people import Candidate, Closure, Learner, Record, Slots, Trainer, Unavailable, Waiting
from models.programme.plan import Booking
from models.programme.time import whole_days
from models.programme.year import Arrival, Pattern, Year

T = TypeVar("T")

OF_PEOPLE = (
    "learner",
    "records_of",
    "unavailable_of",
    "initial_state",
    "waived_for",
    "seats_standing",
    "roles_standing",
)
"""What does not depend on how full the offerings are."""


@dataclass(frozen=True, kw_only=True)
class Instance:
    """Everything a question is asked about. All tuples are in canonical order, so equal data is equal however rows were ordered.

    `tentative` = tentative offerings count as planned, those that a change adds among them.
    `year`, `patterns`, `arrivals` = the year to plan.
    """

    id: str
    title: str
    edition: str
    as_of: date
    zone: str
    synthetic: bool = False
    editions: Mapping[str, Edition] = field(default_factory=dict)
    offerings: tuple[Offering, ...] = ()
    learners: tuple[Learner, ...] = ()
    records: tuple[Record, ...] = ()
    unavailable: tuple[Unavailable, ...] = ()
    waitlist: tuple[Waiting, ...] = ()
    trainers: tuple[Trainer, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    closures: tuple[Closure, ...] = ()
    slots: Slots | None = None
    tentative: bool = False
    digest: str = ""
    year: Year | None = field(default=None, metadata=ADDED)
    patterns: tuple[Pattern, ...] = field(default=(), metadata=ADDED)
    arrivals: tuple[Arrival, ...] = field(default=(), metadata=ADDED)

    @cached_property
    def offering(self) -> Mapping[str, Offering]:
        """Offerings by id."""
        return {offering.id: offering for offering in self.offerings}

    @cached_property
    def learner(self) -> Mapping[str, Learner]:
        """Learners by id."""
        return {learner.id: learner for learner in self.learners}

    @cached_property
    def trainer(self) -> Mapping[str, Trainer]:
        """Trainers by id."""
        return {trainer.id: trainer for trainer in self.trainers}

    @cached_property
    def offerings_of(self) -> Mapping[str, tuple[Offering, ...]]:
        """Offerings by component, in canonical order, cancelled ones left out."""
        found: dict[str, list[Offering]] = {}
        for offering in self.offerings:
            if offering.status != "cancelled":
                found.setdefault(offering.component, []).append(offering)
        return {code: tuple(runs) for code, runs in found.items()}

    def with_room(self, offerings: tuple[Offering, ...]) -> "Instance":
        """Return the instance with the same offerings, more or less full: what is known of its people is not found out anew."""
        found = replace(self, offerings=offerings)
        found.__dict__.update({name: getattr(self, name) for name in OF_PEOPLE})
        return found

    @property
    def is_free(self) -> bool:
        """Say whether everybody may give up what stands."""
        return bool(self.learners) and all(each.free for each in self.learners)

    @property
    def keeps_all(self) -> bool:
        """Say whether nobody may give up anything that stands."""
        return not any(each.free or each.releases for each in self.learners)

    @cached_property
    def candidate_ids(self) -> tuple[str, ...]:
        """The ids of the offerings that are held only if a plan says so, sorted."""
        return tuple(sorted(each.id for each in self.offerings if each.status == "candidate"))

    @cached_property
    def last_day(self) -> date:
        """The last day of the calendar, or the planning day where that is later."""
        return max([self.as_of, *(offering.end for offering in self.offerings)])

    @cached_property
    def records_of(self) -> Mapping[str, tuple[Record, ...]]:
        """Records by learner, those that are known on the planning day."""
        found: dict[str, list[Record]] = {}
        for record in self.records:
            if record.date is None or record.date <= self.as_of:
                found.setdefault(record.learner, []).append(record)
        return {learner: tuple(rows) for learner, rows in found.items()}

    @cached_property
    def waits_of(self) -> Mapping[str, tuple[str, ...]]:
        """The components that each learner waits for."""
        found: dict[str, list[str]] = {}
        for row in self.waitlist:
            found.setdefault(row.learner, []).append(row.component)
        return {learner: tuple(codes) for learner, codes in found.items()}

    @cached_property
    def unavailable_of(self) -> Mapping[str, tuple[Unavailable, ...]]:
        """Unavailable spans by person, a trainer's own public holidays among them."""
        found: dict[str, list[Unavailable]] = {}
        for row in self.unavailable:
            found.setdefault(row.who, []).append(row)
        for trainer in self.trainers:
            if trainer.holidays:
                found.setdefault(trainer.id, []).extend(self._holidays_of(trainer))
        return {who: tuple(rows) for who, rows in found.items()}

    def _holidays_of(self, trainer: Trainer) -> Iterator[Unavailable]:
        ends = [self.last_day, *(each.last for each in (self.slots, self.year) if each is not None)]
        for year in range(self.as_of.year, max(ends).year + 2):
            for place in trainer.holidays:
                for day, name in sorted(holidays_of(place, year).items()):
                    span = whole_days(day, day, trainer.zone)
                    yield Unavailable(who=trainer.id, span=span, words=str(day), note=f"{name}, {place}")

    @cached_property
    def initial_state(self) -> Mapping[str, InitialState]:
        """By learner: what is done, booked and under way on the planning day."""
        return InitialStates(self.learner.keys(), self._initial_state_of)

    def _initial_state_of(self, learner: str) -> InitialState:
        rows = self.records_of.get(learner, ())
        return initial_state_of(rows, self.offering, self.edition_of(learner), self.as_of)

    @cached_property
    def _bookings_standing(self) -> tuple[Booking, ...]:
        """Every standing booking, by learner."""
        booked = {row.learner for row in self.records if row.status == "booked"}
        return tuple(
            booking for each in self.learners if each.id in booked for booking in self.initial_state[each.id].bookings
        )

    @cached_property
    def seats_standing(self) -> Mapping[str, int]:
        """How many standing bookings each offering has, of all learners of the instance."""
        return Counter(booking.offering for booking in self._bookings_standing)

    @cached_property
    def roles_standing(self) -> Mapping[tuple[str, str], int]:
        """How many standing bookings each offering has in each role."""
        return Counter((booking.offering, booking.role) for booking in self._bookings_standing if booking.role)

    @cached_property
    def _derived(self) -> dict[str, Any]:
        return {}

    def once(self, name: str, compute: Callable[[], T]) -> T:
        """Return what `compute` returns, computed once for this instance under that name."""
        if name not in self._derived:
            self._derived[name] = compute()
        found: T = self._derived[name]
        return found

    def edition_of(self, learner: str) -> Edition:
        """Return the edition that a learner belongs to; what is waived for the learner requires nothing in it."""
        edition = self.editions[self.learner[learner].edition]
        codes = self.waived_for.get(learner)
        if codes is None:
            return edition
        return self.once(f"edition of {learner}", lambda: edition.freed_of(codes))

    @cached_property
    def waived_for(self) -> Mapping[str, frozenset[str]]:
        """The components that learners may start without what they require, by learner."""
        found: dict[str, set[str]] = {}
        for record in self.records:
            if record.status == "waived" and (record.date is None or record.date <= self.as_of):
                found.setdefault(record.learner, set()).add(record.component)
        return {learner: frozenset(codes) for learner, codes in found.items()}

    def component_for(self, learner: str, code: str) -> Component | None:
        """Return a component as the learner's edition defines it, or None where it does not."""
        return self.edition_of(learner).component.get(code)
