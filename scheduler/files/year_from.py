"""Turns patterns.csv and arrivals.csv into how the year may be held and who is expected, every misfit at its place."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from models.programme.people import Closure, Trainer
from models.programme.year import Arrival, Pattern, Year, arrival_id, first_day, mondays, refusal
from scheduler.files.faults import Ledger, comma_list, nearest
from scheduler.files.programme import UsedEditions
from scheduler.files.rows import PatternRow
from scheduler.files.table import Line
from scheduler.files.tables import Tables
from scheduler.files.yamltext import Document

MOST_ARRIVALS = 10_000
KINDS = ("course", "workshop", "event")


def check_most(year: Year | None, programme: UsedEditions, document: Document, ledger: Ledger) -> None:
    """Note a limit of `most` on what is neither a kind of component nor a code."""
    known = sorted({*KINDS, *(programme.codes or ())})
    for name, _ in year.most if year is not None and programme.codes is not None else ():
        if name not in known:
            near = nearest(name, known)
            message = "no kind of component, and no component, of this name"
            allowed = f"{comma_list(KINDS)}, or the code of a component"
            place = document.fault(
                "year", "most", name, message=message, read=name, allowed=allowed, near=near, key=True
            )
            ledger.add(place)


def patterns_from(tables: Tables, programme: UsedEditions, ledger: Ledger) -> tuple[Pattern, ...]:
    """Return the patterns in the order written, every misfit with the component noted."""
    for line in tables.patterns:
        _check_pattern(line, programme, ledger)
    return tuple(_pattern(line.row) for line in tables.patterns)


def _pattern(row: PatternRow) -> Pattern:
    return Pattern(
        component=row.component,
        weeks=row.weeks,
        weekdays=row.weekdays,
        starts=row.starts,
        minutes=row.minutes,
        trainers=row.trainers,
        gap_days=row.gap_days,
        seats=row.seats,
        roles=row.roles or (),
        weekly_minutes=row.weekly_hours,
        price=row.price,
        note=row.note,
    )


def _check_pattern(line: Line[PatternRow], programme: UsedEditions, ledger: Ledger) -> None:
    components = programme.components(line.row.component)
    if components and all(component.kind == "task" for component in components):
        ledger.add(line.fault("component", "this is a self-paced task: it is never held, so it has no pattern"))
    roles = sorted({role for component in components for role, _ in component.roles})
    for role, _ in line.row.roles or () if components else ():
        if role not in roles:
            near = nearest(role, roles)
            ledger.add(line.fault("roles", f"the component has no role {role!r}", allowed=comma_list(roles), near=near))


def check_dates(tables: Tables, year: Year | None, as_of: date, closures: Sequence[Closure], ledger: Ledger) -> None:
    """Note each pattern that has no start at all in the year, and why."""
    for line in tables.patterns if year is not None and year.first <= year.last and year.last > as_of else ():
        assert year is not None  # noqa: S101 - the loop is empty without a year
        row = line.row
        if timedelta(weeks=row.weeks) > year.last - year.first + timedelta(days=7):
            weeks = ((year.last - year.first).days + 7) // 7
            message = "longer than the year that is planned"
            ledger.add(line.fault("weeks", message, allowed=f"at most {weeks}, or a longer year"))
            continue
        pattern, reason = _pattern(row), ""
        for monday in mondays(year, as_of):
            days = pattern.days_from(monday)
            if not first_day(year, as_of) <= days[0] <= year.last:
                continue
            refused = [refusal(year, pattern, closures, days, minute) for minute in row.starts]
            if None in refused:
                break
            reason = next(f" ({day}: {why})" for day, why in filter(None, refused))
        else:
            allowed = "a day of the week that is open for all its weeks, once at least"
            ledger.add(line.fault("weekdays", f"no start in the year is possible{reason}", allowed=allowed))


def check_teachers(tables: Tables, trainers: Mapping[str, Trainer], programme: UsedEditions, ledger: Ledger) -> None:
    """Note each pattern that needs more trainers than teach its component."""
    for line in tables.patterns if tables.trainers.present else ():
        able = sorted(name for name, trainer in trainers.items() if line.row.component in trainer.teaches)
        components = programme.components(line.row.component)
        needed = _pattern(line.row).crew(components[0].trainers if components else None)
        if len(able) < needed:
            column = "trainers" if able else "component"
            who = (
                f"only {comma_list(able)} teaches it" if able else "nobody teaches it: no row of trainers.csv names it"
            )
            message = f"{needed} trainers are needed, and {who}" if needed > 1 else who
            ledger.add(line.fault(column, message, allowed="a component that enough trainers have under `teaches`"))


def arrivals_from(tables: Tables, programme: UsedEditions, zone: str) -> tuple[Arrival, ...]:
    """Return who is expected, by month."""
    rows = [
        Arrival(
            month=line.row.month,
            learners=line.row.learners,
            edition=line.row.edition or programme.default,
            zone=line.row.timezone or zone,
            earliest=line.row.earliest,
            latest=line.row.latest,
            note=line.row.note,
        )
        for line in tables.arrivals
        if line.row.learners
    ]
    return tuple(sorted(rows, key=lambda row: (row.month, row.edition, row.zone)))


def check_arrivals(tables: Tables, as_of: date, year: Year | None, ledger: Ledger) -> None:
    """Note too many arrivals, and ids that they will have; warn of months that have begun, or come after all calendar."""
    _check_names(tables, ledger)
    expected = 0
    for line in tables.arrivals:
        if expected <= MOST_ARRIVALS < expected + line.row.learners:
            ledger.add(line.fault("learners", "more arrivals than can be planned", allowed=f"{MOST_ARRIVALS:,} in all"))
        expected += line.row.learners
        if line.row.month <= as_of and line.row.learners:
            message = f"has begun on the planning day {as_of}: who has enrolled stands in learners.csv"
            ledger.warn(line.fault("month", message))
        if year is not None and not year.repeats and line.row.month > year.last and line.row.learners:
            message = (
                "comes after the year, and nothing is supposed to be held then (then: nothing): nobody can graduate"
            )
            ledger.warn(line.fault("month", message, allowed=f"up to {year.last}, or then: repeats"))


def _check_names(tables: Tables, ledger: Ledger) -> None:
    """Note learners and trainers whose id one of the arrivals will have."""
    expected: dict[date, int] = {}
    for line in tables.arrivals:
        expected[line.row.month] = min(expected.get(line.row.month, 0) + line.row.learners, MOST_ARRIVALS)
    names = {arrival_id(month, number + 1) for month, count in expected.items() for number in range(count)}
    for line in (*tables.learners, *tables.trainers) if names else ():
        column = next(iter(type(line.row).model_fields))
        if line.text(column) in names:
            ledger.add(line.fault(column, "arrivals.csv gives this id to somebody who is expected; name one otherwise"))
