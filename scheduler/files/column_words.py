"""What each column of the tables means, and what may stand in it, in the words of the notes on a workbook's headers."""

from collections.abc import Mapping

from scheduler.files import cells
from scheduler.files.readers import reader_of, words_of
from scheduler.files.rows import ROWS

NOTE = ("anything; “synthetic …” for made-up rows", "-")
_ZONE = "zone of its local times"
_EARLIEST = (
    "the local hours in which a session may lie: from here on",
    "from midnight; with `latest` blank too: any hour",
)
_LATEST = (
    "the local hours in which a session may lie: until here; before `earliest` = over midnight",
    "until midnight",
)
_DAYS = ("local days of the week", "any")

MEANINGS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "offerings": {
        "offering": ("its id", ""),
        "component": ("what is held: its code in an edition (see the sheet codes)", ""),
        "start": ("first day", ""),
        "end": ("last day, included", ""),
        "seats": ("all seats of this run", "the component's; else no limit"),
        "taken": ("seats held by people who are not in this workbook", "0"),
        "roles": ("places by role", "the component's"),
        "reserved": ("so many of the seats are kept for learners of the programme", "0"),
        "reserved_until": ("the last planning day on which they are kept", "kept until it starts"),
        "seat_group": ("offerings of one group share the seats of the smallest number in it", "seats of its own"),
        "registration_closes": ("last planning day on which it can be booked", "until it starts"),
        "status": ("tentative = planned, not announced", "published"),
        "trainers": ("who teaches it", "none"),
        "timezone": (_ZONE, "the instance's"),
        "weekly_hours": ("load while it runs", "does not count"),
        "price": ("as text", "not stated"),
        "note": NOTE,
    },
    "sessions": {
        "offering": ("the run whose live meeting this is", ""),
        "start": ("when it starts, local to the run's zone, within its days", ""),
        "minutes": ("its length", "not known"),
    },
    "learners": {
        "learner": ("id, unique among learners and trainers", ""),
        "edition": ("whose rules hold: the id of an edition", "the instance's"),
        "enrolled": ("first day in the programme", "not in the programme: may wait, is not planned"),
        "deadline": ("last day, instead of the window's", "the window's"),
        "timezone": ("where the learner sits", "the instance's"),
        "earliest": _EARLIEST,
        "latest": _LATEST,
        "max_weekly_hours": ("bound on the weekly hours of what runs in any one week", "none"),
        "max_courses": ("bound on courses that run at once", "none"),
        "prefers": ("codes that are wished for; never a rule", "none"),
        "avoids": ("codes that are wished away; never a rule", "none"),
        "weekdays": _DAYS,
        "min_break": ("least minutes between two sessions", "none"),
        "max_workshops_per_month": ("the learner's own number, instead of the edition's", "the edition's"),
        "email": ("by which imports know the learner", "not stated"),
        "note": ("anything", "-"),
    },
    "records": {
        "learner": ("whose record it is", ""),
        "component": ("what it is about: a code", "that of the offering"),
        "offering": ("the run", "not recorded; a booking needs it, a task has none"),
        "status": ("waived = may be started without what it requires; exempt and waived need a note", ""),
        "date": ("day of completion (needed there); for a booked task, the day it starts", "-"),
        "role": ("the role played or booked", "none"),
        "minutes": ("how long it was attended", "long enough"),
        "note": ("the reason; needed for exempt and waived", "-"),
    },
    "unavailable": {
        "who": ("a learner or a trainer", ""),
        "start": ("first day, or the moment from which on, in that person's own zone", ""),
        "end": ("last day, included, or the moment until which; a day where `start` is one", ""),
        "every": ("the span comes back each week", "once"),
        "until": ("until this day", "-"),
        "note": ("anything", "-"),
    },
    "waitlist": {
        "learner": ("who waits", ""),
        "component": ("what for: a code", ""),
        "since": ("since when", "not stated"),
        "priority": ("a lower number goes first", "after those with a number"),
        "group": ("people of one group are seated in one session together, or not at all", "alone"),
    },
    "trainers": {
        "trainer": ("id, unique among learners and trainers", ""),
        "timezone": ("where the trainer sits", "the instance's"),
        "teaches": ("codes", "not stated"),
        "max_sessions_per_week": ("most sessions in a week", "no limit"),
        "max_sessions_per_day": ("most sessions on a day", "no limit"),
        "max_courses": ("most courses at once", "no limit"),
        "weekdays": _DAYS,
        "min_break": ("least minutes between two sessions", "none"),
        "holidays": ("places whose public holidays the trainer keeps: US;DE-BY", "none"),
    },
    "candidates": {
        "component": ("what could be held: a code", ""),
        "start": ("when, local to the instance's zone", ""),
        "minutes": ("its length", "that of the pattern in instance.yaml"),
        "trainers": ("who could teach it", "anybody who teaches it"),
        "seats": ("its seats", "the component's"),
    },
    "closures": {
        "start": ("first day on which nothing is held", ""),
        "end": ("last such day, included", ""),
        "note": ("anything", "-"),
    },
    "patterns": {
        "component": ("what may be held so: a code", ""),
        "weeks": ("so many calendar weeks", ""),
        "weekdays": ("the meetings of each week", ""),
        "starts": ("local times to choose one of: 12:00;16:00", ""),
        "minutes": ("length of each meeting", "not known"),
        "trainers": ("how many teach it", "the component's number, else one"),
        "gap_days": ("least days between the first days of two runs", "none"),
        "seats": ("seats of each run", "the component's"),
        "roles": ("places by role", "the component's"),
        "weekly_hours": ("load while it runs", "does not count"),
        "price": ("as text", "not stated"),
        "note": ("anything", "-"),
    },
    "arrivals": {
        "month": ("the month in which they enrol", ""),
        "learners": ("how many are expected", ""),
        "edition": ("whose rules hold for them: the id of an edition", "the instance's"),
        "timezone": ("where they sit", "the instance's"),
        "earliest": _EARLIEST,
        "latest": _LATEST,
        "note": ("anything", "-"),
    },
}
"""Each column's meaning, and what a blank cell of it means; an empty word = it must be filled."""

_ALLOWED: Mapping[object, str] = {
    cells.day: "a day, 2025-04-01",
    cells.moment: "a day and a time, 2025-04-01 12:00",
    cells.day_or_moment: "a day, 2025-04-01, or a day and a time, 2025-04-01 12:00",
    cells.clock: "a time of day, 08:00",
    cells.clocks: "times of day, separated by ;",
    cells.codes: "ids, separated by ;",
    cells.places: "numbers by role, talk=3;host=1",
    cells.weekdays: "mon tue wed thu fri sat sun, separated by ;",
    cells.month: "a month, 2025-04",
    cells.hours: "hours, like 3 or 2.5",
}


def note_of(table: str, column: str) -> str:
    """Return what a column means, what may stand in it, and what it means where it is left blank."""
    meaning, blank = MEANINGS[table][column]
    allowed = allowed_in(table, column)
    lines = [f"{meaning[0].upper()}{meaning[1:]}."]
    if allowed:
        lines.append(f"Allowed: {allowed}.")
    lines.append(f"Blank: {blank}." if blank not in {"", "-"} else "" if blank else "Must be filled.")
    return "\n".join(line for line in lines if line)


def allowed_in(table: str, column: str) -> str | None:
    """Return in words what may stand in a column; None where any text may."""
    field = ROWS[table].model_fields[column]
    words = words_of(field.annotation)
    if words:
        return ", ".join(words)
    reader = reader_of(field.annotation, field.metadata)
    if reader is not None:
        return _ALLOWED.get(reader, "a whole number")
    return "a zone such as America/New_York" if column == "timezone" else None
