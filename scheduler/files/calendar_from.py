"""Turns the rows of offerings and sessions into Offerings, checking that they fit each other."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models.programme import time
from models.programme.edition import Component
from models.programme.offering import Offering, Session
from scheduler.files.cells import instant_of
from scheduler.files.faults import Ledger, comma_list, nearest
from scheduler.files.programme import UsedEditions
from scheduler.files.rows import OfferingRow, SessionRow
from scheduler.files.settings import FolderSettings
from scheduler.files.table import Line
from scheduler.files.tables import Tables


@dataclass(frozen=True, slots=True)
class StatedSession:
    """A session with the row that states it."""

    session: Session
    line: Line[SessionRow]


def offerings_from(
    tables: Tables, programme: UsedEditions, settings: FolderSettings, ledger: Ledger
) -> tuple[Offering, ...]:
    """Return the offerings in canonical order, every misfit noted."""
    zones = {line.row.offering: line.row.timezone or settings.zone for line in tables.offerings}
    meetings = _meetings(tables.sessions.lines, zones, ledger)
    offerings = []
    for line in tables.offerings:
        components = programme.components(line.row.component)
        _check_row(line, components, ledger)
        own = meetings.get(line.row.offering, [])
        _check_meetings(line.row, own, zones[line.row.offering], ledger)
        offerings.append(_offering(line.row, components, own, settings.zone))
    return tuple(sorted(offerings, key=lambda run: (run.start, run.end, run.component, run.id)))


def _meetings(
    lines: Iterable[Line[SessionRow]], zones: Mapping[str, str], ledger: Ledger
) -> Mapping[str, list[StatedSession]]:
    found: dict[str, list[StatedSession]] = defaultdict(list)
    for line in lines:
        row = line.row
        if row.offering not in zones:
            continue
        try:
            start = instant_of(row.start, zones[row.offering])
        except ValueError as error:
            ledger.add(line.fault("start", str(error)))
        else:
            found[row.offering].append(StatedSession(Session(start=start, minutes=row.minutes), line))
    for own in found.values():
        own.sort(key=lambda meeting: meeting.session.start)
    return found


def _offering(row: OfferingRow, components: list[Component], own: list[StatedSession], zone: str) -> Offering:
    component = components[0] if components else None
    return Offering(
        id=row.offering,
        component=row.component,
        start=row.start,
        end=row.end,
        seats=row.seats if row.seats is not None else (component.seats if component else None),
        taken=row.taken or 0,
        roles=row.roles if row.roles is not None else component.roles if component else (),
        registration_closes=row.registration_closes,
        reserved=row.reserved or 0,
        reserved_until=row.reserved_until,
        seat_group=row.seat_group,
        status=row.status or "published",
        trainers=row.trainers or (),
        zone=row.timezone or zone,
        weekly_minutes=row.weekly_hours,
        price=row.price,
        note=row.note,
        sessions=tuple(meeting.session for meeting in own),
    )


def _check_row(line: Line[OfferingRow], components: list[Component], ledger: Ledger) -> None:
    row = line.row
    if row.end < row.start:
        ledger.add(line.fault("end", "the end lies before the start", allowed=f"{row.start} or later"))
    closes = row.registration_closes
    if closes is not None and closes > max(row.start, row.end):
        ledger.add(
            line.fault("registration_closes", "closes after the offering's end", allowed=f"{row.end} or earlier")
        )
    if components and all(component.kind == "task" for component in components):
        message = "this is a self-paced task: it needs no offering, learners start it on any day"
        ledger.add(line.fault("component", message))
    _check_reserved(line, components, ledger)
    roles = sorted({role for component in components for role, _ in component.roles})
    for role, _ in row.roles or () if components else ():
        if role not in roles:
            message = f"the component has no role {role!r}"
            ledger.add(line.fault("roles", message, allowed=comma_list(roles), near=nearest(role, roles)))


def _check_reserved(line: Line[OfferingRow], components: list[Component], ledger: Ledger) -> None:
    row = line.row
    seats = row.seats if row.seats is not None else (components[0].seats if components else None)
    if row.reserved and seats is None:
        ledger.add(line.fault("reserved", "seats are kept of a number that nobody states", allowed="`seats` beside it"))
    elif row.reserved and seats is not None and row.reserved > seats:
        ledger.add(line.fault("reserved", "more seats are kept than there are", allowed=f"{seats} or fewer"))
    if row.reserved_until is not None and not row.reserved:
        ledger.add(line.fault("reserved_until", "no seats are kept until this day", allowed="`reserved` beside it"))


def _check_meetings(row: OfferingRow, own: list[StatedSession], zone: str, ledger: Ledger) -> None:
    before: StatedSession | None = None
    for meeting in own:
        span = meeting.session.span
        days = [time.local(minute, zone).date() for minute in (span.start, span.end - 1)]
        if row.start <= row.end and not row.start <= days[0] <= days[1] <= row.end:
            allowed = f"from {row.start} to {row.end} in {zone}"
            ledger.add(meeting.line.fault("start", f"outside the days of {row.offering}", allowed=allowed))
        if before is not None and before.session.span.end > span.start:
            message = f"overlaps the session of {row.offering} in line {before.line.number}"
            ledger.add(meeting.line.fault("start", message))
        if before is None or span.end > before.session.span.end:
            before = meeting
