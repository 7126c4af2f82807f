"""All tables of an instance folder."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from scheduler.files.book import is_book
from scheduler.files.faults import Fault, Ledger, nearest
from scheduler.files.rows import (
    ROWS,
    ArrivalRow,
    CandidateRow,
    ClosureRow,
    LearnerRow,
    OfferingRow,
    PatternRow,
    RecordRow,
    SessionRow,
    TableRow,
    TrainerRow,
    UnavailableRow,
    WaitingRow,
)
from scheduler.files.table import PLAIN, Table, read_table
from scheduler.files.tolerant import Habits

BOOKS = (".xlsx", ".xlsm", ".xls", ".ods", ".numbers")
SETTINGS, SETTINGS_LIKE = "instance.yaml", ("instance.yaml", "instance.yml", "instance.yaml.txt", "instance.yml.txt")
_COPY = re.compile(
    r"^(?:copy of|kopie von|copie de) |(?: - (?:copy|kopie|copie)| copy(?: [0-9]+)?)(?=[ .])| ?\([0-9]+\)(?=\.)"
)
"""What Windows, macOS, Google Drive and browsers make of the name of a copy, in three languages."""


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
    patterns: Table[PatternRow]
    arrivals: Table[ArrivalRow]

    def __iter__(self) -> Iterator[Table[TableRow]]:
        """Go through the tables."""
        return (getattr(self, field.name) for field in fields(self))


def read_tables(folder: Path, ledger: Ledger, habits: Habits = PLAIN) -> Tables:
    """Return all tables of a folder, every fault of a cell or row noted."""
    tables = Tables(
        offerings=read_table(folder, "offerings", OfferingRow, ledger, habits),
        sessions=read_table(folder, "sessions", SessionRow, ledger, habits),
        learners=read_table(folder, "learners", LearnerRow, ledger, habits),
        records=read_table(folder, "records", RecordRow, ledger, habits),
        unavailable=read_table(folder, "unavailable", UnavailableRow, ledger, habits),
        waitlist=read_table(folder, "waitlist", WaitingRow, ledger, habits),
        trainers=read_table(folder, "trainers", TrainerRow, ledger, habits),
        candidates=read_table(folder, "candidates", CandidateRow, ledger, habits),
        closures=read_table(folder, "closures", ClosureRow, ledger, habits),
        patterns=read_table(folder, "patterns", PatternRow, ledger, habits),
        arrivals=read_table(folder, "arrivals", ArrivalRow, ledger, habits),
    )
    if not tables.offerings.present:
        ledger.add(Fault(file="offerings.csv", message="there is no such file; this table is needed"))
    for fault in () if is_book(folder) else _misnamed(folder):
        ledger.add(fault)
    return tables


def _misnamed(folder: Path) -> Iterator[Fault]:
    """Find files that were surely meant as a table: left unread, they would be missed silently."""
    names = [f"{name}.csv" for name in ROWS]
    there = {path.name for path in folder.iterdir()}
    for name in sorted(there) if SETTINGS not in there else ():
        if name.casefold() in SETTINGS_LIKE:
            yield Fault(file=name, message="this is not read: its name is another", read=name, near=SETTINGS)
    for name in sorted(there - set(names)):
        near = _meant(name, names) if (folder / name).is_file() else None
        if near is None:
            continue
        if near not in there:
            message = f"a workbook where a table is looked for; save it as {near} (CSV UTF-8)"
            message = message if name.lower().endswith(BOOKS) else "no table of this name"
            yield Fault(file=name, message=message, read=name, near=near)
        elif _bare(name) == near:
            message = f"stands beside {near}, which is the one that is read; delete it, or put it elsewhere"
            yield Fault(file=name, message=message, read=name)


def _meant(name: str, names: Sequence[str]) -> str | None:
    """Return the table that a file was meant as: a workbook of its name, a copy, a text file, a slip of the pen."""
    if _bare(name) in names:
        return _bare(name)
    near = nearest(Path(name).stem, [Path(each).stem for each in names]) if name.lower().endswith(".csv") else None
    return near and f"{near}.csv"


def _bare(name: str) -> str:
    """Return the name of a file without what marks a copy, as a table would be called."""
    bare = _COPY.sub("", name.casefold())
    for ending in (*BOOKS, ".csv.txt", ".csv.csv", ".txt", ".tsv"):
        bare = f"{bare.removesuffix(ending)}.csv" if bare.endswith(ending) else bare
    return bare
