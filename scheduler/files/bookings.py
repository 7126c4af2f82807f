"""Checks that what is booked can stand beside what else is booked or done, and warns of bookings that do not count."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations

from models.programme.edition import Edition
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.people import Record
from models.rules.reserved import open_seats
from scheduler.files.faults import Fault, Ledger
from scheduler.files.records_from import Recorded
from scheduler.files.rows import OfferingRow
from scheduler.files.table import Table


def check_bookings(instance: Instance, recorded: list[Recorded], offerings: Table[OfferingRow], ledger: Ledger) -> None:
    """Note contradictions between one learner's bookings, and warn of records that have no effect."""
    own: dict[str, list[Recorded]] = defaultdict(list)
    for record, line in recorded:
        if record.date is not None and record.date > instance.as_of:
            message = f"dated after the planning day {instance.as_of}: not yet known, so ignored"
            ledger.warn(line.fault("date", message))
        else:
            own[record.learner].append((record, line))
    live = [booking for rows in own.values() for booking in _live(instance, rows, ledger)]
    by_learner: dict[str, list[Recorded]] = defaultdict(list)
    for booking in live:
        by_learner[booking[0].learner].append(booking)
    for learner, bookings in by_learner.items():
        edition = _edition(instance, learner)
        for fault in _contradictions(instance.offering, edition, own[learner], bookings):
            ledger.add(fault)
    _warn_of_full(instance, live, offerings, ledger)


def _edition(instance: Instance, learner: str) -> Edition | None:
    person = instance.learner.get(learner)
    return None if person is None else instance.editions.get(person.edition)


def _live(instance: Instance, rows: list[Recorded], ledger: Ledger) -> Iterator[Recorded]:
    settled = {(row.component, row.offering) for row, _ in rows if row.status not in {"booked", "waived"}}
    for record, line in rows:
        offering = instance.offering.get(record.offering or "")
        if record.status != "booked" or offering is None or (record.component, record.offering) in settled:
            continue
        message = _without_effect(offering, instance.as_of)
        if message:
            ledger.warn(line.fault("offering", message))
        else:
            yield record, line


def _without_effect(offering: Offering, as_of: date) -> str | None:
    if offering.status == "cancelled":
        return "this offering is cancelled: the booking does not count"
    if offering.end < as_of:
        return f"over since {offering.end} and not recorded as completed: the booking does not count"
    return None


def _contradictions(
    offerings: Mapping[str, Offering], edition: Edition | None, rows: list[Recorded], bookings: list[Recorded]
) -> Iterator[Fault]:
    done = {row.component: line.number for row, line in rows if row.status in {"completed", "exempt"}}
    in_file_order = sorted(bookings, key=lambda one: one[1].number)
    for record, line in in_file_order:
        if record.component in done and _once(edition, record.component):
            message = f"{record.component} is completed or exempt already (line {done[record.component]})"
            yield line.fault("offering", message)
    for (first, first_line), (second, second_line) in combinations(in_file_order, 2):
        if (
            first.component == second.component
            and first.offering != second.offering
            and _once(edition, first.component)
        ):
            message = f"{first.component} is booked twice: also {first.offering} in line {first_line.number}"
            yield second_line.fault("offering", message)
        elif _clash(offerings, first, second):
            message = f"its sessions overlap those of {first.offering}, booked in line {first_line.number}"
            yield second_line.fault("offering", message)


def _once(edition: Edition | None, code: str) -> bool:
    component = None if edition is None else edition.component.get(code)
    return edition is not None and component is not None and not component.repeatable and not edition.runs_out


def _clash(offerings: Mapping[str, Offering], first: Record, second: Record) -> bool:
    if first.offering == second.offering:
        return False
    one, other = offerings[first.offering or ""], offerings[second.offering or ""]
    return any(a.span.overlaps(b.span) for a in one.sessions for b in other.sessions)


def _warn_of_full(instance: Instance, live: list[Recorded], offerings: Table[OfferingRow], ledger: Ledger) -> None:
    booked = Counter(record.offering for record, _ in live)
    for line in offerings:
        offering = instance.offering[line.row.offering]
        held = offering.taken + booked[offering.id]
        if offering.status != "cancelled" and offering.seats is not None and held > offering.seats:
            message = f"over its seats: {held} are taken or booked, {offering.seats} exist"
            ledger.warn(line.fault("seats", message))
        most = open_seats(instance, offering)
        if offering.status != "cancelled" and most is not None and offering.taken > most:
            message = (
                f"{offering.taken} are taken by people outside the programme, and {offering.reserved} are kept for it"
            )
            ledger.warn(line.fault("taken", message, allowed=f"{most} or fewer"))
