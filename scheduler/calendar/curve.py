"""What each offering of a calendar is worth: what is left of it as one after the other goes."""

from scheduler.calendar.climb import Climb
from scheduler.calendar.question import Baseline, baseline
from scheduler.calendar.worth import CalendarWorth
from scheduler.engines.budget import Budget

SPARED = 5
"""So many runs that are used least are tried before one of them is taken away."""


def curve_of(climb: Climb, budget: Budget) -> list[Baseline]:
    """Return what is left of the best calendar as one run after the other goes: of those least used the least missed.

    Where the time ends the smaller ones are left out.
    """
    here = climb.best
    points = [baseline(str(len(here.held)), here)]
    while here.held:
        fewer: list[CalendarWorth] = []
        for gone in climb.least_used(here)[:SPARED]:
            if budget.is_over:
                return points[::-1]
            fewer.append(climb.valuer.of([each for each in here.held if each is not gone]))
        here = min(fewer, key=lambda each: each.key)
        points.append(baseline(str(len(here.held)), here))
    return points[::-1]
