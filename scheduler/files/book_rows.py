"""Reads the rows of one sheet as texts, and the faults of cells that hold no plain value."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scheduler.files.book_cells import Kind, text_of
from scheduler.files.book_merged import merged_cells
from scheduler.files.csvrows import MOST_ROWS
from scheduler.files.faults import Fault

LAST_ROW = 1_048_576
"""A sheet has no more rows; a file that names a later one is not read on."""

MOST_COLUMNS = 256
FORMULA = "a formula; none is worked out here, so put its value there (copy the cell, then paste the values only)"
ERROR = "an error of the spreadsheet program"


@dataclass(slots=True, kw_only=True)
class SheetRows:
    """The rows of a sheet that are not blank, each with its number, all of one width; `faults` where cells hold no value."""

    file: str
    indented: bool = False
    rows: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_sheet(source: Any, file: str, kinds: Mapping[str, Kind], *, indented: bool = False) -> SheetRows:  # noqa: ANN401 - openpyxl types its sheets otherwise
    """Return the texts of a sheet under the name `file`; the first row that is not blank names the columns.

    `indented` = blanks at the beginning of a cell are kept.
    """
    sheet = SheetRows(file=file, indented=indented)
    source.reset_dimensions()  # what the file says of its own size is not believed
    of_places: list[Kind] = []
    rows: list[tuple[int, list[str]]] = []
    for number, cells in enumerate(source.iter_rows(), start=1):
        message = _too_much(number, cells, len(rows))
        if message is not None:
            sheet.faults.append(Fault(file=file, line=number, column=1, message=message))
            break
        texts = list(_texts(sheet, number, cells, of_places))
        while texts and not texts[-1]:
            texts.pop()
        if not texts:
            continue
        if not rows:
            of_places = [kinds.get(text.casefold(), "text") for text in texts]
        rows.append((number, texts))
    width = max((len(texts) for _, texts in rows), default=0)
    sheet.rows = [(number, tuple(texts + [""] * (width - len(texts)))) for number, texts in rows]
    merged = merged_cells(source, file, rows[0][0], rows[-1][0], width) if rows and not indented else None
    if merged is not None:
        sheet.faults.append(merged)
    return sheet


def _too_much(number: int, cells: Sequence[object], rows: int) -> str | None:
    """Say why a sheet is read no further."""
    if number > LAST_ROW:
        return f"a row beyond the last one that a sheet has ({LAST_ROW:,})"
    if rows > MOST_ROWS:
        return f"more than {MOST_ROWS:,} rows; split the instance, or leave out what is long over"
    wide = len(cells) > MOST_COLUMNS and any(cell.value is not None for cell in cells[MOST_COLUMNS:])  # type: ignore[attr-defined]
    return f"a cell beyond column {MOST_COLUMNS}" if wide else None


def _texts(sheet: SheetRows, number: int, cells: Iterable[Any], kinds: Sequence[Kind]) -> Iterator[str]:
    for place, cell in enumerate(cells):
        value = cell.value
        if value is None:
            yield ""
        elif isinstance(value, str) and cell.data_type == "s":
            yield value.rstrip() if sheet.indented else value.strip()
        else:
            yield _valued(sheet, number, place, cell, kinds[place] if place < len(kinds) else "text")


def _valued(sheet: SheetRows, number: int, place: int, cell: Any, kind: Kind) -> str:  # noqa: ANN401 - openpyxl's cell
    """Return the text of a cell that holds a number, a day or a time; note a fault where it holds what is no value."""
    message = {"f": FORMULA, "e": ERROR}.get(cell.data_type)
    if message is None:
        is_dated = cell.data_type == "d"
        return text_of(cell.value, str(cell.number_format) if is_dated else "", kind)
    read = str(getattr(cell.value, "text", None) or cell.value)
    sheet.faults.append(
        Fault(file=sheet.file, line=number, column=place + 1, message=message, read=read, allowed="a plain value")
    )
    return ""
