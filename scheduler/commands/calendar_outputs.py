"""What `scheduler calendar` hands on beside its answer: a page, calendar files and a workbook."""

from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.commands import books

if TYPE_CHECKING:
    from scheduler.books.tables import BookTable
    from scheduler.calendar.question import CalendarAnswer


def write_year_calendars(found: "CalendarAnswer", target: Path, *, quiet: bool) -> None:
    """Write calendar files of the planned year."""
    from scheduler.commands.ics import tell_files, write_files
    from scheduler.report.calendar_files import files_of_year

    tell_files(write_files(files_of_year(found), found.instance.as_of, target), target, quiet=quiet)


def write_year_page(found: "CalendarAnswer", page: Path, *, quiet: bool) -> None:
    """Write the year as a page: before and after."""
    from scheduler.commands.delivery import deliver
    from scheduler.pages.render import year_html
    from scheduler.pages.year import year_page
    from scheduler.show.plan import receipt

    deliver(year_html(found.instance, year_page(found), receipt(found.result)), page, quiet=quiet)


def write_year_book(found: "CalendarAnswer", *, quiet: bool) -> None:
    """Write the year as a workbook, where one is asked for."""
    from scheduler.show.calendar import show_calendar

    def tables() -> "list[BookTable]":
        from scheduler.books.tables import of_frame
        from scheduler.frames.events import events_frame

        return [of_frame("All sessions", events_frame(found))]

    books.deliver_book(
        found.instance,
        lambda screen: show_calendar(screen, found, everything=True),
        tables,
        quiet=quiet,
        keep_shown=True,
    )
