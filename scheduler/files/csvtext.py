"""Reads CSV text strictly: a known header, rows of its width, and the physical line of every cell."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from scheduler.files.csvrows import RawRow, announced, split
from scheduler.files.faults import Fault, Ledger, comma_list
from scheduler.files.foreign import recognised
from scheduler.files.text import TABLE_BYTES, read_text

LOOKED_AT = 20
"""So many rows are looked through for a header that does not come first."""


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
    body = rows[1:]
    header = replace(rows[0], cells=tuple(_name(cell, allowed) for cell in _named(rows[0].cells, body)))
    mine = {name: place for place, name in enumerate(header.cells) if name not in allowed and is_own(name, own)}
    if _is_foreign(header, file, allowed, ledger) or _comes_later(header, body, file, allowed, required, ledger):
        return None
    silent = [place for place, name in enumerate(header.cells) if not name and not _says_something(body, place)]
    columns = _header(header, file, allowed, required, ledger, {*mine.values(), *silent})
    if columns is None:
        return None
    body = [row for each in body if (row := _fitting(each, len(header.cells), file, ledger)) is not None]
    return RawTable(
        file, {name: place for name, place in columns.items() if name not in mine}, tuple(body), separator, mine
    )


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
    rows = split(text, separator, file, ledger)
    return None if rows is None else (rows, separator)


def is_own(name: str, own: frozenset[str]) -> bool:
    """Say whether a column is somebody's own: it is listed as such (`own`, in small letters), or its name starts with `x_`."""
    return name.casefold().startswith("x_") or name.casefold() in own


def _name(cell: str, allowed: Sequence[str]) -> str:
    """Return a column's name as it is known, in whatever capitals it is written."""
    folded = cell.casefold()
    return folded if folded in allowed else cell


def _named(header: tuple[str, ...], body: Sequence[RawRow]) -> tuple[str, ...]:
    """Return a header without last columns that have no name and no single value: a spreadsheet keeps them of emptied ones."""
    named = max((place for place, cell in enumerate(header, start=1) if cell), default=0)
    return header if any(any(row.cells[named : len(header)]) for row in body) else header[:named]


def _says_something(body: Sequence[RawRow], place: int) -> bool:
    """Say whether any row has a value in a column."""
    return any(any(row.cells[place : place + 1]) for row in body)


def _comes_later(
    first: RawRow, body: Sequence[RawRow], file: str, allowed: Sequence[str], required: Sequence[str], ledger: Ledger
) -> bool:
    """Note that the header stands below a title or other lines, where the first row knows none of its names."""
    known = {cell for cell in first.cells if cell in allowed}
    rows = [] if known else body[:LOOKED_AT]
    later = next(
        (row for row in rows if set(required or allowed) <= {_name(cell, allowed) for cell in row.cells}), None
    )
    if later is not None:
        message = f"no header: that stands in line {later.line}, and has to come first; delete what is above it"
        ledger.add(Fault(file=file, line=first.line, column=1, message=message, read=",".join(first.cells)))
    return later is not None


def _header(
    row: RawRow,
    file: str,
    allowed: Sequence[str],
    required: Sequence[str],
    ledger: Ledger,
    unread: Container[int],
) -> dict[str, int] | None:
    """Return the places of the columns by name, those that are `unread` by nobody too; None after noting faults."""
    columns: dict[str, int] = {}
    sound = True
    for place, name in enumerate(row.cells):
        if not name and place in unread:
            continue
        unknown = None if place in unread else _unknown(name, allowed)
        message = f"two columns of the name {name!r}" if name in columns else unknown
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


def _fitting(row: RawRow, width: int, file: str, ledger: Ledger) -> RawRow | None:
    """Return a row of the header's width, blank cells beyond it left out; None after noting a fault."""
    count = len(row.cells)
    if count > width and not any(row.cells[width:]):
        return replace(row, cells=row.cells[:width], breaks=row.breaks[:width])
    if count == width:
        return row
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
    return None
