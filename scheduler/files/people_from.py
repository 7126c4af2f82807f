"""Turns the rows about people into Learners, Trainers, spans and waits, checking each row in itself."""

from collections.abc import Mapping

from models.programme import time
from models.programme.people import Learner, Trainer, Unavailable, Waiting
from scheduler.files.cells import Moment, instant_of
from scheduler.files.faults import Ledger
from scheduler.files.programme import Programme
from scheduler.files.rows import LearnerRow, UnavailableRow
from scheduler.files.settings import Settings
from scheduler.files.table import Line
from scheduler.files.tables import Tables


def learners_from(tables: Tables, programme: Programme, settings: Settings, ledger: Ledger) -> tuple[Learner, ...]:
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
    )


def _check_learner(line: Line[LearnerRow], ledger: Ledger) -> None:
    row = line.row
    if row.deadline is not None and row.enrolled is not None and row.deadline < row.enrolled:
        ledger.add(line.fault("deadline", "lies before the day of enrolment", allowed=f"{row.enrolled} or later"))
    if row.earliest is not None and row.latest is not None and row.earliest >= row.latest:
        allowed = f"later than {line.text('earliest')}"
        ledger.add(line.fault("latest", "the latest hour is not after the earliest", allowed=allowed))
    both = sorted(set(row.prefers or ()) & set(row.avoids or ()))
    if both:
        ledger.add(line.fault("avoids", f"{both[0]!r} stands in `prefers` too"))


def trainers_from(tables: Tables, settings: Settings) -> tuple[Trainer, ...]:
    """Return the trainers by id."""
    trainers = [
        Trainer(
            id=line.row.trainer,
            zone=line.row.timezone or settings.zone,
            teaches=line.row.teaches or (),
            max_sessions_per_week=line.row.max_sessions_per_week,
            max_sessions_per_day=line.row.max_sessions_per_day,
        )
        for line in tables.trainers
    ]
    return tuple(sorted(trainers, key=lambda trainer: trainer.id))


def unavailable_from(tables: Tables, settings: Settings, ledger: Ledger) -> tuple[Unavailable, ...]:
    """Return the spans in which people cannot come, each in that person's zone."""
    zones = {line.row.learner: line.row.timezone for line in tables.learners}
    zones |= {line.row.trainer: line.row.timezone for line in tables.trainers}
    found = (_unavailable(line, zones, settings.zone, ledger) for line in tables.unavailable)
    rows = [row for row in found if row is not None]
    return tuple(sorted(rows, key=lambda row: (row.who, row.span.start, row.span.end, row.words, row.note or "")))


def _unavailable(
    line: Line[UnavailableRow], zones: Mapping[str, str | None], default: str, ledger: Ledger
) -> Unavailable | None:
    row = line.row
    span = _span(line, zones.get(row.who) or default, ledger)
    if span is None:
        return None
    if span.end <= span.start:
        ledger.add(line.fault("end", "the end is not after the start", allowed=f"later than {line.text('start')}"))
        return None
    words = " to ".join(_words(bound) for bound in (row.start, row.end))
    return Unavailable(who=row.who, span=span, words=words, note=row.note)


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
