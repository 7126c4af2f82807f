"""Every way to hold what is attended again and again that could still be better than a known calendar, class by class."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.calendar.choices import Choice
from scheduler.calendar.date_table import DateTable
from scheduler.calendar.every_core import CELLS, LEFT_OUT
from scheduler.calendar.frontier import FAR, Days, unbeaten
from scheduler.calendar.ready import Graduating


@dataclass(frozen=True, slots=True)
class Events:
    """Ways to hold an event: `sets` = the choices of each, `days` = by when each class has attended it as often as it needs."""

    dates: DateTable
    sets: NDArray[np.intp]
    days: Days

    def held(self, place: int) -> list[Choice]:
        """Return what one of them holds."""
        return [self.dates.choices[each] for each in self.sets[place] if each < len(self.dates.choices)]


def events_of(graduating: Graduating, dates: DateTable, others: Days, below: int) -> Events | None:
    """Return all ways to hold an event on which some calendar may be worth less than `below`; None where they are too many.

    `others` = the first day on which each class can graduate for all else that it needs. A way that another one beats run by
    run, for everybody, is left out.
    """
    if dates.sets is None:
        return None
    times = [_times(graduating, place, dates.code) for place in range(len(graduating.classes))]
    none = np.full((1, *dates.ends.shape[1:]), FAR, dtype=np.int32)
    ends = np.concatenate([dates.ends, none])
    found: list[tuple[NDArray[np.intp], Days]] = []
    step = max(1, CELLS // max(1, dates.sets.shape[1] * ends[0].size))
    for begin in range(0, len(dates.sets), step):
        sets = dates.sets[begin : begin + step]
        days = _attended(ends[sets], dates.always[:, :, 1], times)
        hopeful = graduating.sums(np.maximum(days, others), LEFT_OUT) < below
        found.append((sets[hopeful], days[hopeful]))
    sets, days = np.concatenate([each for each, _ in found]), np.concatenate([each for _, each in found])
    if len({(each.offering.seats, each.offering.roles) for each in dates.choices}) == 1 and len(sets):
        rows = ends[sets].reshape(len(sets), -1)
        if dates.shares_limits:  # who holds more of it leaves less to others
            sizes: Days = np.sum(sets < len(dates.choices), axis=1, dtype=np.int32, keepdims=True)
            rows = np.concatenate([rows, sizes], axis=1)
        kept = unbeaten(rows)
        sets, days = sets[kept], days[kept]
    return Events(dates, sets, days)


def _times(graduating: Graduating, place: int, code: str) -> int:
    """Return how often a class has to attend at least; who needs a role, once."""
    needs = [need for need in graduating.classes[place].needs if need.again and need.pool[0] == code]
    return max((1 if need.role is not None else need.count for need in needs), default=0)


def _attended(held: Days, always: Days, times: Sequence[int]) -> Days:
    """Return by which day each class has attended so often, by set: `held` = by set, run, class and its runs the last days."""
    most = max(times, default=0)
    mine = held.transpose(0, 2, 1, 3).reshape(len(held), held.shape[2], -1)
    standing = np.broadcast_to(always, (len(held), *always.shape))
    never = np.full((*mine.shape[:2], most), FAR, dtype=np.int32)
    days = np.sort(np.concatenate([mine, standing, never], axis=2), axis=2)
    first = np.zeros((*mine.shape[:2], 1), dtype=np.int32)
    places = np.array(times, dtype=np.intp)[None, :, None]
    found: Days = np.take_along_axis(np.concatenate([first, days], axis=2), places, axis=2)[:, :, 0]
    return found
