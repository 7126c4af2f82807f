"""How the time for a year is shared out among drafts, programs and the last steps."""

import math

from scheduler.engines.budget import Budget

LEAVE = 0.15
"""The share of the time that is kept for the last steps: the lightest crews, and everybody's path."""

ROUNDINGS = 16
"""So many calendars are made from the shares in which the program holds what could be held."""

MAIN = 0.6
"""The share of the time for the best calendar where others are wanted too."""

DRAFTED = 0.25
"""The share of the time that is left for drafts alone, before the bounds and after them; they go on while a program is solved."""

FIRST = 0.06
"""The share of the time that is left for drafts before the first program."""

SOON, AT_MOST = 2.0, 0.5
"""Seconds that these drafts take where that is more, but no more than such a share of the time."""

CORE = 0.7
"""The share of the time that is left for the program of the core, nothing of it held in parts."""

BOUNDED, PROGRAM = 0.3, 0.8
"""The shares of the time that is left for looking at what everybody needs, and for the program that bounds a year."""

WHOLE = 0.9
"""The share of the time that is left after all of that for the program with nothing held in parts."""

UNLIMITED = 60.0
"""Seconds of drafts where the time has no limit."""

LAST_LOOK = 20.0
"""Seconds at most for a bound of how many offerings it takes."""

EACH = 0.06
"""Seconds, about, to find out what a class of equal learners needs, and again to make its part of a program."""

COUNTED = 5.0
"""Seconds at most for counting seats."""

AFTERWARDS = 2.0
"""Seconds at least for each step after the search, even where time is over: they say what the calendar is worth to whom."""


def part(budget: Budget, share: float) -> float:
    """Return a share of the time that is left."""
    return budget.left * share if math.isfinite(budget.left) else UNLIMITED


def first_share(budget: Budget) -> float:
    """Return the share of the time that is left for the first drafts: where time is short they matter more than bounds."""
    return max(FIRST, min(AT_MOST, SOON / max(part(budget, 1.0), SOON)))


def is_short(budget: Budget, classes: int) -> bool:
    """Say whether too little time is left to look at so many classes of equal learners: nothing is begun that takes as long."""
    return budget.left < EACH * classes


def capped(budget: Budget, seconds: float) -> Budget:
    """Return a budget of so many seconds within another one, or of what is left of that."""
    return Budget(min(seconds, budget.left), within=budget)


def afterwards(budget: Budget, most: float = math.inf) -> Budget:
    """Return the time for a step after the search: what is left, but no more than so much, and a moment at least."""
    seconds = min(most, max(budget.left, AFTERWARDS))
    return Budget(seconds if math.isfinite(seconds) else None, within=budget.within)
