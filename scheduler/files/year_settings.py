"""Turns `year` of instance.yaml into the year to plan."""

from datetime import date

from models.programme.year import Year
from scheduler.files.faults import Ledger
from scheduler.files.holiday_places import check_places, holiday_places_of, misnamed
from scheduler.files.shapes import YearShape
from scheduler.files.yamltext import Document


def year_of(shape: YearShape, zone: str) -> Year:
    """Return the year that `instance.yaml` states."""
    return Year(
        first=shape.first,
        last=shape.last,
        most=tuple(sorted((shape.most or {}).items())),
        notice_days=shape.notice_days or 0,
        holidays=tuple(place for place in holiday_places_of(shape.holidays) if misnamed(place) is None),
        zone=shape.timezone or zone,
        repeats=shape.then != "nothing",
    )


def check_year(shape: YearShape, as_of: date, document: Document, ledger: Ledger) -> None:
    """Note a year that ends before it begins, or is over on the planning day, and holidays that nobody knows."""
    read = str(shape.last)
    if shape.last < shape.first:
        message = "the last day lies before the first"
        ledger.add(document.fault("year", "last", message=message, read=read, allowed=f"{shape.first} or later"))
    elif shape.last <= as_of:
        message = f"the year is over on the planning day {as_of}: nothing can be added to it"
        ledger.add(document.fault("year", "last", message=message, read=read, allowed=f"later than {as_of}"))
    check_places(shape.holidays, ("year", "holidays"), document, ledger)
