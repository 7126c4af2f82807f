"""Tables with rows added, as text: what stands in them stays, and columns that they do not have yet come last."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from scheduler.files.formulas import guarded

Row = dict[str, str]
MARK = "\ufeff"


def table_of(columns: Sequence[str], rows: Sequence[Row]) -> str:
    """Return rows as the text of a CSV table."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def extended(path: Path, columns: tuple[str, ...], rows: list[Row]) -> str:
    """Return a table with rows added; columns that it does not have yet are added too.

    Names of columns in other capitals, a line `sep=;` and a byte-order mark stay as a spreadsheet program left them.
    """
    if not path.exists():
        return table_of(columns, [{column: guarded(cell) for column, cell in row.items()} for row in rows])
    content = path.read_text(encoding="utf-8")
    said, text = _announced(content.removeprefix(MARK))
    delimiter = ";" if ";" in text.split("\n", 1)[0] else ","
    written, *old = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if any(row)]
    known = {name.strip().casefold(): name for name in columns}
    names = [known.get(name.strip().casefold(), name.strip()) for name in written]
    needed = [name for name in columns if name not in names and any(row[name] for row in rows)]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", delimiter=delimiter)
    writer.writerow([*written, *needed])
    writer.writerows([*row, *("" for _ in needed)] for row in old)
    writer.writerows([guarded(row.get(name, "")) for name in (*names, *needed)] for row in rows)
    return f"{MARK if content.startswith(MARK) else ''}{said}{out.getvalue()}"


def _announced(text: str) -> tuple[str, str]:
    """Return a first line like `sep=;`, and the rest."""
    first, end, rest = text.partition("\n")
    return (first + end, rest) if first.strip().startswith("sep=") else ("", text)
