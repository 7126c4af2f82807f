"""A workbook as an instance: its tables are sheets, its YAML files are lines of the sheet `settings`.

A path may lead into a workbook as it leads into a folder: `BOOK.xlsx/records.csv` is the sheet `records`, and
`BOOK.xlsx/instance.yaml` the lines of that name. So everything that reads a folder reads a workbook too.
"""

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.files.archives import BOOK, enclosing, looks_like_a_book, refusal_of
from scheduler.files.faults import BadInstanceError, Fault, comma_list, nearest
from scheduler.files.rows import ROWS

if TYPE_CHECKING:
    from scheduler.files.book_rows import SheetRows

SETTINGS = "settings"
IMPORTS = "imports.yaml"
"""The file that says what other systems call things."""

OURS = ("readme", "codes")
"""Sheets that are written for readers, and are never read."""

OWN = "x_"
SETTINGS_HEAD = ("file", "text")
_LINE_OF = re.compile(r"\b([a-z]+)\.csv line ([0-9]+)")
_UNREADABLE = "not a workbook that can be read (damaged?)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """What a workbook says: `tables` by name, `texts` of its files, `rows` = the row of each line of each text.

    `extra` = the sheets that nothing reads; `own` = those among the rest whose names say that they are somebody's own.
    """

    path: Path
    tables: "Mapping[str, SheetRows]"
    titles: Mapping[str, str]
    texts: Mapping[str, str]
    rows: Mapping[str, Sequence[int]]
    faults: Sequence[Fault] = ()
    extra: tuple[str, ...] = ()
    own: tuple[str, ...] = ()

    def placed(self, fault: Fault) -> Fault:
        """Return a fault of a table or of a file with its place in the workbook."""
        message = _LINE_OF.sub(r"sheet \1 row \2", fault.message)
        name = fault.file.removesuffix(".csv")
        if name in ROWS:
            return replace(fault, file=str(self.path), sheet=self.titles.get(name, name), message=message)
        if fault.file == SETTINGS:
            return replace(fault, file=str(self.path), sheet=SETTINGS, message=message)
        if fault.file in self.rows:
            rows = self.rows[fault.file]
            row = rows[min(fault.line, len(rows)) - 1] if fault.line and rows else 0
            words = f"{fault.file}: {message}"
            return replace(fault, file=str(self.path), sheet=SETTINGS, line=row, column=2, message=words)
        if Path(fault.file).is_absolute() or fault.file == str(self.path):
            return replace(fault, message=message)
        return replace(fault, file=str(self.path), message=f"{fault.file}: {message}")

    @property
    def warning(self) -> Fault | None:
        """The one warning about sheets that are not read, if there are any."""
        if not self.extra:
            return None
        told = []
        for title in self.extra:
            near = nearest(title, [*ROWS, SETTINGS])
            told.append(f"{title} (did you mean {near}?)" if near else title)
        many = "a sheet that is not read" if len(told) == 1 else "sheets that are not read"
        return Fault(
            file=str(self.path), message=f"{many}: {comma_list(told)}", allowed=f"a name that starts with {OWN}"
        )


def inside(path: Path) -> tuple[Book, str] | None:
    """Return the workbook into which a path leads, and the name in it; raise BadInstanceError where it cannot be read."""
    place = enclosing(path)
    return None if place is None else (book_of(place), path.relative_to(place).as_posix())


def is_book(path: Path) -> bool:
    """Say whether what is given for a folder is a file that may be meant as a workbook."""
    try:
        return path.is_file() and looks_like_a_book(path)
    except (OSError, ValueError):
        return False


def becomes_a_book(path: Path) -> bool:
    """Say whether what is written to a place is to be a workbook: its name says so."""
    return path.suffix.lower() == BOOK and not path.is_dir()


def holds_table(folder: Path, name: str) -> bool:
    """Say whether a folder or workbook has a table."""
    path = folder / f"{name}.csv"
    return name in book_of(folder).tables if is_book(folder) else path.exists() or path.is_symlink()


def holds_text(folder: Path, name: str) -> bool:
    """Say whether a folder or workbook has a YAML file."""
    return name in book_of(folder).texts if is_book(folder) else (folder / name).exists()


def book_of(path: Path) -> Book:
    """Return what a workbook says, read once as long as it stays as it is; raise BadInstanceError where it cannot be read."""
    status = path.stat()
    return _book_of(path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=2)
def _book_of(path: Path, _changed: int, _size: int) -> Book:
    refused = refusal_of(path)
    if refused is not None:
        raise BadInstanceError([refused])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a library about what it does not keep: nothing of that is read
            return _read(path)
    except BadInstanceError:
        raise
    except Exception as error:
        # Whatever the library trips over, the file is at fault, never a traceback.
        words = " ".join(str(error).split())[:100] or type(error).__name__
        raise BadInstanceError([Fault(file=str(path), message=f"{_UNREADABLE}: {words}")]) from error


def _read(path: Path) -> Book:
    from openpyxl import load_workbook

    from scheduler.files.book_cells import kinds_of
    from scheduler.files.book_rows import SheetRows, read_sheet

    tables: dict[str, SheetRows] = {}
    titles: dict[str, str] = {}
    extra: list[str] = []
    faults: list[Fault] = []
    settings = SheetRows(file=SETTINGS)
    with path.open("rb") as stream, closing(load_workbook(stream, read_only=True, keep_links=False)) as book:
        for sheet in book.worksheets:
            name = sheet.title.strip().casefold()
            if name in titles:
                faults.append(_twice(name, titles[name], sheet.title))
            elif name in ROWS:
                tables[name] = read_sheet(sheet, f"{name}.csv", kinds_of(ROWS[name]))
                titles[name] = sheet.title
            elif name == SETTINGS:
                settings = read_sheet(sheet, SETTINGS, {}, indented=True)
            elif name not in OURS:
                extra.append(sheet.title)
    texts, rows, more = _texts(settings)
    own = tuple(title for title in extra if title.casefold().startswith(OWN))
    return Book(
        path=path,
        tables=tables,
        titles=titles,
        texts=texts,
        rows=rows,
        faults=(*faults, *more, *(fault for sheet in tables.values() for fault in sheet.faults)),
        extra=tuple(title for title in extra if title not in own),
        own=own,
    )


def _twice(name: str, title: str, other: str) -> Fault:
    """Return the fault that two sheets could be one table."""
    return Fault(
        file=f"{name}.csv", message=f"two sheets of this name: {title!r} and {other!r}", allowed="one; rename the other"
    )


def _texts(settings: "SheetRows") -> tuple[dict[str, str], dict[str, list[int]], list[Fault]]:
    """Return the texts of the sheet `settings` by the name of their file, the row of each line, and the faults."""
    head, *body = settings.rows or [(1, ())]
    names = [cell.strip().casefold() for cell in head[1]]
    if names[: len(SETTINGS_HEAD)] != list(SETTINGS_HEAD):
        message = "the sheet with the lines of instance.yaml is missing, or it does not begin with this header"
        fault = Fault(file=SETTINGS, line=head[0], column=1, message=message, allowed=" | ".join(SETTINGS_HEAD))
        return {}, {}, [*settings.faults, fault]
    lines: dict[str, list[str]] = {}
    rows: dict[str, list[int]] = {}
    name = ""
    for number, (file, text, *_) in body:
        name = file.strip() or name  # a line that somebody puts between belongs to the file above
        lines.setdefault(name, []).append(text)
        rows.setdefault(name, []).append(number)
    return {file: "".join(f"{line}\n" for line in found) for file, found in lines.items()}, rows, settings.faults


def names_in(folder: Path, under: str) -> Iterator[Path]:
    """Yield the YAML files of a folder in a folder or workbook, as paths, by name."""
    place = folder / under
    if is_book(folder):
        names = sorted(name for name in book_of(folder).texts if name.startswith(f"{under}/"))
        yield from (folder / name for name in names if name.endswith(".yaml") and name.count("/") == 1)
    elif place.is_dir():
        yield from sorted(place.glob("*.yaml"))
