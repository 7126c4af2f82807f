"""What could be added in the year: every start that the patterns allow, as an offering with those who could teach it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property

from models.changes.calendar import shifted
from models.programme.instance import Instance
from models.programme.offering import Offering, Session
from models.programme.time import ClockFoldError, ClockGapError, instant
from models.programme.year import Pattern, Year, first_day, mondays, refusal
from models.rules.spacing import gaps_of
from models.rules.trainer_there import absence
from scheduler.candidates.pattern import component_of, teachers_of

YEAR = 364
"""Days after which what is held is supposed once more: the same day of the week."""

SUPPOSED = "-next"
"""What the id of a supposed offering ends in."""


@dataclass(frozen=True)
class Choice:
    """One offering that could be added: `offering.trainers` could teach it, `crew` of them are needed (0 = nobody is asked for).

    `next` = the same once more after a year, where the instance supposes it.
    """

    offering: Offering
    crew: int
    kind: str
    next: Offering | None = None

    @property
    def id(self) -> str:
        """The offering's id."""
        return self.offering.id

    @property
    def code(self) -> str:
        """The component."""
        return self.offering.component

    @cached_property
    def held(self) -> tuple[Offering, ...]:
        """What is on the calendar when it is added."""
        return (self.offering, self.next) if self.next is not None else (self.offering,)


def choices_of(instance: Instance) -> tuple[Choice, ...]:
    """Return every offering that could be added in the year, by start and id; raise ValueError where there is no year."""
    if instance.year is None:
        raise ValueError("the instance has no year to plan")
    found = [choice for pattern in instance.patterns for choice in _of_pattern(instance, instance.year, pattern)]
    named: dict[str, Choice] = {}
    for choice in found:
        named.setdefault(choice.id, choice)  # an alternative row that says the same adds nothing
    return tuple(sorted(named.values(), key=lambda each: (each.offering.start, each.id)))


def _of_pattern(instance: Instance, year: Year, pattern: Pattern) -> Iterator[Choice]:
    component = component_of(instance, pattern.component)
    crew = pattern.crew(component.trainers) if instance.trainers else 0
    able = teachers_of(instance, pattern.component) if crew else ()
    standing = [run for run in instance.offerings_of.get(pattern.component, ()) if run.end >= instance.as_of]
    gap = gaps_of(instance).get(pattern.component, 0)
    for monday in mondays(year, instance.as_of):
        days = pattern.days_from(monday)
        if not first_day(year, instance.as_of) <= days[0] <= year.last:
            continue
        if any(abs((run.start - days[0]).days) < gap for run in standing):
            continue
        for minute in pattern.starts:
            if refusal(year, pattern, instance.closures, days, minute) is not None:
                continue
            run = offering_of(instance, year, pattern, days, minute)
            there = tuple(name for name in able if not any(absence(instance, name, each) for each in run.sessions))
            if len(there) >= crew:
                run = replace(run, trainers=there)
                yield Choice(run, crew, component.kind, next_of(year, run))


def offering_of(instance: Instance, year: Year, pattern: Pattern, days: Sequence[date], minute: int) -> Offering:
    """Return the run of a pattern on some days at a minute of the day, nobody teaching it yet."""
    component = component_of(instance, pattern.component)
    starts = [datetime.combine(day, time()) + timedelta(minutes=minute) for day in days]
    name = f"{pattern.component}-{days[0]:%Y%m%d}-{minute // 60:02d}{minute % 60:02d}"
    if len(days) > 1:
        name += f"-{len(days)}"
    while name in instance.offering:
        name += "-new"
    return Offering(
        id=name,
        component=pattern.component,
        start=days[0],
        end=days[-1],
        seats=pattern.seats if pattern.seats is not None else component.seats,
        roles=pattern.roles or component.roles,
        status="tentative",
        zone=year.zone,
        weekly_minutes=pattern.weekly_minutes,
        price=pattern.price,
        note="added by the year's plan",
        sessions=tuple(Session(start=instant(start, year.zone), minutes=pattern.minutes) for start in starts),
    )


def next_of(year: Year, run: Offering) -> Offering | None:
    """Return an offering as it is supposed once more a year later; None where nothing follows, or it lies before."""
    if not year.repeats or not year.last - timedelta(days=YEAR) < run.start <= year.last:
        return None
    try:
        later = shifted(replace(run, registration_closes=None), YEAR)
    except (ClockGapError, ClockFoldError):
        return None
    return replace(
        later, id=run.id + SUPPOSED, taken=0, status="tentative", note="supposed: held as a year before", trainers=()
    )
