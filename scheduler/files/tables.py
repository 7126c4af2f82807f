"""All tables of an instance folder."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from scheduler.files.faults import Fault, Ledger, nearest
from scheduler.files.rows import (
    CandidateRow,
    ClosureRow,
    LearnerRow,
    OfferingRow,
    RecordRow,
    Row,
    SessionRow,
    TrainerRow,
    UnavailableRow,
    WaitingRow,
)
from scheduler.files.table import Table, read_table

ROWS: dict[str, type[Row]] = {
    "offerings": OfferingRow,
    "sessions": SessionRow,
    "learners": LearnerRow,
    "records": RecordRow,
    "unavailable": UnavailableRow,
    "waitlist": WaitingRow,
    "trainers": TrainerRow,
    "candidates": CandidateRow,
    "closures": ClosureRow,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The tables by name; absent ones are empty."""

    offerings: Table[OfferingRow]
    sessions: Table[SessionRow]
    learners: Table[LearnerRow]
    records: Table[RecordRow]
    unavailable: Table[UnavailableRow]
    waitlist: Table[WaitingRow]
    trainers: Table[TrainerRow]
    candidates: Table[CandidateRow]
    closures: Table[ClosureRow]

    def __iter__(self) -> Iterator[Table[Row]]:
        """Go through the tables."""
        return (getattr(self, field.name) for field in fields(self))


def read_tables(folder: Path, ledger: Ledger) -> Tables:
    """Return all tables of a folder, every fault of a cell or row noted."""
    tables = Tables(
        offerings=read_table(folder, "offerings", OfferingRow, ledger),
        sessions=read_table(folder, "sessions", SessionRow, ledger),
        learners=read_table(folder, "learners", LearnerRow, ledger),
        records=read_table(folder, "records", RecordRow, ledger),
        unavailable=read_table(folder, "unavailable", UnavailableRow, ledger),
        waitlist=read_table(folder, "waitlist", WaitingRow, ledger),
        trainers=read_table(folder, "trainers", TrainerRow, ledger),
        candidates=read_table(folder, "candidates", CandidateRow, ledger),
        closures=read_table(folder, "closures", ClosureRow, ledger),
    )
    if not tables.offerings.present:
        ledger.add(Fault(file="offerings.csv", message="there is no such file; this table is needed"))
    for fault in _misnamed(folder):
        ledger.add(fault)
    return tables


def _misnamed(folder: Path) -> Iterator[Fault]:
    """Find files that were surely meant as a table: left unread, they would be missed silently."""
    names = [f"{name}.csv" for name in ROWS]
    for path in sorted(folder.iterdir()):
        near = nearest(path.name, names)
        if path.suffix.lower() == ".csv" and path.name not in names and near and not (folder / near).exists():
            yield Fault(file=path.name, message="no table of this name", read=path.name, near=near)
