"""Days and session times in words: the learner's local time first, the programme's beside it."""

import re
from datetime import date, datetime

from models.judging.odd_hours import odd_sessions
from models.programme.offering import Offering
from models.programme.people import Learner
from models.programme.time import local
from models.programme.words import listed, plural

NOT_STATED = "times not stated"
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def city(zone: str) -> str:
    """Return the place that names a zone: `New York` for America/New_York, and `UTC-5` for Etc/GMT+5."""
    fixed = re.fullmatch(r"Etc/(?:GMT|UTC)([+-])([0-9]+)", zone)
    if fixed is not None:
        return f"UTC{'-' if fixed[1] == '+' else '+'}{fixed[2]}"
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def span(start: date, end: date) -> str:
    """Return days as `2025-04-01`, `2025-04-01 to 04-30` or `2025-12-01 to 2026-01-31`."""
    if start == end:
        return f"{start}"
    return f"{start} to {end:%m-%d}" if start.year == end.year else f"{start} to {end}"


def meeting_times(run: Offering, learner_zone: str, programme_zone: str) -> str:
    """Say when an offering meets: `Tue 18:00 (New York 12:00), 90 min, 4 sessions`; `Wed 02:00 (New York Tue 12:00)`."""
    if not run.sessions:
        return NOT_STATED
    theirs = [local(session.start, learner_zone) for session in run.sessions]
    ours = [local(session.start, programme_zone) for session in run.sessions]
    words = [f"{_weekdays(theirs)} {_clocks(theirs)}"]
    if [moment.replace(tzinfo=None) for moment in theirs] != [moment.replace(tzinfo=None) for moment in ours]:
        # Where the learner's day is another, the days of the calendar would mislead without the programme's weekday.
        other = (
            f"{_weekdays(ours)} "
            if any(one.date() != own.date() for one, own in zip(theirs, ours, strict=True))
            else ""
        )
        words[0] += f" ({city(programme_zone)} {other}{_clocks(ours)})"
    words += _lengths(run)
    if len(run.sessions) > 1:
        words.append(plural(len(run.sessions), "session"))
    return ", ".join(words)


def session_days(run: Offering, learner_zone: str) -> str:
    """Return the days of the sessions where the learner is, like `06-03, 06-10`; nothing where the offering's days say it."""
    days = [local(session.start, learner_zone).date() for session in sorted(run.sessions, key=lambda each: each.start)]
    if days in ([], [run.start]) and run.start == run.end:
        return ""
    return ", ".join(f"{day:%m-%d}" for day in dict.fromkeys(days))


def _weekdays(moments: list[datetime]) -> str:
    return ", ".join(DAYS[number] for number in sorted({moment.weekday() for moment in moments}))


def _clocks(moments: list[datetime]) -> str:
    return listed(list(dict.fromkeys(f"{moment:%H:%M}" for moment in moments)), "or")


def _lengths(run: Offering) -> list[str]:
    lengths = sorted({session.minutes or 0 for session in run.sessions})
    if 0 in lengths:
        return ["length not stated"]
    return [" or ".join(str(length) for length in lengths) + " min"]


def odd_starts(run: Offering, learner: Learner) -> list[str]:
    """Return when sessions start (local, like 03:00) that touch the hours before 07:00 or after 22:00."""
    return sorted({f"{local(each.start, learner.zone):%H:%M}" for each in odd_sessions(run, learner)})


def slack(days: int) -> str:
    """Return how many days there are to spare."""
    return "no day to spare" if days == 0 else f"{plural(days, 'day')} to spare"
