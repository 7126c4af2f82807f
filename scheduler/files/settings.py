"""Reads `instance.yaml`."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from models.programme.people import Slots
from scheduler.files.cells import WEEKDAYS
from scheduler.files.faults import Ledger, nearest
from scheduler.files.shaped import read_shape
from scheduler.files.shapes import InstanceShape, SlotsShape
from scheduler.files.tolerant import Habits
from scheduler.files.yamltext import Document

FILE = "instance.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What `instance.yaml` says; `edition` is an id or a path; `document` knows the places."""

    id: str
    title: str
    edition: str
    as_of: date
    zone: str
    synthetic: bool
    slots: Slots | None
    habits: Habits
    document: Document


def read_settings(folder: Path, ledger: Ledger) -> Settings | None:
    """Return the settings of a folder, or None after noting the faults."""
    shape, document = read_shape(folder / FILE, FILE, InstanceShape, ledger)
    if shape is None or document is None:
        return None
    if shape.candidates is not None:
        _check_slots(shape.candidates, document, ledger)
    return Settings(
        id=shape.id,
        title=shape.title,
        edition=shape.edition,
        as_of=shape.as_of,
        zone=shape.timezone,
        synthetic=shape.synthetic or False,
        slots=None if shape.candidates is None else _slots(shape.candidates),
        habits=Habits(dates=shape.dates, own=frozenset(shape.own_columns or ())),
        document=document,
    )


def _slots(shape: SlotsShape) -> Slots:
    return Slots(
        first=shape.first,
        last=shape.last,
        weekdays=tuple(sorted({WEEKDAYS.index(name) for name in shape.weekdays})),
        starts=tuple(sorted(set(shape.starts))),
        notice_days=shape.notice_days or 0,
        holidays=shape.holidays,
        minutes=shape.minutes,
    )


def _check_slots(shape: SlotsShape, document: Document, ledger: Ledger) -> None:
    if shape.last < shape.first:
        message = "the last day lies before the first"
        ledger.add(
            document.fault(
                "candidates", "last", message=message, read=str(shape.last), allowed=f"{shape.first} or later"
            )
        )
    if shape.holidays is not None:
        _check_country(shape.holidays, document, ledger)


def _check_country(code: str, document: Document, ledger: Ledger) -> None:
    from holidays.utils import list_supported_countries

    countries = sorted(list_supported_countries(include_aliases=True))
    if code not in countries:
        message = "no country code that the holiday calendar knows"
        near = nearest(code, countries)
        allowed = "a code like US, CA, GB"
        ledger.add(document.fault("candidates", "holidays", message=message, read=code, allowed=allowed, near=near))
