"""A table read from a CSV file: rows that are checked one by one and know their places."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from scheduler.files.book import holds_table
from scheduler.files.csvrows import RawRow
from scheduler.files.csvtext import RawTable, read_raw
from scheduler.files.faults import Fault, Ledger
from scheduler.files.rows import TableRow
from scheduler.files.tolerant import Habits, canonical_cells, has_open_order
from scheduler.files.wording import fault_words

RowType = TypeVar("RowType", bound=TableRow)
PLAIN = Habits()


@dataclass(frozen=True, slots=True)
class Line(Generic[RowType]):
    """One row of a table with its place; `cells` are the stripped texts under `columns`."""

    file: str
    row: RowType
    raw: RawRow
    columns: Mapping[str, int]

    @property
    def number(self) -> int:
        """The line of the file on which the row begins."""
        return self.raw.line

    def text(self, column: str) -> str:
        """Return what stands in a column, or an empty text."""
        place = self.columns.get(column)
        return "" if place is None else self.raw.cells[place]

    def fault(self, column: str, message: str, *, allowed: str | None = None, near: str | None = None) -> Fault:
        """Return a fault at the cell of a column."""
        place = self.columns.get(column, 0)
        return Fault(
            file=self.file,
            line=self.raw.line_of(place),
            column=place + 1,
            message=f"{column}: {message}",
            read=self.text(column),
            allowed=allowed,
            near=near,
        )


@dataclass(frozen=True, slots=True)
class Table(Generic[RowType]):
    """The good rows of a file. `known` = all ids of its first column, of bad rows too; None if it could not be read."""

    file: str
    lines: tuple[Line[RowType], ...] = ()
    known: frozenset[str] | None = frozenset()
    present: bool = False

    def __iter__(self) -> Iterator[Line[RowType]]:
        """Go through the lines in the file's order."""
        return iter(self.lines)


def read_table(folder: Path, name: str, kind: type[RowType], ledger: Ledger, habits: Habits = PLAIN) -> Table[RowType]:
    """Return a table of the folder, every fault of it noted; an absent one is empty."""
    file = f"{name}.csv"
    return read_rows(folder / file, file, kind, ledger, habits) if holds_table(folder, name) else Table(file)


def read_rows(path: Path, file: str, kind: type[RowType], ledger: Ledger, habits: Habits = PLAIN) -> Table[RowType]:
    """Return the table of one CSV file, every fault of it noted under the name `file`."""
    required = [column for column, field in kind.model_fields.items() if field.is_required()]
    raw = read_raw(path, file, list(kind.model_fields), required, ledger, habits.own)
    if raw is None:
        return Table(file, known=None, present=True)
    lines = tuple(_checked(raw, kind, ledger, habits))
    first = raw.columns.get(next(iter(kind.model_fields)))
    known = frozenset() if first is None else frozenset(row.cells[first] for row in raw.rows)
    return Table(file, lines, known, present=True)


def _checked(raw: RawTable, kind: type[RowType], ledger: Ledger, habits: Habits) -> Iterator[Line[RowType]]:
    columns = list(raw.columns.items())
    put, unsettled = canonical_cells(raw, kind, habits, ledger)
    for row in raw.rows:
        filled = {column: put(column, row.cells[place]) for column, place in columns if row.cells[place]}
        try:
            yield Line(raw.file, kind.model_validate(filled), row, raw.columns)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                column = str(detail["loc"][0])
                if column in unsettled and has_open_order(row.cells[raw.columns[column]]):
                    continue  # it is told once for the column
                ledger.add(_cell_fault(raw, row, detail, ledger))


def _cell_fault(raw: RawTable, row: RawRow, detail: ErrorDetails, ledger: Ledger) -> Fault:
    column = str(detail["loc"][0])
    place = raw.columns[column]
    message, allowed, near = fault_words(detail, ledger)
    return Fault(
        file=raw.file,
        line=row.line_of(place),
        column=place + 1,
        message=f"{column}: {message}",
        read=row.cells[place],
        allowed=allowed,
        near=near,
    )
