"""Reads CSV text strictly: a known header, rows of its width, and the physical line of every cell."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from scheduler.files.faults import Fault, Ledger, comma_list
from scheduler.files.foreign import recognised
from scheduler.files.text import TABLE_BYTES, read_text

MOST_ROWS = 200_000
_LINE_BREAK = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row: the line on which it begins, its stripped cells, and the line breaks before each if there are any."""

    line: int
    cells: tuple[str, ...]
    breaks: tuple[int, ...] = ()

    def line_of(self, place: int) -> int:
        """Return the line on which a cell (counted from 0) begins."""
        return self.line + (self.breaks[place] if self.breaks else 0)


@dataclass(frozen=True, slots=True)
class RawTable:
    """The rows of one file, all of the header's width; `columns` maps names to places counted from 0.

    `own` = the columns that are somebody's own, by name: they are kept, and read by nobody.
    """

    file: str
    columns: Mapping[str, int]
    rows: tuple[RawRow, ...]
    separator: str = ","
    own: Mapping[str, int] = field(default_factory=dict)


def read_raw(
    path: Path,
    file: str,
    allowed: Sequence[str],
    required: Sequence[str],
    ledger: Ledger,
    own: frozenset[str] = frozenset(),
) -> RawTable | None:
    """Return the table with the columns `allowed`, and those of one's `own`; None after noting faults that make it unreadable."""
    found = _rows_of(path, file, ledger)
    if found is None:
        return None
    rows, separator = found
    if not rows:
        ledger.add(
            Fault(file=file, line=1, column=1, message="empty: a header row is needed", allowed=comma_list(allowed, 20))
        )
        return None
    rows = without_empty_end(rows)
    header = replace(rows[0], cells=tuple(_name(cell, allowed) for cell in rows[0].cells))
    mine = {name: place for place, name in enumerate(header.cells) if is_own(name, own)}
    if _is_foreign(header, file, allowed, ledger):
        return None
    columns = _header(header, file, allowed, required, ledger, mine)
    if columns is None:
        return None
    width = len(header.cells)
    body = tuple(row for row in rows[1:] if _fits(row, width, file, ledger))
    return RawTable(file, {name: place for name, place in columns.items() if name not in mine}, body, separator, mine)


def _is_foreign(header: RawRow, file: str, allowed: Sequence[str], ledger: Ledger) -> bool:
    """Note that this is the table of another system, and say which import reads it."""
    known = None if set(header.cells) <= set(allowed) else recognised(header.cells)
    if known is not None:
        message = f"no table of this form; {known.told(file)} (first put the file elsewhere)"
        ledger.add(Fault(file=file, line=header.line, column=1, message=message, read=",".join(header.cells)))
    return known is not None


def _rows_of(path: Path, file: str, ledger: Ledger) -> tuple[list[RawRow], str] | None:
    """Return the rows of a file, or of a sheet of a workbook, with what separates the cells."""
    from scheduler.files.book import inside

    found = inside(path)
    if found is not None:
        sheet = found[0].tables[path.stem]
        return [RawRow(number, cells) for number, cells in sheet.rows], ","
    text = read_text(path, file, ledger, TABLE_BYTES)
    if text is None:
        return None
    text, separator = announced(text)
    rows = _split(text, separator, file, ledger)
    return None if rows is None else (rows, separator)


def is_own(name: str, own: frozenset[str]) -> bool:
    """Say whether a column is somebody's own: it is listed as such, or its name starts with `x_`."""
    return name.casefold().startswith("x_") or name in own


def _name(cell: str, allowed: Sequence[str]) -> str:
    """Return a column's name as it is known, in whatever capitals it is written."""
    folded = cell.casefold()
    return folded if folded in allowed else cell


def announced(text: str) -> tuple[str, str]:
    """Return a text, and what separates its cells; a first line `sep=;` says so, and its place is kept."""
    first, _, rest = text.partition("\n")
    said = re.fullmatch(r'\s*"?sep=([,;])"?\s*', first)
    return (f"\n{rest}", said[1]) if said else (text, _separator(text))


def without_empty_end(rows: list[RawRow]) -> list[RawRow]:
    """Leave out last columns without a name and without a single value: what a spreadsheet keeps of an emptied column."""
    named = max((place for place, cell in enumerate(rows[0].cells, start=1) if cell), default=0)
    width = len(rows[0].cells)
    if named == width or any(any(row.cells[named:width]) for row in rows):
        return rows
    return [replace(row, cells=row.cells[:named] + row.cells[width:], breaks=row.breaks[:named]) for row in rows]


def _split(text: str, separator: str, file: str, ledger: Ledger) -> list[RawRow] | None:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[RawRow] = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(_raw_row(line, cells, reader.line_num))
            if len(rows) > MOST_ROWS + 1:
                message = f"more than {MOST_ROWS:,} rows; split the instance, or leave out what is long over"
                ledger.add(Fault(file=file, line=line, column=1, message=message))
                return None
            line = reader.line_num + 1
    except csv.Error as error:
        ledger.add(Fault(file=file, line=line, column=1, message=_csv_words(str(error))))
        return None
    return rows


def _separator(text: str) -> str:
    header = next((line for line in io.StringIO(text) if line.strip()), "")
    return ";" if header.count(";") > header.count(",") else ","


def _raw_row(line: int, cells: list[str], last_line: int) -> RawRow:
    stripped = tuple(cell.strip() for cell in cells)
    if last_line == line:
        return RawRow(line, stripped)
    breaks, before = [], 0
    for cell in cells:
        breaks.append(before)
        before += len(_LINE_BREAK.findall(cell))
    return RawRow(line, stripped, tuple(breaks))


def _csv_words(error: str) -> str:
    if "unexpected end of data" in error:
        return "a quote that opens in this row is never closed"
    if "field larger than" in error:
        return "a cell of this row is too long (is a quote left open?)"
    return f"the quotes of this row are wrong ({error}); a quote inside a quoted cell is written twice"


def _header(
    row: RawRow,
    file: str,
    allowed: Sequence[str],
    required: Sequence[str],
    ledger: Ledger,
    own: Mapping[str, int],
) -> dict[str, int] | None:
    columns: dict[str, int] = {}
    sound = True
    for place, name in enumerate(row.cells):
        message = (
            f"two columns of the name {name!r}" if name in columns else None if name in own else _unknown(name, allowed)
        )
        columns.setdefault(name, place)
        if message:
            sound = False
            near = ledger.near(name, [column for column in allowed if column not in row.cells])
            ledger.add(
                Fault(
                    file=file,
                    line=row.line_of(place),
                    column=place + 1,
                    message=message,
                    read=name,
                    allowed=comma_list(allowed, 20),
                    near=near,
                )
            )
    # A misspelt header explains a missing column better than a second fault does.
    return (
        columns if sound and not _lacks(row, file, [each for each in required if each not in columns], ledger) else None
    )


def _lacks(row: RawRow, file: str, missing: Sequence[str], ledger: Ledger) -> bool:
    """Say whether columns are missing, and note it."""
    if missing:
        words = f"the header lacks the column {comma_list(missing)}"
        ledger.add(Fault(file=file, line=row.line, column=1, message=words, read=",".join(row.cells)))
    return bool(missing)


def _unknown(name: str, allowed: Sequence[str]) -> str | None:
    if name in allowed:
        return None
    if "\t" in name or name == "sep=":
        return "cells are separated by tabs here; save the file with , or ; between cells"
    return "no column of this name" if name else "a column without a name"


def _fits(row: RawRow, width: int, file: str, ledger: Ledger) -> bool:
    count = len(row.cells)
    if count == width:
        return True
    place = min(count, width + 1)
    message = f"this row has {count} {'cell' if count == 1 else 'cells'}, the header has {width}"
    read = row.cells[place - 1]
    ledger.add(
        Fault(
            file=file,
            line=row.line_of(place - 1),
            column=place,
            message=message,
            read=read,
            allowed=f"{width} cells (a cell that holds a separator is put in quotes)",
        )
    )
    return False
