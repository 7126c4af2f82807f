"""A year to plan as an instance: who is there and who is expected, what stands, and the same with some choices added."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from models.programme.edition import Edition
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.people import Learner
from models.programme.year import Arrival, arrival_id
from scheduler.calendar.choices import Choice, choices_of, next_of
from scheduler.solve.paths import planned_in


@dataclass(frozen=True)
class Season:
    """`instance` = as it was read, what is tentative on it counting; `choices` = everything that could be added."""

    instance: Instance
    choices: tuple[Choice, ...]

    def without(self, barred: Container[tuple[str, date]]) -> "Season":
        """Return the season without the choices of some components on some days."""
        return replace(self, choices=tuple(e for e in self.choices if (e.code, e.offering.start) not in barred))

    @cached_property
    def choice(self) -> dict[str, Choice]:
        """Choices by id."""
        return {each.id: each for each in self.choices}

    @cached_property
    def standing(self) -> Instance:
        """The year with nothing added: who is expected is there, and what follows the year is supposed."""
        return self.with_added(())

    @cached_property
    def learners(self) -> tuple[str, ...]:
        """Everybody whose path is planned, the expected ones included."""
        return planned_in(self.standing)

    @cached_property
    def expected(self) -> frozenset[str]:
        """Those who are expected."""
        return frozenset(each.id for each in self.standing.learners) - frozenset(self.instance.learner)

    @cached_property
    def at_best(self) -> Instance:
        """The year with everything added; who is expected enrols as early, and has time for as long, as on any calendar."""
        everything = self.with_added(self.choices)
        free = {name: self._freely(each, everything) for name, each in self._expected_of(everything).items()}
        return replace(everything, learners=tuple(free.get(each.id, each) for each in everything.learners))

    def with_added(self, added: Iterable[Choice]) -> Instance:
        """Return the instance as it is when some choices are on the calendar."""
        instance = self.instance
        runs = [run for each in added for run in each.held]
        offerings = _sorted([*instance.offerings, *self._follows, *runs])
        return replace(
            instance,
            offerings=offerings,
            learners=tuple(sorted([*instance.learners, *self._arrive(offerings)], key=lambda each: each.id)),
        )

    @cached_property
    def _follows(self) -> tuple[Offering, ...]:
        """What stands already, supposed once more a year later."""
        year = self.instance.year
        if year is None:
            return ()
        runs = [next_of(year, run) for run in self.instance.offerings if run.status != "cancelled"]
        return tuple(run for run in runs if run is not None)

    def is_supposed(self, offering: str) -> bool:
        """Say whether an offering is on no calendar, but only supposed to be held once more."""
        return offering not in self.instance.offering and offering not in self.choice

    def _expected_of(self, everything: Instance) -> dict[str, tuple[Arrival, Learner]]:
        """Return who is expected, by name, with the row of arrivals."""
        rows = {arrival_id(arrival.month, number): arrival for arrival, number in _numbered(self.instance.arrivals)}
        return {name: (rows[name], everything.learner[name]) for name in self.expected}

    def _freely(self, expected: tuple[Arrival, Learner], everything: Instance) -> Learner:
        """Return somebody who is expected, with what the best of all calendars says of enrolment and window."""
        arrival, learner = expected
        edition, month = self.instance.editions[arrival.edition], arrival.month
        stands = _live_days(edition, month, self.standing.offerings)
        if not stands:
            learner = replace(learner, enrolled=month)
        latest = min(stands, default=max(_live_days(edition, month, everything.offerings), default=month))
        if edition.window is None or edition.window.starts != "enrolment" or latest == learner.enrolled:
            return learner
        return replace(learner, deadline=edition.window.last_day(latest))

    def _arrive(self, offerings: Sequence[Offering]) -> list[Learner]:
        found = []
        first: dict[tuple[str, date], date] = {}
        for arrival, number in _numbered(self.instance.arrivals):
            if arrival.month > self.instance.as_of:
                key = arrival.edition, arrival.month
                if key not in first:
                    first[key] = _first_day(self.instance.editions[arrival.edition], arrival.month, offerings)
                found.append(_learner(arrival, number, first[key]))
        return found


def season_of(instance: Instance) -> Season:
    """Return the year of an instance; what is tentative counts as planned. Raise ValueError where there is no year."""
    counted = replace(instance, tentative=True)
    return Season(counted, choices_of(counted))


def _sorted(runs: Iterable[Offering]) -> tuple[Offering, ...]:
    return tuple(sorted(runs, key=lambda run: (run.start, run.end, run.component, run.id)))


def _numbered(arrivals: Sequence[Arrival]) -> list[tuple[Arrival, int]]:
    """Give everybody who is expected in a month a number, over all rows of it."""
    found = []
    count: dict[str, int] = {}
    for arrival in arrivals:
        month = f"{arrival.month:%Y-%m}"
        for _ in range(arrival.learners):
            count[month] = count.get(month, 0) + 1
            found.append((arrival, count[month]))
    return found


def _first_day(edition: Edition, month: date, offerings: Sequence[Offering]) -> date:
    """Return the first day of a month, or of the next live orientation."""
    return min(_live_days(edition, month, offerings), default=month)


def _live_days(edition: Edition, month: date, offerings: Sequence[Offering]) -> list[date]:
    """Return the days from a month on on which a live orientation starts."""
    live = {code for code in edition.first_codes if edition.component[code].kind != "task"}
    return [run.start for run in offerings if run.component in live and run.start >= month]


def _learner(arrival: Arrival, number: int, enrolled: date) -> Learner:
    """Return somebody who is expected, from the day of enrolment on."""
    return Learner(
        id=arrival_id(arrival.month, number),
        edition=arrival.edition,
        enrolled=enrolled,
        zone=arrival.zone,
        earliest=arrival.earliest,
        latest=arrival.latest,
        note="expected",
    )
