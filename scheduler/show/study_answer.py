"""A study's table as JSON and as CSV; the same study and input give the same text, but for `seconds`."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from scheduler.files.formulas import guarded
from scheduler.show.envelope import envelope
from scheduler.studies.columns import COLUMNS

if TYPE_CHECKING:
    from scheduler.answers.whatif import Compared


def records_of(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield the rows as plain values; what is blank is None."""
    names = [column.name for column in COLUMNS]
    for values in frame.astype(object).itertuples(index=False, name=None):
        yield {name: None if pd.isna(value) else value for name, value in zip(names, values, strict=True)}


def as_answer(found: "Compared") -> dict[str, Any]:
    """Return the table in the envelope that all answers have."""
    study = found.study
    return {
        **envelope("whatif", found.instance),
        "study": study.id,
        "title": study.title,
        "question": study.question,
        "columns": [{"name": each.name, "unit": each.unit, "meaning": each.meaning} for each in COLUMNS],
        "rows": [{name: value for name, value in row.items() if value is not None} for row in records_of(found.table)],
    }


def as_csv(frame: pd.DataFrame) -> str:
    """Return the table as CSV; no cell is a formula to a spreadsheet program."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([column.name for column in COLUMNS])
    for row in records_of(frame):
        writer.writerow([_cell(value) for value in row.values()])
    return stream.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return guarded(value) if isinstance(value, str) else str(value)
