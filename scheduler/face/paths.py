"""The answer to `Programme.path`: a table, JSON, readable text and a chart of the same verified plan."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.answers.path import PathAnswer
from scheduler.face.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from scheduler.charts.drawing import Drawing
    from scheduler.show.screen import Screen


@dataclass(frozen=True, slots=True, repr=False)
class Paths(Shown):
    """Everybody's path; `found` holds the values themselves: the result, its proof and what is missing of each learner."""

    found: PathAnswer

    def frame(self) -> "pd.DataFrame":
        """Return every step of every learner in question; the columns are those of `frames.plan_frame`."""
        from scheduler.frames.paths import plan_frame

        return plan_frame(self.found.result)

    def json(self) -> str:
        """Return the text that `scheduler path --json` prints."""
        from scheduler.show.answer import answer

        return json.dumps(answer(self.found.result, self.found.sheets), indent=2, ensure_ascii=False) + "\n"

    def chart(self) -> "Drawing":
        """Draw one learner's journey, or the days of graduation of several; needs the extra `notebooks`."""
        from scheduler.charts.graduations import graduations_chart
        from scheduler.charts.journey import journey_map
        from scheduler.frames.paths import graduations_frame

        answers = self.found.result.learners
        if len(answers) != 1:
            return graduations_chart(graduations_frame(self.found.result), title=self._title)
        marks = {"Graduation": answers[0].graduation, "Deadline": answers[0].deadline}
        return journey_map(self.frame(), marks, title=f"{answers[0].learner}: {self._title}")

    @property
    def _title(self) -> str:
        instance = self.found.instance
        return f"{instance.title}{' (synthetic)' if instance.synthetic else ''}"

    def _show(self, screen: "Screen") -> None:
        """Write what `scheduler path` writes."""
        from scheduler.show.plan import show_plan

        show_plan(screen, self.found)
