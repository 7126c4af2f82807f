"""A learner attends every session of what they book, but for the absences that the component allows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cache

from models.facts import of_learner
from models.formulation.learner_variables import LearnerVariables, OfferingVariables
from models.formulation.linear import Poster
from models.judging.activities import ahead, judged
from models.programme.instance import Instance
from models.programme.offering import Offering, Session
from models.programme.people import Learner, Unavailable
from models.programme.plan import Plan
from models.programme.time import Span, local, whole_days
from models.programme.words import WEEKDAYS, clock, listed
from models.rule import Fact, Rule, Violation

DAY = 24 * 60
"""Minutes of a day: who states no latest hour but an earliest one can come until midnight."""


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Count the sessions that a learner would miss in everything that lies ahead."""
    for path in judged(plan):
        learner = instance.learner[path.learner]
        spans = [row.span for row in instance.unavailable_of.get(learner.id, ())]
        for thing in ahead(instance, path):
            component = instance.component_for(learner.id, thing.component)
            if thing.offering is None:
                continue
            missed = _missed(learner, spans, thing.offering)
            away = not thing.offering.sessions and _is_away(learner, spans, thing.offering)
            if away or len(missed) > (component.absences if component else 0):
                yield Violation(
                    rule="attendance",
                    learner=learner.id,
                    offerings=(thing.offering.id,),
                    sentence=_in_words(learner, thing.offering, missed),
                    source="learners.csv, unavailable.csv",
                )


def _in_words(learner: Learner, offering: Offering, missed: Sequence[Session]) -> str:
    if not missed:
        return f"{learner.id} is away for all of {offering.id}"
    when = local(missed[0].start, learner.zone)
    return f"{learner.id} cannot attend {offering.id} on {when:%Y-%m-%d at %H:%M} local time"


def _missed(learner: Learner, spans: Sequence[Span], offering: Offering) -> list[Session]:
    """Return the sessions that do not lie outside all unavailable spans and within the local hours."""
    if not spans and learner.earliest is None and learner.latest is None and not learner.weekdays:
        return []
    missed: list[Session] = []
    for session, busy in zip(offering.sessions, offering.spans, strict=True):
        opens, closes = _after_midnight(busy.start, busy.end, learner.zone)
        at_home = any(first <= opens and closes <= last for first, last in _hours(learner))
        on_days = not learner.weekdays or _days(busy, learner.zone) <= set(learner.weekdays)
        if not (at_home and on_days) or any(span.overlaps(busy) for span in spans):
            missed.append(session)
    return missed


def _hours(learner: Learner) -> Iterator[tuple[timedelta, timedelta]]:
    """Yield the stretches after the midnight before a session in which it may lie: two where the hours go over midnight."""
    day = timedelta(days=1)
    first = timedelta(minutes=learner.earliest or 0)
    if learner.latest is None:
        yield first, timedelta.max if learner.earliest is None else day
    elif learner.earliest is None or learner.earliest < learner.latest:
        yield first, timedelta(minutes=learner.latest)
    else:
        yield timedelta(0), timedelta(minutes=learner.latest)
        yield first, day + timedelta(minutes=learner.latest)


def _days(busy: Span, zone: str) -> set[int]:
    """Return the local days of the week that a session touches."""
    first, last = (local(minute, zone).date() for minute in (busy.start, busy.end - 1))
    return {(first + timedelta(days=number)).weekday() for number in range((last - first).days + 1)}


@cache
def _after_midnight(start: int, end: int, zone: str) -> tuple[timedelta, timedelta]:
    """Return how long after the midnight before its start a session starts and ends by the clocks of a zone."""
    starts, ends = (local(minute, zone).replace(tzinfo=None) for minute in (start, end))
    midnight = datetime.combine(starts.date(), time())
    return starts - midnight, ends - midnight


def _is_away(learner: Learner, spans: Sequence[Span], offering: Offering) -> bool:
    """Say whether all days of an offering without session times lie inside the unavailable spans taken together."""
    days = whole_days(offering.start, offering.end, learner.zone)
    reached = days.start
    for span in sorted(spans, key=lambda span: span.start):
        if span.start <= reached < span.end:
            reached = span.end
    return reached >= days.end


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Forbid every run of which more sessions fall out than the component allows."""
    for choices in everyone:
        rows = choices.instance.unavailable_of.get(choices.learner.id, ())
        hours = (choices.learner.earliest, choices.learner.latest)
        if not rows and hours == (None, None) and not choices.learner.weekdays:
            continue
        today = choices.instance.as_of.toordinal()
        for run in choices.all_open_runs():
            if run.first_day > today and _falls_out(choices, run, rows):
                poster.forbid(run.book)


def _falls_out(choices: LearnerVariables, run: OfferingVariables, rows: Sequence[Unavailable]) -> bool:
    component = choices.edition.component.get(run.offering.component)
    allowed = component.absences if component else 0
    sessions = run.offering.sessions
    if sessions:
        return sum(_is_missed(choices.learner, rows, session) for session in sessions) > allowed
    days = whole_days(run.offering.start, run.offering.end, choices.learner.zone)
    uncovered = [(days.start, days.end)]
    for row in rows:
        uncovered = [
            piece
            for start, end in uncovered
            for piece in ((start, min(end, row.span.start)), (max(start, row.span.end), end))
            if piece[0] < piece[1]
        ]
    return not uncovered


def _is_missed(learner: Learner, rows: Sequence[Unavailable], session: Session) -> bool:
    stop = session.start + (session.minutes or 1)
    for row in rows:
        if row.span.start < stop and session.start < row.span.end:
            return True
    if learner.weekdays:
        first, last = (local(minute, learner.zone).toordinal() for minute in (session.start, stop - 1))
        if any(date.fromordinal(number).weekday() not in learner.weekdays for number in range(first, last + 1)):
            return True
    if learner.earliest is None and learner.latest is None:
        return False
    opens, closes = _by_the_clock(session.start, stop, learner.zone)
    earliest, latest = learner.earliest or 0, DAY if learner.latest is None else learner.latest
    if (
        None not in {learner.earliest, learner.latest} and latest <= earliest
    ):  # over midnight: from the evening on, or before the morning
        return closes > (latest if opens < earliest else latest + DAY)
    return opens < earliest or closes > latest


@cache
def _by_the_clock(start: int, stop: int, zone: str) -> tuple[int, int]:
    """Return at how many minutes of the first day something starts and stops by the clocks of a zone."""
    begin, finish = local(start, zone), local(stop, zone)
    opens = begin.hour * 60 + begin.minute
    return opens, finish.hour * 60 + finish.minute + 1440 * (finish.date() - begin.date()).days


def facts(instance: Instance, learner: str) -> Iterable[Fact]:
    """Name the learner's hours and each unavailable span."""
    who = instance.learner[learner]
    if who.earliest is not None or who.latest is not None:
        hours = " to ".join("any hour" if each is None else clock(each) for each in (who.earliest, who.latest))
        words = f"{learner} can attend at {hours} local time ({who.zone})"
        yield of_learner("attendance", learner, words, earliest=None, latest=None)
    if who.weekdays:
        words = f"{learner} can come only on {listed([WEEKDAYS[day] for day in who.weekdays])} ({who.zone})"
        yield of_learner("attendance", learner, words, weekdays=())
    for row in instance.unavailable_of.get(learner, ()):
        yield Fact(
            rule="attendance",
            sentence=f"{learner} cannot come {row.words}{_in_zone(row, who.zone)}",
            source="unavailable.csv",
            without=lambda instance, gone=row: _without(instance, gone),  # type: ignore[misc]
            since=local(max(row.span.start, 0), who.zone).date(),
        )


def _in_zone(row: Unavailable, zone: str) -> str:
    """Name the zone of a stretch that is stated in hours."""
    return f" local time ({zone})" if ":" in row.words else ""


def _without(instance: Instance, gone: Unavailable) -> Instance:
    return replace(instance, unavailable=tuple(row for row in instance.unavailable if row != gone))


RULE = Rule(
    name="attendance",
    sentence="A learner attends every session of what they book, outside their unavailable spans and within their local "
    "hours and days of the week; a component may allow absences.",
    scope="booking",
    rows=r"$x_{lo} = 0$ where too many sessions fall out",
    lifted_by="lift_limit",
    monotone=True,
    check=check,
    post=post,
    facts=facts,
)
