"""Flat rows: the same table for CSV, for JSON and for data frames."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from scheduler.files.formulas import guarded

if TYPE_CHECKING:
    import pandas as pd

Cell = str | int | bool | date | tuple[str, ...] | None
Row = dict[str, Cell]
"""Column by column, in the order in which they are shown; every row of a table has the same columns."""


def csv_text(rows: Sequence[Row], columns: Sequence[str]) -> str:
    """Return rows as CSV text under a header; several names in one cell are separated by semicolons."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_written(row[column]) for column in columns])
    return text.getvalue()


def _written(cell: Cell) -> str | int:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int):
        return cell
    if isinstance(cell, tuple):
        return guarded(";".join(cell))
    return "" if cell is None else guarded(str(cell))


def json_rows(rows: Sequence[Row]) -> list[dict[str, object]]:
    """Return rows as JSON knows them: days as text, several names as a list."""
    return [{name: _plain(cell) for name, cell in row.items()} for row in rows]


def _plain(cell: Cell) -> object:
    if isinstance(cell, date):
        return cell.isoformat()
    return list(cell) if isinstance(cell, tuple) else cell


def frame(rows: Sequence[Row]) -> "pd.DataFrame":
    """Return rows as a data frame."""
    import pandas as pd

    return pd.DataFrame(list(rows))
