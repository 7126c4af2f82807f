"""Writes a made-up instance to disk."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from scheduler.files.exporting import refuse_book_name
from scheduler.files.writing import CannotWriteError, write_text


def write(files: Mapping[str, str], folder: Path) -> None:
    """Write files, name -> text, into a new or empty folder, all or none; raise CannotWriteError."""
    refuse_book_name(folder)
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise CannotWriteError(f"cannot write {folder}: it exists and is not an empty folder; name a new one")
        target = folder.absolute()
        part = target.with_name(f".{target.name}.cohort-scheduler-part")
        shutil.rmtree(part, ignore_errors=True)
        try:
            _fill(part, files)
            part.replace(target)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    except OSError as error:
        raise CannotWriteError(f"cannot write {folder}: {error.strerror}; nothing was changed") from error


def _fill(part: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = part / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(path, text)
