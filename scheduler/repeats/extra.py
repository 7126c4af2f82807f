"""What one more candidate time would win: times outside the pattern at which most of those left over could come."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from models.programme.offering import Offering
from models.programme.people import Slots
from models.programme.time import local
from models.rules.open_days import is_off
from scheduler.candidates.dates import candidates_of
from scheduler.repeats.cover import Cover
from scheduler.repeats.fits import Fits
from scheduler.repeats.greedy import fresh, teach
from scheduler.repeats.problem import Problem, Wait
from scheduler.repeats.question import Extra
from scheduler.repeats.staff import Calendar

WEEKDAYS = (0, 1, 2, 3, 4, 5)
STARTS = tuple(range(7 * 60, 21 * 60, 60))
SHOWN = 3
PATTERN_DAYS = 90


def extras_of(problem: Problem, cover: Cover) -> tuple[Extra, ...]:
    """Return the best extra times: each would seat at least that many of those left over, everything else kept."""
    left = [wait for wait in problem.waits if wait.place not in cover.seats]
    full = problem.most_sessions is not None and len(cover.held) >= problem.most_sessions
    if not left or full:
        return ()
    calendars = fresh(problem.calendars)
    for k, trainer in cover.held.items():
        teach(problem.options[k], trainer, calendars)
    found = [
        extra
        for code in sorted({wait.row.component for wait in left})
        for extra in _best(problem, cover, code, left, calendars)
    ]
    found.sort(key=lambda extra: (-extra.seats, extra.start, extra.component))
    return tuple(found[:SHOWN])


def _best(
    problem: Problem, cover: Cover, code: str, left: Sequence[Wait], calendars: Mapping[str, Calendar]
) -> Iterator[Extra]:
    """Yield the best time of one component, if it wins anybody."""
    mine = [wait for wait in left if wait.row.component == code]
    known = {option.offering.opens for option in problem.options if option.offering.component == code}
    dates = candidates_of(replace(problem.instance, slots=_wide(problem), candidates=()), [code]).candidates
    runs = [(place, run) for place, run in enumerate(dates) if run.opens not in known]
    fits = Fits({code: runs})
    people: dict[int, list[str]] = {}
    for wait in mine:
        name = wait.row.learner
        for place in fits.of(problem.people[name], code):
            if not any(dates[place].overlaps(problem.options[k].offering) for k in _seats(problem, cover, name)):
                people.setdefault(place, []).append(name)
    for place in sorted(people, key=lambda place: (-_taken(dates[place], people[place]), dates[place].opens or 0)):
        run = dates[place]
        free = any(name not in calendars or calendars[name].why_not(run.sessions) is None for name in run.trainers)
        staffed = free or not (run.trainers or problem.instance.trainers)
        if staffed and not is_off(problem.instance, run):
            yield Extra(
                component=code, start=run.opens or 0, seats=_taken(run, people[place]), learners=tuple(people[place])
            )
            return


def _taken(run: Offering, people: Sequence[str]) -> int:
    return len(people) if run.seats is None else min(run.seats, len(people))


def _seats(problem: Problem, cover: Cover, name: str) -> list[int]:
    return [cover.seats[wait.place] for wait in problem.waits_of[name] if wait.place in cover.seats]


def _wide(problem: Problem) -> Slots:
    """Return a pattern of all working hours and Saturdays, in the same stretch of days, or from the first date on."""
    slots = problem.instance.slots
    if slots is None:
        tomorrow = problem.instance.as_of + timedelta(days=1)
        stated = (local(row.start, problem.instance.zone).date() for row in problem.instance.candidates)
        first = max(min(stated, default=tomorrow), tomorrow)
        return Slots(first=first, last=first + timedelta(days=PATTERN_DAYS), weekdays=WEEKDAYS, starts=STARTS)
    return replace(slots, weekdays=WEEKDAYS, starts=STARTS)
