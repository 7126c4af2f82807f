"""The question `whatif`: the same question asked of many changed instances, beside a baseline."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.programme.instance import Instance
from scheduler.engines.budget import Budget
from scheduler.meaning import Meaning
from scheduler.studies.frame import frame_of
from scheduler.studies.running import Means, Tell, ran
from scheduler.studies.study import Study

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What a study came to: one tidy table, a row for each scenario and learner, and a summary row for each scenario."""

    study: Study
    instance: Instance
    table: "pd.DataFrame"

    @property
    def meaning(self) -> Meaning:
        """What the answer comes to: `blocked` = in some scenario somebody has no way, keeps waiting, or it is no instance."""
        summaries = self.table[self.table["kind"] != "learner"]
        statuses = set(summaries["status"])
        if statuses & {"not-done", "feasible", "unknown"}:
            return "unproved"
        blocked = (summaries["blocked"].fillna(0) > 0).any()
        uncovered = (summaries["waiting"].fillna(0) > summaries["covered"].fillna(0)).any()
        return "blocked" if blocked or uncovered or "error" in statuses else "answered"


def answer_study(
    study: Study,
    instance: Instance,
    means: Means | None = None,
    *,
    budget: Budget | None = None,
    tell: Tell | None = None,
) -> Compared:
    """Answer every scenario of a study; a budget that is over ends it with what is done.

    Raise StudyError where the baseline is no instance, StoreError or ClusterError where those cannot be used.
    """
    found = ran(study, instance, means or Means(), budget=budget, tell=tell)
    return Compared(study=study, instance=instance, table=frame_of(found))
