"""Brute force for a year: every set of additions, everybody who could teach each, and every joint plan inside."""

import itertools
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from models.judging.violations import violations
from models.programme.instance import Instance
from models.programme.offering import Offering, Session
from models.programme.people import Learner
from models.programme.plan import Held, Plan
from models.programme.time import local, minutes_of, zone
from models.programme.year import Pattern, Year
from models.rules import calendar_rules
from tests import oracle

Value = tuple[int, int, int, int, int]
"""Broken promises, learners without graduation, days, additions, the busiest week."""


def best(
    instance: Instance, held_on: tuple[str, date] | None = None, barred: Collection[tuple[str, date]] = ()
) -> Value | None:
    """Return the best value of any calendar of a tiny year, or of those with a run of a component that starts on a day.

    `barred` = components with days on which nothing of them may start.
    """
    worths = worths_of(instance, barred)
    return min((worth for held, worth in worths if held_on is None or held_on in held), default=None)


Worth = tuple[frozenset[tuple[str, date]], Value]
"""The components that are held with their first days, and what that is worth."""


def worths_of(instance: Instance, barred: Collection[tuple[str, date]] = ()) -> list[Worth]:
    """Return every calendar of a tiny year with its value."""
    year = instance.year
    assert year is not None
    runs = [run for row in instance.patterns for run in _runs(instance, year, row)]
    runs = [run for run in runs if (run.component, run.start) not in barred]
    found: list[Worth] = []
    for size in range(len(runs) + 1):
        lawful = [held for held in itertools.combinations(runs, size) if is_within(instance, year, held)]
        if not lawful:
            break
        for held in lawful:
            worth = value(instance, year, held)
            if worth is not None:
                found.append((frozenset((run.component, run.start) for run in held), worth))
    return found


def _runs(instance: Instance, year: Year, row: Pattern) -> Iterator[Offering]:
    components = instance.editions[instance.edition or ""].component
    for number in range((year.last - year.first).days + 1):
        first = year.first + timedelta(days=number)
        monday = first - timedelta(days=first.weekday())
        days = [monday + timedelta(days=7 * week + each) for week in range(row.weeks) for each in row.weekdays]
        if days[0] != first or first <= instance.as_of or (first - instance.as_of).days < year.notice_days:
            continue
        if any(each.start <= one <= each.end for one in days for each in instance.closures):
            continue
        for minute in row.starts:
            clock = time(minute // 60, minute % 60)
            moments = [minutes_of(datetime.combine(one, clock, tzinfo=zone(year.zone))) for one in days]
            yield Offering(
                id=f"{row.component}+{first}+{minute}",
                component=row.component,
                start=first,
                end=days[-1],
                seats=row.seats if row.seats is not None else components[row.component].seats,
                roles=row.roles or components[row.component].roles,
                status="published",
                zone=year.zone,
                trainers=tuple(each.id for each in instance.trainers),
                sessions=tuple(Session(start=each, minutes=row.minutes) for each in moments),
            )


def is_within(instance: Instance, year: Year, held: Sequence[Offering]) -> bool:
    """Say whether a set keeps to the year's limits."""
    components = instance.editions[instance.edition or ""].component
    counts = Counter(name for run in held for name in (components[run.component].kind, run.component))
    return all(counts[name] <= most for name, most in year.most)


def value(instance: Instance, year: Year, held: Sequence[Offering]) -> Value | None:
    """Return what a set is worth; None where nobody can teach it."""
    peak = lightest(instance, held)
    if peak is None:
        return None
    standing = [run for run in instance.offerings if run.status != "cancelled"]
    later = [_next(run) for run in (*standing, *held) if _comes_again(year, run)]
    runs = [*instance.offerings, *held, *later]
    calendar = replace(
        instance,
        tentative=True,
        offerings=tuple(sorted(runs, key=lambda run: (run.start, run.end, run.component, run.id))),
        learners=tuple(sorted([*instance.learners, *_arrivals(instance)], key=lambda each: each.id)),
    )
    promises = [each for each in instance.editions[instance.edition or ""].supply if each.per == "calendar-year"]
    broken = sum(
        sum(run.component == code and run.start.year == year.first.year for run in (*standing, *held))
        < (promise.count or 1)
        for promise in promises
        for code in promise.of
    )
    return (broken, *oracle.best(calendar), len(held), peak)


def _comes_again(year: Year, run: Offering) -> bool:
    return year.repeats and year.last - timedelta(days=364) < run.start <= year.last


def _next(run: Offering) -> Offering:
    ahead = timedelta(days=364)
    moments = [local(each.start, run.zone).replace(tzinfo=None) + ahead for each in run.sessions]
    sessions = [
        replace(each, start=minutes_of(moment.replace(tzinfo=zone(run.zone))))
        for each, moment in zip(run.sessions, moments, strict=True)
    ]
    return replace(
        run, id=f"{run.id}*", start=run.start + ahead, end=run.end + ahead, taken=0, sessions=tuple(sessions)
    )


def _arrivals(instance: Instance) -> Iterator[Learner]:
    for row in instance.arrivals:
        for number in range(row.learners):
            if row.month > instance.as_of:
                name = f"arrival-{row.month:%Y-%m}-{number + 1}"
                yield Learner(id=name, edition=row.edition, enrolled=row.month, zone=row.zone)


def lightest(instance: Instance, held: Sequence[Offering]) -> int | None:
    """Return the busiest week of anybody where it is lightest; None where the additions cannot be held."""
    names = [each.id for each in instance.trainers]
    wanted = {row.component: row.trainers or 1 for row in instance.patterns}
    crews = [list(itertools.combinations(names, wanted[run.component])) if names else [()] for run in held]
    added = [replace(run, status="candidate", crew=wanted[run.component]) for run in held]
    runs = tuple(sorted([*instance.offerings, *added], key=lambda run: run.id))
    whole = replace(instance, offerings=runs)
    stands = {each.sentence for each in violations(instance, Plan(), calendar_rules())}
    found = []
    for crew in itertools.product(*crews):
        plan = Plan(
            held=tuple(
                Held(offering=r.id, trainer=(c or (None,))[0], beside=c[1:]) for r, c in zip(held, crew, strict=True)
            )
        )
        if all(each.sentence in stands for each in violations(whole, plan, calendar_rules())):
            found.append(_peak(instance, held, crew))
    return min(found, default=None)


def _peak(instance: Instance, held: Sequence[Offering], crew: Sequence[tuple[str, ...]]) -> int:
    weeks: Counter[tuple[str, date]] = Counter()
    taught = [(run, run.trainers) for run in instance.offerings if run.status != "cancelled"]
    for run, names in [*taught, *zip(held, crew, strict=True)]:
        for name in names:
            for session in run.sessions:
                day = local(session.start, instance.trainer[name].zone).date()
                if day >= instance.as_of:
                    weeks[name, day - timedelta(days=day.weekday())] += 1
    return max(weeks.values(), default=0)
