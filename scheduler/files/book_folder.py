"""What a workbook keeps of a folder beside its tables, and the way back: the folder of a workbook."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from scheduler.files.book import Book, book_of, is_book
from scheduler.files.editions import is_edition_id
from scheduler.files.faults import Ledger
from scheduler.files.rows import ROWS
from scheduler.files.settings import read_settings
from scheduler.files.text import YAML_BYTES, read_text
from scheduler.files.whole_folder import whole_folder
from scheduler.files.writing import CannotWriteError, write_text

YAML = (".yaml", ".yml")
DEEPEST = 4
"""So many folders deep YAML files are looked for."""


def kept_texts(folder: Path) -> dict[str, str]:
    """Return the YAML files of a folder or workbook by their path in it, instance.yaml first; raise BadInstanceError."""
    if is_book(folder):
        return dict(book_of(folder).texts)
    ledger = Ledger()
    found: dict[str, str] = {}
    for path in _files(folder):
        if path.suffix in YAML:
            name = path.relative_to(folder).as_posix()
            found[name] = read_text(path, name, ledger, YAML_BYTES) or ""
    ledger.refuse()
    return dict(sorted(found.items(), key=lambda pair: ("/" in pair[0], pair[0] != "instance.yaml", pair[0])))


def files_left_out(folder: Path) -> list[str]:
    """Return the files of a folder that no workbook of it keeps, by name."""
    if is_book(folder):
        return [f"the sheet {title}" for title in (*book_of(folder).extra, *book_of(folder).own)]
    tables = {f"{name}.csv" for name in ROWS}
    names = (path.relative_to(folder).as_posix() for path in _files(folder) if path.suffix not in YAML)
    return [name for name in names if name not in tables]


def refuse_outside(folder: Path) -> None:
    """Raise CannotWriteError where the edition is a file outside the folder: what is written elsewhere would miss it."""
    settings = read_settings(folder, Ledger())
    name = settings.edition if settings else ""
    if settings is None or is_edition_id(name):
        return
    if Path(name).is_absolute() or ".." in Path(name).parts:
        words = f"its edition {name} lies outside; put that file into {folder / 'editions'} and name it by its id"
        raise CannotWriteError(f"{folder} cannot be written elsewhere: {words}")


def _files(folder: Path) -> Iterator[Path]:
    """Yield the plain files of a folder that are not hidden, by path."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if len(parts) <= DEEPEST and not any(part.startswith(".") for part in parts) and path.is_file():
            yield path


def write_folder(source: Path, target: Path) -> None:
    """Write the folder of a workbook, whole or not at all; raise CannotWriteError.

    Where the target is a folder already, its tables and YAML files are replaced, tables that the workbook does not have are
    removed, and whatever else is in it stays.
    """
    book = book_of(source)
    with whole_folder(target) as part:
        for name in ROWS:
            if name not in book.tables:
                (part / f"{name}.csv").unlink(missing_ok=True)
        unpack(book, part)


def unpack(book: Book, folder: Path) -> None:
    """Write the tables and YAML files of a workbook into a folder."""
    for name, text in book.texts.items():
        inner = Path(name)
        if inner.is_absolute() or ".." in inner.parts or inner.suffix not in YAML:
            raise CannotWriteError(f"{book.path}: the sheet settings names {name!r}, which is no YAML file in a folder")
        (folder / inner).parent.mkdir(parents=True, exist_ok=True)
        write_text(folder / inner, text)
    for name, sheet in book.tables.items():
        text_of_rows = io.StringIO()
        csv.writer(text_of_rows, lineterminator="\n").writerows(cells for _, cells in sheet.rows)
        write_text(folder / f"{name}.csv", text_of_rows.getvalue())
