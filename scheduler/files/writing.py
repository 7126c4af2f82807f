"""Writes a file whole or not at all: a temporary file beside it, flushed to the disk, takes its place in one step."""

import contextlib
import errno
import os
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path

from scheduler.files.archives import BOOK, enclosing
from scheduler.files.faults import SchedulerError

try:
    import fcntl
except ImportError:  # pragma: no cover - there are no such locks on Windows, where stale files then stay
    fcntl = None  # type: ignore[assignment]

ENDING = ".cohort-scheduler-part"
FULL = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}
FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


class CannotWriteError(SchedulerError):
    """A file could not be written; what stood there before still stands."""


def write_text(path: Path, text: str) -> None:
    """Write text as UTF-8, whole or not at all; raise CannotWriteError."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> None:
    """Write bytes, whole or not at all; raise CannotWriteError."""
    try:
        # A link keeps pointing where it does: the file behind it is replaced.
        target = Path(os.path.realpath(path))
        _refuse_inside(path)
        _refuse_no_file(target)
        _sweep(target)
        _replace(target, content)
    except (OSError, ValueError) as error:
        raise CannotWriteError(f"cannot write {path}: {reason_of(error)}; nothing was changed") from error


def _refuse_inside(path: Path) -> None:
    """Refuse a path that leads into a workbook as if it were a folder."""
    book = enclosing(path)
    if book is not None and book.suffix.lower() == BOOK:
        words = f"{book} is a workbook, and this command changes folders only; make one: scheduler export {book} FOLDER"
        raise ValueError(words)


def _refuse_no_file(target: Path) -> None:
    if target.exists() and not stat.S_ISREG(target.stat().st_mode):
        raise OSError(errno.EINVAL, "this is no plain file")


def _replace(target: Path, content: bytes) -> None:
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}{ENDING}")
    number = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(number, "wb") as stream:
            lock_for_us(number)
            stream.write(content)
            stream.flush()
            os.fsync(number)
            if target.exists():
                part.chmod(stat.S_IMODE(target.stat().st_mode))
            part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    flush_folder(target.parent)


def lock_for_us(number: int) -> None:
    """Mark a temporary file or folder as in use; the mark ends with the process. Raise OSError where another holds it."""
    if fcntl is not None:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _sweep(target: Path) -> None:
    """Remove what writers of this file left behind when they were killed."""
    if fcntl is None:
        return  # pragma: no cover
    for part in _parts(target):
        with contextlib.suppress(OSError):
            number = os.open(part, os.O_RDONLY | os.O_NOFOLLOW)
            try:
                lock_for_us(number)
                part.unlink()
            finally:
                os.close(number)


def _parts(target: Path) -> Iterator[Path]:
    start = f".{target.name}."
    for path in target.parent.iterdir():
        if path.name.startswith(start) and path.name.endswith(ENDING):
            yield path


def left_behind(folder: Path) -> list[Path]:
    """Return what killed commands left in a folder, in its folders and beside it; not what is being written just now."""
    place = Path(os.path.realpath(folder))
    beside = place.parent.glob(f".{place.name}.*{ENDING}")
    inside = (*place.glob(f".*{ENDING}"), *place.glob(f"*/.*{ENDING}"))
    return sorted(part for part in (*inside, *beside) if not _is_in_use(part))


def _is_in_use(part: Path) -> bool:
    if fcntl is None:
        return False  # pragma: no cover
    try:
        number = os.open(part, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return True
    try:
        lock_for_us(number)
    except OSError:
        return True
    finally:
        os.close(number)
    return False


def flush_folder(folder: Path) -> None:
    """Make the new name last through a power cut; some file systems cannot, and then nothing more can be done."""
    with contextlib.suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def reason_of(error: OSError | ValueError) -> str:
    """Return in a few words why nothing could be written."""
    if not isinstance(error, OSError):
        return "its name holds a NUL character" if "null" in str(error) else str(error)
    if error.errno in FULL:
        return "the disk is full"
    if error.errno in FORBIDDEN:
        return "no permission"
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "its folder does not exist"
    return error.strerror or str(error)
