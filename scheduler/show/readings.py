"""Whose answer depends on how the rules are read, as a screen, as JSON and as rows."""

from datetime import date
from typing import Any

from models.programme.words import listed
from scheduler.show.cut_short import cut_short, status
from scheduler.show.envelope import envelope
from scheduler.show.flat import Row, json_rows
from scheduler.show.heading import heading
from scheduler.show.screen import Screen
from scheduler.studies.each_reading import Read, Readings

COLUMNS = ("reading", "alternative", "together", "learner", "status", "graduation", "days", "depends", "alone")

MOST = 10
"""So many learners are shown of each question unless all are asked for."""

IN_ALL = ("Answer", "Not in time", "Days to graduation")


def reading_rows(found: Readings) -> list[Row]:
    """Return one row for each reading, alternative and learner."""
    return [
        {
            "reading": row.reading.name,
            "alternative": name,
            "together": row.together,
            "learner": learner,
            "status": answer.status,
            "graduation": answer.graduation,
            "days": (answer.graduation - found.instance.as_of).days if answer.graduation else None,
            "depends": learner in row.dependents,
            "alone": row.alone[name].graduation(learner),
        }
        for row in found.rows
        for name, answers in row.answers.items()
        for learner in found.answers.of
        for answer in [answers.of[learner]]
    ]


def readings_answer(found: Readings) -> dict[str, Any]:
    """Return what `readings --json` prints."""
    return envelope("readings", found.instance) | {
        "status": status(complete=found.complete),
        "readings": [
            {
                "reading": row.reading.name,
                "question": row.reading.question,
                "source": row.reading.source,
                "together": row.together,
                "depend": list(row.dependents),
                "alternatives": [
                    {"alternative": name, "not_graduating": missing, "days": days}
                    for name, missing, days in _totals(found, row)
                ],
            }
            for row in found.rows
        ],
        "left_out": [{"edition": name, "why": why} for name, why in found.left_out],
        "rows": json_rows(reading_rows(found)),
    }


def show_readings(screen: Screen, found: Readings, *, whole: bool = False) -> None:
    """Write a table for each reading on which somebody's answer depends, then who depends on which; `whole` = every row."""
    heading(screen, found.instance)
    for row in found.rows:
        if row.dependents:
            _table(screen, found, row, None if whole else MOST)
        elif row.together and row.differs:
            _shared(screen, found, row)
    same = [row.reading for row in found.rows if not row.dependents and not (row.together and row.differs)]
    if same:
        screen.line("Nobody's answer depends on these:", style="bold")
        screen.bullets(f"{each.question} ({each.source})" for each in same)
        screen.line()
    _summary(screen, found)
    for name, why in found.left_out:
        screen.line(f"Edition {name} is left out: {why}.")
    cut_short(screen, complete=found.complete)


def _table(screen: Screen, found: Readings, row: Read, most: int | None) -> None:
    screen.line(row.reading.question, style="bold")
    screen.line(row.reading.source, indent=2)
    rows = [(learner, *(_told(*each) for each in row.outcomes(learner))) for learner in row.dependents]
    head = ("Learner", *row.answers)
    screen.table(rows[:most], head, whole=range(len(head)))
    if len(rows) > len(rows[:most]):
        screen.line(f"and {len(rows) - len(rows[:most])} more on whom it depends; --all shows them", indent=2)
    others = len(found.answers.of) - len(rows)
    if others:
        screen.line(f"The same for {'one other' if others == 1 else f'{others} others'}.", indent=2)
    if row.together:
        screen.line("Each as if nobody else took another seat. All learners planned together:", indent=2)
        screen.table(_in_all(found, row), IN_ALL, right=(1, 2))
    screen.line()


def _shared(screen: Screen, found: Readings, row: Read) -> None:
    """Write the totals of all learners together: whom it hits is not sure, for another plan may be as good."""
    screen.line(row.reading.question, style="bold")
    screen.line(f"{row.reading.source}; felt by all together, for whom places are planned jointly", indent=2)
    screen.table(_in_all(found, row), IN_ALL, right=(1, 2))
    screen.line()


def _in_all(found: Readings, row: Read) -> list[tuple[str, str, str]]:
    doubt = {name: "" if answers.proved else " (not proved)" for name, answers in row.answers.items()}
    return [(f"{name}{doubt[name]}", str(missing), str(days)) for name, missing, days in _totals(found, row)]


def _totals(found: Readings, row: Read) -> list[tuple[str, int, int]]:
    """Return for each alternative how many do not graduate, and the days of the others from the planning day on."""
    return [(name, *row.total(name, found.instance.as_of)) for name in row.answers]


def _told(status: str, graduation: date | None) -> str:
    return str(graduation or status)


def _summary(screen: Screen, found: Readings) -> None:
    """Name for each learner the readings that matter."""
    matters = {
        learner: [row.reading.name for row in found.rows if learner in row.dependents] for learner in found.answers.of
    }
    groups: dict[tuple[str, ...], list[str]] = {}
    for learner, names in matters.items():
        groups.setdefault(tuple(names), []).append(learner)
    if not found.rows:
        screen.line("No reading of the rules is in dispute here.")
        return
    screen.line("Who depends on what:", style="bold")
    for readings, learners in groups.items():
        screen.bullet(f"{listed(learners)}: {listed(readings) or 'nothing, the same under all readings'}")
