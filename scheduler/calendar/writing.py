"""Writes a year's calendar: into a copy of its folder, as tentative or published rows, and as a table of its sessions."""

from datetime import UTC, datetime
from pathlib import Path

from models.programme.offering import Offering
from models.programme.time import local
from scheduler.calendar.question import CalendarAnswer
from scheduler.files.book import becomes_a_book
from scheduler.files.exporting import whole_instance
from scheduler.files.extended import Row, extended, table_of
from scheduler.files.revised import revised
from scheduler.files.writing import write_text
from scheduler.repeats.writing import WouldOverwriteError

OFFERINGS = (
    "offering",
    "component",
    "start",
    "end",
    "seats",
    "roles",
    "status",
    "trainers",
    "timezone",
    "weekly_hours",
    "price",
    "note",
)
SESSIONS = ("offering", "start", "minutes")
EVENTS = (
    "offering",
    "component",
    "title",
    "session",
    "start",
    "utc",
    "minutes",
    "trainers",
    "seats",
    "state",
    "was",
    "was_trainers",
    "booked_by",
)
HOUR = 60


def refuse_new_place(folder: Path, target: Path) -> None:
    """Raise WouldOverwriteError where a calendar cannot be written, before any work is done for it."""
    if target.exists():
        raise WouldOverwriteError(f"{target} exists already; name a new place")
    if target.resolve().is_relative_to(folder.resolve()):
        raise WouldOverwriteError(f"{target} lies inside {folder}; name a place outside")


def write_calendar(answer: CalendarAnswer, folder: Path, target: Path, *, publish: bool = False) -> list[Path]:
    """Write the instance with the calendar in it into a new folder or workbook, and return the files that hold it."""
    refuse_new_place(folder, target)
    trainers = {each.offering: each.trainers for each in answer.held}
    status = "published" if publish else "tentative"
    offerings = [_row(answer, run, trainers.get(run.id, ()), status) for run in answer.added]
    sessions = [row for run in answer.added for row in _meetings(run)]
    with whole_instance(target, folder) as part:
        if answer.shifts:
            _revise(answer, part)
        for name, columns, rows in (("offerings.csv", OFFERINGS, offerings), ("sessions.csv", SESSIONS, sessions)):
            write_text(part / name, extended(part / name, columns, rows))
    return [target] if becomes_a_book(target) else [target / "offerings.csv", target / "sessions.csv"]


def _meetings(run: Offering) -> list[Row]:
    return [
        {
            "offering": run.id,
            "start": f"{local(session.start, run.zone):%Y-%m-%d %H:%M}",
            "minutes": "" if session.minutes is None else str(session.minutes),
        }
        for session in run.sessions
    ]


def _revise(answer: CalendarAnswer, part: Path) -> None:
    """Enter into the tables what became of the offerings that stand in them."""
    here = answer.instance.offering
    changed = [here[each.was.id] for each in answer.shifts if each.was is not None]
    cells = {
        run.id: {"start": str(run.start), "end": str(run.end), "status": run.status, "trainers": ";".join(run.trainers)}
        | ({"registration_closes": str(run.registration_closes)} if run.registration_closes else {})
        for run in changed
    }
    write_text(part / "offerings.csv", revised(part / "offerings.csv", "offering", cells))
    moved = [here[e.was.id] for e in answer.shifts if e.was is not None and here[e.was.id].start != e.was.start]
    if any(run.sessions for run in moved):
        path, gone = part / "sessions.csv", [run.id for run in moved]
        write_text(path, revised(path, "offering", {}, gone))
        write_text(path, extended(path, SESSIONS, [row for run in moved for row in _meetings(run)]))
    new = {e.now.id: e.now for e in answer.shifts if e.was is None and e.now is not None and e.now.id in here}
    for name, columns, rows in (
        ("offerings.csv", OFFERINGS, [_row(answer, run, run.trainers, run.status) for run in new.values()]),
        ("sessions.csv", SESSIONS, [row for run in new.values() for row in _meetings(run)]),
    ):
        if rows:
            write_text(part / name, extended(part / name, columns, rows))


def _row(answer: CalendarAnswer, run: Offering, trainers: tuple[str, ...], status: str) -> Row:
    return {
        "offering": run.id,
        "component": run.component,
        "start": str(run.start),
        "end": str(run.end),
        "seats": "" if run.seats is None else str(run.seats),
        "roles": ";".join(f"{role}={places}" for role, places in run.roles),
        "status": status,
        "trainers": ";".join(trainers),
        "timezone": run.zone,
        "weekly_hours": "" if run.weekly_minutes is None else f"{run.weekly_minutes / HOUR:g}",
        "price": run.price or "",
        "note": f"synthetic: {run.note}" if answer.instance.synthetic else run.note or "",
    }


def event_rows(answer: CalendarAnswer) -> str:
    """Return one CSV row for each session that is held in the year, times in the programme's zone and in UTC.

    After a change: `was` and `was_trainers` = when an offering that is not as it was began before, and who taught it;
    `booked_by` = whom that touches. What has fallen away has rows too.
    """
    trainers = {each.offering: each.trainers for each in answer.held}
    rows = []
    for run, state in runs_of(answer):
        moments = [(f"{_programme(answer, s.start):%Y-%m-%d %H:%M}", utc(s.start), s.minutes) for s in run.sessions]
        for number, (start, instant, minutes) in enumerate(moments or [(str(run.start), "", None)], start=1):
            rows.append(
                {
                    "offering": run.id,
                    "component": run.component,
                    "title": title_of(answer, run),
                    "session": str(number) if run.sessions else "",
                    "start": start,
                    "utc": instant,
                    "minutes": "" if minutes is None else str(minutes),
                    "trainers": ";".join(trainers.get(run.id, run.trainers)),
                    "seats": "" if run.seats is None else str(run.seats),
                    "state": state,
                    **_before(answer, run),
                }
            )
    return table_of(EVENTS, rows)


def _before(answer: CalendarAnswer, run: Offering) -> Row:
    """Return what an offering was before a change and whom that touches, blank where it is as it was."""
    shifts = {there.id: each for each in answer.shifts if (there := each.now or each.was) is not None}
    shift = shifts.get(run.id)
    was = shift.was if shift else None
    opens = f"{_programme(answer, was.opens):%Y-%m-%d %H:%M}" if was and was.opens is not None else ""
    return {
        "was": opens or (str(was.start) if was else ""),
        "was_trainers": ";".join(was.trainers) if was else "",
        "booked_by": ";".join(shift.touched) if shift else "",
    }


def runs_of(answer: CalendarAnswer) -> list[tuple[Offering, str]]:
    """Return what is held in the year or after the planning day, `added`, `kept`, `moved` or `cancelled`, by start."""
    year = answer.instance.year
    last = year.last if year else answer.instance.last_day
    states = {each.now.id: each.what for each in answer.shifts if each.now is not None and each.what != "trainers"}
    kept = [
        (run, states.get(run.id, "kept"))
        for run in answer.instance.offerings
        if run.status != "cancelled" and run.end >= answer.instance.as_of and run.start <= last
    ]
    gone = [(each.was, "cancelled") for each in answer.shifts if each.was is not None and each.now is None]
    found = [*kept, *gone, *((run, states.get(run.id, "added")) for run in answer.added)]
    return sorted(found, key=lambda pair: (pair[0].start, pair[0].opens or 0, pair[0].id))


def title_of(answer: CalendarAnswer, run: Offering) -> str:
    """Return the title of an offering's component, its code where no edition has it."""
    own = answer.instance.editions.get(answer.instance.edition or "")
    editions = [*([own] if own else []), *answer.instance.editions.values()]
    return next(
        (each.component[run.component].title for each in editions if run.component in each.component), run.component
    )


def utc(minute: int) -> str:
    """Return an instant as `2026-01-05T17:00Z`."""
    return local(minute, "UTC").astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")


def _programme(answer: CalendarAnswer, minute: int) -> datetime:
    return local(minute, answer.instance.zone)
