"""Writes sheets of a workbook row by row: a header that stays in sight, real days and numbers, and texts that stay texts."""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from scheduler.files.faults import SchedulerError, letters
from scheduler.files.writing import CannotWriteError, write_bytes

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell

Value = str | int | float | bool | date | datetime | time
Filled = tuple[Value, str]
"""A cell's value and its number format."""

HEADER_FILL = "FFDDE6F0"
LONGEST = 32_767
"""A spreadsheet program keeps no longer text in a cell."""

FONT, SIZE = "Calibri", 11
MONOSPACED = "Consolas"
LINE_HEIGHT = 15
"""Points that a line of text takes."""

MARGIN = 0.5
"""Inches left and right of a printed page."""

FOOTER = "&A, page &P of &N"
NOTE_WIDTH, NOTE_LINE = 300, 18
LETTERS_A_LINE = 42
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class CannotBeACellError(SchedulerError):
    """A text that no cell of a workbook can hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetColumn:
    """One column of a sheet: its header, the note on it, its width in characters, and how its texts look."""

    name: str
    width: float
    note: str | None = None
    wrapped: bool = False
    monospaced: bool = False


@dataclass(slots=True)
class Writer:
    """Writes one sheet of a workbook: `begin`, then each `row`."""

    sheet: Any  # openpyxl's write-only sheet, whose types say less than it can
    columns: Sequence[SheetColumn]
    cells: dict[tuple[int, str], "Cell"] = field(default_factory=dict)
    written: int = 0

    def begin(self, rows: int) -> None:
        """Write the header over so many rows; it stays in sight and on each printed page; rows can be filtered."""
        for place, column in enumerate(self.columns, start=1):
            self.sheet.column_dimensions[letters(place)].width = column.width
        self.sheet.freeze_panes = "A2"
        self.sheet.print_title_rows = "1:1"
        if rows:
            self.sheet.auto_filter.ref = f"A1:{letters(len(self.columns))}{rows + 1}"
        self._tall([(column.name, "@") for column in self.columns])
        self.sheet.append([self._head(column) for column in self.columns])

    def row(self, values: Iterable[Filled | None]) -> None:
        """Write values into the next row; None leaves a cell empty."""
        row = list(values)
        self._tall(row)
        self.sheet.append([None if each is None else self._cell(place, *each) for place, each in enumerate(row)])

    def _tall(self, row: Sequence[Filled | None]) -> None:
        """Make the next row as tall as its wrapped texts need: not every program does so by itself."""
        self.written += 1
        lines = max(
            (
                lines_of(each[0], column.width)
                for column, each in zip(self.columns, row, strict=True)
                if column.wrapped and each is not None and isinstance(each[0], str)
            ),
            default=1,
        )
        if lines > 1:
            self.sheet.row_dimensions[self.written].height = LINE_HEIGHT * lines

    def _cell(self, place: int, value: Value, number_format: str) -> "Cell":
        """Return a cell that holds a value; one cell of a column and format serves all rows: it is written at once."""
        cell = self.cells.get((place, number_format))
        if cell is None:
            cell = self.cells[place, number_format] = self._plain(self.columns[place], number_format)
        if isinstance(value, str):
            cell.value = storable(value)
            cell.data_type = "s"  # whatever it begins with, it is no formula and no error
        else:
            cell.value = value
        return cell

    def _plain(self, column: SheetColumn, number_format: str) -> "Cell":
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Font

        cell = WriteOnlyCell(self.sheet)
        cell.number_format = number_format
        side = "right" if number_format.startswith("0") else "left"
        cell.alignment = Alignment(
            horizontal=side, vertical="top", wrap_text=column.wrapped, indent=1 if side == "right" else 0
        )
        if column.monospaced:
            cell.font = Font(name=MONOSPACED, size=SIZE)
        return cell

    def _head(self, column: SheetColumn) -> "Cell":
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.comments import Comment
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        cell = WriteOnlyCell(self.sheet, storable(column.name))
        cell.data_type = "s"
        cell.number_format = "@"
        cell.font = Font(name=FONT, size=SIZE, bold=True)
        cell.fill = PatternFill("solid", fgColor=HEADER_FILL)
        cell.border = Border(bottom=Side(style="thin"))
        cell.alignment = Alignment(vertical="top", wrap_text=column.wrapped)
        if column.note:
            lines = sum(1 + len(line) // LETTERS_A_LINE for line in column.note.split("\n"))
            cell.comment = Comment(column.note, "scheduler", width=NOTE_WIDTH, height=NOTE_LINE * (lines + 1))
        return cell


def for_print(sheet: Any, orientation: str) -> None:  # noqa: ANN401 - openpyxl's write-only sheet
    """Lay a sheet out so that it prints one page wide, as many pages long as it takes."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = orientation
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = MARGIN
    sheet.oddFooter.center.text = FOOTER


def storable(text: str) -> str:
    """Return a text as a cell keeps it; raise CannotBeACellError where none can."""
    if len(text) > LONGEST:
        start = f"{text[:40]}…"
        raise CannotBeACellError(f"a text of {len(text):,} characters is longer than a cell ({LONGEST:,}): {start}")
    found = _FORBIDDEN.search(text)
    if found is not None:
        raise CannotBeACellError(f"a control character ({ord(found[0]):#04x}) that no workbook can hold: {text[:40]!r}")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def lines_of(text: str, width: float) -> int:
    """Return how many lines a text takes in a column of so many characters."""
    room = max(1, int(width) - 1)
    lines = text.split("\n")
    return len(lines) if len(text) <= room else sum(max(1, len(wrap(line, room))) for line in lines)


def width_of(texts: Iterable[str], least: float, most: float) -> float:
    """Return how wide a column of these texts is, in characters."""
    longest = max((len(line) for text in texts for line in text.split("\n")), default=0)
    return min(max(longest + 2, least), most)


@contextmanager
def workbook(target: Path, title: str) -> Iterator["Workbook"]:
    """Yield a workbook to write sheets into, which is then written whole or not at all; raise CannotWriteError."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    try:
        yield book
        book.properties.creator = "cohort-scheduler"
        book.properties.title = storable(title)
        content = io.BytesIO()
        book.save(content)
    except CannotBeACellError as error:
        raise CannotWriteError(f"cannot write {target}: {error}; nothing was changed") from error
    finally:
        for sheet in book.worksheets:
            if not sheet.closed:
                sheet.close()  # what is begun keeps a file open
    write_bytes(target, content.getvalue())
