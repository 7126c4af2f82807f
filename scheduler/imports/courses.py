"""Completions from Moodle's report of a course: a day for the whole course, and one beside each activity."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from scheduler.files.foreign import DATED
from scheduler.files.import_shapes import MoodleShape
from scheduler.imports.asked import ImportAsked
from scheduler.imports.completions import Completions
from scheduler.imports.dates import Days, days_of
from scheduler.imports.people import STRANGER, People
from scheduler.imports.proposed import ImportFound, ImportRefusedError
from scheduler.imports.reading import ForeignTable, Form, Names, read_sheet
from scheduler.imports.targets import Target, Targets

SYSTEM = "Moodle"
NAMES: Names = {
    "email": ("email address", "email", "e-mail"),
    "user": ("id number", "username"),
    "course_complete": ("course complete",),
}
FORM = Form(what="completion report of Moodle", read_by="moodle", names=NAMES, needs=("email",))
FAILED = ("did not achieve", "not completed")
"""How the words beside a day begin or go on where nothing was achieved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """A column of days; `beside` = the place of the words that go with it, if there are any."""

    name: str
    place: int
    target: Target
    days: Days
    beside: int | None = None


def courses(asked: ImportAsked) -> ImportFound:
    """Return the completions of a report; raise ImportRefusedError."""
    said = asked.maps.moodle or MoodleShape()
    sheet = read_sheet(asked.path, FORM, said.columns)  # type: ignore[arg-type]
    if not any(name.casefold().endswith(DATED) for name in sheet.header):
        sheet = read_sheet(asked.path, replace(FORM, needs=("email", "course_complete")), said.columns)  # type: ignore[arg-type]
    found, people = asked.found(), People(asked.instance)
    columns = list(_columns(asked, said, sheet))
    read = [column.name for column in columns]
    found.tell_unread(sheet.unread(read), read)
    done = Completions(asked, found, SYSTEM)
    for row in sheet.rows:
        learner = people.find(sheet.cell(row, "email"), sheet.cell(row, "user"))
        if learner is None:
            found.leave_out(STRANGER, sheet.cell(row, "email"))
            continue
        for column in columns:
            _complete(learner, column, row, done)
    return found


def _complete(learner: str, column: _Column, row: list[str], done: Completions) -> None:
    words = _at(row, column.beside).casefold()
    text = _at(row, column.place)
    day = column.days.read(text)
    if not text or any(each in words for each in FAILED):
        done.found.leave_out(f"not completed: {column.name}", learner)
    elif day is None:
        done.found.leave_out(f"no day: {text[:30]!r} in {column.name!r}", learner)
    else:
        done.add(learner, column.target.name, day[0])


def _columns(asked: ImportAsked, said: MoodleShape, sheet: ForeignTable) -> Iterator[_Column]:
    """Yield the columns that stand for something here; raise ImportRefusedError where there is none."""
    activities = Targets(asked.instance, "moodle", "activities", said.activities)
    dated = {place: name[: -len(DATED)] for place, name in enumerate(sheet.header) if name.casefold().endswith(DATED)}
    found = [_activity(asked, sheet, place, activities) for place, name in dated.items() if activities.says(name)]
    known = [column for column in found if column is not None]
    yield from known
    place = sheet.places.get("course_complete")
    target = None if place is None else _course(asked, said, needed=not known)
    if place is not None and target is not None:
        yield _Column(name=sheet.header[place], place=place, target=target, days=_days(asked, sheet, place))
    elif not found and place is None:
        raise ImportRefusedError(activities.lines(asked.path, "activities", list(dated.values())))


def _activity(asked: ImportAsked, sheet: ForeignTable, place: int, activities: Targets) -> _Column | None:
    header = sheet.header[place]
    name = header[: -len(DATED)]
    target = activities.of(name)
    beside = sheet.header.index(name) if name in sheet.header else None
    days = _days(asked, sheet, place)
    return None if target is None else _Column(name=header, place=place, target=target, days=days, beside=beside)


def _course(asked: ImportAsked, said: MoodleShape, *, needed: bool) -> Target | None:
    """Return what the course stands for: as it is said, or as the file is called; raise ImportRefusedError if it is `needed`."""
    courses = Targets(asked.instance, "moodle", "courses", said.courses)
    thing = asked.thing()
    if thing is not None:
        return Target(name=thing)
    if not needed and not courses.says(asked.path.stem):
        return None
    target = courses.of(asked.path.stem)
    courses.refuse(asked.path, "courses (by the file's name)", "; --offering says it, too")
    return target


def _days(asked: ImportAsked, sheet: ForeignTable, place: int) -> Days:
    return days_of(asked.path, sheet.header[place], (_at(row, place) for row in sheet.rows), asked.maps.dates)


def _at(row: list[str], place: int | None) -> str:
    return row[place].strip() if place is not None and place < len(row) else ""
