"""The answer to `Programme.path`: a table, JSON, readable text and a chart of the same verified plan."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scheduler.answers.path import PathAnswer
from scheduler.face.shown import Shown
from scheduler.report.titles import title_of

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

    def graduations(self) -> "pd.DataFrame":
        """Return a row for each learner; the columns are those of `frames.graduations_frame`."""
        from scheduler.frames.paths import graduations_frame

        return graduations_frame(self.found.result)

    def goals(self) -> "pd.DataFrame":
        """Return what the plan is worth, goal by goal, with bounds; the columns are those of `frames.goals_frame`."""
        from scheduler.frames.goals import goals_frame

        return goals_frame(self.found.result)

    def missing(self) -> "pd.DataFrame":
        """Return what learners whose whole paths are told still lack: `learner`, then the columns of `frames.missing_frame`."""
        from scheduler.frames.reasons import missing_frame

        of = [(name, each) for name, sheet in self.found.sheets.items() for each in sheet.missing or ()]
        frame = missing_frame(each for _, each in of)
        frame.insert(0, "learner", [name for name, _ in of])
        return frame

    def alternatives(self) -> "pd.DataFrame":
        """Return the paths of `alternatives`, the best first; the columns are those of `frames.alternatives_frame`."""
        from scheduler.frames.paths import alternatives_frame

        return alternatives_frame(self.found.result, self.found.result.alternatives)

    def conflict(self) -> "pd.DataFrame":
        """Return the facts that block the one learner who is named; the columns are those of `frames.conflict_frame`."""
        from scheduler.frames.reasons import conflict_frame

        (learner,) = self.found.result.learners
        return conflict_frame(learner)

    def seats(self) -> "pd.DataFrame":
        """Return how full each coming offering is; the columns are those of `frames.seats_frame`."""
        from scheduler.frames.sharing import seats_frame

        return seats_frame(self.found.result)

    def shortages(self) -> "pd.DataFrame":
        """Return what is short for all together; the columns are those of `frames.shortages_frame`."""
        from scheduler.frames.sharing import shortages_frame

        return shortages_frame(self.found.result)

    def prices(self) -> "pd.DataFrame":
        """Return the prices that prove a joint plan; the columns are those of `frames.prices_frame`."""
        from scheduler.frames.sharing import prices_frame

        return prices_frame(self.found.result)

    def bottlenecks(self) -> "pd.DataFrame":
        """Return what one more seat is worth, where all are asked about; the columns are those of `frames.bottlenecks_frame`."""
        from scheduler.frames.sharing import bottlenecks_frame
        from scheduler.solve.bottlenecks import Bottlenecks

        return bottlenecks_frame(self.found.result.bottlenecks or Bottlenecks(tried=(), untried=0))

    def certificate(self) -> dict[str, Any]:
        """Return what `scheduler path --certificate` writes; raise ValueError where the plan has no certificate."""
        from scheduler.solve.certificate import certificate_of

        stated = certificate_of(self.found.result)
        if stated is None:
            raise ValueError("only the fastest plan of all learners, with what is booked kept, has a certificate")
        return stated

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
        return title_of(self.found.instance)

    def _answer(self) -> dict[str, Any]:
        from scheduler.show.answer import answer

        return answer(self.found.result, self.found.sheets)

    def _show(self, screen: "Screen") -> None:
        """Write what `scheduler path` writes."""
        from scheduler.show.plan import show_plan

        show_plan(screen, self.found)
