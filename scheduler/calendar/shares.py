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

SOON, AT_MOST = 4.0, 0.5
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
"""Seconds for a bound of how many offerings it takes."""


def part(budget: Budget, share: float) -> float:
    """Return a share of the time that is left."""
    return budget.left * share if math.isfinite(budget.left) else UNLIMITED


def first_share(budget: Budget) -> float:
    """Return the share of the time that is left for the first drafts: where time is short they matter more than bounds."""
    return max(FIRST, min(AT_MOST, SOON / max(part(budget, 1.0), SOON)))
