"""Which options fit whom: whole calendars at once, each person's hours and absences against every moment."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from models.programme.offering import Offering
from models.programme.people import Learner
from models.programme.plan import Booking, Path, Plan
from models.programme.time import Span, by_the_clock, local
from scheduler.repeats.law import ORDER, lasting, names, newly_broken
from scheduler.repeats.person import Person
from scheduler.solve.initial_state import standing_path

Mask = NDArray[np.bool_]
DAY = 24 * 60


class Moments:
    """The distinct session times of some offerings, and their clock times in each zone."""

    def __init__(self, offerings: Sequence[Offering]) -> None:
        """Give each distinct time a number."""
        spans = sorted({(session.span.start, session.span.end) for run in offerings for session in run.sessions})
        self.number = {span: place for place, span in enumerate(spans)}
        self.starts = np.array([start for start, _ in spans], dtype=np.int64)
        self.ends = np.array([end for _, end in spans], dtype=np.int64)
        self._clocks: dict[str, tuple[NDArray[np.int64], NDArray[np.int64]]] = {}
        self._known: dict[object, Mask] = {}

    def clocks(self, zone: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return when each moment starts and ends, in local minutes of the day on which it starts."""
        if zone not in self._clocks:
            opens, closes = [], []
            for start, end in zip(self.starts.tolist(), self.ends.tolist(), strict=True):
                first, last = by_the_clock(Span(start, end), zone)
                opens.append(first)
                closes.append(last)
            self._clocks[zone] = (np.array(opens, dtype=np.int64), np.array(closes, dtype=np.int64))
        return self._clocks[zone]

    def on_days(self, who: Learner) -> Mask:
        """Return the moments that lie on days of the week on which a person can come."""
        fine = [
            {local(start, who.zone).weekday(), local(end - 1, who.zone).weekday()} <= set(who.weekdays)
            for start, end in zip(self.starts.tolist(), self.ends.tolist(), strict=True)
        ]
        return np.array(fine, dtype=np.bool_)

    def fit(self, person: Person) -> Mask:
        """Return the moments at which a person can come."""
        who = person.learner
        spans = tuple((span.start, span.end) for span, _ in person.busy)
        key = (who.zone, who.earliest, who.latest, who.weekdays, spans)
        if key not in self._known:
            fine: Mask = np.ones(len(self.starts), dtype=np.bool_)
            if who.earliest is not None or who.latest is not None:
                opens, closes = self.clocks(who.zone)
                fine &= within_hours(who, opens, closes)
            if who.weekdays:
                fine &= self.on_days(who)
            for start, end in spans:
                fine &= (self.starts >= end) | (self.ends <= start)
            self._known[key] = fine
        return self._known[key]


def within_hours(who: Learner, opens: NDArray[np.int64], closes: NDArray[np.int64]) -> Mask:
    """Say of stretches, in local minutes of the day on which each starts, whether they lie within a person's hours."""
    earliest, latest = who.earliest or 0, DAY if who.latest is None else who.latest
    if None not in {who.earliest, who.latest} and latest <= earliest:
        found: Mask = (closes <= latest) | ((opens >= earliest) & (closes <= latest + DAY))
    else:
        found = (opens >= earliest) & (closes <= latest)
    return found


class Fits:
    """Answers which candidates of a component fit a person."""

    def __init__(self, candidates: Mapping[str, Sequence[tuple[int, Offering]]]) -> None:
        """Take the candidates of each component, with their places."""
        self.candidates = candidates
        self.moments = Moments([run for runs in candidates.values() for _, run in runs])
        self._beats: dict[str, NDArray[np.int64]] = {}

    def of(self, person: Person, code: str) -> list[int]:
        """Return the places of the candidates that fit."""
        runs = self.candidates.get(code, ())
        if not runs:
            return []
        if person.absences(code):
            return [place for place, run in runs if person.why_not(run) is None]
        fine = self.moments.fit(person)
        fitting: Mask = np.all(fine[self._numbers(code)], axis=1)
        if self._is_plain(person, code):
            places = np.array([place for place, _ in runs])
            found: list[int] = places[fitting].tolist()
            return found
        return [
            place
            for (place, run), fits in zip(runs, fitting.tolist(), strict=True)
            if fits and person.why_not(run) is None
        ]

    def _numbers(self, code: str) -> NDArray[np.int64]:
        """Return the moments of each candidate, a row for each; shorter ones repeat their last."""
        if code not in self._beats:
            rows = [
                [self.moments.number[s.span.start, s.span.end] for s in run.sessions]
                for _, run in self.candidates[code]
            ]
            width = max(len(row) for row in rows)
            self._beats[code] = np.array([row + row[-1:] * (width - len(row)) for row in rows], dtype=np.int64)
        return self._beats[code]

    def _is_plain(self, person: Person, code: str) -> bool:
        """Say whether only the hours matter: no window, no order, no limit on courses, nothing done, enrolled by today."""
        who, instance = person.learner, person.instance
        enrolled = who.enrolled is not None and who.enrolled <= instance.as_of
        plain = enrolled and who.max_courses is None and person.last is None
        return (
            plain
            and code in instance.edition_of(who.id).component
            and not (person.needs(code) or person.counts_until(code))
        )


def fits_published(person: Person, run: Offering) -> bool:
    """Say whether a person can newly book a published offering; what has to come first, or go with it, may be seated too."""
    if any(each.id == run.id for each in person.standing):
        return False
    path = standing_path(person.instance, person.learner.id, graduates=True)
    booked = Path(learner=path.learner, bookings=(*path.bookings, Booking(offering=run.id)), tasks=path.tasks)
    broken = names(newly_broken(person.instance, Plan(paths=(booked,)))) & lasting()
    if broken - ORDER:
        return False
    return not broken or all(
        person.has_before(entry, run) or person.waits.intersection(entry) for entry in person.needs(run.component)
    )
