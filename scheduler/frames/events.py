"""A planned year as a frame: every session that is held in it, what stood and what is added."""

from datetime import datetime
from typing import Any

import pandas as pd

from models.programme.offering import Offering
from models.programme.time import local
from models.programme.words import listed
from scheduler.calendar.question import CalendarAnswer
from scheduler.calendar.writing import runs_of, title_of
from scheduler.frames.columns import Columns, frame_with

EVENTS: Columns = {
    "offering": "text",
    "component": "text",
    "title": "text",
    "session": "number",
    "opens": "day",
    "minutes": "number",
    "trainers": "text",
    "seats": "number",
    "seated": "number",
    "added": "flag",
}


def events_frame(found: CalendarAnswer) -> pd.DataFrame:
    """Return every session of the year, by start.

    `offering`, `component`, `title`, `session` (its number; absent where no times are stated), `opens` (its start in
    the programme's own zone; the day where no time is stated), `minutes`, `trainers`, `seats` (absent = no limit), `seated`
    (learners whose path goes through the offering), `added` (by the plan).
    """
    rows = [row for run, state in runs_of(found) for row in _sessions(found, run, added=state == "added")]
    return frame_with(rows, EVENTS).sort_values(["opens", "offering"], ignore_index=True)


def _sessions(found: CalendarAnswer, run: Offering, *, added: bool) -> list[dict[str, Any]]:
    taught = {each.offering: each.trainers for each in found.held}
    paths = [each.path for each in found.result.learners if each.path is not None]
    common = {
        "offering": run.id,
        "component": run.component,
        "title": title_of(found, run),
        "trainers": listed(taught.get(run.id, run.trainers)) or None,
        "seats": run.seats,
        "seated": sum(run.id in path.offerings for path in paths),
        "added": added,
    }
    if not run.sessions:
        return [common | {"session": None, "opens": datetime.combine(run.start, datetime.min.time()), "minutes": None}]
    return [
        common
        | {
            "session": number,
            "opens": local(session.start, found.instance.zone).replace(tzinfo=None),
            "minutes": session.minutes,
        }
        for number, session in enumerate(run.sessions, start=1)
    ]
