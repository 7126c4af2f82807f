"""Makes an instance of any size: pure, and the same text for the same seed."""

import random
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from models.programme.words import plural
from scheduler.generate import catalogue, tables
from scheduler.generate.calendar import ZONE, OfferingDraft, closures, runs
from scheduler.generate.edges import sharpen
from scheduler.generate.people import PersonDraft, person
from scheduler.generate.progress import RecordsDraft, progress
from scheduler.generate.seats import book, capacity

AS_OF = date(2025, 3, 25)
PLENTIFUL, SCARCE = 2.6, 0.9  # seats in terms of an evenly spread demand, at tightness 0 and 1


def generate(
    learners: int,
    years: int,
    seed: int,
    tightness: float = 0.5,
    offerings: int | None = None,
    *,
    edges: bool = False,
) -> dict[str, str]:
    """Return the files of a made-up instance, name -> text.

    `years` = the calendar's length after the planning day; `offerings` = about how many it holds (default: 33 a year).
    `tightness` from 0 (seats are plentiful) to 1 (scarce). `edges` puts seats and people on boundaries.
    Raises ValueError where a number is out of range.
    """
    if learners < 0 or years < 1 or not 0 <= tightness <= 1 or (offerings is not None and offerings < 1):
        raise ValueError("learners >= 0, years >= 1, 0 <= tightness <= 1 and offerings >= 1 are needed")
    chance = random.Random(seed)
    calendar = runs(chance, AS_OF, years, offerings)
    coming = [run for run in calendar if run.start > AS_OF]
    people = [person(chance, number, AS_OF) for number in range(1, learners + 1)]
    if edges:
        for made in people:
            sharpen(chance, made, coming)
    standing = _standing(chance, people, [run for run in calendar if run.start <= AS_OF])
    factor = 1.0 if edges else PLENTIFUL + (SCARCE - PLENTIFUL) * tightness
    places = capacity(coming, standing, factor)
    book(chance, standing, coming, places, AS_OF)
    trainers, trainer_rows = tables.assign_trainers(calendar)
    return {
        "instance.yaml": _settings(learners, years, seed),
        "editions/generated.yaml": catalogue.edition(),
        "offerings.csv": tables.table(
            tables.OFFERINGS, tables.offering_rows(chance, calendar, AS_OF, places, trainers)
        ),
        "sessions.csv": tables.table(("offering", "start", "minutes"), tables.session_rows(calendar)),
        "learners.csv": tables.table(tables.LEARNERS, [made.row for made in people]),
        "records.csv": tables.table(tables.RECORDS, [row for each in standing for row in each.rows]),
        "unavailable.csv": tables.table(("who", "start", "end", "note"), tables.unavailable_rows(people)),
        "waitlist.csv": tables.table(
            ("learner", "component", "since", "priority"), tables.waitlist_rows(chance, standing, AS_OF)
        ),
        "trainers.csv": tables.table(("trainer",), trainer_rows),
        "closures.csv": tables.table(
            ("start", "end", "note"),
            [{"start": first, "end": last, "note": "synthetic"} for first, last in closures(AS_OF, years)],
        ),
    }


def _standing(
    chance: random.Random, people: Sequence[PersonDraft], past: Sequence[OfferingDraft]
) -> list[RecordsDraft]:
    held: dict[str, list[OfferingDraft]] = defaultdict(list)
    for run in past:
        held[run.entry.code].append(run)
    return [progress(chance, made, held, AS_OF) for made in people]


def _settings(learners: int, years: int, seed: int) -> str:
    lines = (
        "format: 1",
        f"id: generated-{learners}-{years}-{seed}",
        f"title: Made up, {plural(learners, 'learner')} and {plural(years, 'year')}",
        "edition: generated",
        f"as_of: {AS_OF}",
        f"timezone: {ZONE}",
        "synthetic: true",
    )
    return "\n".join(lines) + "\n"
