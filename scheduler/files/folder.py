"""Reads an instance folder: every fault in one run, or an immutable instance and its warnings."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from models.programme.instance import Instance
from scheduler.files.book import IMPORTS, book_of, holds_text, is_book
from scheduler.files.bookings import check_bookings
from scheduler.files.calendar_from import offerings_from
from scheduler.files.calendar_odd import calendar_warnings
from scheduler.files.digest import digest_of
from scheduler.files.faults import BadInstanceError, Fault, Ledger
from scheduler.files.people_from import learners_from, trainers_from, unavailable_from, waitlist_from
from scheduler.files.programme import UsedEditions, read_programme
from scheduler.files.records_from import records_from
from scheduler.files.references import check_references
from scheduler.files.settings import FolderSettings, read_settings
from scheduler.files.slots_from import candidates_from, closures_from
from scheduler.files.tables import Tables, read_tables
from scheduler.files.tolerant import Habits
from scheduler.files.writing import left_behind
from scheduler.files.year_from import (
    arrivals_from,
    check_arrivals,
    check_dates,
    check_most,
    check_teachers,
    patterns_from,
)
from scheduler.files.zones import odd

if TYPE_CHECKING:
    from scheduler.files.import_shapes import ImportsShape


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a folder says, what is odd about it but stops nothing, and what other systems call things in it."""

    instance: Instance
    warnings: tuple[Fault, ...] = ()
    imports: "ImportsShape | None" = None


def load(folder: Path, as_of: date | None = None, *, with_digest: bool = True) -> Loaded:
    """Return the instance of a folder or workbook, on its own planning day or another; raise BadInstanceError with all faults."""
    if not is_book(folder):
        _refuse_no_folder(folder)
        return _loaded(folder, as_of, Ledger(), with_digest=with_digest)
    book, ledger = book_of(folder), Ledger()
    for fault in book.faults:
        ledger.add(fault)
    if book.warning is not None:
        ledger.warn(book.warning)
    try:
        loaded = _loaded(folder, as_of, ledger, with_digest=with_digest)
    except BadInstanceError as error:
        raise BadInstanceError(map(book.placed, error.faults), error.more) from None
    return replace(loaded, warnings=tuple(map(book.placed, loaded.warnings)))


def _loaded(folder: Path, as_of: date | None, ledger: Ledger, *, with_digest: bool) -> Loaded:
    settings = read_settings(folder, ledger)
    habits = settings.habits if settings is not None else Habits()
    tables = read_tables(folder, ledger, habits)
    if settings is None:
        check_references(tables, None, ledger)
        raise BadInstanceError(ledger.faults, ledger.more)
    stated, settings = settings.as_of, replace(settings, as_of=as_of or settings.as_of)
    programme = read_programme(folder, settings, tables, ledger)
    check_references(tables, programme.codes, ledger)
    for fault in _undeclared(settings, tables):
        ledger.add(fault)
    for warning in _odd_zones(settings, tables):
        ledger.warn(warning)
    imports = _imports(folder, tables, programme, ledger)
    instance = _instance(settings, tables, programme, ledger)
    ledger.refuse()
    for warning in (*calendar_warnings(instance, tables), *_left_behind(folder)):
        ledger.warn(warning)
    warnings = sorted(set(ledger.warnings), key=lambda fault: fault.key)
    if with_digest:  # of the files: the day that is asked about is told beside it
        instance = replace(instance, digest=digest_of(replace(instance, as_of=stated)))
    return Loaded(instance, tuple(warnings), imports)


def _left_behind(folder: Path) -> Iterator[Fault]:
    """Name what killed commands left in a folder or beside it."""
    for part in [] if is_book(folder) else left_behind(folder):
        beside = folder / os.path.relpath(part, os.path.realpath(folder))
        words = "a command that was killed left this behind; nothing reads it, and it can be deleted"
        yield Fault(file=str(os.path.normpath(beside)), message=words)


def _imports(folder: Path, tables: Tables, programme: UsedEditions, ledger: Ledger) -> "ImportsShape | None":
    if not holds_text(folder, IMPORTS):
        return None
    from scheduler.files.import_maps import read_maps

    offerings, learners, trainers = (each.known for each in (tables.offerings, tables.learners, tables.trainers))
    things = None if offerings is None or programme.codes is None else offerings | programme.codes
    people = None if learners is None or trainers is None else learners | trainers
    return read_maps(folder / IMPORTS, IMPORTS, ledger, things=things, people=people)


def _refuse_no_folder(folder: Path) -> None:
    try:
        file = "this is a file, not a folder"
        message = None if folder.is_dir() else file if folder.exists() else "no such folder"
        if message is None:
            next(folder.iterdir(), None)
    except (OSError, ValueError) as error:
        message = f"cannot be read: {getattr(error, 'strerror', None) or error}"
    if message is not None:
        allowed = "a folder with instance.yaml and offerings.csv, or a workbook (.xlsx)"
        raise BadInstanceError([Fault(file=str(folder), message=message, allowed=allowed)])


def _undeclared(settings: FolderSettings, tables: Tables) -> Iterator[Fault]:
    """Find rows that call themselves made up in an instance that does not say so."""
    for table in () if settings.synthetic else tables:
        made_up = [line for line in table if (getattr(line.row, "note", None) or "").casefold().startswith("synthetic")]
        if made_up:
            more = f" (and {len(made_up) - 1} more)" if len(made_up) > 1 else ""
            message = f"a made-up row{more}, but instance.yaml does not say `synthetic: true`"
            yield made_up[0].fault("note", message)


def _odd_zones(settings: FolderSettings, tables: Tables) -> Iterator[Fault]:
    """Find zones that exist and that most people who write them do not mean."""
    said = odd(settings.zone)
    if said is not None:
        yield settings.document.fault(
            "timezone", message=f"{settings.zone} {said[0]}", read=settings.zone, near=said[1]
        )
    for table in (tables.offerings, tables.learners, tables.trainers):
        for line in table:
            said = odd(line.row.timezone) if line.row.timezone else None
            if said is not None:
                yield line.fault("timezone", f"{line.row.timezone} {said[0]}", near=said[1])


def _instance(settings: FolderSettings, tables: Tables, programme: UsedEditions, ledger: Ledger) -> Instance:
    offerings = offerings_from(tables, programme, settings, ledger)
    recorded = records_from(tables, programme, {run.id: run for run in offerings}, ledger)
    instance = Instance(
        id=settings.id,
        title=settings.title,
        edition=programme.default,
        as_of=settings.as_of,
        zone=settings.zone,
        synthetic=settings.synthetic or any(edition.synthetic for edition in programme.editions.values()),
        editions=programme.editions,
        offerings=offerings,
        learners=learners_from(tables, programme, settings, ledger),
        records=tuple(record for record, _ in recorded),
        unavailable=unavailable_from(tables, settings, ledger),
        waitlist=waitlist_from(tables, ledger),
        trainers=trainers_from(tables, settings),
        candidates=candidates_from(tables, programme, settings, ledger),
        closures=closures_from(tables, ledger),
        slots=settings.slots,
        year=settings.year,
        patterns=patterns_from(tables, programme, ledger),
        arrivals=arrivals_from(tables, programme, settings.zone),
    )
    check_bookings(instance, recorded, tables.offerings, ledger)
    _check_year(instance, settings, tables, programme, ledger)
    return instance


def _check_year(
    instance: Instance, settings: FolderSettings, tables: Tables, programme: UsedEditions, ledger: Ledger
) -> None:
    check_most(instance.year, programme, settings.document, ledger)
    check_dates(tables, instance.year, settings.as_of, instance.closures, ledger)
    check_teachers(tables, instance.trainer, programme, ledger)
    check_arrivals(tables, settings.as_of, settings.year, ledger)
