"""Entries of a calendar file: sessions, whole days and last booking days of one learner, one trainer, or the programme."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.time import local
from scheduler.report.meetings import Meeting, meetings_of
from scheduler.report.steps import Step, steps_of
from scheduler.solve.result import LearnerAnswer

PRODUCT = "cohort-scheduler"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """One entry. `start` is an instant, or a day, and `end` is of the same kind, a day not included; None = not stated.

    `uid` stays the same as long as it is about the same thing; `busy` False = it blocks no time.
    """

    uid: str
    title: str
    start: datetime | date
    end: datetime | date | None = None
    words: tuple[str, ...] = ()
    tentative: bool = False
    busy: bool = True


def learner_entries(instance: Instance, answer: LearnerAnswer) -> list[CalendarEntry]:
    """Return what lies ahead of a learner on a plan: sessions, what has no session times as whole days, and days to book by."""
    steps = steps_of(instance, answer.learner, answer.path)
    meetings = meetings_of(instance, answer.learner, steps)
    found = [_meeting(instance, each) for each in meetings]
    for step in (each for each in steps if each.lies_ahead):
        if not (step.run and step.run.sessions):
            found.append(_days(instance, answer.learner, step))
        found += _book_by(instance, answer.learner, step)
    return _sorted(found)


def trainer_entries(instance: Instance, trainer: str) -> list[CalendarEntry]:
    """Return what a trainer teaches from the planning day on."""
    zone = instance.trainer[trainer].zone if trainer in instance.trainer else instance.zone
    runs = [run for run in runs_ahead(instance) if trainer in run.trainers]
    return _sorted(entry for run in runs for entry in _held(instance, run, trainer, zone))


def programme_entries(instance: Instance) -> list[CalendarEntry]:
    """Return everything that is held from the planning day on."""
    return _sorted(entry for run in runs_ahead(instance) for entry in _held(instance, run, "programme", instance.zone))


def runs_ahead(instance: Instance) -> list[Offering]:
    """Return what is not over and not cancelled."""
    return [run for run in instance.offerings if run.status != "cancelled" and run.end >= instance.as_of]


def _sorted(entries: Iterable[CalendarEntry]) -> list[CalendarEntry]:
    return sorted(entries, key=lambda each: (f"{each.start.isoformat()}", each.uid))


def _uid(instance: Instance, *parts: object) -> str:
    return "-".join(str(part) for part in (instance.id, *parts)) + f"@{PRODUCT}"


def _utc(minute: int) -> datetime:
    return local(minute, "UTC")


def _meeting(instance: Instance, each: Meeting) -> CalendarEntry:
    number = f" ({each.number} of {each.count})" if each.count > 1 else ""
    role = f", role: {each.role}" if each.role else ""
    return CalendarEntry(
        uid=_uid(instance, each.offering, each.number, each.learner),
        title=f"{each.component}: {each.title or each.component}{number}{role}",
        start=_utc(each.start),
        end=None if each.minutes is None else _utc(each.start + each.minutes),
        words=(
            *_both(each.start, each.learner_zone, each.programme_zone),
            *_length(each.minutes),
            STATES[each.state].format(run=each.offering),
        ),
        tentative=each.state == "tentative",
    )


STATES = {
    "booked": "Booked: {run}.",
    "planned": "Planned, not booked yet: {run}.",
    "tentative": "Tentative, not announced yet: {run}.",
    "done": "Done: {run}.",
}
"""What a state means, in one sentence."""


def _both(minute: int, zone: str, other: str) -> Iterator[str]:
    """Say the local time in both zones, once where they are one."""
    for name in dict.fromkeys((zone, other)):
        yield f"{local(minute, name):%a %Y-%m-%d %H:%M} ({name})"


def _length(minutes: int | None) -> tuple[str, ...]:
    return ("How long it lasts is not stated.",) if minutes is None else ()


def _days(instance: Instance, learner: str, step: Step) -> CalendarEntry:
    """Return a task, or an offering without session times, as whole days."""
    component = instance.component_for(learner, step.component)
    what = "Session times are not stated." if step.run else "Self-paced: done on days of your own."
    return CalendarEntry(
        uid=_uid(instance, step.label, "days", learner),
        title=f"{step.component}: {component.title if component else step.component}",
        start=step.start,
        end=step.end + timedelta(days=1),
        words=(what, STATES[step.state].format(run=step.label)),
        tentative=step.state == "tentative",
        busy=False,
    )


def _book_by(instance: Instance, learner: str, step: Step) -> Iterator[CalendarEntry]:
    """Yield the last day on which something planned can be booked, where one is stated."""
    closes = step.run.registration_closes if step.run else None
    if step.run is None or closes is None or step.state == "booked":
        return
    yield CalendarEntry(
        uid=_uid(instance, step.run.id, "book", learner),
        title=f"Book {step.run.id} today at the latest",
        start=closes,
        end=closes + timedelta(days=1),
        words=(f"{step.run.id} runs {step.start} to {step.end}.",),
        busy=False,
    )


def _held(instance: Instance, run: Offering, whose: str, zone: str) -> Iterator[CalendarEntry]:
    title = f"{run.component}: {run.id}"
    words = (f"Taught by {', '.join(run.trainers)}.",) if run.trainers else ()
    for number, session in enumerate(sorted(run.sessions, key=lambda each: each.start), start=1):
        yield CalendarEntry(
            uid=_uid(instance, run.id, number, whose),
            title=f"{title} ({number} of {len(run.sessions)})" if len(run.sessions) > 1 else title,
            start=_utc(session.start),
            end=None if session.minutes is None else _utc(session.start + session.minutes),
            words=(*_both(session.start, zone, instance.zone), *_length(session.minutes), *words),
            tentative=run.status == "tentative",
        )
    if not run.sessions:
        yield CalendarEntry(
            uid=_uid(instance, run.id, "days", whose),
            title=title,
            start=run.start,
            end=run.end + timedelta(days=1),
            words=("Session times are not stated.", *words),
            tentative=run.status == "tentative",
            busy=False,
        )
