"""Turns the rows of records into Records, checking each row against the offerings and components it names."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from models.programme.offering import Offering
from models.programme.people import Record
from scheduler.files.faults import Fault, Ledger, comma_list, nearest
from scheduler.files.programme import UsedEditions
from scheduler.files.rows import RecordRow
from scheduler.files.table import Line
from scheduler.files.tables import Tables

Recorded = tuple[Record, Line[RecordRow]]


def records_from(
    tables: Tables, programme: UsedEditions, offerings: Mapping[str, Offering], ledger: Ledger
) -> list[Recorded]:
    """Return the records in canonical order, each with its row; misfits are noted.

    Somebody who left a session and came back may have two rows of it: they are one record, with the minutes of both.
    """
    found = []
    for line in tables.records:
        offering = offerings.get(line.row.offering or "")
        component = line.row.component or (offering.component if offering else None)
        if component is None:
            if line.row.offering is None:
                ledger.add(line.fault("component", "must be stated where no offering is"))
            continue
        record = _record(line.row, component)
        for fault in _faults(line, record, offering, programme):
            ledger.add(fault)
        found.append((record, line))
    found.sort(key=lambda recorded: record_order(recorded[0]))
    found = _parts_added(found, ledger)
    _check_repeated(found, ledger)
    return found


def record_order(record: Record) -> tuple[str, date, str, str, str, str, int, str]:
    """Return the key by which records are ordered."""
    offering, role, note = record.offering or "", record.role or "", record.note or ""
    day = record.date or date.min
    return record.learner, day, record.component, offering, record.status, role, record.minutes or 0, note


def _record(row: RecordRow, component: str) -> Record:
    return Record(
        learner=row.learner,
        component=component,
        status=row.status,
        offering=row.offering,
        date=row.date,
        role=row.role,
        minutes=row.minutes,
        note=row.note,
    )


def _faults(
    line: Line[RecordRow], record: Record, offering: Offering | None, programme: UsedEditions
) -> Iterator[Fault]:
    if offering is not None and record.component != offering.component:
        message = f"the offering {offering.id} is of another component"
        yield line.fault("component", message, allowed=f"{offering.component}, or blank")
    yield from _status_faults(line, record, offering, programme)
    yield from _role_faults(line, record, offering, programme)


def _status_faults(
    line: Line[RecordRow], record: Record, offering: Offering | None, programme: UsedEditions
) -> Iterator[Fault]:
    if record.status == "completed" and record.date is None:
        yield line.fault("date", "a completed record needs its day")
    if record.status == "exempt" and record.note is None:
        yield line.fault("note", "an exemption needs its reason")
    if record.status == "waived" and record.note is None:
        yield line.fault("note", "a waiver needs its reason")
    if record.status == "completed" and record.date and offering and record.date < offering.start:
        message = f"completed before {offering.id} starts"
        yield line.fault("date", message, allowed=f"{offering.start} or later")
    if record.status == "booked" and record.offering is None:
        yield from _task_faults(line, record, programme)


def _task_faults(line: Line[RecordRow], record: Record, programme: UsedEditions) -> Iterator[Fault]:
    components = programme.components(record.component)
    if components and all(component.kind != "task" for component in components):
        yield line.fault("offering", f"a booking needs its offering: {record.component} is no task")
    elif components and record.date is None:
        yield line.fault("date", "a task that is under way needs the day it starts")


def _role_faults(
    line: Line[RecordRow], record: Record, offering: Offering | None, programme: UsedEditions
) -> Iterator[Fault]:
    components = programme.components(record.component)
    if record.role is None or not components:
        return
    roles = {role for role, _ in offering.roles} if offering else set()
    roles |= {role for component in components for role, _ in component.roles}
    if record.role not in roles:
        message = f"{record.component} has no such role"
        yield line.fault("role", message, allowed=comma_list(sorted(roles)), near=nearest(record.role, roles))


def _parts_added(recorded: list[Recorded], ledger: Ledger) -> list[Recorded]:
    """Return the records with the minutes of several parts of one attendance in one; equal rows are no parts but repeated."""
    parts: dict[tuple[object, ...], list[Recorded]] = {}
    for row in recorded:
        parts.setdefault(_attendance(row[0]) or (row[1].number,), []).append(row)
    return [each for rows in parts.values() for each in (_as_one(rows, ledger) if len(rows) > 1 else rows)]


def _attendance(record: Record) -> tuple[object, ...] | None:
    """Return of what a record is a part; None where it stands for itself."""
    is_part = record.status == "completed" and record.offering is not None
    return (record.learner, record.component, record.offering, record.date, record.role) if is_part else None


def _as_one(rows: list[Recorded], ledger: Ledger) -> list[Recorded]:
    """Return one record of several parts, with a warning; the rows as they are where some are equal or without minutes."""
    minutes = [record.minutes for record, _ in rows if record.minutes is not None]
    if len({*minutes}) < len(rows):
        return rows
    first, *others = sorted(rows, key=lambda one: one[1].number)
    added = f"{' + '.join(map(str, minutes))} = {sum(minutes)} minutes, as if no two of these rows overlapped"
    ledger.warn(others[-1][1].fault("minutes", f"one attendance with line {first[1].number}: {added}"))
    notes = [record.note for record, _ in rows if record.note]
    return [(replace(first[0], minutes=sum(minutes), note="; ".join(notes) or None), first[1])]


def _check_repeated(recorded: list[Recorded], ledger: Ledger) -> None:
    seen: dict[tuple[str, str, str, str, date | None], int] = {}
    for record, line in sorted(recorded, key=lambda one: one[1].number):
        open_end = record.offering is None and record.status == "completed"
        key = (
            record.learner,
            record.status,
            record.component,
            record.offering or "",
            record.date if open_end else None,
        )
        first = seen.setdefault(key, line.number)
        if first != line.number:
            ledger.add(line.fault("status", f"the same is recorded already in line {first}"))
