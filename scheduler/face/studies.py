"""The answers to `Programme.whatif` and to `overbook`: tables, JSON, readable text and charts."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scheduler.answers.overbook import Overbooking
from scheduler.answers.whatif import Compared
from scheduler.face.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from scheduler.charts.drawing import Drawing
    from scheduler.show.screen import Screen


@dataclass(frozen=True, slots=True, repr=False)
class Studied(Shown):
    """What the scenarios of a study come to, beside its baseline; `found` holds the values themselves."""

    found: Compared

    def frame(self) -> "pd.DataFrame":
        """Return the whole table; `scheduler whatif --columns` says what its columns mean."""
        return self.found.table

    def learners(self) -> "pd.DataFrame":
        """Return the rows about learners, with days as `datetime64`; the columns are those of `frames.learners_frame`."""
        from scheduler.frames.studies import learners_frame

        return learners_frame(self.found.table)

    def spread(self) -> "pd.DataFrame":
        """Return how each learner's day is distributed over the scenarios; the columns are those of `frames.spread_frame`."""
        from scheduler.frames.studies import spread_frame

        return spread_frame(self.found.table)

    def chart(self) -> "Drawing":
        """Draw what each scenario comes to; needs the extra `notebooks`."""
        from scheduler.charts.studies import scenarios_chart

        return scenarios_chart(self.found.table, title=self.found.study.title)

    def _answer(self) -> dict[str, Any]:
        from scheduler.show.study_answer import as_answer

        return as_answer(self.found)

    def _show(self, screen: "Screen") -> None:
        """Write what `scheduler whatif` writes."""
        from scheduler.show.study import show_study

        show_study(screen, self.found)


@dataclass(frozen=True, slots=True, repr=False)
class Overbooked(Shown):
    """How many seats to sell for a stated risk; `found` holds the values themselves."""

    found: Overbooking

    def frame(self) -> "pd.DataFrame":
        """Return the risk of each number of seats sold; the columns are those of `frames.overbooking_frame`."""
        from scheduler.frames.studies import overbooking_frame

        return overbooking_frame(self.found.sales)

    def chart(self) -> "Drawing":
        """Draw the risk by seats sold; needs the extra `notebooks`."""
        from scheduler.charts.chances import overbooking_chart

        return overbooking_chart(
            self.frame(),
            accepted=float(self.found.risk),
            title=f"How many seats to sell for {self.found.seats} seats",
        )

    def _answer(self) -> dict[str, Any]:
        from scheduler.show.overbooking import sales_answer

        return sales_answer(self.found)

    def _show(self, screen: "Screen") -> None:
        """Write what `scheduler overbook` writes."""
        from scheduler.show.overbooking import show_sales

        show_sales(screen, self.found)
