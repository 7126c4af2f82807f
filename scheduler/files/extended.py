"""Tables with rows added, changed or taken out, as text: what else stands in them stays, and new columns come last."""

import csv
import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scheduler.files.csvrows import announced, announcement
from scheduler.files.formulas import guarded
from scheduler.files.text import BYTE_ORDER_MARK

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Standing:
    """A sound table as it stands: its columns as they are written, and its rows by column in small letters."""

    names: tuple[str, ...] = ()
    separator: str = ","
    rows: tuple[Row, ...] = ()


def standing(path: Path) -> Standing:
    """Return the table of a file; an absent or empty one has no rows."""
    if not path.exists():
        return Standing()
    text, separator = announced(path.read_text(encoding="utf-8-sig"))
    lines = [
        each
        for each in csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        if any(cell.strip() for cell in each)
    ]
    names = tuple(name.strip() for name in lines[0]) if lines else ()
    keys = [name.casefold() for name in names]
    rows = tuple(dict(zip(keys, map(str.strip, line), strict=False)) for line in lines[1:])
    return Standing(names, separator, rows)


def table_of(columns: Sequence[str], rows: Sequence[Row]) -> str:
    """Return rows as the text of a CSV table."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def extended(
    path: Path,
    columns: Sequence[str],
    rows: Sequence[Row],
    *,
    changed: Mapping[int, Row] | None = None,
    removed: Collection[int] = (),
) -> str:
    """Return a table with rows added, cells of some rows (counted from 0) changed, and some taken out; new columns come last.

    A line `sep=;` and a byte-order mark stay as a spreadsheet program left them.
    """
    safe = [{name: guarded(cell) for name, cell in row.items()} for row in rows]
    old = standing(path)
    if not old.names:
        return table_of(columns, safe)
    news = {place: {name: guarded(cell) for name, cell in row.items()} for place, row in (changed or {}).items()}
    known = [name.casefold() for name in old.names]
    filled = {name for row in (*safe, *news.values()) for name, cell in row.items() if cell}
    names = (*old.names, *(name for name in columns if name.casefold() not in known and name in filled))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", delimiter=old.separator)
    writer.writerow(names)
    kept = ({**row, **news.get(place, {})} for place, row in enumerate(old.rows) if place not in removed)
    writer.writerows([row.get(name.casefold(), "") for name in names] for row in (*kept, *safe))
    return f"{_before(path.read_text(encoding='utf-8'))}{out.getvalue()}"


def without_rows(path: Path, columns: Sequence[str], gone: Collection[tuple[str, ...]]) -> str:
    """Return a table without the rows whose cells under `columns` are among `gone`; all else stays as it stands."""
    keys = [tuple(row.get(name, "") for name in columns) for row in standing(path).rows]
    return extended(path, (), (), removed=[place for place, key in enumerate(keys) if key in gone])


def _before(content: str) -> str:
    """Return what stands before the header: a byte-order mark, and a line like `sep=;`."""
    mark = BYTE_ORDER_MARK if content.startswith(BYTE_ORDER_MARK) else ""
    return f"{mark}{announcement(content.removeprefix(BYTE_ORDER_MARK))}"
