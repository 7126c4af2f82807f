"""What lies ahead of a learner on a page: each step with its times and state, and what to do next."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from models.programme.instance import Instance
from scheduler.pages.words import day, days, in_days, meeting
from scheduler.report.meetings import Meeting, meetings_of
from scheduler.report.room import room_in
from scheduler.report.steps import Step
from scheduler.show.times import meeting_times

SOON = 3
STATES: Mapping[str, str] = {
    "booked": "booked",
    "planned": "planned, not booked yet",
    "tentative": "tentative, not announced yet",
    "done": "done",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """One step that lies ahead: what, when, in which state, by when to book it, and its sessions."""

    name: str
    title: str
    when: str
    times: str
    state: str
    words: str
    book_by: str | None
    room: str | None
    sessions: tuple[str, ...]
    role: str | None
    price: str | None


def coming(instance: Instance, learner: str, ahead: Sequence[Step]) -> Iterator[Coming]:
    """Yield the steps that lie ahead, by time."""
    met: dict[str, list[Meeting]] = {}
    for each in meetings_of(instance, learner, ahead):
        met.setdefault(each.offering, []).append(each)
    for step in ahead:
        component = instance.component_for(learner, step.component)
        run = step.run
        closes = run.registration_closes if run and step.state != "booked" else None
        is_single = len(met.get(step.label, [])) == 1
        yield Coming(
            name=step.label,
            title=component.title if component else step.component,
            when=_when(step, met.get(step.label, [])),
            times=meeting_times(run, instance.learner[learner].zone, instance.zone) if run and not is_single else "",
            state=step.state,
            words=STATES[step.state],
            book_by=f"{day(closes)}, {in_days((closes - instance.as_of).days)}" if closes else None,
            room=room_in(instance, run) if run and step.state != "booked" else None,
            sessions=() if is_single else tuple(meeting(each) for each in met.get(step.label, ())),
            role=step.role,
            price=run.price if run else None,
        )


def _when(step: Step, met: Sequence[Meeting]) -> str:
    """Say when a step is: its only session, or its days."""
    if step.run is None:
        return f"any day from {day(step.start)} on, in your own time"
    return meeting(met[0]) if len(met) == 1 else days(step.start, step.end)


def tasks(instance: Instance, learner: str, ahead: Sequence[Step]) -> Iterator[str]:
    """Yield what to do next: the first few things to book or begin, or the next to come to where all is booked."""
    open_steps = [step for step in ahead if step.state in {"planned", "tentative"}]
    for step in sorted(open_steps, key=lambda each: (_due(each), each.start, each.label))[:SOON]:
        name = _named(instance, learner, step)
        closes = step.run.registration_closes if step.run else None
        if step.run is None:
            yield f"Begin {name} on {day(step.start)}; it is done in your own time."
        elif step.state == "tentative":
            yield f"Keep {day(step.start)} free for {name}: it is planned, and not announced yet."
        elif closes:
            yield f"Book {name} by {day(closes)} ({in_days((closes - instance.as_of).days)})."
        else:
            yield f"Book {name}: it starts {day(step.start)}; a last day to book is not stated."
    near = [step for step in ahead if step.start >= instance.as_of]
    if near and not open_steps:
        yield f"All is booked. Next comes {_named(instance, learner, near[0])}, on {day(near[0].start)}."


def _named(instance: Instance, learner: str, step: Step) -> str:
    component = instance.component_for(learner, step.component)
    return step.label if component is None or component.title == step.label else f"{component.title} ({step.label})"


def _due(step: Step) -> date:
    closes = step.run.registration_closes if step.run else None
    return closes or step.start
