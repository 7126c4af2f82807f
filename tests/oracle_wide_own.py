"""What brute force makes of a learner's own time: hours, days of the week, absences, breaks, and how much there is at once."""

import datetime as dt
from collections import Counter
from zoneinfo import ZoneInfo

from models.programme.offering import Offering
from tests.oracle_wide import ONE, World, days_of, pairs

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
DAY = 24 * 60


def attends(world: World, run: Offering) -> bool:
    """Say whether a learner can come to so much of an offering as its component asks for."""
    spans = [(each.span.start, each.span.end) for each in world.instance.unavailable if each.who == world.who.id]
    if not run.sessions:
        first, last = _midnight(run.start, world.who.zone), _midnight(run.end + ONE, world.who.zone)
        edges = [first, *(end for _, end in spans if first <= end < last)]
        return any(not any(start <= edge < end for start, end in spans) for edge in edges)
    missed = 0
    for session in run.sessions:
        start, end = session.start, session.start + (session.minutes or 1)
        away = any(one < end and start < other for one, other in spans)
        missed += away or not _at_home(world, start, end)
    component = world.component.get(run.component)
    return missed <= (component.absences if component else 0)


def _midnight(day: dt.date, zone: str) -> int:
    return int((dt.datetime.combine(day, dt.time(), ZoneInfo(zone)) - EPOCH).total_seconds()) // 60


def _at_home(world: World, start: int, end: int) -> bool:
    who = world.who
    opens, last = (_clock(minute, who.zone) for minute in (start, end - 1))
    touched = {opens.date() + step * ONE for step in range((last.date() - opens.date()).days + 1)}
    if who.weekdays and any(day.weekday() not in who.weekdays for day in touched):
        return False
    begins = opens.hour * 60 + opens.minute
    ends = begins + end - start
    if who.earliest is None and who.latest is None:
        return True
    earliest, latest = who.earliest or 0, DAY if who.latest is None else who.latest
    if who.earliest is None or who.latest is None or earliest < latest:
        return earliest <= begins and ends <= latest
    return ends <= latest or (begins >= earliest and ends <= DAY + latest)


def _clock(minute: int, zone: str) -> dt.datetime:
    return (EPOCH + dt.timedelta(minutes=minute)).astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def attendance(world: World) -> bool:
    return all(attends(world, each.run) for each in world.ahead if each.run is not None)


def clashes(world: World) -> bool:
    return not any(
        start < over and begin < end
        for a, b in pairs(world.chosen)
        for start, end in a.times
        for begin, over in b.times
    )


def min_break(world: World) -> bool:
    least = world.who.min_break or 0
    for a, b in pairs(world.chosen):
        if "new" in {a.state, b.state}:
            gaps = [one - end for _, end in a.times for one, _ in b.times]
            gaps += [one - end for _, end in b.times for one, _ in a.times]
            if any(0 <= gap < least for gap in gaps):
                return False
    return True


def workshops(world: World) -> bool:
    own = world.who.max_workshops_per_month
    most = world.edition.max_workshops_per_month if own is None else own
    if most is None:
        return True
    mine = [
        each
        for each in world.things
        if each.state != "exempt" and each.code in world.component and world.component[each.code].kind == "workshop"
    ]
    months = Counter((each.first.year, each.first.month) for each in mine)
    new = {(each.first.year, each.first.month) for each in mine if each.state == "new"}
    return all(months[month] <= most for month in new)


def weekly_hours(world: World) -> bool:
    most = world.who.max_weekly_minutes
    weeks: Counter[dt.date] = Counter()
    new: set[dt.date] = set()
    for each in world.chosen:
        if each.run is not None and each.run.weekly_minutes:
            mine = {day - day.weekday() * ONE for day in days_of(each)}
            weeks.update(dict.fromkeys(mine, each.run.weekly_minutes))
            new |= mine if each.state == "new" else set()
    return most is None or all(weeks[week] <= most for week in new)


def courses(world: World) -> bool:
    most = world.who.max_courses
    days: Counter[dt.date] = Counter()
    new: set[dt.date] = set()
    for each in world.chosen:
        if each.run is not None and each.code in world.component and world.component[each.code].kind == "course":
            days.update(days_of(each))
            new |= set(days_of(each)) if each.state == "new" else set()
    return most is None or all(days[day] <= most for day in new)
