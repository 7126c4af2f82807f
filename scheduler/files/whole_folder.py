"""Writes a folder whole or not at all: a copy beside it is changed, flushed to the disk, and takes its place in one step."""

import contextlib
import ctypes
import errno
import os
import secrets
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from scheduler.files.writing import ENDING, CannotWriteError, flush_folder, lock_for_us, reason_of

AT_FDCWD = -100
RENAME_EXCHANGE = 2
RENAME_SWAP = 2


@contextmanager
def whole_folder(target: Path, like: Path | None = None) -> Iterator[Path]:
    """Yield a folder to write into, which becomes `target` when all went well; raise CannotWriteError.

    It begins as a copy of what stands in `target`, with the files of `like` put over it. A target that exists is replaced
    in one step: whoever looks, and whoever kills this process at any moment, finds the old folder or the new one. Where the
    working directory lies inside the target, its files are replaced one after the other instead, all of them written
    before: a shell must not be left in a folder that is gone.
    """
    place = Path(os.path.realpath(target))
    part = place.with_name(f".{place.name}.{secrets.token_hex(4)}{ENDING}")
    if place.exists() and not place.is_dir():
        raise CannotWriteError(f"cannot write {target}: it is no folder")
    try:
        _sweep(place)
        sources = [each for each in (place if place.is_dir() else None, like) if each is not None]
        with _made(part, sources):
            yield part
            _flush(part)
            _switch(part, place)
    except (OSError, shutil.Error) as error:
        raise CannotWriteError(f"cannot write {target}: {_reason(error)}; nothing was changed") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


@contextmanager
def _made(part: Path, sources: Iterable[Path]) -> Iterator[None]:
    """Make the folder to write into, marked as in use for as long as this process lives."""
    part.mkdir()
    number = os.open(part, os.O_RDONLY) if os.name == "posix" else None
    try:
        if number is not None:
            lock_for_us(number)
        for source in sources:
            shutil.copytree(source, part, dirs_exist_ok=True, ignore=_left_over)
        yield
    finally:
        if number is not None:
            os.close(number)


def _left_over(_folder: str, names: list[str]) -> list[str]:
    return [name for name in names if name.endswith(ENDING)]


def _sweep(place: Path) -> None:
    """Remove what writers of this folder left behind when they were killed."""
    if os.name != "posix" or not place.parent.is_dir():
        return
    for part in place.parent.glob(f".{place.name}.*{ENDING}"):
        with contextlib.suppress(OSError):
            number = os.open(part, os.O_RDONLY | os.O_NOFOLLOW)
            try:
                lock_for_us(number)
                shutil.rmtree(part, ignore_errors=True)
            finally:
                os.close(number)


def _flush(part: Path) -> None:
    """Bring every file and folder to the disk."""
    for folder, _, names in os.walk(part):
        for name in names:
            path = Path(folder, name)
            if path.is_file() and not path.is_symlink():
                number = os.open(path, os.O_RDONLY)
                try:
                    os.fsync(number)
                finally:
                    os.close(number)
        flush_folder(Path(folder))


def _switch(part: Path, place: Path) -> None:
    if not place.exists():
        part.replace(place)
    elif Path.cwd().is_relative_to(place) or not _exchange(part, place):
        _one_by_one(part, place)
    flush_folder(place.parent)


def _exchange(part: Path, place: Path) -> bool:
    """Let two folders change names in one step; say whether this system can."""
    shutil.copymode(place, part)
    one, other = os.fsencode(part), os.fsencode(place)
    library = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        failed = library.renamex_np(one, other, RENAME_SWAP)  # type: ignore[union-attr]
    elif hasattr(library, "renameat2"):
        failed = library.renameat2(AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE)  # type: ignore[union-attr]
    else:
        return False
    if not failed:
        return True
    number = ctypes.get_errno()
    if number in {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP}:
        return False
    raise OSError(number, os.strerror(number))


def _one_by_one(part: Path, place: Path) -> None:
    """Put each file that was written in the place of the old one; all of them lie on the disk already."""
    for folder, _, names in os.walk(part):
        inside = place / Path(folder).relative_to(part)
        inside.mkdir(exist_ok=True)
        for name in names:
            Path(folder, name).replace(inside / name)
        flush_folder(inside)


def _reason(error: OSError | shutil.Error) -> str:
    return reason_of(error) if isinstance(error, OSError) and error.errno else "not all of it could be copied"
