"""What the mixed-integer program believes of a learner: what stands, what may be chosen, and what is already counted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from models.programme.edition import Component, Edition, Requirement
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.people import Learner, Record
from models.programme.time import anniversary, local, whole_days

DAY = timedelta(days=1)
MIDNIGHT = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A choice: an offering (`run`), or a task from one day to another."""

    code: str
    first: date
    last: date
    run: Offering | None = None
    standing: bool = False
    role: str | None = None
    opens: int | None = None
    closes: int | None = None

    @classmethod
    def of(cls, run: Offering, *, standing: bool = False, role: str | None = None) -> "Piece":
        """Return the choice of an offering."""
        return cls(
            code=run.component,
            first=run.start,
            last=run.end,
            run=run,
            standing=standing,
            role=role,
            opens=min((session.start for session in run.sessions), default=None),
            closes=max((session.start + (session.minutes or 1) for session in run.sessions), default=None),
        )

    def precedes(self, other: "Piece") -> bool:
        """Say whether this is over when the other begins."""
        if self.closes is not None and other.opens is not None:
            return self.closes <= other.opens
        return self.last < other.first

    def length(self) -> int | None:
        """Return the minutes of all sessions, None where one is unknown."""
        sessions = self.run.sessions if self.run else ()
        if not sessions or any(session.minutes is None for session in sessions):
            return None
        return sum(session.minutes or 0 for session in sessions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Believed:
    """One learner's side of an instance."""

    instance: Instance
    person: Learner
    edition: Edition
    completions: tuple[Record, ...]
    exemptions: tuple[Record, ...]
    standing: tuple[Record, ...]

    @property
    def joined(self) -> date:
        """The day of enrolment, long ago where there is none."""
        return self.person.enrolled or date(1970, 1, 1)

    @property
    def component(self) -> dict[str, Component]:
        """Components by code."""
        return {component.code: component for component in self.edition.components}

    def is_done(self, code: str) -> bool:
        """Say whether the records settle a component for whatever comes after it."""
        return any(row.component == code for row in (*self.completions, *self.exemptions))

    def counted(self, need: Requirement) -> set[str]:
        """Return what the records already contribute: codes, or one word for each offering of a repeatable one."""
        found: set[str] = set()
        for number, row in enumerate(self.completions):
            long_enough = need.min_minutes is None or row.minutes is None or row.minutes >= need.min_minutes
            if row.component in need.pool and (need.role is None or need.role == row.role):
                if row.role is None and not long_enough:
                    continue
                repeats = self.component[row.component].repeatable
                found.add(f"{row.component}/{row.offering or number}" if repeats else row.component)
        for row in self.exemptions:
            if row.component in need.pool and row.role == need.role:
                repeats = self.component[row.component].repeatable
                found |= {f"{row.component}/all{n}" for n in range(need.count)} if repeats else {row.component}
        return found

    @property
    def has_graduated(self) -> bool:
        """Say whether the records alone meet everything."""
        ends = all(any(self.is_done(code) for code in entry) for entry in self.edition.last)
        return ends and all(len(self.counted(need)) >= need.count for need in self.edition.requirements)


def believe(instance: Instance, learner: str) -> Believed:
    """Sort a learner's records by what they mean on the planning day."""
    person = {one.id: one for one in instance.learners}[learner]
    rows = [row for row in instance.records if row.learner == learner]
    rows = [row for row in rows if row.date is None or row.date <= instance.as_of]
    ends = {run.id: run.end for run in instance.offerings}
    settled = {row.offering for row in rows if row.status in ("completed", "missed")}
    standing = [row for row in rows if row.status == "booked" and row.offering is not None]
    return Believed(
        instance=instance,
        person=person,
        edition=instance.editions[person.edition],
        completions=tuple(row for row in rows if row.status == "completed"),
        exemptions=tuple(row for row in rows if row.status == "exempt"),
        standing=tuple(
            row for row in standing if row.offering not in settled and ends[row.offering or ""] >= instance.as_of
        ),
    )


def pieces(believed: Believed) -> Iterator[Piece]:
    """List everything that can be part of the learner's path: what stands, what may be booked, every task day."""
    runs = {run.id: run for run in believed.instance.offerings}
    for row in believed.standing:
        run = runs[row.offering or ""]
        yield Piece.of(run, standing=True, role=row.role)
    final = final_day(believed)
    for run in believed.instance.offerings:
        if final is not None and run.end > final:
            continue
        if _is_open(believed, run) and _fits_the_learner(believed, run):
            yield Piece.of(run)
    for component in believed.edition.components:
        if component.kind == "task" and not any(row.component == component.code for row in believed.completions):
            for day in _task_starts(believed, component):
                yield Piece(code=component.code, first=day, last=day + ((component.days or 1) - 1) * DAY)


def _is_open(believed: Believed, run: Offering) -> bool:
    component = believed.component.get(run.component)
    if component is None or component.kind == "task":
        return False
    mine = [row for row in (*believed.completions, *believed.standing) if row.component == run.component]
    if any(row.offering == run.id for row in mine) or (mine and not component.repeatable):
        return False
    allowed = {"published", "tentative"} if believed.instance.tentative else {"published"}
    in_time = run.registration_closes is None or run.registration_closes >= believed.instance.as_of
    return run.status in allowed and in_time and run.start > believed.instance.as_of and run.start >= believed.joined


def is_attended(believed: Believed, run: Offering) -> bool:
    """Say whether the learner sits in enough of an offering's sessions."""
    return _fits_the_learner(believed, run)


def _fits_the_learner(believed: Believed, run: Offering) -> bool:
    busy = [row.span for row in believed.instance.unavailable if row.who == believed.person.id]
    if not run.sessions:
        whole = whole_days(run.start, run.end, believed.person.zone)
        free = whole.start
        for span in sorted(busy, key=lambda one: one.start):
            free = span.end if span.start <= free < span.end else free
        return free < whole.end
    component = believed.component.get(run.component)
    absent = sum(
        any(session.span.overlaps(span) for span in busy)
        or not _at_good_hours(believed.person, session.span.start, session.span.end)
        for session in run.sessions
    )
    return absent <= (component.absences if component else 0)


def _at_good_hours(person: Learner, start: int, end: int) -> bool:
    if person.earliest is None and person.latest is None:
        return True
    begins = local(start, person.zone).replace(tzinfo=None)
    midnight = begins.replace(hour=0, minute=0)
    opens = begins - midnight >= timedelta(minutes=person.earliest or 0)
    closes = begins + timedelta(minutes=end - start) <= midnight + timedelta(minutes=person.latest or MIDNIGHT)
    return opens and closes


def final_day(believed: Believed) -> date | None:
    """Return the last day of the window where no choice can move it: what ends later is of no use."""
    window = believed.edition.window
    if believed.person.deadline is not None or window is None or window.starts != "enrolment":
        return believed.person.deadline
    return anniversary(believed.joined, window.years)


def _task_starts(believed: Believed, task: Component) -> list[date]:
    """List every day of a short calendar where the clock depends on it; else the days when something has just ended."""
    start = max(believed.instance.as_of + DAY, believed.joined)
    lengths = [one.days or 1 for one in believed.edition.components if one.kind == "task"]
    ends = [run.end for run in believed.instance.offerings]
    window = believed.edition.window
    if window and window.starts != "enrolment" and believed.person.deadline is None:
        final = max([start, *ends]) + (sum(lengths) + 1) * DAY
        return [start + step * DAY for step in range((final - start).days + 1)]
    edition = believed.edition
    if not task.requires and task.code not in edition.last_codes and task.code in edition.first_codes:
        return [start]
    starts = {start, *(end + DAY for end in ends)}
    for _ in lengths:
        starts |= {day + length * DAY for day in starts for length in lengths}
    return sorted(day for day in starts if day >= start)
