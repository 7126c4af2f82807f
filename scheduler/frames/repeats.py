"""A proposal of repeats as frames: the curve, who sits where, and who is left over."""

from datetime import datetime
from typing import Any

import pandas as pd

from models.programme.time import local
from models.programme.words import listed
from scheduler.frames.columns import Columns, frame_with
from scheduler.repeats.question import Proposal
from scheduler.repeats.seats import Seated, seated

CURVE: Columns = {"sessions": "number", "covered": "number", "bound": "number", "waiting": "number", "proved": "flag"}
SEATING: Columns = {
    "offering": "text",
    "component": "text",
    "added": "flag",
    "opens": "day",
    "minutes": "number",
    "trainer": "text",
    "seated": "number",
    "seats": "number",
    "learners": "text",
}
EXTRA: Columns = {"component": "text", "opens": "day", "seats": "number", "learners": "text"}
LEFT: Columns = {"learner": "text", "component": "text", "since": "day", "why": "text"}


def curve_frame(proposal: Proposal) -> pd.DataFrame:
    """Return how many waits so many added sessions cover.

    `sessions` added, `covered` waits, `bound` (no choice of so many sessions covers more), `waiting` in all, `proved`.
    """
    rows = (
        {
            "sessions": point.sessions,
            "covered": point.covered,
            "bound": point.bound,
            "waiting": len(proposal.problem.waits),
            "proved": point.covered >= point.bound,
        }
        for point in proposal.curve
    )
    return frame_with(rows, CURVE)


def seatings_frame(proposal: Proposal) -> pd.DataFrame:
    """Return the offerings in which the proposal seats somebody, by first session.

    `offering`, `component`, `added` (a repeat, not a free seat of what is published), `opens` (the first session's start, in the
    programme's own zone; the day where no time is stated), `minutes` of that session, `trainer` (absent where none is stated),
    `seated` (people newly seated), `seats` (free before; absent = no limit), `learners` (their ids).
    """
    everything = [*seated(proposal, added=False), *seated(proposal, added=True)]
    frame = frame_with((_seating(proposal, each) for each in everything), SEATING)
    return frame.sort_values(["opens", "offering"], ignore_index=True)


def _seating(proposal: Proposal, each: Seated) -> dict[str, Any]:
    run = each.run
    day = datetime.combine(run.start, datetime.min.time())
    return {
        "offering": run.id,
        "component": run.component,
        "added": each.option.added,
        "opens": day if run.opens is None else local(run.opens, proposal.instance.zone).replace(tzinfo=None),
        "minutes": run.sessions[0].minutes if run.sessions else None,
        "trainer": listed(each.taught_by) or None,
        "seated": len(each.learners),
        "seats": None if run.seats is None else each.option.seats,
        "learners": listed(each.learners),
    }


def left_frame(proposal: Proposal) -> pd.DataFrame:
    """Return who stays on the waitlist: `learner`, `component`, `since` (absent where not stated), `why` in a sentence."""
    rows = (
        {
            "learner": each.wait.learner,
            "component": each.wait.component,
            "since": each.wait.since,
            "why": each.sentence,
        }
        for each in proposal.reasons
    )
    return frame_with(rows, LEFT)


def extras_frame(proposal: Proposal) -> pd.DataFrame:
    """Return one more time for each component that would win some of those left over.

    `component`, `opens` (the start, in the programme's own zone), `seats` (how many it seats at least), `learners` (their ids).
    """
    zone = proposal.instance.zone
    rows = (
        {
            "component": each.component,
            "opens": local(each.start, zone).replace(tzinfo=None),
            "seats": each.seats,
            "learners": listed(each.learners),
        }
        for each in proposal.extras
    )
    return frame_with(rows, EXTRA)
