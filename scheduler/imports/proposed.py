"""What an import would change: rows added, changed and taken out, what stands already, and what is left out and why."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scheduler.files.extended import Row, Standing, extended, standing
from scheduler.files.faults import SchedulerError, comma_list
from scheduler.files.writing import write_text

BEFORE = "imports"
"""The folder in a folder that keeps the tables as they were before the last import, and whose seats were imported."""

MOST_BYTES = 10_000_000
MOST_COLUMNS = 8


class ImportRefusedError(SchedulerError):
    """A file is not what it is taken for, or names what the folder does not have; the words say what it looks like."""


def content_of(path: Path, hint: str = "") -> bytes:
    """Return what a file holds; raise ImportRefusedError where it cannot be read or is too large."""
    try:
        with path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise ImportRefusedError(f"{path}: {getattr(error, 'strerror', None) or error}") from error
    if len(content) > MOST_BYTES:
        raise ImportRefusedError(f"{path}: larger than {MOST_BYTES // 1_000_000} MB{hint}")
    return content


@dataclass(slots=True, kw_only=True)
class Proposed:
    """Changes of one table; `changed` and `removed` by place (from 0) in it; `known` = so many stand there already."""

    table: str
    columns: tuple[str, ...]
    now: Standing = field(default_factory=Standing)
    rows: list[Row] = field(default_factory=list)
    changed: dict[int, Row] = field(default_factory=dict)
    removed: set[int] = field(default_factory=set)
    known: int = 0

    @property
    def is_empty(self) -> bool:
        """Say whether nothing of the table would change."""
        return not (self.rows or self.changed or self.removed)

    def add(self, row: Row, standing: set[tuple[str, ...]], keys: tuple[str, ...]) -> None:
        """Take a row over, unless one with the same cells under `keys` stands or is proposed already."""
        key = tuple(row[name] for name in keys)
        if key in standing:
            self.known += 1
            return
        standing.add(key)
        self.rows.append(row)

    def change(self, place: int, cells: Row) -> None:
        """Change cells of a row, where they differ from what stands there."""
        row = self.now.rows[place]
        news = {name: cell for name, cell in cells.items() if row.get(name, "") != cell}
        if news:
            self.changed[place] = {**self.changed.get(place, {}), **news}

    def write(self, folder: Path) -> int:
        """Write the table, and beside it as it was; return the line before the first added row (0: no row is added)."""
        path = folder / f"{self.table}.csv"
        text = extended(path, self.columns, self.rows, changed=self.changed, removed=self.removed)
        if path.exists():
            kept = folder / BEFORE
            kept.mkdir(exist_ok=True)
            write_text(kept / f"{self.table}-before.csv", path.read_text(encoding="utf-8"))
        write_text(path, text)
        return text.count("\n") - len(self.rows) if self.rows else 0


@dataclass(slots=True, kw_only=True)
class ImportFound:
    """What an import found: tables, `left_out` = who or what is passed over, by reason; remarks, and files of its own."""

    folder: Path
    tables: dict[str, Proposed] = field(default_factory=dict)
    left_out: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    remarks: list[str] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)

    def table(self, name: str, columns: tuple[str, ...]) -> Proposed:
        """Return the changes of a table of the folder, to be filled."""
        if name not in self.tables:
            now = standing(self.folder / f"{name}.csv")
            self.tables[name] = Proposed(table=name, columns=columns, now=now)
        return self.tables[name]

    def leave_out(self, reason: str, who: str = "") -> None:
        """Note that something is passed over."""
        self.left_out[reason].append(who)

    def tell_unread(self, unread: Sequence[str], read: Sequence[str] = ()) -> None:
        """Note which columns are not read, and perhaps which are."""
        if read:
            self.remarks.append(f"columns that are read: {comma_list(read, MOST_COLUMNS)}")
        if unread:
            self.remarks.append(f"columns that are not read: {comma_list(unread, MOST_COLUMNS)}")

    @property
    def is_empty(self) -> bool:
        """Say whether nothing would be written."""
        return all(each.is_empty for each in self.tables.values()) and not self.files
