"""The goals of an answer as a frame, and how far each is proved."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from scheduler.frames.columns import Columns, frame_with
from scheduler.repeats.question import Proposal
from scheduler.solve.result import Result

GOALS: Columns = {"goal": "text", "value": "number", "bound": "number", "unit": "text", "proved": "flag"}


def goals_frame(answer: Result | Proposal) -> pd.DataFrame:
    """Return the goals of a plan or of a proposal, the most important first.

    `goal`, `value`, `bound` (no answer has a lower value), `unit` (absent where the name says it), `proved` = they meet.
    """
    rows = _of_plan(answer) if isinstance(answer, Result) else _of_proposal(answer)
    return frame_with(rows, GOALS)


def _of_plan(result: Result) -> Iterator[dict[str, Any]]:
    for goal in result.goals:
        yield _row(goal.name, goal.value, goal.bound, goal.unit)


def _of_proposal(proposal: Proposal) -> Iterator[dict[str, Any]]:
    values = dict(proposal.values)
    for name, value in values.items():
        yield _row(name, value, proposal.cover.bounds.get(name), None)


def _row(name: str, value: int | None, bound: int | None, unit: str | None) -> dict[str, Any]:
    proved = value is not None and bound is not None and bound >= value
    return {"goal": name, "value": value, "bound": bound, "unit": unit, "proved": proved}
