"""Paths as frames: the steps of everybody, and the days of graduation."""

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from models.programme.instance import Instance
from scheduler.frames.columns import Columns, frame_with
from scheduler.report.steps import Step, steps_of
from scheduler.solve.result import LearnerAnswer, Result

STEP: Columns = {
    "learner": "text",
    "component": "text",
    "title": "text",
    "offering": "text",
    "role": "text",
    "start": "day",
    "end": "day",
    "state": "text",
}
GRADUATION: Columns = {
    "learner": "text",
    "edition": "text",
    "status": "text",
    "graduation": "day",
    "alone": "day",
    "deadline": "day",
    "delay": "number",
    "slack": "number",
}


def plan_frame(result: Result) -> pd.DataFrame:
    """Return every step of every learner in question, by learner and first day.

    `learner`, `component` (its code), `title`, `offering` (absent for a self-paced task), `role` (absent for most), `start` and
    `end` (days, both included), `state` (done, booked, planned or tentative).
    """
    return frame_with((row for answer in result.learners for row in _rows(result.instance, answer)), STEP)


def alternatives_frame(result: Result, others: Sequence[LearnerAnswer]) -> pd.DataFrame:
    """Return the steps to come of one learner's best path and of other paths, as `alternatives` finds them.

    `path` (0 = the best) and `graduation` (the path's day), then the columns of `plan_frame`.
    """
    answers = enumerate([*result.learners[:1], *others])
    rows = (
        {"path": number, "graduation": answer.graduation} | row
        for number, answer in answers
        for row in _rows(result.instance, answer)
        if row["state"] != "done"
    )
    return frame_with(rows, {"path": "number", "graduation": "day", **STEP})


def _rows(instance: Instance, answer: LearnerAnswer) -> Iterator[dict[str, Any]]:
    for step in steps_of(instance, answer.learner, answer.path):
        yield {
            "learner": answer.learner,
            "component": step.component,
            "title": _title(instance, answer.learner, step),
            "offering": step.run.id if step.run else None,
            "role": step.role,
            "start": step.start,
            "end": step.end,
            "state": step.state,
        }


def _title(instance: Instance, learner: str, step: Step) -> str | None:
    component = instance.component_for(learner, step.component)
    return component.title if component else None


def graduations_frame(result: Result) -> pd.DataFrame:
    """Return one row for each learner who is in the programme.

    `learner`, `edition`, `status`, `graduation` (the day in this plan), `alone` (the day if nobody else took another seat),
    `deadline` (the last day allowed), `delay` (days from `alone` to `graduation`), `slack` (days to `deadline`).
    """
    inside = (each for each in result.learners if each.status != "not-enrolled")
    return frame_with((_graduation(result.instance, each) for each in inside), GRADUATION)


def _graduation(instance: Instance, answer: LearnerAnswer) -> dict[str, Any]:
    day, alone, last = answer.graduation, answer.alone, answer.deadline
    return {
        "learner": answer.learner,
        "edition": instance.learner[answer.learner].edition,
        "status": answer.status,
        "graduation": day,
        "alone": alone,
        "deadline": last,
        "delay": (day - alone).days if day and alone else None,
        "slack": (last - day).days if day and last else None,
    }
