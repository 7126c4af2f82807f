"""What hangs on single steps and offerings, as frames: a step missed, an offering cancelled, a run added, a rule read."""

from collections.abc import Iterable

import pandas as pd

from models.programme.words import listed
from scheduler.answers.progress import Sheets
from scheduler.explain.critical import Criticality
from scheduler.explain.missed import Misses
from scheduler.frames.columns import Columns, frame_with
from scheduler.show.critical import critical_rows
from scheduler.show.flat import Row
from scheduler.show.missed import missed_rows
from scheduler.show.progress import progress_rows
from scheduler.show.readings import reading_rows
from scheduler.show.seats import seats_rows
from scheduler.show.values import value_rows
from scheduler.studies.each_reading import Readings
from scheduler.studies.seats import SeatsCurve
from scheduler.studies.value import Values

MISSED: Columns = {
    "offering": "text",
    "component": "text",
    "role": "text",
    "start": "day",
    "graduation_now": "day",
    "graduation_then": "day",
    "days_lost": "number",
    "instead": "text",
    "given_up": "text",
}
CRITICAL: Columns = {
    "offering": "text",
    "component": "text",
    "start": "day",
    "users": "text",
    "graduations_lost": "number",
    "days_lost": "number",
    "lost": "text",
    "later": "text",
    "proved": "flag",
}
VALUE: Columns = {
    "component": "text",
    "month": "text",
    "start": "day",
    "like": "text",
    "graduations_gained": "number",
    "days_saved": "number",
    "gained": "text",
    "earlier": "text",
    "proved": "flag",
}

READING: Columns = {
    "reading": "text",
    "alternative": "text",
    "learner": "text",
    "status": "text",
    "graduation": "day",
    "days": "number",
    "depends": "flag",
}

PROGRESS: Columns = {
    "learner": "text",
    "edition": "text",
    "status": "text",
    "graduation": "day",
    "deadline": "day",
    "requirement": "text",
    "title": "text",
    "needed": "number",
    "done": "number",
    "booked": "number",
    "state": "text",
    "start_by": "day",
    "days_left": "number",
    "what": "text",
    "not_counting": "text",
    "alone": "day",
}
SEATS_WORTH: Columns = {
    "seats": "number",
    "not_graduating": "number",
    "days": "number",
    "days_saved": "number",
    "graduations_gained": "number",
    "missing": "text",
    "gained": "text",
    "lost": "text",
    "proved": "flag",
}


def progress_frame(found: Sheets) -> pd.DataFrame:
    """Return one row for each requirement of each learner.

    `learner`, `edition`, `status`, `graduation`, `deadline`, `requirement`, `title`, `needed`, `done`, `booked` (counts), `state`
    (done, booked or missing), `start_by` (the last day on which the rest can be started; absent where there is none),
    `days_left` (to that day), `what` (starts then), `not_counting` (bookings that will not count), `alone` (the day of graduation
    if nobody else took another seat).
    """
    return frame_with(_plain(progress_rows(found)), PROGRESS)


def seats_worth_frame(found: SeatsCurve) -> pd.DataFrame:
    """Return what so many seats in each coming offering are worth.

    `seats`, `not_graduating` (learners), `days` (learner-days to graduation), `days_saved` and `graduations_gained` (against the
    calendar as it is), `missing`, `gained`, `lost` (who), `proved`.
    """
    return frame_with(_plain(seats_rows(found)), SEATS_WORTH)


def missed_frame(found: Misses) -> pd.DataFrame:
    """Return what missing each step of a path to come would mean, in order of time.

    `offering`, `component`, `role`, `start`, `graduation_now`, `graduation_then` (absent = no path then), `days_lost`, `instead`
    (what is taken in its place), `given_up` (what is booked and has to go).
    """
    return frame_with(_plain(missed_rows(found)), MISSED)


def critical_frame(found: Criticality) -> pd.DataFrame:
    """Return what is lost if an offering is cancelled, the most critical first.

    `offering`, `component`, `start`, `users` (whose paths hold it), `graduations_lost` (learners who no longer graduate in time),
    `days_lost` (learner-days of those who still do), `lost` and `later` (who), `proved`.
    """
    return frame_with(_plain(critical_rows(found)), CRITICAL)


def value_frame(found: Values) -> pd.DataFrame:
    """Return what one more run of a component in a month is worth; every run in it is supposed.

    `component`, `month` (like 2025-04), `start`, `like` (the offering it copies), `graduations_gained` (more learners who
    graduate in time), `days_saved` (learner-days), `gained` and `earlier` (who), `proved`.
    """
    return frame_with(_plain(value_rows(found)), VALUE)


def readings_frame(found: Readings) -> pd.DataFrame:
    """Return each learner's answer under each reading of the rules.

    `reading` (the question), `alternative` (its answer), `learner`, `status`, `graduation`, `days` (from the planning day),
    `depends` (whether the learner's answer is not the same under all alternatives of the reading).
    """
    return frame_with(reading_rows(found), READING)


def _plain(rows: Iterable[Row]) -> Iterable[Row]:
    """Write lists of names as words."""
    for row in rows:
        yield {name: (listed(value) or None) if isinstance(value, tuple) else value for name, value in row.items()}
