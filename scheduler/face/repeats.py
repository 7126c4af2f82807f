"""The answer to `Programme.repeats`: a table, JSON, readable text and a chart of the same verified proposal."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scheduler.face.shown import Shown
from scheduler.repeats.question import Proposal

if TYPE_CHECKING:
    import pandas as pd

    from scheduler.charts.drawing import Drawing
    from scheduler.show.screen import Screen


@dataclass(frozen=True, slots=True, repr=False)
class Repeats(Shown):
    """The dates that cover a waitlist; `found` holds the values themselves: the plan, its bounds, who is left over and why."""

    found: Proposal

    def frame(self) -> "pd.DataFrame":
        """Return the offerings in which somebody is newly seated; the columns are those of `frames.seatings_frame`."""
        from scheduler.frames.repeats import seatings_frame

        return seatings_frame(self.found)

    def curve(self) -> "pd.DataFrame":
        """Return how many waits so many added sessions cover; the columns are those of `frames.curve_frame`."""
        from scheduler.frames.repeats import curve_frame

        return curve_frame(self.found)

    def left(self) -> "pd.DataFrame":
        """Return who still waits, and why; the columns are those of `frames.left_frame`."""
        from scheduler.frames.repeats import left_frame

        return left_frame(self.found)

    def extras(self) -> "pd.DataFrame":
        """Return what else would seat somebody who is left over; the columns are those of `frames.extras_frame`."""
        from scheduler.frames.repeats import extras_frame

        return extras_frame(self.found)

    def goals(self) -> "pd.DataFrame":
        """Return what the proposal is worth, goal by goal, with bounds; the columns are those of `frames.goals_frame`."""
        from scheduler.frames.goals import goals_frame

        return goals_frame(self.found)

    def chart(self) -> "Drawing":
        """Draw the curve; needs the extra `notebooks`."""
        from scheduler.charts.repeats import curve_chart

        return curve_chart(self.curve(), title="How many waits so many added sessions cover")

    def _answer(self) -> dict[str, Any]:
        from scheduler.show.repeats_answer import answer

        return answer(self.found)

    def _show(self, screen: "Screen") -> None:
        """Write what `scheduler repeats` writes."""
        from scheduler.show.repeats import show_repeats

        show_repeats(screen, self.found)
