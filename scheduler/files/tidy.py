"""Rewrites the tables of a folder in the format's form, so that the same instance is read from them as before."""

import csv
import difflib
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from scheduler.files.book import is_book
from scheduler.files.csvtext import RawTable, read_raw
from scheduler.files.faults import Ledger, SchedulerError
from scheduler.files.folder import load
from scheduler.files.rows import ROWS, TableRow
from scheduler.files.settings import read_settings
from scheduler.files.table import PLAIN
from scheduler.files.text import UTF8_MARK
from scheduler.files.tolerant import Habits, canonical_cells
from scheduler.files.whole_folder import whole_folder
from scheduler.files.writing import CannotWriteError, write_bytes

BEFORE = "before-tidy"
"""The folder in a folder that keeps the tables as they were before they were last tidied."""

ORDER: dict[str, tuple[str, ...]] = {
    "offerings": ("start", "end", "component", "offering"),
    "sessions": ("offering", "start"),
    "learners": ("learner",),
    "records": ("learner", "date", "component", "offering", "status", "role"),
    "unavailable": ("who", "start", "end"),
    "waitlist": ("learner", "component"),
    "trainers": ("trainer",),
    "candidates": ("start", "component", "trainers"),
    "closures": ("start", "end"),
    "patterns": (),
    "arrivals": ("month", "edition", "timezone"),
}
"""By which columns a table is sorted, as the reader sorts it; the rows of patterns.csv keep the order written, which counts."""


class WouldChangeMeaningError(SchedulerError):
    """The tidied tables would be read as another instance; nothing was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tidied:
    """One table whose text changes; `before` and `after` are without byte-order mark, `marked` = it is to have one."""

    file: str
    before: str
    after: str
    marked: bool

    def difference(self) -> list[str]:
        """Return the lines of a unified diff."""
        old, new = (text.splitlines() for text in (self.before, self.after))
        return list(difflib.unified_diff(old, new, self.file, f"{self.file} (tidied)", lineterm="", n=1))


def tidied(folder: Path, *, marked: bool = False) -> tuple[Tidied, ...]:
    """Return the tables that would change, `marked` = each gets a byte-order mark; raise BadInstanceError of all faults."""
    if is_book(folder):
        words = f"tidied are the tables of a folder; make one: scheduler export {folder} FOLDER"
        raise CannotWriteError(f"{folder} is a workbook: {words}")
    load(folder)
    ledger = Ledger()
    settings = read_settings(folder, ledger)
    habits = settings.habits if settings is not None else PLAIN
    found = []
    for name, kind in ROWS.items():
        path = folder / f"{name}.csv"
        if not path.exists():
            continue
        content = path.read_bytes()
        mark = marked or content.startswith(UTF8_MARK)
        before = content.removeprefix(UTF8_MARK).decode("utf-8")
        after = _rewritten(path, kind, habits, ledger, ORDER[name])
        if after is not None and _bytes(after, marked=mark) != content:
            found.append(Tidied(file=path.name, before=before, after=after, marked=mark))
    return tuple(found)


def write_tidied(folder: Path, changes: Sequence[Tidied]) -> None:
    """Write the tables, all or none; the old ones are kept beside. Raise WouldChangeMeaningError or CannotWriteError."""
    read = load(folder).instance
    with whole_folder(folder) as part:
        kept = part / BEFORE
        kept.mkdir(exist_ok=True)
        for each in changes:
            write_bytes(kept / each.file, (part / each.file).read_bytes())
            write_bytes(part / each.file, _bytes(each.after, marked=each.marked))
        if load(part).instance != read:
            raise WouldChangeMeaningError(f"tidied, {folder} would be read as another instance; nothing was changed")


def _bytes(text: str, *, marked: bool) -> bytes:
    return (UTF8_MARK if marked else b"") + text.encode("utf-8")


def _rewritten(path: Path, kind: type[TableRow], habits: Habits, ledger: Ledger, order: tuple[str, ...]) -> str | None:
    """Return a table in the format's form: the people's own columns and the order of the columns stay."""
    raw = read_raw(path, path.name, list(kind.model_fields), (), ledger, habits.own)
    if raw is None:
        return None
    put, _ = canonical_cells(raw, kind, habits, ledger)
    places = sorted([*raw.columns.items(), *raw.own.items()], key=lambda one: one[1])
    names = [name for name, _ in places]
    rows = [[_cell(raw, name, row.cells[place], put) for name, place in places] for row in raw.rows]
    keys = [names.index(name) for name in order if name in names]
    rows.sort(key=lambda row: [row[key] for key in keys])
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(rows)
    return text.getvalue()


def _cell(raw: RawTable, name: str, text: str, put: Callable[[str, str], str]) -> str:
    return put(name, text) if text and name in raw.columns else text
