"""Learners with a self-paced task under way: planned as if it were done, and nothing that needs it starts before its end."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from models.programme.instance import Instance
from models.programme.plan import TaskStart
from scheduler.solve.column_generation.handled import is_priced_by_arrays
from scheduler.solve.column_generation.rows import SubproblemData, row_of
from scheduler.solve.grounds import ground_of


def row_for(instance: Instance, learner: str) -> SubproblemData | None:
    """Return a learner's facts; None where the problem does not fall apart into pools."""
    if not is_priced_by_arrays(instance, learner):
        return None
    under_way = instance.initial_state[learner].tasks
    if not under_way:
        return row_of(ground_of(instance, learner))
    if not _clock_runs(instance, learner) or instance.edition_of(learner).gate == "registration":
        return None
    row = row_of(ground_of(instance.once("tasks settled", lambda: _settled(instance)), learner))
    return None if row is None or row.tasks else _resumed(instance, row, under_way)


def _clock_runs(instance: Instance, learner: str) -> bool:
    """Say whether the window does not depend on the tasks under way."""
    window = instance.edition_of(learner).window
    return bool(instance.learner[learner].deadline) or window is None or window.starts == "enrolment"


def _settled(instance: Instance) -> Instance:
    """Return the instance in which every task under way was completed on the planning day."""
    starts = {(learner, each.component) for learner, own in instance.initial_state.items() for each in own.tasks}
    records = tuple(
        replace(row, status="completed", date=instance.as_of)
        if row.status == "booked" and row.offering is None and (row.learner, row.component) in starts
        else row
        for row in instance.records
    )
    return replace(instance, records=records)


def _resumed(instance: Instance, row: SubproblemData, under_way: Sequence[TaskStart]) -> SubproblemData | None:
    """Return the facts of a learner whose tasks end when they end; None where a task may be of no use."""
    edition = instance.edition_of(row.learner)
    for task in under_way:
        component = edition.component[task.component]
        last = task.day + timedelta(days=component.length - 1)
        needed = any(each.pool == (component.code,) for each in edition.requirements)
        if not needed or component.code in edition.last_codes:
            return None
        after = {each.code for each in edition.components if any(component.code in entry for entry in each.requires)}
        if component.code in edition.first_codes:
            after |= edition.component.keys() - edition.first_codes
        early = {each.id for each in instance.offerings if each.component in after and each.start <= last}
        if any(instance.offering[each].start > instance.as_of for each in early & row.kept):
            return None
        late = (row.usable & early) - row.kept
        row = replace(
            row,
            usable=row.usable - late,
            talks=row.talks - late,
            tasks=(*row.tasks, (component.code, task.day.toordinal())),
            floor=max(row.floor, last.toordinal()),
            finals=tuple((code, max(start, last.toordinal() + 1), length) for code, start, length in row.finals),
            final_floor=max([0, *(max(start, last.toordinal() + 1) + length - 1 for _, start, length in row.finals)]),
        )
    return row
