"""One person who waits: when they can come, and what has to be over before a component starts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.people import Learner
from models.programme.plan import Path, TaskStart
from models.programme.time import Span, by_the_clock, local
from models.programme.words import WEEKDAYS, clock, listed
from models.rules.series import first_parts
from models.rules.window import last_day


def _by_time(busy: tuple[Span, str]) -> tuple[int, int, str]:
    span, words = busy
    return span.start, span.end, words


@dataclass(frozen=True)
class Person:
    """A learner of an instance, seen as somebody who may be seated in a candidate."""

    instance: Instance
    learner: Learner

    @cached_property
    def standing(self) -> list[Offering]:
        """What the person has booked."""
        return [self.instance.offering[each.offering] for each in self.instance.initial_state[self.learner.id].bookings]

    @cached_property
    def busy(self) -> tuple[tuple[Span, str], ...]:
        """When the person cannot come, and why."""
        return tuple(sorted((*self.away, *self.taken), key=_by_time))

    @cached_property
    def away(self) -> tuple[tuple[Span, str], ...]:
        """When the person is not there, and why, in order."""
        rows = self.instance.unavailable_of.get(self.learner.id, ())
        return tuple(sorted(((row.span, f"cannot come {row.words}") for row in rows), key=_by_time))

    @cached_property
    def taken(self) -> tuple[tuple[Span, str], ...]:
        """When the person is in what is booked already."""
        return tuple((session.span, f"is in {run.id}") for run in self.standing for session in run.sessions)

    @cached_property
    def last(self) -> date | None:
        """The last day of the person's window as it stands; None = no limit."""
        standing = self.instance.initial_state[self.learner.id].bookings
        return last_day(self.instance, Path(learner=self.learner.id, bookings=standing))

    @cached_property
    def waits(self) -> frozenset[str]:
        """Every component that the person waits for."""
        return frozenset(self.instance.waits_of.get(self.learner.id, ()))

    @cached_property
    def _done(self) -> frozenset[str]:
        return frozenset(done.component for done in self.instance.initial_state[self.learner.id].done)

    def needs(self, code: str) -> list[tuple[str, ...]]:
        """Return the entries of which something has to be over before a component starts, less what is done."""
        edition = self.instance.edition_of(self.learner.id)
        component = edition.component.get(code)
        entries = list(component.requires) if component else []
        if code not in edition.first_codes:
            entries += edition.first
        entries += [(first,) for first in first_parts(self.instance, self.learner.id, code) if first in self.waits]
        return [entry for entry in dict.fromkeys(entries) if not self._done.intersection(entry)]

    def has_before(self, entry: tuple[str, ...], run: Offering) -> bool:
        """Say whether something of an entry is booked already, or under way, and ends before an offering."""
        tasks = self.instance.initial_state[self.learner.id].tasks
        return any(each.component in entry and each.ends_before(run) for each in self.standing) or any(
            each.component in entry and self._ends(each) < run.start for each in tasks
        )

    def _ends(self, task: TaskStart) -> date:
        component = self.instance.edition_of(self.learner.id).component[task.component]
        return task.day + timedelta(days=component.length - 1)

    def counts_until(self, code: str) -> date | None:
        """Return the last day on which what is done of a component counts, and is not taken again; None = none does."""
        edition = self.instance.edition_of(self.learner.id)
        if code not in edition.component or edition.component[code].repeatable:
            return None
        done = (each for each in self.instance.initial_state[self.learner.id].done if each.component == code)
        return max((edition.taken_again_after(code, each.day) if each.day else date.max for each in done), default=None)

    def why_not(self, run: Offering) -> str | None:
        """Return why the person cannot sit in a candidate, whatever else is held; None if nothing speaks against it."""
        return next(self._reasons(run), None)

    def _reasons(self, run: Offering) -> Iterator[str]:
        edition = self.instance.edition_of(self.learner.id)
        if run.component not in edition.component:
            yield f"{run.component} is no component of edition {edition.id}"
        if self.learner.enrolled is not None and run.start < self.learner.enrolled:
            yield f"enrols only on {self.learner.enrolled}"
        if self.last is not None and run.end > self.last:
            yield f"the window ends {self.last}"
        counts = self.counts_until(run.component)
        if counts is not None and run.start <= counts:
            yield f"has done {run.component}, which counts until {counts}"
        for entry in self.needs(run.component):
            if not self.has_before(entry, run) and not self.waits.intersection(entry):
                yield f"needs {listed(entry, 'or')} first"
        if self.is_overloaded(run):
            yield "takes no more courses at once"
        yield from self._hours(run)

    def _hours(self, run: Offering) -> Iterator[str]:
        missed = list(self._missed(run))
        yield from missed if len(missed) > self.absences(run.component) else ()
        yield from (words for session in run.sessions for span, words in self.taken if span.overlaps(session.span))

    def _missed(self, run: Offering) -> Iterator[str]:
        """Yield why the person cannot come, for each session that is missed."""
        for session in run.sessions:
            words = next((words for span, words in self.away if span.overlaps(session.span)), None)
            if words is not None or not self.in_hours(session.span):
                yield words or self.hours

    def absences(self, code: str) -> int:
        """Return how many sessions of a component may be missed."""
        component = self.instance.edition_of(self.learner.id).component.get(code)
        return component.absences if component else 0

    @property
    def hours(self) -> str:
        """The person's local hours, in words."""
        who = self.learner
        ends = ("any time" if each is None else clock(each) for each in (who.earliest, who.latest))
        days = f" on {listed([WEEKDAYS[day] for day in who.weekdays])}" if who.weekdays else ""
        return f"can come {' to '.join(ends)}{days} local time ({who.zone})"

    def in_hours(self, span: Span) -> bool:
        """Say whether a stretch lies within the person's local hours."""
        who = self.learner
        days = {local(minute, who.zone).weekday() for minute in (span.start, span.end - 1)}
        if who.weekdays and not days <= set(who.weekdays):
            return False
        if who.earliest is None and who.latest is None:
            return True
        opens, closes = by_the_clock(span, who.zone)
        earliest, latest = who.earliest or 0, 1440 if who.latest is None else who.latest
        if None not in {who.earliest, who.latest} and latest <= earliest:
            return closes <= (latest if opens < earliest else latest + 1440)
        return opens >= earliest and closes <= latest

    def is_overloaded(self, *runs: Offering) -> bool:
        """Say whether some offerings make more courses run at once than the person takes."""
        most = self.learner.max_courses
        if most is None:
            return False
        components = self.instance.edition_of(self.learner.id).component
        courses = [
            run
            for run in (*self.standing, *runs)
            if run.component in components and components[run.component].kind == "course"
        ]
        news = {run.id for run in runs}
        return any(
            sum(run.start <= day <= run.end for run in courses) > most
            and any(run.id in news and run.start <= day <= run.end for run in courses)
            for day in {run.start for run in courses}
        )
