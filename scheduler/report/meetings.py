"""A learner's meetings: the live sessions of the offerings on a path, each an instant in two zones."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from models.programme.instance import Instance
from models.programme.offering import Offering, Session
from models.programme.time import local
from scheduler.report.steps import State, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One session that a learner attends; `start` is an instant, and `minutes` None where its length is not stated.

    `number` of `count` = its place among the sessions of its offering, in order of time.
    """

    learner: str
    component: str
    title: str | None
    offering: str
    role: str | None
    state: State
    number: int
    count: int
    start: int
    minutes: int | None
    learner_zone: str
    programme_zone: str

    @property
    def starts(self) -> datetime:
        """The start as the learner's clock shows it."""
        return local(self.start, self.learner_zone)

    @property
    def starts_in_programme(self) -> datetime:
        """The start as the programme's clock shows it."""
        return local(self.start, self.programme_zone)

    @property
    def ends(self) -> datetime | None:
        """The end as the learner's clock shows it, or None where the length is not stated."""
        return None if self.minutes is None else local(self.start + self.minutes, self.learner_zone)


def meetings_of(instance: Instance, learner: str, steps: Iterable[Step]) -> list[Meeting]:
    """Return the meetings of a learner's booked, planned and tentative steps, by time.

    What is done is left out: a record says that a component was completed, not which sessions were attended. An offering
    without session times has no meetings: its days stand in its step.
    """
    ahead = [(step, step.run) for step in steps if step.lies_ahead and step.run]
    found = [each for step, run in ahead for each in _meetings(instance, learner, step, run)]
    return sorted(found, key=lambda each: (each.start, each.offering, each.number))


def _meetings(instance: Instance, learner: str, step: Step, run: Offering) -> Iterator[Meeting]:
    component = instance.component_for(learner, step.component)
    sessions = sorted(run.sessions, key=_in_time)
    for number, session in enumerate(sessions, start=1):
        yield Meeting(
            learner=learner,
            component=step.component,
            title=component.title if component else None,
            offering=run.id,
            role=step.role,
            state=step.state,
            number=number,
            count=len(sessions),
            start=session.start,
            minutes=session.minutes,
            learner_zone=instance.learner[learner].zone,
            programme_zone=instance.zone,
        )


def _in_time(session: Session) -> tuple[int, int]:
    return session.start, session.minutes or 0
