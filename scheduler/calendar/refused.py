"""Why no run of a component can start on a day, whatever else is held: the year, the patterns, closed days, gaps, trainers."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from models.programme.days_off import closed_on
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.words import WEEKDAYS, listed, plural
from models.programme.year import Pattern, Year, first_day, refusal
from models.rule import Fact
from models.rules.spacing import gaps_of
from models.rules.trainer_there import absence
from scheduler.calendar.choices import Choice, offering_of
from scheduler.calendar.staffing import Staff
from scheduler.candidates.pattern import component_of, teachers_of


def refusals(instance: Instance, code: str, day: date) -> tuple[Fact, ...]:
    """Return what rules out every start of a component on a day; nothing where a run could start, or the year is not stated."""
    year = instance.year
    if year is None:
        return ()
    rows = [row for row in instance.patterns if row.component == code]
    if not rows:
        return (Fact(rule="patterns", sentence=f"no pattern says how {code} may be held", source="patterns.csv"),)
    fact = _outside(instance, year, day) or _wrong_day(rows, day) or _too_near(instance, code, day)
    if fact is not None:
        return (fact,)
    monday = day - timedelta(days=day.weekday())
    found: list[Fact] = []
    for row in (each for each in rows if each.weekdays[0] == day.weekday()):
        days = row.days_from(monday)
        for minute in row.starts:
            shut = refusal(year, row, instance.closures, days, minute)
            if shut is not None:
                words = f"a meeting would fall on {shut[0]}: {shut[1]}"
                source = "closures.csv" if closed_on(instance.closures, shut[0]) else "instance.yaml"
                found.append(Fact(rule="open_days", sentence=words, source=source))
                continue
            missing = list(_nobody(instance, row, offering_of(instance, year, row, days, minute)))
            if not missing:
                return ()
            found += missing
    return tuple({fact.sentence: fact for fact in found}.values())


def _outside(instance: Instance, year: Year, day: date) -> Fact | None:
    if not year.first <= day <= year.last:
        return Fact(
            rule="year",
            sentence=f"what is added starts from {year.first} to {year.last}, the year to plan",
            source="instance.yaml",
        )
    first = first_day(year, instance.as_of)
    if day >= first:
        return None
    notice = (
        f"{plural(year.notice_days, 'day')} after the planning day" if year.notice_days else "after the planning day"
    )
    return Fact(rule="notice", sentence=f"nothing starts before {first}, {notice}", source="instance.yaml")


def _wrong_day(rows: list[Pattern], day: date) -> Fact | None:
    days = sorted({row.weekdays[0] for row in rows})
    if day.weekday() in days:
        return None
    words = listed([WEEKDAYS[each] for each in days], "or")
    return Fact(
        rule="patterns",
        sentence=f"runs of {rows[0].component} start on {words}, and {day} is a {WEEKDAYS[day.weekday()][:-1]}",
        source="patterns.csv",
    )


def _too_near(instance: Instance, code: str, day: date) -> Fact | None:
    gap = gaps_of(instance).get(code, 0)
    for run in instance.offerings_of.get(code, ()):
        if run.status != "cancelled" and run.end >= instance.as_of and abs((run.start - day).days) < gap:
            return spaced(run, day, gap)
    return None


def spaced(run: Offering, day: date, gap: int) -> Fact:
    """Return the fact that a run of the component starts too near to a day."""
    words = (
        f"{run.id} starts on {run.start}, {plural(abs((run.start - day).days), 'day')} away, and {gap} are asked for"
    )
    return Fact(rule="spacing", sentence=words, source="patterns.csv")


def _nobody(instance: Instance, row: Pattern, run: Offering) -> Iterator[Fact]:
    """Yield for each trainer of a component why they cannot teach a run, where too few can; nothing where enough are there."""
    if not instance.trainers:
        return
    able = teachers_of(instance, row.component)
    crew = row.crew(component_of(instance, row.component).trainers)
    staff = Staff(instance, [Choice(replace(run, trainers=able), crew, "")])
    if len(staff.able[run.id]) >= crew:
        return
    if len(able) < crew:
        words = f"it takes {plural(crew, 'trainer')}, and {listed(able) or 'nobody'} teaches {row.component}"
        yield Fact(rule="taught", sentence=words, source="trainers.csv")
    for name in able:
        if name not in staff.able[run.id]:
            yield cannot_teach(instance, staff, name, run)


def cannot_teach(instance: Instance, staff: Staff, name: str, run: Offering) -> Fact:
    """Return why a trainer cannot teach a run beside what they teach already."""
    for session in run.sessions:
        why = absence(instance, name, session)
        if why:
            return Fact(
                rule="trainer_there",
                sentence=f"{name} is {why}" if why.startswith("away") else why,
                source="trainers.csv and unavailable.csv",
            )
    why = staff.calendars[name].why_not(run.sessions) or f"{name} has as many courses at once as {name} may have"
    return Fact(rule="trainers", sentence=why, source="trainers.csv and offerings.csv")
