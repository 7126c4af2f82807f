"""Who attended a live session, from Zoom's participants report: times of who comes back are joined."""

from collections import defaultdict
from datetime import date, datetime
from pathlib import Path

from models.programme.offering import Offering
from scheduler.files.faults import nearest
from scheduler.files.import_shapes import ZoomShape
from scheduler.imports.asked import ImportAsked
from scheduler.imports.people import STRANGER, People
from scheduler.imports.proposed import ImportFound, ImportRefusedError
from scheduler.imports.reading import YES, Form, Names, read_sheet
from scheduler.imports.seats import RECORDS

HEADERS: Names = {
    "name": ("name (original name)", "name", "participant name", "user name"),
    "email": ("user email", "email", "email address"),
    "join": ("join time", "join date", "joined at"),
    "leave": ("leave time", "left at"),
    "waiting": ("in waiting room",),
}
FORM = Form(what="participants report of Zoom", read_by="zoom", names=HEADERS, needs=("name", "join", "leave"))
FORMS = ("%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %I:%M %p", "%m/%d/%y %I:%M %p", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M",
         "%d/%m/%Y %I:%M:%S %p", "%d/%m/%Y %H:%M:%S", "%d.%m.%Y %H:%M:%S", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M",
         "%b %d, %Y %I:%M:%S %p", "%b %d, %Y %H:%M:%S")  # fmt: skip
NOTE = "from an attendance report"
WAITED = "in the waiting room"
Stretch = tuple[datetime, datetime]


def attendance(asked: ImportAsked) -> ImportFound:
    """Return the rows of records.csv that a participants report gives for one session; raise ImportRefusedError."""
    path, instance, said = asked.path, asked.instance, asked.maps.zoom or ZoomShape()
    sheet = read_sheet(path, FORM, said.columns)  # type: ignore[arg-type]
    run = _run(asked, said)
    there: dict[str, list[Stretch]] = defaultdict(list)
    found, people = asked.found(), People(instance)
    found.tell_unread(sheet.unread())
    for row in sheet.rows:
        learner = people.find_shown(sheet.cell(row, "email"), sheet.cell(row, "name"))
        if sheet.cell(row, "waiting").casefold() in YES:
            found.leave_out(WAITED)
        elif learner is None:
            found.leave_out(STRANGER, sheet.cell(row, "email") or sheet.cell(row, "name"))
        else:
            there[learner].append(_stretch(path, sheet.cell(row, "join"), sheet.cell(row, "leave"), run))
    if not there:
        known = "no e-mail stands in learners.csv (`email`), and no name is an id"
        raise ImportRefusedError(f"{path}: nobody in it is a learner here: {known}")
    table = found.table("records", RECORDS)
    standing: set[tuple[str, ...]] = {
        (row.learner, row.offering or "", "completed") for row in instance.records if row.status == "completed"
    }
    for learner, stretches in sorted(there.items()):
        minutes, day = union_of(stretches)
        cells = {"learner": learner, "component": run.component, "offering": run.id, "status": "completed"}
        cells |= {"date": str(max(day, run.start)), "role": "", "minutes": str(minutes), "note": NOTE}
        table.add(cells, standing, ("learner", "offering", "status"))
    return found


def union_of(stretches: list[Stretch]) -> tuple[int, date]:
    """Return the whole minutes that some stretches cover together, and the last day of them."""
    ordered = sorted(stretches)
    seconds, end = 0.0, ordered[0][0]
    for start, stop in ordered:
        seconds += max(0.0, (stop - max(start, end)).total_seconds())
        end = max(end, stop)
    return int(seconds // 60), end.date()


def _run(asked: ImportAsked, said: ZoomShape) -> Offering:
    path, instance = asked.path, asked.instance
    names = sorted(run.id for run in instance.offerings)
    name = asked.offering or (said.meetings or {}).get(path.stem) or path.stem
    if name not in names:
        near = nearest(name, names)
        hint = f"; did you mean {near!r}?" if near else ""
        raise ImportRefusedError(
            f"{path}: no offering is called {name!r}; say which session it was with --offering{hint}"
        )
    run = instance.offering[name]
    if len(run.sessions) > 1:
        raise ImportRefusedError(
            f"{path}: {name} has {len(run.sessions)} sessions; one report does not say that it is completed"
        )
    return run


def _stretch(path: Path, join: str, leave: str, run: Offering) -> Stretch:
    """Return when somebody was there; of several readings of a date the one near the session."""
    start, end = (_moment(path, text, run) for text in (join, leave))
    return start, max(start, end)


def _moment(path: Path, text: str, run: Offering) -> datetime:
    readings = []
    for form in FORMS:
        try:
            readings.append(datetime.strptime(text, form))  # noqa: DTZ007 - local time of the account; only lengths matter
        except ValueError:
            continue
    near = [
        each for each in readings if abs((each.date() - run.start).days) <= 1 or run.start <= each.date() <= run.end
    ]
    if not near:
        known = f"; {run.id} is held from {run.start} to {run.end}" if readings else ""
        raise ImportRefusedError(f"{path}: a time of the report cannot be read as one of the session: {text!r}{known}")
    return near[0]
