"""What a planned year is worth as frames: the calendars compared, who gains and loses, and what fewer additions would reach."""

from typing import Any

import pandas as pd

from scheduler.calendar.question import GOALS, Baseline, CalendarAnswer
from scheduler.frames.columns import Columns, frame_with

COMPARED: Columns = {
    "calendar": "text",
    "added": "number",
    "broken_promises": "number",
    "not_graduating": "number",
    "graduation": "number",
}

LEDGER: Columns = {"learner": "text", "before": "day", "after": "day", "days": "number", "expected": "flag"}


def compared_frame(found: CalendarAnswer) -> pd.DataFrame:
    """Return the calendars compared, the planned one last.

    `calendar`, `added` (offerings), `broken_promises`, `not_graduating` (learners), `graduation` (days of all who graduate).
    """
    broken, blocked, days = (found.values[name] for name in GOALS[:3])  # noqa: PD011 - no frame
    planned = {"calendar": "as planned", "broken_promises": broken, "not_graduating": blocked, "graduation": days}
    return frame_with([*map(_row, found.baselines), {**planned, "added": len(found.added)}], COMPARED)


def added_frame(found: CalendarAnswer) -> pd.DataFrame:
    """Return what fewer additions would reach, the fewest first; columns as in `compared_frame`, empty where not asked for."""
    return frame_with(map(_row, found.curve), COMPARED)


def ledger_frame(found: CalendarAnswer) -> pd.DataFrame:
    """Return who graduates on another day than on the calendar as it stands, those first who lose or gain most.

    `learner`, `before`, `after` (absent = no graduation), `days` (later; absent where one day does not exist), `expected`.
    """
    rows = [
        {
            "learner": each.learner,
            "before": each.before,
            "after": each.after,
            "days": each.days,
            "expected": each.learner in found.expected,
        }
        for each in found.ledger
    ]
    return frame_with(sorted(rows, key=lambda row: -abs(row["days"] or 0)), LEDGER)


def _row(each: Baseline) -> dict[str, Any]:
    return {"calendar": each.name, **each.counts}
