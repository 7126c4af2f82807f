"""Writes a made-up instance to disk."""

from collections.abc import Mapping
from pathlib import Path

from scheduler.files.writing import write_text


def write(files: Mapping[str, str], folder: Path) -> None:
    """Write files, name -> text, into a folder that is made where needed; raise CannotWriteError where it cannot be."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(path, text)
