"""A planned year as frames for its picture: every run with its days and trainers, and the days on which nothing is held."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd

from models.programme.days_off import holidays_of
from models.programme.words import listed
from scheduler.calendar.question import CalendarAnswer
from scheduler.calendar.writing import runs_of
from scheduler.frames.columns import Columns, frame_with

YEAR: Columns = {
    "component": "text",
    "offering": "text",
    "start": "day",
    "end": "day",
    "trainers": "text",
    "state": "text",
    "seats": "number",
    "seated": "number",
}

CLOSED: Columns = {"start": "day", "end": "day", "why": "text"}


def year_frame(found: CalendarAnswer) -> pd.DataFrame:
    """Return every run that starts in the year, components in the order of the edition.

    `component`, `offering`, `start`, `end` (days, both included), `trainers` (absent = nobody is named), `state` (`added`,
    `kept`, `moved` or `cancelled`), `seats` (absent = no limit), `seated` (learners whose path goes through it).
    """
    year = found.instance.year
    edition = found.instance.editions.get(found.instance.edition or "")
    place = {each.code: number for number, each in enumerate(edition.components if edition else ())}
    trainers = {each.offering: each.trainers for each in found.held}
    paths = [each.path for each in found.result.learners if each.path is not None]
    rows = [
        {
            "component": run.component,
            "offering": run.id,
            "start": run.start,
            "end": run.end,
            "trainers": listed(trainers.get(run.id, run.trainers)) or None,
            "state": state,
            "seats": run.seats,
            "seated": sum(run.id in path.offerings for path in paths),
        }
        for run, state in runs_of(found)
        if year is not None and year.first <= run.start <= year.last
    ]
    return frame_with(sorted(rows, key=lambda row: (place.get(row["component"], len(place)), row["component"])), YEAR)


def closed_frame(found: CalendarAnswer) -> pd.DataFrame:
    """Return the stretches of the year in which nothing is held: `start`, `end` (both included), `why`."""
    return frame_with(sorted(_closed(found), key=lambda row: (row["start"], row["end"])), CLOSED)


def _closed(found: CalendarAnswer) -> Iterator[dict[str, Any]]:
    year = found.instance.year
    if year is None:
        return
    for row in found.instance.closures:
        if row.start <= year.last and row.end >= year.first:
            yield {"start": max(row.start, year.first), "end": min(row.end, year.last), "why": row.note or "closed"}
    for place in year.holidays:
        for day, name in _holidays(place, year.first, year.last):
            yield {"start": day, "end": day, "why": name}


def _holidays(place: str, first: date, last: date) -> Iterator[tuple[date, str]]:
    for number in range(first.year, last.year + 1):
        yield from ((day, name) for day, name in holidays_of(place, number).items() if first <= day <= last)
