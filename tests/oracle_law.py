"""The rules as brute force reads them: what may stand together, in which order, and until when."""

import datetime as dt
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from models.programme.edition import Component
from models.programme.offering import Offering, Session
from tests.oracle_facts import ONE, Activity, Facts, done_before, ended_before

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def may_attend(facts: Facts, offering: Offering) -> bool:
    """Say whether a learner can sit in an offering, no more sessions missed than the component allows."""
    if offering.id not in facts.attended:
        facts.attended[offering.id] = _may_attend(facts, offering)
    return facts.attended[offering.id]


def _may_attend(facts: Facts, offering: Offering) -> bool:
    spans = [row.span for row in facts.instance.unavailable if row.who == facts.learner.id]
    if not offering.sessions:
        zone = facts.learner.zone
        first, last = _midnight(offering.start, zone), _midnight(offering.end + ONE, zone)
        # Some minute is free if and only if the first one is, or one at which a span has just ended.
        moments = [first, *(span.end for span in spans if first <= span.end < last)]
        return not all(any(span.start <= moment < span.end for span in spans) for moment in moments)
    missed = 0
    for session in offering.sessions:
        end = session.start + (session.minutes or 1)
        away = any(span.start < end and session.start < span.end for span in spans)
        missed += away or not _is_in_hours(facts, session.start, end)
    component = facts.edition.component.get(offering.component)
    return missed <= (component.absences if component else 0)


def _midnight(day: dt.date, zone: str) -> int:
    return int((dt.datetime.combine(day, dt.time(), ZoneInfo(zone)) - EPOCH).total_seconds()) // 60


def _is_in_hours(facts: Facts, start: int, end: int) -> bool:
    earliest, latest = facts.learner.earliest, facts.learner.latest
    if earliest is None and latest is None:
        return True
    zone = ZoneInfo(facts.learner.zone)
    opening = (EPOCH + dt.timedelta(minutes=start)).astimezone(zone)
    closing = opening.hour * 60 + opening.minute + end - start
    return (earliest or 0) <= opening.hour * 60 + opening.minute and closing <= (24 * 60 if latest is None else latest)


def fits_together(facts: Facts, booked: Sequence[Activity]) -> bool:
    """Say whether bookings can stand side by side: once each, no two sessions at once, not too much in a week."""
    new = Counter(activity.code for activity in booked)
    component = facts.edition.component
    if any(count > max(1, facts.kept_of[code]) and not component[code].repeatable for code, count in new.items()):
        return False
    if any(_clash(one, other) for one, other in itertools.combinations(booked, 2)):
        return False
    return _is_light_enough(facts, booked)


def _clash(one: Activity, other: Activity) -> bool:
    if one.offering is None or other.offering is None:
        return False
    return any(_overlap(a, b) for a in one.offering.sessions for b in other.offering.sessions)


def _overlap(one: Session, other: Session) -> bool:
    return one.start < other.start + (other.minutes or 1) and other.start < one.start + (one.minutes or 1)


def _is_light_enough(facts: Facts, booked: Sequence[Activity]) -> bool:
    most_minutes, most_courses = facts.learner.max_weekly_minutes, facts.learner.max_courses
    if most_minutes is None and most_courses is None:
        return True
    minutes: dict[dt.date, int] = defaultdict(int)
    courses: dict[dt.date, int] = defaultdict(int)
    new_weeks: set[dt.date] = set()
    new_days: set[dt.date] = set()
    stood = {record.offering for record in facts.records if record.status == "booked"}
    for activity in booked:
        is_new = activity.offering is None or activity.offering.id not in stood
        is_course = facts.edition.component[activity.code].kind == "course"
        new_days |= set(_days(activity.start, activity.end)) if is_new and is_course else set()
        weeks = set()
        for day in _days(activity.start, activity.end):
            weeks.add(day - day.weekday() * ONE)
            courses[day] += is_course
        for week in weeks:
            minutes[week] += (activity.offering.weekly_minutes or 0) if activity.offering else 0
        loads = bool(activity.offering and activity.offering.weekly_minutes)
        new_weeks |= weeks if is_new and loads else set()
    return (most_minutes is None or all(minutes[week] <= most_minutes for week in new_weeks)) and (
        most_courses is None or all(courses[day] <= most_courses for day in new_days)
    )


def _days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    return (first + step * ONE for step in range((last - first).days + 1))


def well_ordered(facts: Facts, activities: Sequence[Activity]) -> bool:
    """Say whether everything that is still to start can be attended and comes after what must come before it."""
    to_come = [activity for activity in activities if activity.start > facts.as_of]
    return all(_may_start(facts, activities, activity) for activity in to_come) and all(
        may_attend(facts, activity.offering) for activity in to_come if activity.offering is not None
    )


def _may_start(facts: Facts, activities: Sequence[Activity], late: Activity) -> bool:
    edition = facts.edition
    if late.code not in edition.first_codes and not all(
        done_before(facts, entry, activities, late) for entry in edition.first
    ):
        return False
    if late.code in edition.last_codes and not _all_else_met(facts, activities, late):
        return False
    return all(_passes_gate(facts, entry, activities, late) for entry in edition.component[late.code].requires)


def _passes_gate(facts: Facts, entry: Sequence[str], activities: Sequence[Activity], late: Activity) -> bool:
    """Say whether a prerequisite ends before the dependent starts and, at the stricter gate, before registration closes."""
    if not done_before(facts, entry, activities, late):
        return False
    registered = late.offering is None or late.key in facts.held
    closing = None if registered or late.offering is None else late.offering.registration_closes
    if facts.edition.gate != "registration" or closing is None or not facts.done.isdisjoint(entry):
        return True
    return any(
        activity.code in entry and ended_before(activity, late) and activity.end <= closing for activity in activities
    )


def _all_else_met(facts: Facts, activities: Sequence[Activity], late: Activity) -> bool:
    over = [activity.credit for activity in activities if ended_before(activity, late)]
    others = [one for one in facts.edition.requirements if not set(one.pool) <= facts.edition.last_codes]
    return all(facts.meets(requirement, over) for requirement in others)


def allowed_until(facts: Facts, activities: Sequence[Activity]) -> dt.date:
    """Return the last day on which the learner may graduate if these things are done."""
    window = facts.edition.window
    if facts.learner.deadline is not None:
        return facts.learner.deadline
    if window is None:
        return dt.date.max
    if window.starts == "enrolment":
        start: dt.date | None = facts.enrolled
    elif window.starts == "orientation":
        start = _orientation(facts, activities)
    else:
        start = _first_component(facts, activities)
    return dt.date.max if start is None else _later(start, window.years)


def _later(day: dt.date, years: int) -> dt.date:
    leap = (day.month, day.day) == (2, 29)
    try:
        return dt.date(day.year + years, day.month, day.day)
    except ValueError:
        assert leap
        return dt.date(day.year + years, 2, 28)


def _orientation(facts: Facts, activities: Sequence[Activity]) -> dt.date | None:
    starts = []
    for entry in facts.edition.first:
        ends = [activity.end for activity in activities if activity.code in entry]
        ends += [row.date for row in facts.records if row.status == "completed" and row.component in entry and row.date]
        ends += [facts.enrolled for code, _ in facts.exempt if code in entry]
        if not ends:
            return None
        starts.append(max(min(ends), facts.enrolled))
    return max(starts, default=facts.enrolled)


def _first_component(facts: Facts, activities: Sequence[Activity]) -> dt.date | None:
    runs = {offering.id: offering for offering in facts.instance.offerings}
    first = facts.edition.first_codes
    days = [activity.start for activity in activities if activity.code not in first]
    days += [
        runs[row.offering].start if row.offering in runs else row.date
        for row in facts.records
        if row.status == "completed" and row.component not in first and row.date
    ]
    return min((day for day in days if day >= facts.enrolled), default=None)


def task_days(facts: Facts, task: Component, booked: Sequence[Activity]) -> list[Activity]:
    """Return a task at every start that can matter: next to something else's start or end, or to a window's end."""
    length = task.days or 1
    lengths = [component.days or 1 for component in facts.edition.components if component.kind == "task"]
    sums = {sum(some) for size in range(len(lengths) + 1) for some in itertools.combinations(lengths, size)}
    anchors = {facts.as_of + ONE, facts.enrolled} | {activity.end + ONE for activity in booked}
    if facts.edition.window and facts.edition.window.starts != "enrolment" and not facts.learner.deadline:
        anchors |= {activity.start for activity in booked} | set(_clock_anchors(facts, booked))
        sums |= {-step for step in sums}
    starts = sorted({anchor + step * ONE for anchor in anchors for step in sums})
    possible = [day for day in starts if day > facts.as_of and day >= facts.enrolled]
    return [Activity(code=task.code, key=task.code, start=day, end=day + (length - 1) * ONE) for day in possible]


def _clock_anchors(facts: Facts, booked: Sequence[Activity]) -> Iterator[dt.date]:
    """List starts of a clock that just lets in what ends last."""
    years = facts.edition.window.years if facts.edition.window else 0
    for activity in booked:
        for near in (-1, 0, 1, 2):
            yield _later(activity.end, -years) + near * ONE
