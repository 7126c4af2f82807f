"""One learner's steps in order of time: what is done, what is booked, and what is planned."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.people import RecordStatus
from models.programme.plan import Path

State = Literal["done", "booked", "planned", "tentative"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step; `start` and `end` are days, both included; `run` is its offering where there is one."""

    component: str
    start: date
    end: date
    state: State
    run: Offering | None = None
    role: str | None = None

    @property
    def lies_ahead(self) -> bool:
        """Say whether the step is not done yet."""
        return self.state != "done"

    @property
    def label(self) -> str:
        """The offering's id, or the component's code where there is no offering."""
        return self.run.id if self.run else self.component


def steps_of(instance: Instance, learner: str, path: Path | None) -> list[Step]:
    """Return all steps of a learner by their first day; without a path those that stand anyway."""
    found = [*_done(instance, learner), *_booked(instance, learner, path), *_tasks(instance, learner, path)]
    return sorted(found, key=lambda step: (step.start, step.end, step.label, step.role or ""))


def exemptions_of(instance: Instance, learner: str) -> list[tuple[str, str]]:
    """Return the components that a learner is exempt from, each with the recorded reason."""
    return _reasons(instance, learner, "exempt")


def waivers_of(instance: Instance, learner: str) -> list[tuple[str, str]]:
    """Return the components that a learner may start without what they require, each with the recorded reason."""
    return _reasons(instance, learner, "waived")


def _reasons(instance: Instance, learner: str, status: RecordStatus) -> list[tuple[str, str]]:
    rows = instance.records_of.get(learner, ())
    return sorted({(row.component, row.note or "no reason recorded") for row in rows if row.status == status})


def _done(instance: Instance, learner: str) -> Iterator[Step]:
    for done in instance.initial_state[learner].done:
        if done.day is not None:
            run = instance.offering.get(done.offering or "")
            yield Step(component=done.component, start=done.day, end=done.day, state="done", run=run, role=done.role)


def _booked(instance: Instance, learner: str, path: Path | None) -> Iterator[Step]:
    standing = instance.initial_state[learner].bookings
    kept = {booking.offering for booking in standing}
    for booking in standing if path is None else path.bookings:
        run = instance.offering[booking.offering]
        state: State = "tentative" if run.status == "tentative" else "planned"
        if run.id in kept:
            state = "booked"
        yield Step(component=run.component, start=run.start, end=run.end, state=state, run=run, role=booking.role)


def _tasks(instance: Instance, learner: str, path: Path | None) -> Iterator[Step]:
    standing = instance.initial_state[learner].tasks
    for task in standing if path is None else path.tasks:
        component = instance.component_for(learner, task.component)
        end = task.day + timedelta(days=(component.length if component else 1) - 1)
        state: State = "booked" if task in standing else "planned"
        yield Step(component=task.component, start=task.day, end=end, state=state)
