"""Writes a proposal as tentative offerings: into a copy of the folder, or one file of rows; never over the input unasked."""

from pathlib import Path

from models.programme.time import local
from scheduler.files.book import becomes_a_book
from scheduler.files.exporting import whole_instance
from scheduler.files.extended import extended, table_of, without_rows
from scheduler.files.faults import SchedulerError
from scheduler.files.writing import write_text
from scheduler.repeats.question import Proposal
from scheduler.repeats.seats import Seated, seated

OFFERINGS = ("offering", "component", "start", "end", "seats", "status", "trainers", "timezone", "note")
SESSIONS = ("offering", "start", "minutes")
TABLES = ("offerings.csv", "sessions.csv")
BOOKED = ("learner", "component", "offering", "status", "note")
RECORDS, WAITLIST = "records.csv", "waitlist.csv"
NOTE = "proposed repeat"
SEAT = "seated from the waitlist"
Row = dict[str, str]


class WouldOverwriteError(SchedulerError):
    """The place to write to holds something already."""


def write_proposal(
    proposal: Proposal, folder: Path, target: Path, *, force: bool = False, book: bool = False
) -> list[Path]:
    """Write the proposal and return the files written; raise WouldOverwriteError or CannotWriteError.

    A target that ends in `.csv` gets the offerings' rows, and a file beside it the sessions'. Any other is a folder, or a
    workbook where its name ends in `.xlsx`: a copy of the instance with the new rows in it. With `force` it may be the
    instance's own. `book` = there whoever is seated is booked, and taken off the waitlist.
    """
    refuse_place(folder, target, force=force)
    offerings, sessions = _rows(proposal)
    if _is_table(target):
        beside = _beside(target)
        write_text(target, table_of(OFFERINGS, offerings))
        write_text(beside, table_of(SESSIONS, sessions))
        return [target, beside]
    with whole_instance(target, folder) as part:
        _extend(part, offerings, sessions)
        if book:
            _book(part, proposal)
    tables = (*TABLES, *((RECORDS, WAITLIST) if book else ()))
    return [target] if becomes_a_book(target) else [target / name for name in tables]


def refuse_place(folder: Path, target: Path, *, force: bool) -> None:
    """Raise WouldOverwriteError where a proposal cannot be written, before any work is done for it."""
    for path in (target, _beside(target)) if _is_table(target) else (target,):
        if path.exists() and not force:
            raise WouldOverwriteError(f"{path} exists already; name a new place, or add --force")
    if _is_table(target) or becomes_a_book(target):
        return
    if target.exists() and not target.is_dir():
        raise WouldOverwriteError(f"{target} is no folder; name a new one, or a file that ends in .csv or .xlsx")
    if target.resolve() != folder.resolve() and target.resolve().is_relative_to(folder.resolve()):
        raise WouldOverwriteError(f"{target} lies inside {folder}; name a place outside")


def _is_table(target: Path) -> bool:
    return target.suffix.lower() == ".csv"


def _beside(target: Path) -> Path:
    """Return where the sessions go when the offerings go to a file."""
    return target.with_name(f"{target.stem}-sessions.csv")


def _extend(target: Path, offerings: list[Row], sessions: list[Row]) -> None:
    """Add the rows to the tables of a folder."""
    for name, columns, rows in zip(TABLES, (OFFERINGS, SESSIONS), (offerings, sessions), strict=True):
        write_text(target / name, extended(target / name, columns, rows))


def _book(part: Path, proposal: Proposal) -> None:
    """Record a booking for whoever is seated, and take the wait away."""
    found = [
        (name, each.run) for added in (False, True) for each in seated(proposal, added=added) for name in each.learners
    ]
    rows = [
        {
            "learner": name,
            "component": run.component,
            "offering": run.id,
            "status": "booked",
            "note": f"synthetic: {SEAT}" if proposal.instance.synthetic else SEAT,
        }
        for name, run in found
    ]
    write_text(part / RECORDS, extended(part / RECORDS, BOOKED, rows))
    gone = {(name, run.component) for name, run in found}
    write_text(part / WAITLIST, without_rows(part / WAITLIST, ("learner", "component"), gone))


def _rows(proposal: Proposal) -> tuple[list[Row], list[Row]]:
    found = seated(proposal, added=True)
    return [_offering(proposal, each) for each in found], [
        {
            "offering": each.run.id,
            "start": f"{local(session.start, each.run.zone):%Y-%m-%d %H:%M}",
            "minutes": "" if session.minutes is None else str(session.minutes),
        }
        for each in found
        for session in each.run.sessions
    ]


def _offering(proposal: Proposal, each: Seated) -> Row:
    run = each.run
    return {
        "offering": run.id,
        "component": run.component,
        "start": str(run.start),
        "end": str(run.end),
        "seats": "" if run.seats is None else str(run.seats),
        "status": "tentative",
        "trainers": ";".join(each.trainers),
        "timezone": run.zone,
        "note": f"synthetic: {NOTE}" if proposal.instance.synthetic else NOTE,
    }


def seat_rows(proposal: Proposal) -> str:
    """Return one CSV row for each seat of the proposal, free published ones first."""
    columns = ("learner", "component", "offering", "start", "minutes", "trainer", "added")
    rows = [
        {
            "learner": name,
            "component": each.run.component,
            "offering": each.run.id,
            "start": str(each.run.start)
            if each.run.opens is None
            else f"{local(each.run.opens, each.run.zone):%Y-%m-%d %H:%M}",
            "minutes": str(each.run.sessions[0].minutes or "") if each.run.sessions else "",
            "trainer": ";".join(each.taught_by),
            "added": "yes" if each.option.added else "no",
        }
        for added in (False, True)
        for each in seated(proposal, added=added)
        for name in each.learners
    ]
    return table_of(columns, rows)
