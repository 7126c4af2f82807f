"""Turns the rows of candidates and closures into their nouns."""

from models.programme import time
from models.programme.people import Candidate, Closure
from scheduler.files.cells import instant_of
from scheduler.files.faults import Ledger
from scheduler.files.programme import UsedEditions
from scheduler.files.settings import FolderSettings
from scheduler.files.tables import Tables


def candidates_from(
    tables: Tables, programme: UsedEditions, settings: FolderSettings, ledger: Ledger
) -> tuple[Candidate, ...]:
    """Return the candidate moments by start; those that are over only cause a warning."""
    today_ends = time.whole_days(settings.as_of, settings.as_of, settings.zone).end
    found = []
    for line in tables.candidates:
        row = line.row
        components = programme.components(row.component)
        if components and all(component.kind == "task" for component in components):
            ledger.add(line.fault("component", "this is a self-paced task: it is never held"))
        try:
            start = instant_of(row.start, settings.zone)
        except ValueError as error:
            ledger.add(line.fault("start", str(error)))
            continue
        if start < today_ends:
            ledger.warn(line.fault("start", f"not after the planning day {settings.as_of}: it cannot be used"))
        trainers = row.trainers or ()
        found.append(
            Candidate(component=row.component, start=start, minutes=row.minutes, trainers=trainers, seats=row.seats)
        )
    return tuple(
        sorted(found, key=lambda one: (one.start, one.component, one.trainers, one.minutes or 0, one.seats or 0))
    )


def closures_from(tables: Tables, ledger: Ledger) -> tuple[Closure, ...]:
    """Return the closed days by start."""
    for line in tables.closures:
        if line.row.end < line.row.start:
            ledger.add(line.fault("end", "the end lies before the start", allowed=f"{line.row.start} or later"))
    rows = [Closure(start=line.row.start, end=line.row.end, note=line.row.note) for line in tables.closures]
    return tuple(sorted(rows, key=lambda row: (row.start, row.end, row.note or "")))
