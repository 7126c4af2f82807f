"""Tables with rows added, as text: what stands in them stays, and columns that they do not have yet come last."""

import csv
import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass
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
    table = _opened(path)
    names = [{name.casefold(): name for name in columns}.get(name.casefold(), name) for name in table.names]
    needed = [name for name in columns if name not in names and any(row[name] for row in rows)]
    added = [[guarded(row.get(name, "")) for name in (*names, *needed)] for row in rows]
    old = [[*row, *("" for _ in needed)] for row in table.rows]
    return table.text([*table.written, *needed], [*old, *added])


def shortened(path: Path, columns: tuple[str, ...], gone: Collection[tuple[str, ...]]) -> str:
    """Return a table without the rows whose cells under `columns` are among `gone`; all else stays as it stands."""
    table = _opened(path)
    folded = [name.casefold() for name in table.names]
    places = [folded.index(name) for name in columns]
    return table.text(
        table.written, [row for row in table.rows if tuple(row[place].strip() for place in places) not in gone]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    """A table as a spreadsheet program left it: its mark and first line like `sep=;`, its header as written, its rows."""

    before: str
    delimiter: str
    written: list[str]
    rows: list[list[str]]

    @property
    def names(self) -> list[str]:
        return [name.strip() for name in self.written]

    def text(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n", delimiter=self.delimiter)
        writer.writerow(header)
        writer.writerows(rows)
        return f"{self.before}{out.getvalue()}"


def _opened(path: Path) -> _Opened:
    content = path.read_text(encoding="utf-8")
    said, text = _announced(content.removeprefix(MARK))
    delimiter = ";" if ";" in text.split("\n", 1)[0] else ","
    written, *rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if any(row)]
    before = f"{MARK if content.startswith(MARK) else ''}{said}"
    return _Opened(before=before, delimiter=delimiter, written=written, rows=rows)


def _announced(text: str) -> tuple[str, str]:
    """Return a first line like `sep=;`, and the rest."""
    first, end, rest = text.partition("\n")
    return (first + end, rest) if first.strip().startswith("sep=") else ("", text)
