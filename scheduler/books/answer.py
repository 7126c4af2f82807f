"""Writes an answer as a workbook: a first sheet in sentences, then its tables, each no more than one page wide."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.programme.instance import Instance
from scheduler.books.sentences import Paragraph, Sentences
from scheduler.books.tables import BookTable, titles_of
from scheduler.files.book_cells import FORMATS
from scheduler.files.sheets import (
    FONT,
    LINE_HEIGHT,
    SIZE,
    Filled,
    SheetColumn,
    Value,
    Writer,
    for_print,
    lines_of,
    storable,
    width_of,
    workbook,
)
from scheduler.show.faults import paragraph
from scheduler.show.screen import Screen

if TYPE_CHECKING:
    from openpyxl import Workbook

FIRST_SHEET = "Answer"
PAGE = 130
"""So many characters fit beside each other on a page across."""

NARROWEST, WIDEST = 8, 44
SENTENCES, TITLE = 76, 54
"""Width of the sheet of sentences, and how much of its first line, which is larger, fits into that."""

TITLE_SIZE, TITLE_LINE = 14, 20
"""Size of the title, and height of a line of it, in points."""

INDENT = 2


def write_answer(
    target: Path,
    instance: Instance,
    show: Callable[[Screen], None],
    tables: Callable[[], Sequence[BookTable]],
    *,
    made_by: str,
    keep_shown: bool = False,
) -> None:
    """Write the answer that `show` tells on a screen, and its tables; raise CannotWriteError.

    `made_by` = the program in words; with `keep_shown` the tables of the screen are sheets too, before the others.
    """
    screen = Sentences(keep_tables=keep_shown)
    show(screen)
    found = [table for table in (*screen.heard.tables, *tables()) if table.rows]
    lines = [*screen.heard.lines, *_rests_on(instance, made_by)]
    with workbook(target, instance.title) as book:
        _sentences(book, lines)
        for table, title in zip(found, titles_of(found, [FIRST_SHEET]), strict=True):
            _table(book, table, title)


def _rests_on(instance: Instance, made_by: str) -> list[Paragraph]:
    receipt = f"Input {instance.digest[:19]}, as of {instance.as_of}, {made_by}."
    return [
        Paragraph("gap"),
        Paragraph("heading", "What this rests on"),
        Paragraph("sentence", paragraph(instance)),
        Paragraph("sentence", receipt),
    ]


def _sentences(book: "Workbook", lines: Sequence[Paragraph]) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    sheet: Any = book.create_sheet(FIRST_SHEET)
    for_print(sheet, "portrait")
    sheet.column_dimensions["A"].width = SENTENCES
    sheet.sheet_view.showGridLines = False
    for number, line in enumerate(lines):
        words = f"- {line.words}" if line.kind == "bullet" else line.words
        cell = WriteOnlyCell(sheet, storable(words) if words else None)
        if words:
            cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top", indent=INDENT if line.kind == "bullet" else 0)
        cell.font = Font(name=FONT, bold=line.kind == "heading", size=SIZE if number else TITLE_SIZE)
        count = lines_of(words, SENTENCES if number else TITLE)
        sheet.row_dimensions[number + 1].height = count * (LINE_HEIGHT if number else TITLE_LINE)
        sheet.append([cell])


def _table(book: "Workbook", table: BookTable, title: str) -> None:
    sheet: Any = book.create_sheet(title)
    for_print(sheet, "landscape")
    widths = _fitted([_width(table, place) for place in range(len(table.head))])
    columns = [
        SheetColumn(name=name, width=width, wrapped=True) for name, width in zip(table.head, widths, strict=True)
    ]
    writer = Writer(sheet, columns)
    writer.begin(len(table.rows))
    for row in table.rows:
        writer.row([_filled(value) for value in row])


def _width(table: BookTable, place: int) -> float:
    texts = (_text(row[place]) for row in table.rows)
    return width_of([table.head[place], *texts], NARROWEST, WIDEST)


def _fitted(widths: Sequence[float]) -> list[float]:
    """Narrow the widest columns until all of them fit on a page; their texts are wrapped."""
    fitted = list(widths)
    while sum(fitted) > PAGE and max(fitted) > NARROWEST:
        fitted[fitted.index(max(fitted))] -= 1
    return fitted


def _text(value: Value | None) -> str:
    filled = _filled(value)
    if filled is None:
        return ""
    return FORMATS["moment"] if filled[1] == FORMATS["moment"] else str(value)


def _filled(value: Value | None) -> Filled | None:
    if value is None:
        return None
    if isinstance(value, datetime):
        return value, FORMATS["moment"]
    if isinstance(value, date):
        return value, FORMATS["day"]
    if isinstance(value, int):
        return value, FORMATS["whole"]
    return value, "0.##" if isinstance(value, float) else FORMATS["text"]
