"""Applies what an import found to a folder, whole or not at all, and reads the folder again before it takes its place."""

import re
from collections.abc import Iterator
from pathlib import Path

from scheduler.files.faults import BadInstanceError, Fault
from scheduler.files.folder import load
from scheduler.files.whole_folder import whole_folder
from scheduler.files.writing import write_text
from scheduler.imports.proposed import ImportFound, ImportRefusedError

ATTEMPTS = 6
_LINE = re.compile(r" ?\(line [0-9]+\)|,?( already| booked)? in line [0-9]+")


class _OnlyShownError(Exception):
    """Ends the writing of a copy that is only tried."""


def apply(found: ImportFound, folder: Path, *, dry_run: bool = False) -> tuple[Fault, ...]:
    """Write what was found, and return what is odd about the folder then; raise ImportRefusedError.

    Rows that the folder's rules refuse are left out, with the reason. With `dry_run` it is only tried beside.
    """
    for _ in range(ATTEMPTS):
        warnings = () if found.is_empty else _tried(found, folder, dry_run=dry_run)
        if warnings is not None:
            return warnings
    raise ImportRefusedError(
        f"the import does not fit what the folder says after {ATTEMPTS} attempts; nothing was written"
    )


def _tried(found: ImportFound, folder: Path, *, dry_run: bool) -> tuple[Fault, ...] | None:
    """Write beside, and return its warnings; None where it has faults: the rows at fault are then left out of what was found."""
    lines: dict[str, int] = {}
    warnings: tuple[Fault, ...] = ()
    try:
        with whole_folder(folder) as part:
            lines = _write(found, part)
            warnings = load(part, with_digest=False).warnings
            _stop_if(dry_run or _has_links(folder))
    except _OnlyShownError:
        if not dry_run:
            _write(found, folder)
        return warnings
    except BadInstanceError as error:
        if error.more or not _left_out(found, error.faults, lines):
            message = f"the import does not fit what the folder says; nothing was written:\n{error}"
            raise ImportRefusedError(message) from error
        return None
    return warnings


def _has_links(folder: Path) -> bool:
    """Say whether files of a folder lie elsewhere: those are replaced one by one where they lie, so that the links stay."""
    return any(each.is_symlink() for each in (folder, *folder.iterdir(), *folder.glob("editions/*")))


def _stop_if(stop: bool) -> None:
    if stop:
        raise _OnlyShownError


def _write(found: ImportFound, part: Path) -> dict[str, int]:
    """Write the tables and files; return the line before the first added row by table."""
    for name, text in found.files.items():
        (part / name).parent.mkdir(exist_ok=True)
        write_text(part / name, text)
    return {f"{table.table}.csv": table.write(part) for table in found.tables.values() if not table.is_empty}


def _left_out(found: ImportFound, faults: tuple[Fault, ...], lines: dict[str, int]) -> bool:
    """Leave out the added rows that are at fault; say whether all faults are theirs."""
    places = list(_places(found, faults, lines))
    if len(places) < len(faults):
        return False
    for name, place, fault in {(name, place): (name, place, fault) for name, place, fault in reversed(places)}.values():
        row = found.tables[name].rows[place]
        reason = _LINE.sub("", fault.message.partition(": ")[2] or fault.message)
        if fault.line <= lines[fault.file]:
            reason = f"it does not go with line {fault.line} of {fault.file}, {fault.read}: {reason}"
        found.leave_out(reason, row.get("learner") or row.get("who") or "")
    for name, table in found.tables.items():
        bad = {place for each, place, _ in places if each == name}
        table.rows = [row for place, row in enumerate(table.rows) if place not in bad]
    return True


def _places(found: ImportFound, faults: tuple[Fault, ...], lines: dict[str, int]) -> Iterator[tuple[str, int, Fault]]:
    """Yield table, place among the added rows, and fault, for each fault of an added row, or of a row that stands against one."""
    for fault in faults:
        name = fault.file.removesuffix(".csv")
        count = len(found.tables[name].rows) if lines.get(fault.file) else 0
        against = [int(number) for number in re.findall(r"line ([0-9]+)", fault.message)]
        places = (line - lines.get(fault.file, 0) - 1 for line in (fault.line, *against))
        place = next((each for each in places if 0 <= each < count), None)
        if place is not None:
            yield name, place, fault
