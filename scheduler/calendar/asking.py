"""What has to be there before a year can be planned, and what to write where it is missing."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.year import first_day
from scheduler.calendar.question import AskedDate
from scheduler.files.faults import SchedulerError, nearest

KINDS = ("course", "event", "workshop", "orientation")
"""The kinds of component that a limit can be about."""


class NoYearError(SchedulerError):
    """The instance does not say which year to plan, or how anything may be held in it."""


class UnknownDateError(SchedulerError):
    """What is asked about is neither a component nor an offering, or lacks a day."""


def year_missing(instance: Instance, folder: Path | None = None) -> NoYearError | None:
    """Return what is missing, or None where the year can be planned."""
    place = f"{folder / 'instance.yaml'}" if folder else "instance.yaml"
    year = instance.year
    if year is None:
        return NoYearError(
            f"{place}: there is no `year` to plan; add one, like\n  year: {{first: 2026-01-01, last: 2026-12-31}}"
        )
    if not instance.patterns:
        table = f"{folder / 'patterns.csv'}" if folder else "patterns.csv"
        return NoYearError(f"{table}: no row says how a component may be held; there is nothing to add")
    first = first_day(year, instance.as_of)
    if first > year.last:
        return NoYearError(
            f"{place}: nothing can be added any more: the year ends on {year.last}, and the first day that is left "
            f"on {instance.as_of} is {first} (`notice_days` counted)"
        )
    return None


def asked_date(instance: Instance, added: Sequence[Offering], name: str, day: date | None) -> AskedDate:
    """Return what is asked about: a day of a component, or of an offering that stands or is added."""
    run = {run.id: run for run in (*instance.offerings, *added)}.get(name)
    if run is not None:
        return AskedDate(component=run.component, day=day or run.start, offering=name)
    codes = {each.code for edition in instance.editions.values() for each in edition.components}
    if name not in codes:
        near = nearest(name, [*codes, *instance.offering, *(run.id for run in added)])
        raise UnknownDateError(
            f"no component and no offering of the name {name!r}" + (f"; did you mean {near!r}?" if near else "")
        )
    if day is None:
        raise UnknownDateError(f"{name} is a component: say a day too, like {name}={instance.as_of}")
    return AskedDate(component=name, day=day)
