"""The answer to `Programme.calendar`: a table, JSON and readable text of the same verified calendar."""

import json
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from scheduler.calendar.question import CalendarAnswer

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, repr=False)
class Calendars:
    """The best calendar found; `found` holds the values themselves: what is added, everybody's paths, goals and bounds."""

    found: CalendarAnswer

    def frame(self) -> "pd.DataFrame":
        """Return every session of the year; the columns are those of `frames.events_frame`."""
        from scheduler.frames.events import events_frame

        return events_frame(self.found)

    def json(self) -> str:
        """Return the text that `scheduler calendar --json` prints."""
        from scheduler.show.calendar_answer import answer

        return json.dumps(answer(self.found), indent=2, ensure_ascii=False) + "\n"

    def __str__(self) -> str:
        """Return what `scheduler calendar` writes into a file."""
        from scheduler.show.calendar import show_calendar
        from scheduler.show.screen import Screen

        screen = Screen.plain()
        show_calendar(screen, self.found)
        return screen.text

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return f"<pre>{escape(str(self))}</pre>"
