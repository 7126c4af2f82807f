"""What an import would change: rows to add, what stands already, and what is left out and why."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from scheduler.files.extended import Row, extended
from scheduler.files.faults import SchedulerError
from scheduler.files.writing import write_text

BEFORE = "imports"
"""The folder in a folder that keeps the table as it was before the last import."""

MOST_BYTES = 10_000_000


class ImportRefusedError(SchedulerError):
    """A file is not what it is taken for, or names what the folder does not have; the words say what it looks like."""


def content_of(path: Path, hint: str = "") -> bytes:
    """Return what a file holds; raise ImportRefusedError where it cannot be read or is too large."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ImportRefusedError(f"{path}: {error.strerror or error}") from error
    if len(content) > MOST_BYTES:
        raise ImportRefusedError(f"{path}: larger than {MOST_BYTES // 1_000_000} MB{hint}")
    return content


@dataclass(slots=True, kw_only=True)
class Proposed:
    """Rows to add to one table; `known` = so many stand there already; `left_out` = what is passed over, by reason."""

    table: str
    columns: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)
    known: int = 0
    left_out: Counter[str] = field(default_factory=Counter)

    def write(self, folder: Path) -> None:
        """Add the rows to the table, whole or not at all; the table as it was is kept beside. Raise CannotWriteError."""
        if not self.rows:
            return
        path = folder / f"{self.table}.csv"
        text = extended(path, self.columns, self.rows)
        if path.exists():
            kept = folder / BEFORE
            kept.mkdir(exist_ok=True)
            write_text(kept / f"{self.table}-before.csv", path.read_text(encoding="utf-8"))
        write_text(path, text)

    def add(self, row: Row, standing: set[tuple[str, ...]], keys: tuple[str, ...]) -> None:
        """Take a row over, unless one with the same cells under `keys` stands or is proposed already."""
        key = tuple(row[name] for name in keys)
        if key in standing:
            self.known += 1
            return
        standing.add(key)
        self.rows.append(row)
