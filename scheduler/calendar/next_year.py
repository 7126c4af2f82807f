"""Writes an instance in which the next year can be planned: the files of another, with patterns and arrivals taken from them."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

from models.programme.instance import Instance
from models.programme.words import WEEKDAYS, listed
from models.programme.year import Pattern
from scheduler.calendar.like import patterns_like
from scheduler.candidates.pattern import component_of, teachers_of
from scheduler.files.book import becomes_a_book
from scheduler.files.exporting import whole_instance
from scheduler.files.extended import Row, table_of
from scheduler.files.faults import SchedulerError
from scheduler.files.folder import load
from scheduler.files.new import name_of
from scheduler.files.writing import CannotWriteError, write_text

PATTERNS = (
    "component",
    "weeks",
    "weekdays",
    "starts",
    "minutes",
    "trainers",
    "gap_days",
    "seats",
    "roles",
    "weekly_hours",
    "note",
)
ARRIVALS = ("month", "learners", "edition", "timezone", "note")
HOUR = 60
MONTHS = 12


class CannotPlanLikeError(SchedulerError):
    """A year cannot be planned like an instance: it has one already, or nothing in it says how anything is held."""


def plan_like(folder: Path, like: Path, year: int, *, as_of: date | None = None) -> list[str]:
    """Write a new folder like another, with the year to plan in it, and return in words what was written and left out.

    Raise BadInstanceError where the other cannot be read, CannotPlanLikeError or CannotWriteError where nothing is written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotWriteError(f"cannot write {folder}: it exists and is not an empty folder; name a new one")
    instance = load(like, as_of).instance
    if instance.year is not None:
        raise CannotPlanLikeError(f"{like / 'instance.yaml'}: it has a `year` to plan already; change that one")
    held = patterns_like(instance)
    if not held:
        raise CannotPlanLikeError(f"{like}: no offering has session times, so nothing says how a component is held")
    patterns = [row for row in held if _is_taught(instance, row)]
    if not patterns:
        raise CannotPlanLikeError(
            f"{like / 'trainers.csv'}: nobody teaches any of what was held; add them to `teaches`"
        )
    if date(year, 12, 31) <= instance.as_of:
        raise CannotPlanLikeError(f"{year} is over on the planning day {instance.as_of}; name a later year")
    with whole_instance(folder, like) as part:
        settings = (part / "instance.yaml").read_text(encoding="utf-8-sig")
        write_text(part / "instance.yaml", _settings(settings, instance, year, folder, as_of))
        write_text(part / "patterns.csv", table_of(PATTERNS, [_pattern(row) for row in patterns]))
        write_text(part / "arrivals.csv", table_of(ARRIVALS, _arrivals(instance, year)))
        load(part)  # what it would be refused for is told before it is there
    files = [folder / name for name in ("instance.yaml", "patterns.csv", "arrivals.csv")]
    written = [f"wrote {path}" for path in ([folder] if becomes_a_book(folder) else files)]
    gone = sorted({row.component for row in held} - {row.component for row in patterns})
    return [
        *written,
        *([f"left out, because too few trainers of trainers.csv teach it: {listed(gone)}"] if gone else []),
    ]


def _is_taught(instance: Instance, row: Pattern) -> bool:
    """Say whether enough trainers teach a component; where none are stated at all, none are asked for."""
    crew = row.crew(component_of(instance, row.component).trainers)
    return not instance.trainers or len(teachers_of(instance, row.component)) >= crew


def _settings(text: str, instance: Instance, year: int, folder: Path, as_of: date | None) -> str:
    """Return instance.yaml under a name of its own, with the year at its end."""
    text = re.sub(r"(?m)^id:.*$", f"id: {name_of(folder.absolute().name)}", text, count=1)
    if as_of is not None:
        text = re.sub(r"(?m)^as_of:.*$", f"as_of: {as_of}", text, count=1)
    places = instance.slots.places if instance.slots else ()
    held = ", ".join(f"{kind}: {count}" for kind, count in sorted(_held(instance, year - 1).items()))
    lines = [
        "",
        f"# The year to plan; patterns.csv says how components may be held, arrivals.csv who is expected in {year}.",
        "year:",
        f"  first: {year}-01-01",
        f"  last: {year}-12-31",
        f"  most: {{{held}}} # as many as {year - 1} held; none stated = no limit" if held else "",
        f"  holidays: [{', '.join(places)}]" if places else "",
        "  # notice_days: 42 # nothing is added that starts sooner",
        "  then: repeats # what is held is supposed once more a year later",
    ]
    return text.rstrip("\n") + "\n" + "\n".join(line for place, line in enumerate(lines) if line or place == 0) + "\n"


def _held(instance: Instance, year: int) -> Counter[str]:
    """Count by kind what was held in a year, whether it is over or still to come."""
    kinds = {each.code: each.kind for edition in instance.editions.values() for each in edition.components}
    runs = [run for run in instance.offerings if run.start.year == year and run.status != "cancelled"]
    return Counter(kinds[run.component] for run in runs if kinds.get(run.component) in {"course", "workshop", "event"})


def _pattern(row: Pattern) -> Row:
    return {
        "component": row.component,
        "weeks": str(row.weeks),
        "weekdays": ";".join(WEEKDAYS[day][:3].lower() for day in row.weekdays),
        "starts": ";".join(f"{minute // HOUR:02d}:{minute % HOUR:02d}" for minute in row.starts),
        "minutes": "" if row.minutes is None else str(row.minutes),
        "trainers": "" if row.trainers is None else str(row.trainers),
        "gap_days": "",
        "seats": "" if row.seats is None else str(row.seats),
        "roles": ";".join(f"{role}={places}" for role, places in row.roles),
        "weekly_hours": "" if row.weekly_minutes is None else f"{row.weekly_minutes / HOUR:g}",
        "note": row.note or "",
    }


def _arrivals(instance: Instance, year: int) -> list[Row]:
    """Return a row for each month: as many as enrolled in the same month of the year before, to be changed by hand."""
    days = [each.enrolled for each in instance.learners if each.enrolled is not None]
    mark = "synthetic: " if instance.synthetic else ""
    rows = []
    for month in range(1, MONTHS + 1):
        count = sum(day.year == year - 1 and day.month == month for day in days)
        note = f"{mark}as many as enrolled in {year - 1}-{month:02d}"
        rows.append(
            {
                "month": f"{year}-{month:02d}",
                "learners": str(count),
                "edition": instance.edition or "",
                "timezone": instance.zone,
                "note": note,
            }
        )
    return rows
