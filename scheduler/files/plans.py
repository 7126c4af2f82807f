"""Reads and writes plan files: JSON answers, and tables typed by hand."""

import csv
import io
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.plan import Booking, Plan, TaskStart
from models.programme.plan import Path as LearnerPath
from scheduler.files.faults import Ledger, comma_list, nearest
from scheduler.files.formulas import guarded
from scheduler.files.plan_entries import PlanEntry, read_statements

COLUMNS = ("learner", "offering", "role", "start")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFile:
    """A plan with what its file says about how it was found; None = not stated."""

    plan: Plan
    as_of: date | None = None
    tentative: bool | None = None
    free: bool | None = None
    edition: str | None = None


class _Draft:
    """One learner's path while the file is read."""

    def __init__(self, graduates: bool) -> None:
        self.graduates = graduates
        self.bookings: dict[str, Booking] = {}
        self.tasks: dict[str, TaskStart] = {}


def read_plan(path: Path, instance: Instance) -> PlanFile:
    """Return the plan of a JSON or CSV file; raise BadInstanceError with all its faults."""
    ledger = Ledger()
    statements = read_statements(path, ledger)
    drafts: dict[str, _Draft] = {}
    for entry in statements.entries if statements else ():
        _add(entry, instance, drafts, ledger)
    ledger.refuse()
    plan = Plan(paths=tuple(_path(learner, draft) for learner, draft in sorted(drafts.items())))
    envelope = statements.envelope if statements else None
    if envelope is None:
        return PlanFile(plan=plan)
    return PlanFile(
        plan=plan,
        as_of=envelope.as_of,
        tentative=envelope.tentative,
        free=envelope.free,
        edition=envelope.edition,
    )


def _path(learner: str, draft: _Draft) -> LearnerPath:
    bookings = tuple(draft.bookings[name] for name in sorted(draft.bookings))
    tasks = tuple(draft.tasks[name] for name in sorted(draft.tasks))
    return LearnerPath(learner=learner, graduates=draft.graduates, bookings=bookings, tasks=tasks)


def _add(entry: PlanEntry, instance: Instance, drafts: dict[str, _Draft], ledger: Ledger) -> None:
    if entry.learner not in instance.learner:
        known = sorted(instance.learner)
        near = ledger.near(entry.learner, known)
        ledger.add(entry.place("learner", "no learner of this id", allowed=comma_list(known), near=near))
        return
    if entry.booked is None and entry.learner in drafts:
        ledger.add(entry.place("learner", "this learner stands here already"))
    draft = drafts.setdefault(entry.learner, _Draft(entry.graduates))
    if entry.booked is None:
        if entry.role is not None:
            ledger.add(entry.place("role", "a role without an offering"))
    elif entry.booked in instance.offering:
        _add_booking(entry, instance.offering[entry.booked], instance, draft, ledger)
    elif entry.booked in _tasks(instance, entry.learner):
        _add_task(entry, entry.booked, instance, draft, ledger)
    else:
        known = [*instance.offering, *_tasks(instance, entry.learner)]
        near = ledger.near(entry.booked, known)
        ledger.add(entry.place("offering", "no offering or task of this id", allowed=comma_list(known), near=near))


def _tasks(instance: Instance, learner: str) -> list[str]:
    return [component.code for component in instance.edition_of(learner).components if component.kind == "task"]


def _add_booking(entry: PlanEntry, offering: Offering, instance: Instance, draft: _Draft, ledger: Ledger) -> None:
    roles = {role for role, _ in offering.roles}
    component = instance.component_for(entry.learner, offering.component)
    roles |= {role for role, _ in component.roles} if component else set()
    if entry.role is not None and entry.role not in roles:
        near = nearest(entry.role, roles)
        ledger.add(entry.place("role", f"{offering.id} has no such role", allowed=comma_list(sorted(roles)), near=near))
    if entry.start is not None and entry.start != offering.start:
        ledger.add(entry.place("start", f"{offering.id} starts on another day", allowed=f"{offering.start}, or blank"))
    if offering.id in draft.bookings:
        ledger.add(entry.place("offering", f"{entry.learner} has this offering already"))
    draft.bookings[offering.id] = Booking(offering=offering.id, role=entry.role)


def _add_task(entry: PlanEntry, code: str, instance: Instance, draft: _Draft, ledger: Ledger) -> None:
    if entry.role is not None:
        ledger.add(entry.place("role", f"{code} is a task: it has no roles"))
    if code in draft.tasks:
        ledger.add(entry.place("offering", f"{entry.learner} has this task already"))
    enrolled = instance.learner[entry.learner].enrolled
    first = max(instance.as_of + timedelta(days=1), enrolled or date.min)
    draft.tasks[code] = TaskStart(component=code, day=entry.start or first)


def plan_rows(plan: Plan, instance: Instance) -> str:
    """Return the paths that graduate as CSV text, which `read_plan` reads back; in this form nobody is blocked."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for path in plan.paths:
        if path.graduates:
            writer.writerows([guarded(cell) for cell in row] for row in _rows(path, instance))
    return text.getvalue()


def _rows(path: LearnerPath, instance: Instance) -> list[tuple[str, str, str, str]]:
    """Return one row for each step by its day; a single row without offering where there are none."""
    steps = [
        (instance.offering[booking.offering].start, booking.offering, booking.role or "") for booking in path.bookings
    ]
    steps += [(task.day, task.component, "") for task in path.tasks]
    rows = [(path.learner, name, role, day.isoformat()) for day, name, role in sorted(steps)]
    return rows or [(path.learner, "", "", "")]
