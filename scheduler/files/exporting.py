"""Writes an instance from where it is to another place, as a workbook or as a folder, whole or not at all."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from models.programme.instance import Instance
from scheduler.files.book import Book, becomes_a_book, book_of, is_book
from scheduler.files.book_folder import unpack, write_folder
from scheduler.files.book_writing import write_book
from scheduler.files.faults import comma_list
from scheduler.files.whole_folder import whole_folder
from scheduler.files.writing import CannotWriteError


def export(source: Path, target: Path, instance: Instance, *, force: bool = False) -> None:
    """Write a folder or workbook, which says `instance`, into a workbook or a folder; raise CannotWriteError.

    What exists is replaced only with `force`; a workbook with sheets of somebody's own never is.
    """
    if target.exists() and not force and not _is_empty(target):
        raise CannotWriteError(f"cannot write {target}: it exists already; name a new place, or add --force")
    if becomes_a_book(target):
        _refuse_own_sheets(target)
        write_book(source, target, instance)
    elif target.exists() and not target.is_dir():
        raise CannotWriteError(f"cannot write {target}: it is no folder, and its name does not end in .xlsx")
    elif is_book(source):
        write_folder(source, target)
    else:
        raise CannotWriteError(f"{source} is a folder already; a workbook's name ends in .xlsx")


def refuse_book_name(folder: Path) -> None:
    """Raise CannotWriteError where a new folder has a workbook's name: whoever opened it would be puzzled."""
    if becomes_a_book(folder):
        place = folder.with_suffix("")
        words = f"its name is a workbook's; write {place}, then: scheduler export {place} {folder}"
        raise CannotWriteError(f"cannot write {folder}: {words}")


def _is_empty(target: Path) -> bool:
    return target.is_dir() and not any(target.iterdir())


@contextmanager
def whole_instance(target: Path, like: Path) -> Iterator[Path]:
    """Yield a folder to write into, which becomes `target` when all went well: a folder, or a workbook as its name says.

    It begins as a copy of what stands in `target`, with the files of `like` put over it; each may be a workbook. Raise
    CannotWriteError, or BadInstanceError where what was written would not be read again.
    """
    if not becomes_a_book(target) and not is_book(like):
        with whole_folder(target, like) as part:
            yield part
        return
    with tempfile.TemporaryDirectory() as place:
        base = Path(place)
        if not becomes_a_book(target):
            unpack(book_of(like), base)
            with whole_folder(target, base) as part:
                yield part
            return
        _refuse_own_sheets(target)
        for each in (target, like):
            _put(each, base)
        yield base
        write_book(base, target)


def _put(source: Path, folder: Path) -> None:
    if is_book(source):
        unpack(book_of(source), folder)
    elif source.is_dir():
        shutil.copytree(source, folder, dirs_exist_ok=True)


def _refuse_own_sheets(target: Path) -> None:
    """Raise CannotWriteError where a workbook that would be replaced has sheets that nothing else keeps."""
    if not target.exists():
        return
    book: Book = book_of(target)
    others = (*book.extra, *book.own)
    if others:
        words = f"it has sheets of its own that would be lost ({comma_list(others)}); name a new workbook"
        raise CannotWriteError(f"cannot write {target}: {words}")
