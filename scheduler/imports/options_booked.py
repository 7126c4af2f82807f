"""Bookings, waits and completions from Moodle's booking activity."""

import hashlib
from collections.abc import Iterator

from scheduler.files.import_shapes import MoodleShape
from scheduler.imports.asked import ImportAsked
from scheduler.imports.completions import Completions
from scheduler.imports.dates import Days, days_of
from scheduler.imports.people import STRANGER, People
from scheduler.imports.proposed import ImportFound
from scheduler.imports.reading import ForeignTable, Form, Names, read_sheet
from scheduler.imports.seats import BookingComparison, Hold
from scheduler.imports.targets import Target, Targets

SYSTEM = "Moodle"
NAMES: Names = {
    "option": ("booking option name", "booking option", "booking", "title"),
    "option_id": ("option id", "optionid"),
    "email": ("email address", "email", "e-mail"),
    "user": ("id number", "username", "user name"),
    "completed": ("completed", "activity completed", "course completed"),
    "waiting": ("waiting list", "on waiting list", "waitinglist", "searchwaitinglist"),
    "booked": ("time created", "timecreated", "booking date", "booked on"),
}
FORM = Form(what="list of a booking activity of Moodle", read_by="moodle", names=NAMES, needs=("option", "email"))
YES = {"1", "yes", "y", "true", "on", "completed", "on waiting list"}
WAITLIST = ("learner", "component", "since", "priority")
LETTERS = 16


def options_booked(asked: ImportAsked) -> ImportFound:
    """Return what the list of a booking activity changes; raise ImportRefusedError."""
    said = asked.maps.moodle or MoodleShape()
    sheet = read_sheet(asked.path, FORM, said.columns)  # type: ignore[arg-type]
    found = asked.found()
    found.tell_unread(sheet.unread())
    targets = Targets(asked.instance, "moodle", "options", said.options)
    holds = list(_holds(asked, sheet, targets, found))
    targets.refuse(asked.path, "booking options")
    BookingComparison(asked, found, SYSTEM).settle(holds)
    return found


def _holds(asked: ImportAsked, sheet: ForeignTable, targets: Targets, found: ImportFound) -> Iterator[Hold]:
    people, done = People(asked.instance), Completions(asked, found, SYSTEM)
    named = asked.thing()
    waits = _Waits(asked, sheet, found)
    booked = {(row.learner, row.offering) for row in asked.instance.records if row.status == "booked"}
    for row in sheet.rows:
        option = sheet.cell(row, "option")
        target = Target(name=named) if named else targets.of(option, sheet.cell(row, "option_id"))
        if target is None:
            continue
        email, user = sheet.cell(row, "email"), sheet.cell(row, "user")
        learner = people.find(email, user)
        if sheet.cell(row, "waiting").casefold() in YES:
            waits.add(learner, target.name, row)
        elif learner is not None and sheet.cell(row, "completed").casefold() in YES:
            done.add(learner, target.name, None)
            if (learner, target.name) in booked:
                yield Hold(key=_key(option, email or user), offering=target.name, learners=(learner,))
        elif target.name in asked.instance.offering:
            yield Hold(key=_key(option, email or user), offering=target.name, learners=(learner,) if learner else ())
        else:
            found.leave_out(f"{option[:40]!r} stands for a component; a booking needs an offering", learner or email)


def _key(option: str, person: str) -> str:
    """Return a name of a booking in which nobody's address can be read."""
    return hashlib.sha256(f"{option.casefold()}\n{person.casefold()}".encode()).hexdigest()[:LETTERS]


class _Waits:
    """Puts people of the waiting list into waitlist.csv."""

    def __init__(self, asked: ImportAsked, sheet: ForeignTable, found: ImportFound) -> None:
        self.asked, self.sheet, self.found = asked, sheet, found
        self.standing: set[tuple[str, ...]] = {(row.learner, row.component) for row in asked.instance.waitlist}
        self.days: Days | None = None

    def add(self, learner: str | None, thing: str, row: list[str]) -> None:
        """Add one who waits for an offering's component."""
        run = self.asked.instance.offering.get(thing)
        if learner is None:
            self.found.leave_out(STRANGER, self.sheet.cell(row, "email"))
            return
        if self.days is None:
            cells = [self.sheet.cell(each, "booked") for each in self.sheet.rows]
            self.days = days_of(self.asked.path, "time of booking", cells, self.asked.maps.dates)
        day = self.days.read(self.sheet.cell(row, "booked"))
        cells_of = {"learner": learner, "component": run.component if run else thing, "priority": ""}
        table = self.found.table("waitlist", WAITLIST)
        table.add(cells_of | {"since": str(day[0]) if day else ""}, self.standing, ("learner", "component"))
