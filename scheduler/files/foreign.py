"""Tells by its header what a table of another system is, and which import reads it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

ImportKind = Literal["calendar", "zoom", "eventbrite", "canvas", "moodle"]
DATED = " - completion date"
"""How Moodle ends the name of the column beside an activity."""

ORDER = ("order #", "order no.", "order no", "order id", "order number")


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """A table that another system writes; `needs` = it has one column of each of these groups, in small letters."""

    words: str
    read_by: ImportKind
    needs: tuple[tuple[str, ...], ...]

    def told(self, file: str, folder: str = "FOLDER") -> str:
        """Say what a file looks like, and the command that reads it."""
        return f"this looks like {self.words}: scheduler import {self.read_by} {file} {folder}"


KNOWN = (
    Foreign(
        words="a Canvas gradebook",
        read_by="canvas",
        needs=(("student",), ("id",), ("section", "sis login id", "sis user id")),
    ),
    Foreign(
        words="a list of users from Canvas",
        read_by="canvas",
        needs=(("login_id",), ("canvas_user_id", "user_id"), ("email", "full_name", "status")),
    ),
    Foreign(
        words="a participants report of Zoom",
        read_by="zoom",
        needs=(("join time", "join date"), ("leave time",)),
    ),
    Foreign(
        words="a calendar of Google as CSV",
        read_by="calendar",
        needs=(("subject",), ("start date",)),
    ),
    Foreign(
        words="an Eventbrite report",
        read_by="eventbrite",
        needs=(
            ORDER,
            ("attendee #", "attendee no.", "attendee status", "attendee first name", "attendee email", "barcode number",
             "first name", "name", "ticket type", "ticket quantity", "order date", "order type"),
        ),
    ),
    Foreign(
        words="a report of a Moodle booking activity",
        read_by="moodle",
        needs=(
            ("booking option name", "booking option", "option id", "optionid", "booking"),
            ("email", "email address", "username", "user name", "userid", "user id"),
        ),
    ),
    Foreign(
        words="a Moodle course completion report",
        read_by="moodle",
        needs=(("course complete",), ("name", "id", "email address")),
    ),
)  # fmt: skip


def recognised(header: Iterable[str]) -> Foreign | None:
    """Return what a header row is of, or None."""
    names = {" ".join(cell.casefold().split()) for cell in header}
    for known in KNOWN:
        if all(names.intersection(group) for group in known.needs):
            return known
    return KNOWN[-1] if any(name.endswith(DATED) for name in names) else None
