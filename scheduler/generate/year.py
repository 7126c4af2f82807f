"""Makes a year to be planned: learners as they stand in October, who is expected, and how everything may be held."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from models.programme.days_off import day_off
from scheduler.generate import catalogue, tables
from scheduler.generate.calendar import ZONE, OfferingDraft, closures, runs
from scheduler.generate.catalogue import ENTRIES, MORE, SKILLS_SHARE, Entry, Terms
from scheduler.generate.chances import happens
from scheduler.generate.people import ZONES, Cell, person
from scheduler.generate.progress import RecordsDraft, progress
from scheduler.generate.teachers import absence_rows, trainer_rows

HOLIDAYS = ("US",)
PUBLISHED = timedelta(days=49)
"""So far the calendar is published on the planning day; after it nothing is."""
PATTERNS = ("component", "weeks", "weekdays", "starts", "minutes", "trainers", "gap_days", "weekly_hours", "note")
ARRIVALS = ("month", "learners", "edition", "timezone", "note")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EXPECTED = 0.25
"""The share of the learners who have not come yet."""
WAYS, MORE_WAYS, MOST_WAYS = 8, 8, 48
"""So many ways through the programme so far, one more for so many learners: cohorts go together."""
HAS_DEADLINE = 0.3
SCARCE = 4
"""Where seats are scarce a run seats one in so many learners, and a skills share hears half as many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearAsked:
    """Which year is made up, and for how many; 11 or 30 workshops.

    `hard` = people come all through the year, trainers are away more often, and deadlines press; `scarce` = seats bind.
    """

    year: int
    learners: int
    seed: int = 0
    workshops: int = 11
    hard: bool = False
    scarce: bool = False


def generate_year(asked: YearAsked) -> dict[str, str]:
    """Return the files of an instance whose year is still to be planned, name -> text; raise ValueError out of range."""
    if asked.learners < 1 or asked.workshops not in {11, 30} or not 1970 < asked.year < 2199:  # noqa: PLR2004 - years we read
        raise ValueError("at least one learner, 11 or 30 workshops and a year from 1971 to 2198 are needed")
    chance = random.Random(asked.seed)
    as_of = date(asked.year - 1, 10, 1)
    more = MORE if asked.workshops > len(catalogue.WORKSHOPS) else ()
    found = runs(chance, as_of, 1, None, (*ENTRIES, *more))
    calendar = [run for run in found if run.start <= as_of or _is_published(run, as_of)]
    expected = min(asked.learners - 1, round(asked.learners * EXPECTED))
    people = _people(chance, asked, as_of, calendar, asked.learners - expected)
    return {
        "instance.yaml": _settings(asked, as_of),
        "editions/generated.yaml": catalogue.edition(_terms(asked, more)),
        "offerings.csv": tables.table(tables.OFFERINGS, _offering_rows(calendar)),
        "sessions.csv": tables.table(("offering", "start", "minutes"), tables.session_rows(calendar)),
        "learners.csv": tables.table(tables.LEARNERS, [each.person.row for each in people]),
        "records.csv": tables.table(tables.RECORDS, [row for each in people for row in each.rows]),
        "unavailable.csv": tables.table(
            ("who", "start", "end", "note"),
            [
                *(row for each in people for row in each.person.unavailable),
                *absence_rows(chance, asked.year, often=asked.hard),
            ],
        ),
        "trainers.csv": tables.table(
            (
                "trainer",
                "timezone",
                "teaches",
                "max_sessions_per_week",
                "max_sessions_per_day",
                "max_courses",
                "holidays",
            ),
            trainer_rows([entry.code for entry in more]),
        ),
        "closures.csv": tables.table(
            ("start", "end", "note"),
            [{"start": first, "end": last, "note": "synthetic"} for first, last in closures(as_of, 1)],
        ),
        "patterns.csv": tables.table(PATTERNS, _pattern_rows((*ENTRIES, *more))),
        "arrivals.csv": tables.table(ARRIVALS, _arrival_rows(chance, asked, expected)),
    }


def _is_published(run: OfferingDraft, as_of: date) -> bool:
    """Say whether a coming run is on the calendar already: one of the next weeks that meets on no holiday."""
    days = [moment.date() for moment in run.times]
    return run.start < as_of + PUBLISHED and not any(day_off((), HOLIDAYS, day) for day in days)


def _terms(asked: YearAsked, more: tuple[Entry, ...]) -> Terms:
    """Return seats for everybody, or for one in four; and a window that presses or does not."""
    seats = max(2, asked.learners // SCARCE) if asked.scarce else None
    talks = max(3, asked.learners // (2 * SCARCE if asked.scarce else SCARCE))
    return Terms(more=more, seats=seats, talks=talks, window_years=3 if asked.hard else None)


def _settings(asked: YearAsked, as_of: date) -> str:
    words = [f"{asked.learners} learners", f"{asked.workshops} Mini-workshops"]
    words += ["hard"] * asked.hard + ["seats bind"] * asked.scarce
    lines = (
        "format: 1",
        f"id: generated-year-{asked.year}-{asked.learners}-{asked.seed}",
        f"title: Made up, the year {asked.year} to be planned, {', '.join(words)}",
        "edition: generated",
        f"as_of: {as_of}",
        f"timezone: {ZONE}",
        "synthetic: true",
        "year:",
        f"  first: {asked.year}-01-04",
        f"  last: {asked.year}-12-18",
        "  most: {course: 5, workshop: 24, event: 4}",
        "  notice_days: 42",
        f"  holidays: {HOLIDAYS[0]}",
        "  then: repeats",
    )
    return "\n".join(lines) + "\n"


def _people(
    chance: random.Random, asked: YearAsked, as_of: date, calendar: Sequence[OfferingDraft], learners: int
) -> list[RecordsDraft]:
    """Draw the ways that cohorts have gone, and send everybody one of them; with `hard` some are away or have a deadline."""
    held: dict[str, list[OfferingDraft]] = {}
    for run in calendar:
        held.setdefault(run.entry.code, []).append(run)
    held = {code: [run for run in mine if run.start <= as_of] for code, mine in held.items()}
    count = min(learners, WAYS + learners // MORE_WAYS, MOST_WAYS)
    ways = [_way(chance, number, held, as_of) for number in range(1, count + 1)]
    people = []
    for number in range(1, learners + 1):
        made = _sent(ways[(number - 1) % count], f"L{number:05d}")
        if asked.hard and happens(chance, HAS_DEADLINE):
            made.person.row["deadline"] = date(asked.year, chance.choice((6, 9, 12)), 30)
        people.append(made)
    return people


def _way(chance: random.Random, number: int, held: Mapping[str, Sequence[OfferingDraft]], as_of: date) -> RecordsDraft:
    """Draw how far a cohort has come, never to the end."""
    made = person(chance, number, as_of)
    made.unavailable.clear()
    made.busy.clear()
    for limit in ("max_courses", "max_weekly_hours", "prefers", "avoids"):
        made.row.pop(limit, None)
    way = progress(chance, made, held, as_of)
    while not any(times for _, times in way.needs()):
        way = progress(chance, made, held, as_of)
    return way


def _sent(way: RecordsDraft, name: str) -> RecordsDraft:
    """Return somebody who has gone a way."""
    made = replace(way.person, row={**way.person.row, "learner": name}, unavailable=[], busy=[])
    return replace(way, person=made, rows=[{**row, "learner": name} for row in way.rows])


def _offering_rows(calendar: Sequence[OfferingDraft]) -> Iterator[dict[str, Cell]]:
    for run in calendar:
        row: dict[str, Cell] = {"offering": run.id, "component": run.entry.code, "start": run.start, "end": run.end}
        yield row | {"weekly_hours": run.entry.weekly_hours, "note": "synthetic"}


def _pattern_rows(entries: Sequence[Entry]) -> Iterator[dict[str, Cell]]:
    """Yield how everything may be held: courses on their days, the rest on any of theirs at noon or in the afternoon."""
    for entry in entries:
        row: dict[str, Cell] = {"component": entry.code, "minutes": entry.minutes, "note": "synthetic"}
        row |= {"weeks": (entry.days + 6) // 7, "gap_days": _gap(entry), "weekly_hours": entry.weekly_hours}
        if entry.is_course:
            yield row | {"weekdays": ";".join(DAYS[day] for day in entry.weekdays), "starts": "12:00"}
        else:
            day = entry.weekdays[sum(map(ord, entry.code)) % len(entry.weekdays)]
            yield row | {"weekdays": DAYS[day], "starts": "12:00;16:00"}


def _gap(entry: Entry) -> int:
    if entry is SKILLS_SHARE:
        return 70
    return 56 if entry.is_course else 28


def _arrival_rows(chance: random.Random, asked: YearAsked, expected: int) -> Iterator[dict[str, Cell]]:
    """Yield who is expected: in three months of the year, or all through it."""
    months = range(1, 11) if asked.hard else (1, 4, 9)
    shares = [expected // len(months) + (place < expected % len(months)) for place in range(len(months))]
    for month, learners in zip(months, shares, strict=True):
        if learners:
            zone = chance.choice([name for name, *_ in ZONES[:5]])
            row: dict[str, Cell] = {"month": f"{asked.year}-{month:02}", "learners": learners, "edition": "generated"}
            yield row | {"timezone": zone, "note": "synthetic"}
