"""The calendar as a frame: every run of every component, and how long it was since the one before."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from models.programme.instance import Instance
from models.programme.offering import Offering
from scheduler.frames.columns import Columns, frame_with

RUNS: Columns = {
    "offering": "text",
    "component": "text",
    "start": "day",
    "end": "day",
    "status": "text",
    "seats": "number",
    "taken": "number",
    "waited": "number",
    "after": "text",
    "note": "text",
}


def runs_frame(instance: Instance) -> pd.DataFrame:
    """Return the offerings that are not cancelled, by component and first day.

    `offering`, `component`, `start`, `end` (days, both included), `status`, `seats`, `taken`, `waited` = days from the
    start of the component's run before to this one's (absent for the first), `after` = that run, `note`.
    """
    return frame_with(_rows(instance), RUNS)


def _rows(instance: Instance) -> Iterator[dict[str, Any]]:
    for code in sorted(instance.offerings_of):
        before: Offering | None = None
        for run in sorted(instance.offerings_of[code], key=lambda each: (each.start, each.id)):
            yield {
                "offering": run.id,
                "component": code,
                "start": run.start,
                "end": run.end,
                "status": run.status,
                "seats": run.seats,
                "taken": run.taken,
                "waited": (run.start - before.start).days if before else None,
                "after": before.id if before else None,
                "note": run.note,
            }
            before = run
