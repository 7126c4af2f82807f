"""Workbooks for tests: exported, edited, taken apart."""

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from scheduler.files.exporting import export
from scheduler.files.faults import BadInstanceError
from scheduler.files.folder import load

Change = Callable[[Workbook], object]


def exported(source: Path, target: Path) -> Path:
    """Export an instance and return where it is now."""
    export(source, target, load(source).instance)
    return target


def changed(book: Path, target: Path, change: Change) -> Path:
    """Write a workbook as somebody has changed it."""
    edited = load_workbook(book)
    change(edited)
    edited.save(target)
    return target


def faults_of(book: Path) -> list[str]:
    """Return the faults for which a workbook is refused."""
    with pytest.raises(BadInstanceError) as found:
        load(book)
    return [str(fault) for fault in found.value.faults]


def files_of(folder: Path) -> list[str]:
    """Return the files of a folder, by name."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def parts_of(book: Path) -> dict[str, bytes]:
    """Return what a workbook is made of."""
    with zipfile.ZipFile(book) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(path: Path, parts: Mapping[str, bytes]) -> Path:
    """Write a zip archive of these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path
