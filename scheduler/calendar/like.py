"""How components were held so far, as patterns of the next year: weeks, days of the week, hours, lengths, trainers."""

from collections import Counter

from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.time import local, minute_of, week_of
from models.programme.year import Pattern

MOST_ROWS = 3
"""Up to so many ways to hold a component are taken over, the latest ones."""


def patterns_like(instance: Instance) -> tuple[Pattern, ...]:
    """Return how each component was held, one row for each of its latest ways; what never had session times has none."""
    codes = dict.fromkeys(code for edition in _editions(instance) for code in edition)
    return tuple(pattern for code in codes for pattern in _ways(instance, code))


def _editions(instance: Instance) -> list[list[str]]:
    own = sorted(instance.editions.values(), key=lambda edition: (edition.id != instance.edition, edition.id))
    return [[each.code for each in edition.components if each.kind != "task"] for edition in own]


def _ways(instance: Instance, code: str) -> list[Pattern]:
    runs = [run for run in instance.offerings_of.get(code, ()) if run.sessions]
    found: dict[tuple[int, tuple[int, ...]], Offering] = {}
    for run in sorted(runs, key=lambda each: each.start, reverse=True):
        found.setdefault(_shape(run), run)
    starts = sorted({_minute(run, number) for run in runs for number in range(len(run.sessions))})
    return [_pattern(instance, shape, run, tuple(starts)) for shape, run in list(found.items())[:MOST_ROWS]]


def _shape(run: Offering) -> tuple[int, tuple[int, ...]]:
    """Return over how many calendar weeks a run goes, and on which days of the week it meets."""
    days = [local(session.start, run.zone).date() for session in run.sessions]
    first, last = (week_of(day) for day in (days[0], days[-1]))
    return last - first + 1, tuple(sorted({day.weekday() for day in days}))


def _minute(run: Offering, number: int) -> int:
    return minute_of(local(run.sessions[number].start, run.zone))


def _pattern(instance: Instance, shape: tuple[int, tuple[int, ...]], run: Offering, starts: tuple[int, ...]) -> Pattern:
    weeks, weekdays = shape
    lengths = Counter(session.minutes for session in run.sessions)
    of_component = {
        edition.component[run.component].seats
        for edition in instance.editions.values()
        if run.component in edition.component
    }
    return Pattern(
        component=run.component,
        weeks=weeks,
        weekdays=weekdays,
        starts=starts,
        minutes=lengths.most_common(1)[0][0],
        trainers=len(run.trainers) if len(run.trainers) > 1 else None,
        seats=None if run.seats in of_component else run.seats,
        roles=run.roles,
        weekly_minutes=run.weekly_minutes,
        note="synthetic: as held before" if instance.synthetic else "as held before",
    )
