"""Tables with rows added, as text: what stands in them stays, and columns that they do not have yet come last."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from scheduler.files.formulas import guarded

Row = dict[str, str]


def table_of(columns: Sequence[str], rows: Sequence[Row]) -> str:
    """Return rows as the text of a CSV table."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def extended(path: Path, columns: tuple[str, ...], rows: list[Row]) -> str:
    """Return a table with rows added; columns that it does not have yet are added too."""
    if not path.exists():
        return table_of(columns, [{column: guarded(cell) for column, cell in row.items()} for row in rows])
    text = path.read_text(encoding="utf-8-sig")
    delimiter = ";" if ";" in text.split("\n", 1)[0] else ","
    old = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))
    names = tuple(text.split("\n", 1)[0].strip("\r").split(delimiter))
    names = tuple(name.strip().strip('"') for name in names)
    needed = [name for name in columns if name not in names and any(row[name] for row in rows)]
    out = io.StringIO()
    writer = csv.DictWriter(
        out, (*names, *needed), restval="", lineterminator="\n", delimiter=delimiter, extrasaction="ignore"
    )
    writer.writeheader()
    writer.writerows([dict(zip(names, row.values(), strict=False)) for row in old])
    writer.writerows(rows)
    return out.getvalue()
