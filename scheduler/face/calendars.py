"""The answer to `Programme.calendar`: a table, JSON and readable text of the same verified calendar."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from scheduler.calendar.question import CalendarAnswer, Why
from scheduler.face.shown import Shown
from scheduler.report.titles import title_of

if TYPE_CHECKING:
    import pandas as pd

    from scheduler.charts.drawing import Drawing
    from scheduler.show.screen import Screen


@dataclass(frozen=True, slots=True, repr=False)
class Calendars(Shown):
    """The best calendar found; `found` holds the values themselves: what is added, everybody's paths, goals and bounds."""

    found: CalendarAnswer

    def frame(self) -> "pd.DataFrame":
        """Return every session of the year; the columns are those of `frames.events_frame`."""
        from scheduler.frames.events import events_frame

        return events_frame(self.found)

    def compared(self) -> "pd.DataFrame":
        """Return the calendars it is compared with, itself last; the columns are those of `frames.compared_frame`."""
        from scheduler.frames.year_tables import compared_frame

        return compared_frame(self.found)

    def ledger(self) -> "pd.DataFrame":
        """Return who gains and who loses; the columns are those of `frames.ledger_frame`."""
        from scheduler.frames.year_tables import ledger_frame

        return ledger_frame(self.found)

    def curve(self) -> "pd.DataFrame":
        """Return what fewer additions would reach, where `curve` was asked for; the columns are those of `frames.added_frame`."""
        from scheduler.frames.year_tables import added_frame

        return added_frame(self.found)

    def chart(self) -> "Drawing":
        """Draw the year: months across, components down, who teaches by colour and shape; needs the extra `notebooks`."""
        from scheduler.charts.year import year_chart
        from scheduler.frames.year import closed_frame, year_frame

        return year_chart(year_frame(self.found), closed_frame(self.found), title=title_of(self.found.instance))

    def explain(self, name: str, day: date | None = None, *, time_limit: float = 20.0) -> "ExplainedDate":
        """Say why a component starts on a day, or not; `name` may be an offering: then why it is on its day, or not on another.

        Raise UnknownDateError for a name that is neither, and for a component without a day.
        """
        from scheduler.calendar.why import explained
        from scheduler.engines.budget import Budget

        asked = replace(self.found, question=replace(self.found.question, dates=((name, day),)))
        return ExplainedDate(explained(asked, Budget(time_limit)).why[0])

    def _answer(self) -> dict[str, Any]:
        from scheduler.show.calendar_answer import answer

        return answer(self.found)

    def _show(self, screen: "Screen") -> None:
        """Write what `scheduler calendar` writes."""
        from scheduler.show.calendar import show_calendar

        show_calendar(screen, self.found)


@dataclass(frozen=True, slots=True, repr=False)
class ExplainedDate(Shown):
    """Why a run is on a day of the year, or none is; `found` holds the values themselves."""

    found: Why

    def _answer(self) -> dict[str, Any]:
        """Return the entry of `why` that `scheduler calendar --explain … --json` prints."""
        from scheduler.show.calendar_answer import why_answer

        return why_answer(self.found)

    def _show(self, screen: "Screen") -> None:
        """Write what `scheduler calendar --explain` writes about the day."""
        from scheduler.show.calendar_dates import show_date

        show_date(screen, self.found)
