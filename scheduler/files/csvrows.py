"""Splits CSV text into rows strictly, and knows the physical line of every cell."""

import csv
import io
import re
from dataclasses import dataclass

from scheduler.files.faults import Fault, Ledger

MOST_ROWS = 200_000
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_ANNOUNCED = re.compile(r'[ \t]*"?sep=([,;])"?[ \t]*([,;]*)[ \t]*(\r\n|\r|\n|$)', re.IGNORECASE)
"""A first line like `sep=;`, with what separates its empty cells where a program took it for a row and saved it again."""


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row: the line on which it begins, its stripped cells, and the line breaks before each if there are any."""

    line: int
    cells: tuple[str, ...]
    breaks: tuple[int, ...] = ()

    def line_of(self, place: int) -> int:
        """Return the line on which a cell (counted from 0) begins."""
        return self.line + (self.breaks[place] if self.breaks else 0)


def announcement(text: str) -> str:
    """Return the first line of a text where it only says what separates the cells, with its end; else an empty text."""
    said = _ANNOUNCED.match(text)
    return said[0] if said else ""


def announced(text: str) -> tuple[str, str]:
    """Return a text, and what separates its cells; a first line `sep=;` says so, and its place is kept."""
    said = _ANNOUNCED.match(text)
    return (f"{said[3]}{text[said.end() :]}", said[2][:1] or said[1]) if said else (text, _separator(text))


def split(text: str, separator: str, file: str, ledger: Ledger) -> list[RawRow] | None:
    """Return the rows that are not blank; None after noting a fault."""
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
    header = _LINE_BREAK.split(text.lstrip(), maxsplit=1)[0]
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
