"""Reasons as frames: why no day is earlier, why there is none, and what is missing with its last day."""

from collections.abc import Iterable

import pandas as pd

from scheduler.explain.chain import Link
from scheduler.explain.sheets import Missing
from scheduler.frames.columns import Columns, frame_of
from scheduler.solve.result import LearnerAnswer

CONFLICT: Columns = {"fact": "text", "source": "text", "rule": "text"}
CHAIN: Columns = {"fact": "text", "source": "text", "without": "day"}
MISSING: Columns = {
    "requirement": "text",
    "needed": "number",
    "done": "number",
    "booked": "number",
    "start_by": "day",
    "what": "text",
}


def conflict_frame(answer: LearnerAnswer) -> pd.DataFrame:
    """Return the facts that together block a learner, `fact`, `source`, `rule`; no row for who is not blocked."""
    facts = ({"fact": each.sentence, "source": each.source, "rule": each.rule} for each in answer.conflict or ())
    return frame_of(facts, CONFLICT)


def chain_frame(chain: Iterable[Link]) -> pd.DataFrame:
    """Return the facts that together forbid an earlier day: `fact`, `source`, and `without`.

    `without` = the earliest day if this fact alone did not hold (absent for the question itself).
    """
    rows = ({"fact": each.fact.sentence, "source": each.fact.source, "without": each.without} for each in chain)
    return frame_of(rows, CHAIN)


def missing_frame(missing: Iterable[Missing]) -> pd.DataFrame:
    """Return the requirements that are not met yet.

    `requirement` (its title), `needed`, `done`, `booked` (counts), `start_by` (the last day on which the rest can be started;
    absent where there is none), `what` (starts on that day, or says why there is no day).
    """
    rows = (
        {
            "requirement": each.requirement.title,
            "needed": each.requirement.count,
            "done": each.done,
            "booked": each.booked,
            "start_by": each.start_by,
            "what": each.what,
        }
        for each in missing
    )
    return frame_of(rows, MISSING)
