"""Progress sheets as a screen, as JSON and as rows: done, booked, missing, and the last chances."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from models.programme.instance import Instance
from models.programme.words import listed, plural
from scheduler.answers.progress import Progress, RequirementLine, Sheets
from scheduler.report.steps import Step, steps_of
from scheduler.show.cut_short import cut_short, status
from scheduler.show.envelope import envelope
from scheduler.show.flat import Row, json_rows
from scheduler.show.heading import heading
from scheduler.show.screen import Screen

COLUMNS = (
    "learner",
    "edition",
    "status",
    "graduation",
    "deadline",
    "requirement",
    "title",
    "needed",
    "done",
    "booked",
    "state",
    "start_by",
    "days_left",
    "what",
    "not_counting",
    "alone",
)
HEAD = ("Learner", "Graduates", "Done", "Booked", "Missing", "Start next, at the latest")
CHANCES = ("Start by", "In days", "Learner", "What", "For")
MOST = 10
"""So many rows of a table are shown unless all are asked for."""


def progress_rows(sheets: Sheets) -> list[Row]:
    """Return one row for each learner and requirement."""
    return [_flat(sheets.instance, row, line) for row in sheets.rows for line in row.lines]


def _flat(instance: Instance, row: Progress, line: RequirementLine) -> Row:
    return {
        "learner": line.learner,
        "edition": instance.learner[line.learner].edition,
        "status": row.answer.status,
        "graduation": row.answer.graduation,
        "deadline": row.answer.deadline,
        "requirement": line.requirement.id,
        "title": line.requirement.title,
        "needed": line.requirement.count,
        "done": line.done,
        "booked": line.booked,
        "state": line.state,
        "start_by": line.start_by,
        "days_left": (line.start_by - instance.as_of).days if line.start_by else None,
        "what": line.what or None,
        "not_counting": "; ".join(words for _, words in sorted(row.doubtful.items())) or None,
        "alone": row.answer.alone,
    }


def progress_answer(sheets: Sheets, days: int) -> dict[str, Any]:
    """Return what `progress --json` prints."""
    by_learner = {row.answer.learner: row for row in sheets.rows}
    chances = [_flat(sheets.instance, by_learner[line.learner], line) for line in sheets.last_chances(days)]
    return envelope("progress", sheets.instance) | {
        "status": status(complete=sheets.complete),
        "days": days,
        "rows": json_rows(progress_rows(sheets)),
        "last_chances": json_rows(chances),
        "together": sheets.together,
    }


def show_progress(screen: Screen, sheets: Sheets, *, days: int, details: bool, whole: bool = False) -> None:
    """Write a sheet for each learner, or with many a line for each of those who are pressed; then the last chances of all.

    `whole` = a line for everybody, and all chances.
    """
    heading(screen, sheets.instance)
    if not sheets.rows and sheets.complete:
        screen.line("There are no learners: nothing to tell.")
        return
    screen.line(_counts(sheets), style="bold")
    if sheets.together:
        screen.line("All learners are planned together; the places that others have in this plan count as taken.")
        screen.line()
    if details:
        for row in sheets.rows:
            _sheet(screen, sheets.instance, row)
    else:
        _show_people(screen, sheets.rows, whole=whole)
        screen.line()
        screen.line("Done, Booked and Missing count requirements. --learner ID shows one sheet.")
        screen.line()
        for row in sheets.rows:
            _not_counting(screen, row)
    _chances(screen, sheets, days, None if whole else MOST)
    cut_short(screen, complete=sheets.complete, planned=sheets.planned)


def _counts(sheets: Sheets) -> str:
    """Say how many have everything done or booked, how many have something to start, and how many have no path."""
    blocked = sum(row.answer.status == "blocked" for row in sheets.rows)
    others = [row for row in sheets.rows if row.answer.status != "blocked"]
    missing = sum(bool(row.count("missing")) for row in others)
    words = (
        (missing, ("misses", "miss"), "something that has to be started"),
        (len(others) - missing, ("has", "have"), "everything done or booked"),
        (blocked, ("has", "have"), "no path to graduation"),
    )
    return listed([f"{count} {verb[count != 1]} {what}" for count, verb, what in words if count]) + "."


def _show_people(screen: Screen, rows: Sequence[Progress], *, whole: bool) -> None:
    """Write a line for each learner; of many, those without a path and those who have to start something first."""
    chosen = list(rows) if whole or len(rows) <= MOST else sorted(rows, key=_pressed)[:MOST]
    screen.table(map(_summary, chosen), HEAD, right=(2, 3, 4), whole=(0, 1, 2, 3, 4), indent=0)
    if len(chosen) < len(rows):
        more = len(rows) - len(chosen)
        screen.line(f"Blocked learners and those who have to start something first; --all shows {more} more.")


def _pressed(row: Progress) -> tuple[bool, date, str]:
    chance = row.next_chance
    start_by = chance.start_by if chance else None
    return row.answer.status != "blocked", start_by or date.max, row.answer.learner


def _summary(row: Progress) -> tuple[str, ...]:
    chance = row.next_chance
    counts = (str(row.count("done")), str(row.count("booked")), str(row.count("missing")))
    return row.answer.learner, _day(row), *counts, f"{chance.start_by} {chance.what}" if chance else "-"


def _day(row: Progress) -> str:
    return str(row.answer.graduation or row.answer.status)


def _sheet(screen: Screen, instance: Instance, row: Progress) -> None:
    answer = row.answer
    screen.line(f"{answer.learner} {_verdict(row)}", style="bold")
    screen.line(f"edition {instance.learner[answer.learner].edition}", indent=2)
    steps = steps_of(instance, answer.learner, None)
    _listed(screen, "Done", [step for step in steps if not step.lies_ahead])
    _listed(screen, "Booked", [step for step in steps if step.lies_ahead])
    _not_counting(screen, row)
    screen.line()
    head = "Start by, each alone" if answer.status == "blocked" else "Start by, at the latest"
    screen.table(map(_required, row.lines), ("Requirement", "Done", head), whole=(1, 2))
    screen.line()


def _not_counting(screen: Screen, row: Progress) -> None:
    """Say which bookings are not going to count, and why."""
    for offering, words in sorted(row.doubtful.items()):
        screen.line(f"{row.answer.learner} is booked in {offering}, which is not going to count: {words}.", indent=2)


def _verdict(row: Progress) -> str:
    answer = row.answer
    last = f"last day allowed {answer.deadline}" if answer.deadline else "no last day is stated"
    waits = answer.alone and answer.alone != answer.graduation
    alone = f"; {answer.alone} if nobody else took another seat" if waits else ""
    words = {
        "graduates": f"can graduate on {answer.graduation}; {last}{alone}",
        "graduated": f"has graduated, on {answer.graduation}",
        "blocked": f"cannot graduate any more; {last}{alone}. scheduler path says why",
    }
    return words.get(answer.status, "was not settled in time")


def _listed(screen: Screen, word: str, steps: Sequence[Step]) -> None:
    if steps:
        names = [f"{step.label}{f' (role: {step.role})' if step.role else ''} {step.end}" for step in steps]
        screen.line(f"{word}: {', '.join(names)}", indent=2)


def _required(line: RequirementLine) -> tuple[str, str, str]:
    booked = f", {line.booked} booked" if line.booked else ""
    by = f"{line.start_by} {line.what}" if line.start_by else line.what or line.state
    needed = line.requirement.amount(line.requirement.count)
    return line.requirement.title, f"{line.done} of {needed}{booked}", by


def _chances(screen: Screen, sheets: Sheets, days: int, most: int | None) -> None:
    as_of = sheets.instance.as_of
    found = sheets.last_chances(days)
    until = f"the next {plural(days, 'day')}, to {as_of + timedelta(days=days)}"
    if found:
        screen.line(f"Last chances of {until}:", style="bold")
        rows = [
            (str(day), str((day - as_of).days), line.learner, line.what, line.requirement.title)
            for line in found
            for day in [line.start_by]
            if day
        ]
        screen.table(rows[:most], CHANCES, right=(1,), whole=(0, 1, 2, 3))
        if len(rows) > len(rows[:most]):
            screen.line(f"and {len(rows) - len(rows[:most])} more; --all shows them", indent=2)
        screen.line()
        screen.line("Whoever starts none of it by then cannot graduate in time any more.")
    else:
        screen.line(f"There is no last chance in {until}.")
    stuck = [row.answer.learner for row in sheets.rows if row.answer.status == "blocked"]
    if stuck:
        screen.line(f"Without a path already, and so with none to lose: {listed(stuck)}.")
