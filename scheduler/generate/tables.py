"""Writes made-up rows as the tables of an instance folder."""

import csv
import io
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from scheduler.generate.calendar import OfferingDraft
from scheduler.generate.chances import happens
from scheduler.generate.people import Cell, PersonDraft
from scheduler.generate.progress import RecordsDraft
from scheduler.generate.seats import Capacity

Row = Mapping[str, Cell]
WAITS = 0.05  # the share of learners on the waitlist
OFFERINGS = ("offering", "component", "start", "end", "seats", "taken", "roles", "trainers", "weekly_hours", "note")
LEARNERS = (
    *("learner", "enrolled", "deadline", "timezone", "earliest", "latest"),
    *("max_weekly_hours", "max_courses", "prefers", "avoids", "note"),
)
RECORDS = ("learner", "component", "offering", "status", "date", "role", "note")


def table(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """Return CSV text with a header; a cell that a row does not have stays blank."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def offering_rows(
    chance: random.Random, runs: Iterable[OfferingDraft], as_of: date, places: Capacity, trainers: Mapping[str, str]
) -> Iterator[Row]:
    """Yield a row for each run; only the coming ones limit their seats."""
    for run in runs:
        entry = run.entry
        row: dict[str, Cell] = {"offering": run.id, "component": entry.code, "start": run.start, "end": run.end}
        row |= {"weekly_hours": entry.weekly_hours, "trainers": trainers[run.id], "note": "synthetic"}
        if run.start > as_of:
            others = chance.randrange(8)
            row |= {"seats": places.seats[entry.code] + others, "taken": others}
            row["roles"] = f"talk={places.talks}" if entry.code == "QSS" else None
        yield row


def session_rows(runs: Iterable[OfferingDraft]) -> Iterator[Row]:
    """Yield a row for each announced session."""
    for run in runs:
        for moment in run.times:
            yield {"offering": run.id, "start": f"{moment:%Y-%m-%d %H:%M}", "minutes": run.entry.minutes}


def waitlist_rows(chance: random.Random, people: Iterable[RecordsDraft], as_of: date) -> Iterator[Row]:
    """Let one in twenty people wait for something they need and have not booked."""
    for each in people:
        needs = [code for code, times in each.needs() if times >= 1 and code != "QSS"]
        if needs and each.person.enrolled <= as_of and happens(chance, WAITS):
            row: dict[str, Cell] = {"learner": each.person.id, "component": chance.choice(needs), "since": as_of}
            yield row | {"priority": chance.randrange(1, 4)}


def assign_trainers(runs: Iterable[OfferingDraft]) -> tuple[dict[str, str], list[Row]]:
    """Return a trainer for each run, none on two runs that meet on the same day, and the trainers' rows."""
    busy: list[set[date]] = []
    found: dict[str, str] = {}
    for run in sorted(runs, key=lambda run: (run.start, run.id)):
        days = {moment.date() for moment in run.times}
        free = next((place for place, taken in enumerate(busy) if taken.isdisjoint(days)), len(busy))
        if free == len(busy):
            busy.append(set())
        busy[free] |= days
        found[run.id] = f"T{free + 1:03d}"
    return found, [{"trainer": f"T{place + 1:03d}"} for place in range(len(busy))]


def unavailable_rows(people: Iterable[PersonDraft]) -> Iterator[Row]:
    """Yield every absence."""
    for made in people:
        yield from made.unavailable
