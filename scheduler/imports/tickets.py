"""Bookings from Eventbrite's reports: orders, attendees of the classic form, attendees of the newer one."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property

from models.programme.instance import Instance
from scheduler.files.foreign import ORDER
from scheduler.files.import_shapes import EventbriteShape
from scheduler.imports.asked import ImportAsked
from scheduler.imports.dates import Days, days_of
from scheduler.imports.people import People
from scheduler.imports.proposed import ImportFound, ImportRefusedError
from scheduler.imports.reading import ForeignTable, Form, Names, read_sheet
from scheduler.imports.seats import BookingComparison, Hold
from scheduler.imports.targets import Target, Targets

SYSTEM = "Eventbrite"
NAMES: Names = {
    "order": ORDER,
    "attendee": ("attendee #", "attendee no.", "attendee no", "attendee id", "barcode number", "barcode #", "barcode"),
    "email": ("attendee email", "email", "email address", "buyer email", "purchaser email"),
    "quantity": ("ticket quantity", "quantity", "tickets"),
    "event": ("event name", "event"),
    "event_id": ("event id", "event #"),
    "date": ("event start date", "event date"),
    "ticket": ("ticket type", "ticket name", "ticket class"),
    "status": ("attendee status",),
    "order_status": ("order status", "status"),
}
FORM = Form(what="report of Eventbrite", read_by="eventbrite", names=NAMES, needs=("order", "email"))
HOLDS = {
    "",
    "attending",
    "checked in",
    "completed",
    "placed",
    "manual",
    "offline",
    "partially refunded",
    "partially transferred",
}
FREES = {"not attending", "refunded", "refund", "canceled", "cancelled", "refunded/canceled", "refunded/cancelled", "deleted",
         "transferred", "abandoned", "unpaid", "pending"}  # fmt: skip
MOST_SEATS = 1_000


def tickets(asked: ImportAsked) -> ImportFound:
    """Return what a report of Eventbrite changes; raise ImportRefusedError."""
    said = asked.maps.eventbrite or EventbriteShape()
    sheet = read_sheet(asked.path, FORM, said.columns)  # type: ignore[arg-type]
    found = asked.found()
    found.tell_unread(sheet.unread())
    events = _Events(asked, said, sheet)
    holds = list(_holds(asked, said, sheet, events, found))
    hint = "" if events.has_event else "; or --offering says which event the file is of"
    events.targets.refuse(asked.path, "events or kinds of ticket", hint)
    BookingComparison(asked, found, SYSTEM).settle(holds)
    return found


def _holds(
    asked: ImportAsked, said: EventbriteShape, sheet: ForeignTable, events: "_Events", found: ImportFound
) -> Iterator[Hold]:
    people = People(asked.instance)
    words = {" ".join(each.casefold().split()): meaning == "holds" for each, meaning in (said.statuses or {}).items()}
    words = dict.fromkeys(HOLDS, True) | dict.fromkeys(FREES, False) | words
    for row in sheet.rows:
        order = sheet.cell(row, "order")
        offering = events.offering(row, found) if order else None
        if not order:
            found.leave_out("a line without a number of an order")
        if offering is None:
            continue
        statuses = [sheet.cell(row, name) for name in ("status", "order_status")]
        unknown = [each for each in statuses if each.casefold() not in words]
        if unknown:
            found.leave_out(
                f"the status {unknown[0][:40]!r} is not known: say holds or frees under eventbrite, statuses", order
            )
            continue
        key = f"{order}-{sheet.cell(row, 'attendee')}".strip("-")
        learner, holds = people.find(sheet.cell(row, "email")), all(words[each.casefold()] for each in statuses)
        named = (learner,) if learner else ()
        yield Hold(key=key, offering=offering, learners=named, seats=_seats(sheet.cell(row, "quantity")), holds=holds)


def _seats(text: str) -> int:
    return min(MOST_SEATS, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else 1  # noqa: PLR2004


class _Events:
    """Finds the offering of a line: the one that was named, or that of its event, its kind of ticket or its day."""

    def __init__(self, asked: ImportAsked, said: EventbriteShape, sheet: ForeignTable) -> None:
        self.asked, self.sheet = asked, sheet
        self.targets = Targets(asked.instance, "eventbrite", "events", said.events)
        self.has_event = "event" in sheet.places or "event_id" in sheet.places
        self.thing = asked.thing() if asked.offering or not self.has_event else None
        events = {sheet.cell(row, "event") for row in sheet.rows}
        if asked.offering and len(events) > 1:
            raise ImportRefusedError(
                f"{asked.path}: holds {len(events)} events; map them in imports.yaml, --offering names one"
            )

    def offering(self, row: list[str], found: ImportFound) -> str | None:
        """Return the offering of a line; None where it is passed over, the reason noted."""
        label = self.sheet.cell(row, "event") or self.sheet.cell(row, "event_id") or self.asked.path.stem
        target = Target(name=self.thing) if self.thing else self._target(row, label)
        if target is None:
            if self.targets.says(label):
                found.leave_out("the event is passed over, as imports.yaml has it")
            return None
        if target.name in self.asked.instance.offering:
            return target.name
        day = self.days.read(self.sheet.cell(row, "date"))
        run = None if day is None else run_on(self.asked.instance, target.name, day[0])
        if run is None:
            when = (
                f"is held on {day[0]}"
                if day
                else "can be told: the report has no date of the event; map it to an offering"
            )
            found.leave_out(f"no offering of {target.name} {when}")
        return run

    @cached_property
    def days(self) -> Days:
        """How the days of the events are written; raise ImportRefusedError where they can be read in two ways."""
        cells = (self.sheet.cell(row, "date") for row in self.sheet.rows)
        return days_of(self.asked.path, "event date", cells, self.asked.maps.dates)

    def _target(self, row: list[str], label: str) -> Target | None:
        ticket = self.sheet.cell(row, "ticket")
        if not self.has_event and ticket and not self.targets.says(label):
            return self.targets.of(ticket)
        return self.targets.of(label, self.sheet.cell(row, "event_id"), ticket)


def run_on(instance: Instance, component: str, day: date) -> str | None:
    """Return the only offering of a component that starts on a day, or else the only one that is held on it."""
    runs = [run for run in instance.offerings if run.component == component and run.status != "cancelled"]
    for fits in ([run for run in runs if run.start == day], [run for run in runs if run.start <= day <= run.end]):
        if fits:
            return fits[0].id if len(fits) == 1 else None
    return None
