"""Reads `instance.yaml`."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from models.programme.people import Slots
from models.programme.year import Year
from scheduler.files.cells import WEEKDAYS
from scheduler.files.faults import Ledger
from scheduler.files.holiday_places import check_places, holiday_places_of
from scheduler.files.shaped import read_shape
from scheduler.files.shapes import InstanceShape, SlotsShape
from scheduler.files.tolerant import Habits
from scheduler.files.yamltext import Document
from scheduler.files.year_settings import check_year, year_of

FILE = "instance.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderSettings:
    """What `instance.yaml` says; `edition` is an id or a path; `document` knows the places."""

    id: str
    title: str
    edition: str
    as_of: date
    zone: str
    synthetic: bool
    slots: Slots | None
    year: Year | None
    habits: Habits
    document: Document


def read_settings(folder: Path, ledger: Ledger) -> FolderSettings | None:
    """Return the settings of a folder, or None after noting the faults."""
    shape, document = read_shape(folder / FILE, FILE, InstanceShape, ledger)
    if shape is None or document is None:
        return None
    if shape.candidates is not None:
        _check_slots(shape.candidates, document, ledger)
    if shape.year is not None:
        check_year(shape.year, shape.as_of, document, ledger)
    return FolderSettings(
        id=shape.id,
        title=shape.title,
        edition=shape.edition,
        as_of=shape.as_of,
        zone=shape.timezone,
        synthetic=shape.synthetic or False,
        slots=None if shape.candidates is None else _slots(shape.candidates),
        year=None if shape.year is None else year_of(shape.year, shape.timezone),
        habits=Habits(dates=shape.dates, own=frozenset(map(str.casefold, shape.own_columns or ()))),
        document=document,
    )


def _slots(shape: SlotsShape) -> Slots:
    places = holiday_places_of(shape.holidays)
    return Slots(
        first=shape.first,
        last=shape.last,
        weekdays=tuple(sorted({WEEKDAYS.index(name) for name in shape.weekdays})),
        starts=tuple(sorted(set(shape.starts))),
        notice_days=shape.notice_days or 0,
        holidays=places[0] if places else None,
        minutes=shape.minutes,
        more_holidays=places[1:],
    )


def _check_slots(shape: SlotsShape, document: Document, ledger: Ledger) -> None:
    if shape.last < shape.first:
        message = "the last day lies before the first"
        ledger.add(
            document.fault(
                "candidates", "last", message=message, read=str(shape.last), allowed=f"{shape.first} or later"
            )
        )
    check_places(shape.holidays, ("candidates", "holidays"), document, ledger)
