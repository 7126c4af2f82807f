"""The shape of a plan file: who books what in a JSON answer, and the rows of a plan typed by hand."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict

from scheduler.files.cells import Day
from scheduler.files.formulas import unguarded
from scheduler.files.rows import TableRow

Name = Annotated[str, BeforeValidator(unguarded)]


class PlanRow(TableRow):
    """One booking or task start; a blank `offering` names a learner who has nothing to do."""

    learner: Name
    offering: Name | None = None
    role: Name | None = None
    start: Day | None = None


class PlanMapping(BaseModel):
    """A mapping of an answer; keys that say nothing about the plan are passed over."""

    model_config = ConfigDict(strict=True, frozen=True)


class StepEntry(PlanMapping):
    """One step: of an offering, or of a task that starts on `start`."""

    component: str | None = None
    offering: str | None = None
    role: str | None = None
    start: Day | None = None
    state: Literal["done", "booked", "planned", "tentative"]


class LearnerEntry(PlanMapping):
    """One learner's part of the answer."""

    learner: str
    status: Literal["graduates", "graduated", "blocked", "unknown", "not-enrolled"]
    steps: list[StepEntry] = []


class Envelope(PlanMapping):
    """The answer; `tentative` and `free` say under which flags it was found."""

    learners: list[LearnerEntry]
    as_of: Day | None = None
    edition: str | None = None
    tentative: bool | None = None
    free: bool | None = None
