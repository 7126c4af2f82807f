"""A learner who misses things: plans, misses something, and plans again from the day on which it is over."""

from dataclasses import replace
from datetime import date, timedelta

from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.people import Record
from models.programme.plan import Path
from scheduler.engines.budget import Budget
from scheduler.studies.draws import Luck
from scheduler.studies.memory import Memory, RememberedAnswer

MOST_PLANS = 60
"""So often one learner plans again; who misses even more never graduates in this draw."""


def lived(
    memory: Memory, instance: Instance, learner: str, luck: Luck, budget: Budget
) -> tuple[RememberedAnswer, Path | None]:
    """Return how it ends for a learner, and the first plan."""
    first: Path | None = None
    for _ in range(MOST_PLANS):
        answer = memory.answer(memory.scene(instance), learner, budget)
        first = first or answer.path
        if answer.path is None:
            return answer, first
        missed = _missed(instance, answer.path, luck)
        if missed is None:
            return answer, first
        instance = _after(instance, answer.path, missed)
    return RememberedAnswer(status="blocked"), first


def _missed(instance: Instance, path: Path, luck: Luck) -> Offering | None:
    """Return the offering of a path that is missed first."""
    edition = instance.edition_of(path.learner)
    runs = sorted((instance.offering[each.offering] for each in path.bookings), key=lambda run: (run.end, run.id))
    for run in runs:
        component = edition.component.get(run.component)
        if run.end > instance.as_of and luck.misses(path.learner, run, component.absences if component else 0):
            return run
    return None


def _after(instance: Instance, path: Path, missed: Offering) -> Instance:
    """Return the instance on the day on which an offering that was missed is over; what was not yet begun is not booked."""
    today = missed.end
    rows: list[Record] = []
    for booking in path.bookings:
        run = instance.offering[booking.offering]
        over = run.end <= today
        if run.id == missed.id:
            rows.append(_row(path.learner, run, "missed", run.end, None))
        elif over:
            rows.append(_row(path.learner, run, "completed", run.end, booking.role))
        elif run.start <= today:
            rows.append(_row(path.learner, run, "booked", None, booking.role))
    edition = instance.edition_of(path.learner)
    for start in path.tasks:
        last = start.day + timedelta(days=edition.component[start.component].length - 1)
        if last <= today:
            rows.append(Record(learner=path.learner, component=start.component, status="completed", date=last))
        elif start.day <= today:
            rows.append(Record(learner=path.learner, component=start.component, status="booked", date=start.day))
    told = {(row.component, row.offering) for row in rows}
    kept = tuple(
        row
        for row in instance.records
        if row.learner != path.learner or row.status != "booked" or (row.component, row.offering) not in told
    )
    return replace(instance, as_of=today, records=(*kept, *rows))


def _row(learner: str, run: Offering, status: str, day: date | None, role: str | None) -> Record:
    return Record(
        learner=learner,
        component=run.component,
        status=status,  # type: ignore[arg-type] # one of the words of a record
        offering=run.id,
        date=day,
        role=role,
    )
