"""The answers about learners: why no earlier, what would help, what if a step is missed, and how far everybody is."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scheduler.answers.explain import Explanation
from scheduler.answers.progress import Sheets
from scheduler.answers.repair import RepairAnswer
from scheduler.explain.missed import Misses
from scheduler.face.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from scheduler.charts.drawing import Drawing
    from scheduler.show.screen import Screen


@dataclass(frozen=True, slots=True, repr=False)
class Explained(Shown):
    """Why a learner's day is no earlier, or why there is none; `found` holds the values themselves."""

    found: Explanation

    def frame(self) -> "pd.DataFrame":
        """Return the facts behind the answer; the columns are those of `frames.explanation_frame`."""
        from scheduler.frames.reasons import explanation_frame

        return explanation_frame(self.found)

    def _answer(self) -> dict[str, Any]:
        from scheduler.show.explanation_answer import explanation_answer

        return explanation_answer(self.found)

    def _show(self, screen: "Screen") -> None:
        """Write what `scheduler explain` writes."""
        from scheduler.show.explanation import show_explanation

        show_explanation(screen, self.found)


@dataclass(frozen=True, slots=True, repr=False)
class Repaired(Shown):
    """The cheapest changes that would let learners graduate; `found` holds the values themselves."""

    found: RepairAnswer

    def frame(self) -> "pd.DataFrame":
        """Return each change of each repair, the cheapest first; the columns are those of `frames.repairs_frame`."""
        from scheduler.frames.reasons import repairs_frame

        return repairs_frame(self.found)

    def _answer(self) -> dict[str, Any]:
        from scheduler.show.repairs_answer import repair_answer

        return repair_answer(self.found)

    def _show(self, screen: "Screen") -> None:
        """Write what `scheduler repair` writes."""
        from scheduler.show.repairs import show_repair

        show_repair(screen, self.found)


@dataclass(frozen=True, slots=True, repr=False)
class IfMissed(Shown):
    """What it would mean to miss each step of a learner's path; `found` holds the values themselves."""

    found: Misses

    def frame(self) -> "pd.DataFrame":
        """Return a row for each step to come; the columns are those of `frames.missed_frame`."""
        from scheduler.frames.effects import missed_frame

        return missed_frame(self.found)

    def chart(self) -> "Drawing":
        """Draw the days lost by step; needs the extra `notebooks`."""
        from scheduler.charts.effects import missed_chart

        return missed_chart(self.frame(), title=f"If {self.found.answer.learner} misses a step")

    def _answer(self) -> dict[str, Any]:
        from scheduler.show.missed import missed_answer

        return missed_answer(self.found)

    def _show(self, screen: "Screen") -> None:
        """Write what `scheduler missed` writes."""
        from scheduler.show.missed import show_missed

        show_missed(screen, self.found)


@dataclass(frozen=True, slots=True, repr=False)
class Progressed(Shown):
    """What each learner has done, booked and still misses; `found` holds the values themselves."""

    found: Sheets
    days: int = 60
    details: bool = False

    def frame(self) -> "pd.DataFrame":
        """Return a row for each requirement of each learner; the columns are those of `frames.progress_frame`."""
        from scheduler.frames.effects import progress_frame

        return progress_frame(self.found)

    def _answer(self) -> dict[str, Any]:
        from scheduler.show.progress import progress_answer

        return progress_answer(self.found, self.days)

    def _show(self, screen: "Screen") -> None:
        """Write what `scheduler progress` writes."""
        from scheduler.show.progress import show_progress

        show_progress(screen, self.found, days=self.days, details=self.details)
