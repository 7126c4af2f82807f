"""The answers about the calendar that stands: what hangs on each offering, what one more is worth, what a rule decides."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scheduler.explain.critical import Criticality
from scheduler.face.shown import Shown
from scheduler.studies.each_reading import Readings
from scheduler.studies.seats import SeatsCurve
from scheduler.studies.value import Values

if TYPE_CHECKING:
    import pandas as pd

    from scheduler.charts.drawing import Drawing
    from scheduler.show.screen import Screen


@dataclass(frozen=True, slots=True, repr=False)
class Criticals(Shown):
    """What is lost if an offering is cancelled; `found` holds the values themselves."""

    found: Criticality

    def frame(self) -> "pd.DataFrame":
        """Return a row for each offering, the most critical first; the columns are those of `frames.critical_frame`."""
        from scheduler.frames.effects import critical_frame

        return critical_frame(self.found)

    def chart(self) -> "Drawing":
        """Draw what is lost, where anything is; needs the extra `notebooks`."""
        from scheduler.charts.effects import critical_chart

        return critical_chart(
            self.frame().query("graduations_lost > 0 or days_lost > 0"),
            title="What is lost if an offering is cancelled",
        )

    def _answer(self) -> dict[str, Any]:
        from scheduler.show.critical import critical_answer

        return critical_answer(self.found)

    def _show(self, screen: "Screen") -> None:
        """Write what `scheduler critical` writes."""
        from scheduler.show.critical import show_critical

        show_critical(screen, self.found)


@dataclass(frozen=True, slots=True, repr=False)
class RunsWorth(Shown):
    """What one more run of a component is worth, month by month; `found` holds the values themselves."""

    found: Values

    def frame(self) -> "pd.DataFrame":
        """Return a row for each supposed run; the columns are those of `frames.value_frame`."""
        from scheduler.frames.effects import value_frame

        return value_frame(self.found)

    def chart(self) -> "Drawing":
        """Draw the map of the year; needs the extra `notebooks`."""
        from scheduler.charts.value import value_chart

        return value_chart(self.frame(), title="Learner-days saved by one more run, by component and month")

    def _answer(self) -> dict[str, Any]:
        from scheduler.show.values import value_answer

        return value_answer(self.found)

    def _show(self, screen: "Screen") -> None:
        """Write what `scheduler value` writes."""
        from scheduler.show.values import show_values

        show_values(screen, self.found)


@dataclass(frozen=True, slots=True, repr=False)
class SeatsCompared(Shown):
    """What more or fewer seats are worth; `found` holds the values themselves."""

    found: SeatsCurve

    def frame(self) -> "pd.DataFrame":
        """Return a row for each number of seats; the columns are those of `frames.seats_worth_frame`."""
        from scheduler.frames.effects import seats_worth_frame

        return seats_worth_frame(self.found)

    def _answer(self) -> dict[str, Any]:
        from scheduler.show.seats import seats_answer

        return seats_answer(self.found)

    def _show(self, screen: "Screen") -> None:
        """Write what `scheduler value --seats` writes."""
        from scheduler.show.seats import show_seats

        show_seats(screen, self.found)


@dataclass(frozen=True, slots=True, repr=False)
class UnderReadings(Shown):
    """Everybody's answer under each reading of the rules; `found` holds the values themselves."""

    found: Readings

    def frame(self) -> "pd.DataFrame":
        """Return a row for each learner under each alternative; the columns are those of `frames.readings_frame`."""
        from scheduler.frames.effects import readings_frame

        return readings_frame(self.found)

    def _answer(self) -> dict[str, Any]:
        from scheduler.show.readings import readings_answer

        return readings_answer(self.found)

    def _show(self, screen: "Screen") -> None:
        """Write what `scheduler readings` writes."""
        from scheduler.show.readings import show_readings

        show_readings(screen, self.found)
