"""Completions from a Canvas gradebook: one row for points possible, perhaps one more, a Test Student, `EX` and `N/A` in cells."""

import re
from collections.abc import Iterator

from scheduler.files.import_shapes import CanvasShape
from scheduler.imports.asked import ImportAsked
from scheduler.imports.completions import Completions
from scheduler.imports.people import STRANGER, People
from scheduler.imports.proposed import ImportFound, ImportRefusedError
from scheduler.imports.reading import ForeignTable, Form, Names, read_sheet
from scheduler.imports.targets import Target, Targets

SYSTEM = "Canvas"
NAMES: Names = {
    "student": ("student", "student name"),
    "login": ("sis login id", "login id"),
    "sis": ("sis user id",),
    "email": ("email", "email address"),
    "section": ("section",),
}
FORM = Form(what="gradebook of Canvas", read_by="canvas", names=NAMES, needs=("student", "section"))
OTHERS = ("ID", "Integration ID", "Root Account")
TEST = {"student, test", "test student"}
NO_DAYS = (
    "a gradebook has no days: a completion is dated on the last day of its offering, or on the planning day before it"
)
LESS = "scored less than {} in {!r}"
NO_LEAST = "{!r} has no points possible; say from which score it is completed: {{to: {}, least: 1}}"
EXCUSED = "excused (EX); `excused: exempt` under canvas in imports.yaml makes it an exemption"
OPEN = {"", "-", "n/a"}
_ID = re.compile(r" \([0-9]+\)$")
_SCORE = re.compile(r"-?[0-9]{1,9}(?:[.,][0-9]{1,6})?")


def gradebook(asked: ImportAsked) -> ImportFound:
    """Return the completions of a gradebook; raise ImportRefusedError."""
    said = asked.maps.canvas or CanvasShape()
    sheet = read_sheet(asked.path, FORM, said.columns)  # type: ignore[arg-type]
    asked.thing()  # an unknown --offering is refused
    found, targets = asked.found(), Targets(asked.instance, "canvas", "assignments", said.assignments)
    scored = {place: Target(name=target.name, least=target.least)
              for place, name in _assignments(sheet)
              if targets.says(name) and (target := targets.of(name)) is not None}  # fmt: skip
    if not scored:
        columns = list(_assignments(sheet))
        numbered = [name for place, name in columns if _ID.search(sheet.header[place])]
        names = numbered or [name for _, name in columns]  # totals such as Final Score have no number
        raise ImportRefusedError(targets.lines(asked.path, "assignments", names))
    read = [sheet.header[place] for place in scored]
    found.tell_unread(sheet.unread(read), read)
    found.remarks.append(NO_DAYS)
    _read(asked, said, sheet, scored, found)
    return found


def _assignments(sheet: ForeignTable) -> Iterator[tuple[int, str]]:
    """Yield the place and the name, without its number, of each column that can hold scores."""
    read = set(sheet.places.values())
    for place, name in enumerate(sheet.header):
        if place not in read and name and name not in OTHERS:
            yield place, _ID.sub("", name)


def _read(
    asked: ImportAsked, said: CanvasShape, sheet: ForeignTable, scored: dict[int, Target], found: ImportFound
) -> None:
    people, done = People(asked.instance), Completions(asked, found, SYSTEM)
    possible: dict[int, float] = {}
    for row in sheet.rows:
        name = sheet.cell(row, "student").casefold()
        if name == "points possible":
            possible = {place: _number(_cell(row, place)) or 0.0 for place in scored}
        elif not name:
            continue
        elif name in TEST:
            found.leave_out("the Test Student")
        elif (learner := people.find(*(sheet.cell(row, each) for each in ("email", "login", "sis")))) is None:
            found.leave_out(STRANGER, sheet.cell(row, "login") or sheet.cell(row, "sis"))
        else:
            for place, target in scored.items():
                thing = _thing(asked, said, sheet.cell(row, "section"), target)
                _score(learner, thing, _Score(_ID.sub("", sheet.header[place]), _cell(row, place),
                       target.least if target.least is not None else possible.get(place, 0.0)), done, said.excused)  # fmt: skip


class _Score:
    """What stands under an assignment, and from which score on it is completed (0 = not known)."""

    def __init__(self, name: str, text: str, least: float) -> None:
        self.name, self.text, self.least = name, text, least


def _score(learner: str, thing: str, score: _Score, done: Completions, excused: str | None) -> None:
    number = _number(score.text)
    if score.text.upper() == "EX":
        if excused:
            done.excuse(learner, thing, "excused in Canvas")
        else:
            done.found.leave_out(EXCUSED, learner)
    elif number is None:
        words = "has not handed in" if score.text.casefold() in OPEN else f"no score: {score.text[:20]!r} in"
        done.found.leave_out(f"{words} {score.name!r}", learner)
    elif score.least <= 0:
        done.found.leave_out(NO_LEAST.format(score.name, thing), learner)
    elif number < score.least:
        done.found.leave_out(LESS.format(f"{score.least:g}", score.name), learner)
    else:
        done.add(learner, thing, None)


def _thing(asked: ImportAsked, said: CanvasShape, section: str, target: Target) -> str:
    """Return the offering of a section where an assignment stands for its component, else what the assignment stands for."""
    offering = asked.instance.offering
    names = {" ".join(name.casefold().split()): thing for name, thing in (said.sections or {}).items()}
    sections = [section, *re.split(r" and |, |; ", section)]
    runs = [
        asked.offering,
        *(names.get(each.casefold()) for each in sections),
        *(each for each in sections if each in offering),
    ]
    fits = (run for run in runs if run is not None and run in offering and offering[run].component == target.name)
    return next(fits, target.name)


def _cell(row: list[str], place: int) -> str:
    return row[place].strip() if place < len(row) else ""


def _number(text: str) -> float | None:
    return float(text.replace(",", ".")) if _SCORE.fullmatch(text) else None
