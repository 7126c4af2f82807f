"""Which reader reads which file: some systems have more than one export, and their headers tell them apart."""

from datetime import date
from pathlib import Path

from scheduler.files.book import IMPORTS, is_book
from scheduler.files.faults import BadInstanceError, Ledger
from scheduler.files.folder import Loaded
from scheduler.files.foreign import ImportKind
from scheduler.files.import_maps import merged_maps, read_maps, with_entries
from scheduler.files.import_shapes import ImportsShape
from scheduler.files.settings import read_settings
from scheduler.imports import accounts, courses, options_booked
from scheduler.imports.asked import ImportAsked
from scheduler.imports.attendance import attendance
from scheduler.imports.busy import busy_spans
from scheduler.imports.gradebook import gradebook
from scheduler.imports.proposed import ImportFound, ImportRefusedError
from scheduler.imports.reading import has_column
from scheduler.imports.targets import known_things
from scheduler.imports.tickets import tickets


def imported(kind: ImportKind, asked: ImportAsked) -> ImportFound:
    """Return what a file would change; raise ImportRefusedError."""
    if kind == "calendar":
        return busy_spans(asked)
    if kind == "zoom":
        return attendance(asked)
    if kind == "eventbrite":
        return tickets(asked)
    if kind == "canvas":
        return accounts.accounts(asked) if has_column(asked.path, accounts.NAMES["login"]) else gradebook(asked)
    columns = (asked.maps.moodle.columns if asked.maps.moodle else None) or {}
    is_list = has_column(asked.path, [columns.get("option", ""), *options_booked.NAMES["option"]])
    return options_booked.options_booked(asked) if is_list else courses.courses(asked)


def asked_of(
    path: Path, folder: Path, loaded: Loaded, map_file: Path | None = None, **options: str | bool | date | None
) -> ImportAsked:
    """Return what is asked, with the names of the folder's map and of another one; raise BadInstanceError for its faults."""
    if is_book(folder):
        words = (
            f"an import is written into a folder, and this is a workbook; make one: scheduler export {folder} FOLDER"
        )
        raise ImportRefusedError(f"{folder}: {words}")
    if not folder.is_dir():
        raise ImportRefusedError(f"{folder}: an import is written into a folder, and this is none")
    more = None if map_file is None else _map(map_file, loaded)
    maps = merged_maps(loaded.imports, more)
    if maps.dates is None:
        settings = read_settings(folder, Ledger())
        maps = maps.model_copy(update={"dates": settings.habits.dates if settings else None})
    return ImportAsked(path=path, folder=folder, instance=loaded.instance, maps=maps, **options)  # type: ignore[arg-type]


def kept_names(folder: Path, map_file: Path, loaded: Loaded) -> dict[str, str]:
    """Return the folder's map with the entries of another one in it, by its file; nothing where it has them already."""
    path, more = folder / IMPORTS, _map(map_file, loaded)
    old = path.read_text(encoding="utf-8-sig") if path.exists() else ""
    new = with_entries(old, more) if old.strip() else map_file.read_text(encoding="utf-8-sig")
    return {} if merged_maps(loaded.imports, more) == loaded.imports else {IMPORTS: new}


def _map(path: Path, loaded: Loaded) -> ImportsShape:
    ledger, instance = Ledger(), loaded.instance
    people = frozenset({*instance.learner, *instance.trainer})
    shape = read_maps(path, str(path), ledger, things=known_things(instance), people=people)
    if shape is None or ledger.faults:
        raise BadInstanceError(ledger.faults)
    return shape
