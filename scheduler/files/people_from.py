"""Turns the rows about people into Learners, Trainers, spans and waits, checking each row in itself."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from models.programme import time
from models.programme.people import Learner, Trainer, Unavailable, Waiting
from scheduler.files.cells import Moment, instant_of
from scheduler.files.faults import Ledger
from scheduler.files.programme import UsedEditions
from scheduler.files.rows import LearnerRow, UnavailableRow
from scheduler.files.settings import FolderSettings
from scheduler.files.table import Line
from scheduler.files.tables import Tables


def learners_from(
    tables: Tables, programme: UsedEditions, settings: FolderSettings, ledger: Ledger
) -> tuple[Learner, ...]:
    """Return the learners by id, every contradiction within a row noted."""
    for line in tables.learners:
        _check_learner(line, ledger)
    learners = [_learner(line.row, programme.default, settings.zone) for line in tables.learners]
    return tuple(sorted(learners, key=lambda learner: learner.id))


def _learner(row: LearnerRow, edition: str, zone: str) -> Learner:
    return Learner(
        id=row.learner,
        edition=row.edition or edition,
        enrolled=row.enrolled,
        deadline=row.deadline,
        zone=row.timezone or zone,
        earliest=row.earliest,
        latest=row.latest,
        max_weekly_minutes=row.max_weekly_hours,
        max_courses=row.max_courses,
        prefers=row.prefers or (),
        avoids=row.avoids or (),
        note=row.note,
        weekdays=row.weekdays or (),
        min_break=row.min_break,
        max_workshops_per_month=row.max_workshops_per_month,
        email=row.email,
    )


def _check_learner(line: Line[LearnerRow], ledger: Ledger) -> None:
    row = line.row
    if row.deadline is not None and row.enrolled is not None and row.deadline < row.enrolled:
        ledger.add(line.fault("deadline", "lies before the day of enrolment", allowed=f"{row.enrolled} or later"))
    if row.earliest is not None and row.latest is not None and row.earliest == row.latest:
        allowed = f"later than {line.text('earliest')}, or earlier: then over midnight"
        ledger.add(line.fault("latest", "the latest hour is the earliest", allowed=allowed))
    both = sorted(set(row.prefers or ()) & set(row.avoids or ()))
    if both:
        ledger.add(line.fault("avoids", f"{both[0]!r} stands in `prefers` too"))


def trainers_from(tables: Tables, settings: FolderSettings) -> tuple[Trainer, ...]:
    """Return the trainers by id."""
    trainers = [
        Trainer(
            id=line.row.trainer,
            zone=line.row.timezone or settings.zone,
            teaches=line.row.teaches or (),
            max_sessions_per_week=line.row.max_sessions_per_week,
            max_sessions_per_day=line.row.max_sessions_per_day,
            max_courses=line.row.max_courses,
            weekdays=line.row.weekdays or (),
            min_break=line.row.min_break,
            holidays=line.row.holidays or (),
        )
        for line in tables.trainers
    ]
    return tuple(sorted(trainers, key=lambda trainer: trainer.id))


def unavailable_from(tables: Tables, settings: FolderSettings, ledger: Ledger) -> tuple[Unavailable, ...]:
    """Return the spans in which people cannot come, each in that person's zone."""
    zones = {line.row.learner: line.row.timezone for line in tables.learners}
    zones |= {line.row.trainer: line.row.timezone for line in tables.trainers}
    found = (_unavailable(line, zones, settings.zone, ledger) for line in tables.unavailable)
    rows = [row for listed in found for row in listed]
    return tuple(sorted(rows, key=lambda row: (row.who, row.span.start, row.span.end, row.words, row.note or "")))


def _unavailable(
    line: Line[UnavailableRow], zones: Mapping[str, str | None], default: str, ledger: Ledger
) -> list[Unavailable]:
    """Return the span of a row; every one of them where it comes back each week."""
    row, zone = line.row, zones.get(line.row.who) or default
    span = _span(line, zone, ledger)
    if span is None:
        return []
    if span.end <= span.start:
        ledger.add(line.fault("end", "the end is not after the start", allowed=f"later than {line.text('start')}"))
        return []
    words = " to ".join(_words(bound) for bound in (row.start, row.end))
    found = [Unavailable(who=row.who, span=span, words=words, note=row.note)]
    if row.every is not None or row.until is not None:
        found += _again(line, zone, ledger)
    return found


def _again(line: Line[UnavailableRow], zone: str, ledger: Ledger) -> Iterator[Unavailable]:
    """Yield the later weeks of a row; one whose local time does not exist or comes twice is told."""
    row = line.row
    first = row.start.local.date() if isinstance(row.start, Moment) else row.start
    if row.every is None or row.until is None:
        missing = "until" if row.every else "every"
        ledger.add(line.fault(missing, "`every` and `until` go together", allowed="week and a day, or both blank"))
    elif row.until < first:
        ledger.add(line.fault("until", "lies before the start", allowed=f"{first} or later"))
    elif any(isinstance(bound, Moment) and bound.offset is not None for bound in (row.start, row.end)):
        ledger.add(line.fault("start", "what comes back every week is stated in local time, without an offset"))
    else:
        for weeks in range(1, (row.until - first).days // 7 + 1):
            start, end = (_moved(bound, timedelta(weeks=weeks)) for bound in (row.start, row.end))
            moved = replace(line, row=row.model_copy(update={"start": start, "end": end}))
            span = _span(moved, zone, ledger)
            if span is not None:
                yield Unavailable(who=row.who, span=span, words=" to ".join(map(_words, (start, end))), note=row.note)


def _moved(bound: date | Moment, by: timedelta) -> date | Moment:
    return Moment(bound.local + by, None) if isinstance(bound, Moment) else bound + by


def _span(line: Line[UnavailableRow], zone: str, ledger: Ledger) -> time.Span | None:
    start, end = line.row.start, line.row.end
    if isinstance(start, Moment) and isinstance(end, Moment):
        instants = []
        for column, written in (("start", start), ("end", end)):
            try:
                instants.append(instant_of(written, zone))
            except ValueError as error:
                ledger.add(line.fault(column, str(error)))
        return time.Span(*instants) if len(instants) == 2 else None  # noqa: PLR2004
    if isinstance(start, Moment) or isinstance(end, Moment):
        message = "one cell is a day, the other a date-time"
        ledger.add(line.fault("end", message, allowed="two days, or two date-times"))
        return None
    return time.whole_days(start, end, zone)


def _words(bound: object) -> str:
    return f"{bound.local:%Y-%m-%d %H:%M}" if isinstance(bound, Moment) else str(bound)


def waitlist_from(tables: Tables, ledger: Ledger) -> tuple[Waiting, ...]:
    """Return who waits for what; nobody waits twice for the same."""
    seen: dict[tuple[str, str], int] = {}
    for line in tables.waitlist:
        first = seen.setdefault((line.row.learner, line.row.component), line.number)
        if first != line.number:
            ledger.add(line.fault("component", f"this learner waits for it already in line {first}"))
    rows = [Waiting(**line.row.model_dump()) for line in tables.waitlist]
    return tuple(sorted(rows, key=lambda row: (row.learner, row.component)))
