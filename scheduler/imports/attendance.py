"""Who attended a live session, from Zoom's participants report: whoever comes back is there for the union of the stretches."""

import csv
import io
from collections import defaultdict
from datetime import date, datetime
from pathlib import Path

from models.programme.instance import Instance
from models.programme.offering import Offering
from scheduler.files.faults import listed, nearest
from scheduler.imports.proposed import ImportRefusedError, Proposed, content_of

COLUMNS = ("learner", "component", "offering", "status", "date", "role", "minutes", "note")
HEADERS = {
    "name": ("name (original name)", "name", "participant name", "user name"),
    "email": ("user email", "email", "email address"),
    "join": ("join time", "join date", "joined at"),
    "leave": ("leave time", "left at"),
}
FORMS = ("%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %I:%M %p", "%m/%d/%y %I:%M %p", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M",
         "%d/%m/%Y %I:%M:%S %p", "%d/%m/%Y %H:%M:%S", "%d.%m.%Y %H:%M:%S", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M",
         "%b %d, %Y %I:%M:%S %p", "%b %d, %Y %H:%M:%S")  # fmt: skip
STRANGER = "neither the e-mail nor the name is the e-mail or id of a learner"
NOTE = "from an attendance report"
Stretch = tuple[datetime, datetime]


def attendance(path: Path, instance: Instance, offering: str | None) -> Proposed:
    """Return the rows of records.csv that a participants report gives for one session; raise ImportRefusedError."""
    run = _run(path, instance, offering)
    rows = _rows(path)
    there: dict[str, list[Stretch]] = defaultdict(list)
    found = Proposed(table="records", columns=COLUMNS)
    people = _people(instance)
    for row in rows:
        learner = people.get(row["email"].casefold()) or people.get(row["name"].casefold())
        if learner is None:
            found.left_out[STRANGER] += 1
        else:
            there[learner].append(_stretch(path, row, run))
    if not there:
        known = "no e-mail stands in learners.csv (`email`), and no name is an id"
        raise ImportRefusedError(f"{path}: nobody in it is a learner here: {known}")
    standing: set[tuple[str, ...]] = {
        (row.learner, row.offering or "", "completed") for row in instance.records if row.status == "completed"
    }
    for learner, stretches in sorted(there.items()):
        minutes, day = union_of(stretches)
        cells = {"learner": learner, "component": run.component, "offering": run.id, "status": "completed"}
        cells |= {"date": str(max(day, run.start)), "role": "", "minutes": str(minutes), "note": NOTE}
        found.add(cells, standing, ("learner", "offering", "status"))
    return found


def union_of(stretches: list[Stretch]) -> tuple[int, date]:
    """Return the whole minutes that some stretches cover together, and the last day of them."""
    ordered = sorted(stretches)
    seconds, end = 0.0, ordered[0][0]
    for start, stop in ordered:
        seconds += max(0.0, (stop - max(start, end)).total_seconds())
        end = max(end, stop)
    return int(seconds // 60), end.date()


def _run(path: Path, instance: Instance, offering: str | None) -> Offering:
    names = sorted(run.id for run in instance.offerings)
    name = offering or path.stem
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


def _people(instance: Instance) -> dict[str, str]:
    """Return learners by id and by e-mail, in small letters; an e-mail that two have is nobody's."""
    emails: dict[str, list[str]] = defaultdict(list)
    for each in instance.learners:
        if each.email:
            emails[each.email.casefold()].append(each.id)
    single = {email: names[0] for email, names in emails.items() if len(names) == 1}
    return single | {each.id.casefold(): each.id for each in instance.learners}


def _rows(path: Path) -> list[dict[str, str]]:
    """Read the table of a report, after the block about the meeting where there is one."""
    content = content_of(path)
    try:
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error) as error:
        raise ImportRefusedError(f"{path}: this is no CSV file in UTF-8") from error
    for at, line in enumerate(lines):
        places = _places(line)
        if {"name", "join", "leave"} <= places.keys():
            wanted = [each for each in lines[at + 1 :] if any(cell.strip() for cell in each)]
            return [{key: each[place].strip() if place < len(each) else "" for key, place in places.items()} | _no_email(places)
                    for each in wanted]  # fmt: skip
    head = listed([cell for cell in (lines[0] if lines else []) if cell][:6])
    needs = "it needs Name, Join Time and Leave Time"
    raise ImportRefusedError(f"{path}: this is no participants report of Zoom: {needs}, and has {head}")


def _no_email(places: dict[str, int]) -> dict[str, str]:
    return {} if "email" in places else {"email": ""}


def _places(line: list[str]) -> dict[str, int]:
    names = [cell.strip().casefold() for cell in line]
    return {key: names.index(each) for key, known in HEADERS.items() for each in known[::-1] if each in names}


def _stretch(path: Path, row: dict[str, str], run: Offering) -> Stretch:
    """Return when somebody was there; of several readings of a date the one near the session."""
    start, end = (_moment(path, row[key], run) for key in ("join", "leave"))
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
