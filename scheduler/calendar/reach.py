"""Who is through what by which day in the program of a year, and on which days that changes."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from operator import itemgetter

from scheduler.calendar.wanted import AttendableRun

Cumulative = Sequence[tuple[int, int]]
"""Days in order, each with the variable that says how many of a class are through by then."""

Reach = Sequence[tuple[int, float, int]]
"""Days in order, each with how many times which variable are through by then at most."""

LAST_DAY = date.max.toordinal()


def turning(through: Cumulative, steps: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the last of the days that lie between two steps: who has graduated by an earlier one has by that one too."""
    ahead = sorted(steps)
    for (day, variable), (after, _) in pairwise([*through, (LAST_DAY, 0)]):
        place = bisect_right(ahead, day)
        if after == LAST_DAY or (place < len(ahead) and ahead[place] <= after):
            yield day, variable


def by(part: Reach, day: int) -> tuple[float, int] | None:
    """Return the factor and the variable of the last day that is not after a day."""
    place = bisect_right(part, day, key=itemgetter(0))
    return part[place - 1][1:] if place else None


def by_end(runs: Sequence[AttendableRun], earliest: int | None) -> list[tuple[int, list[AttendableRun]]]:
    """Return runs by the day they end, all up to a day as one."""
    groups: dict[int, list[AttendableRun]] = {}
    for run in runs:
        groups.setdefault(max(run.last, earliest) if earliest is not None else run.last, []).append(run)
    return sorted(groups.items())


def minus(before: int | None) -> list[tuple[float, int]]:
    """Return the terms that take off who was through before, if there is a day before."""
    return [] if before is None else [(-1.0, before)]


def less(factor: float, variable: int) -> tuple[float, int]:
    """Return the term that takes off who is through by a day."""
    return -factor, variable
