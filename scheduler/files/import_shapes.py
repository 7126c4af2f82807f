"""The shape of `imports.yaml`: what other systems call things, said once for all imports."""

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from scheduler.files.cells import Id
from scheduler.files.shapes import Count, Shape, Text


class ScoreShape(Shape):
    """Something that is scored: `to` = the offering or component, completed from a score of `least` on."""

    to: Id
    least: Count | None = None


def _target_as(value: object) -> str:
    return "scored" if isinstance(value, dict | ScoreShape) else "named"


Target = Annotated[Annotated[Id, Tag("named")] | Annotated[ScoreShape, Tag("scored")], Discriminator(_target_as)]
Names = dict[Annotated[str, Field(min_length=1)], Id | None]
"""What each name stands for here; null = passed over."""


class EventbriteShape(Shape):
    """Events (by name, id or kind of ticket), own columns, and what a status in another language means."""

    events: Names | None = None
    columns: (
        dict[
            Literal[
                "order",
                "attendee",
                "email",
                "quantity",
                "event",
                "event_id",
                "date",
                "ticket",
                "status",
                "order_status",
            ],
            Text,
        ]
        | None
    ) = None
    statuses: dict[Text, Literal["holds", "frees"]] | None = None


class CanvasShape(Shape):
    """Sections and assignments of gradebooks; `excused` = what `EX` means."""

    sections: Names | None = None
    assignments: dict[Text, Target | None] | None = None
    columns: dict[Literal["student", "login", "sis", "section", "email"], Text] | None = None
    excused: Literal["exempt"] | None = None


class MoodleShape(Shape):
    """Courses (by the name of the file), activities of completion reports, and options of booking activities."""

    courses: Names | None = None
    activities: Names | None = None
    options: Names | None = None
    columns: (
        dict[Literal["email", "user", "option", "option_id", "completed", "waiting", "booked", "course_complete"], Text]
        | None
    ) = None


class ZoomShape(Shape):
    """Meetings (by the name of the file) and own columns of participants reports."""

    meetings: Names | None = None
    columns: dict[Literal["name", "email", "join", "leave"], Text] | None = None


class CalendarShape(Shape):
    """Whose calendar a file is, by its name."""

    people: Names | None = None


class ImportsShape(Shape):
    """`imports.yaml`; `dates` = the day order of other systems' dates, where nothing in a column settles it."""

    format: Literal[1]
    dates: Literal["day-first", "month-first"] | None = None
    eventbrite: EventbriteShape | None = None
    canvas: CanvasShape | None = None
    moodle: MoodleShape | None = None
    zoom: ZoomShape | None = None
    calendar: CalendarShape | None = None
