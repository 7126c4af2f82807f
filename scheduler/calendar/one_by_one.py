"""Calendars of courses and events looked at one by one, the most promising first, each with what is best beside it.

A bound of any of them is one of all calendars as soon as none that is left promises more.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from heapq import heapify, heappop, heappush
from itertools import islice

import numpy as np

from scheduler.calendar.choices import Choice
from scheduler.calendar.core import Core
from scheduler.calendar.date_table import DateTable
from scheduler.calendar.every_core import LEFT_OUT, EveryCore
from scheduler.calendar.every_event import Events, events_of
from scheduler.calendar.frontier import Days
from scheduler.calendar.promises import Due
from scheduler.calendar.ready import Graduating
from scheduler.calendar.rest import Rest
from scheduler.calendar.room import Room
from scheduler.calendar.season import Season
from scheduler.calendar.staffed import Staffed
from scheduler.calendar.staffing import Staff
from scheduler.calendar.wanted import Demands
from scheduler.calendar.worth import CalendarWorth
from scheduler.engines.budget import Budget

MOST_PAIRS = 20_000
"""Where more calendars could be better than a known one they are not looked at one by one."""

NEAREST = 0.002
"""By which share of the days what is held beside a calendar may make it worse, at first; each time twice as many."""

NEAR, WIDER = 0.008, 1.7
"""By which share of the days a calendar may be worse than the bound to be looked at, and how many times more in the next turn."""


@dataclass(order=True, slots=True)
class Pair:
    """A calendar of courses and events: no whole one with it is below `least`; `is_final` = that is all that can be said."""

    least: int
    number: int
    days: Days = field(compare=False)
    courses: list[Choice] = field(compare=False)
    events: list[Choice] = field(compare=False)
    is_final: bool = field(compare=False, default=False)
    share: float = field(compare=False, default=NEAREST)


class OneByOne:
    """Looks at calendars of the core of a season on which everybody graduates who can."""

    def __init__(
        self, season: Season, demands: Demands, core: Core, dues: Sequence[Due], room: Room, staff: Staff
    ) -> None:
        """Put into tables what the core offers to everybody."""
        self.room = room
        self.graduating = Graduating(demands.classes, season.instance.as_of.toordinal())
        again = {need.pool[0] for each in demands.classes for need in each.needs if need.again}
        tables = [DateTable(demands.classes, code, room) for code in sorted(core.codes) if code in room.of_code]
        self.is_whole = all(each.sets is not None for each in tables)  # nothing could be held in too many ways
        self.courses = [each for each in tables if each.code not in again and each.sets is not None]
        self.events = [each for each in tables if each.code in again and each.sets is not None]
        codes = frozenset(each.code for each in self.courses)
        one = {name: other for each in [*self.courses, *self.events] for name, other in each.one.items()}
        self.rest = Rest(season, demands, dues, room, codes, frozenset(each.code for each in self.events), one)
        self.staffed = Staffed(season, demands, dues, room, staff, one)
        self.pairs: list[Pair] = []
        self.share = NEAR
        self.least = int(self.graduating.sums(self.graduating.least[None], LEFT_OUT)[0])
        """Days that no calendar is below on which everybody graduates."""

    @property
    def is_final(self) -> bool:
        """Say whether nothing better can be said."""
        return bool(self.pairs) and self.pairs[0].is_final

    def below(self, days: int) -> int:
        """Return the sum of days below which calendars are looked for next, up to a known one."""
        self.share *= WIDER
        return min(days, int(self.least * (1 + self.share)) + 1)

    def begin(self, below: int, budget: Budget) -> bool:
        """Find all calendars that may be below a sum of days; say whether that was done."""
        every = EveryCore(self.graduating, self.courses, self.room, below)
        least, rows = every.found(budget)
        self.least = max(self.least, min(least, below))
        if rows is None:
            return False
        found = self._with_events(every.at_best(rows), below)
        if len(found) > MOST_PAIRS:
            return False
        self.pairs = [
            Pair(self._sum(each), number, each, every.held(rows, place), held)
            for number, (each, place, held) in enumerate(found)
        ]
        heapify(self.pairs)
        self._raise(below)
        return True

    def step(self, below: int, known: CalendarWorth, budget: Budget) -> list[Choice]:
        """Look at the most promising calendar; return a whole one with it that promises less than a sum of days, if any.

        That can be staffed, if one is found that can be.
        """
        pair = heappop(self.pairs)
        within = min(below, int(pair.least * (1 + pair.share)) + 1)
        pair.share *= 2
        bound, is_final, promised, held = self.rest.bound(pair.days, pair.events, known, within, budget)
        pair.is_final = is_final and bound is not None and bound < within
        pair.least = max(pair.least, bound or 0)
        if pair.least < below:
            heappush(self.pairs, pair)
        self._raise(below)
        if promised is None:
            return []
        chosen = [*pair.courses, *pair.events]
        whole = self.staffed.best(pair.days, chosen, promised, replace(known, days=below), budget)
        return whole or [*pair.courses, *held]

    def _with_events(self, days: Days, below: int) -> list[tuple[Days, int, list[Choice]]]:
        """Return calendars of courses with all ways to hold events beside them; where they are too many, no more than tell so."""
        found: list[tuple[Days, int, list[Choice]]] = [(each, place, []) for place, each in enumerate(days)]
        for dates in self.events if found else ():
            events = events_of(self.graduating, dates, days.min(axis=0), below)
            if events is not None:
                found = list(islice(self._beside(found, events, below), MOST_PAIRS + 1))
            if len(found) > MOST_PAIRS:
                break
        return found

    def _beside(
        self, found: Sequence[tuple[Days, int, list[Choice]]], events: Events, below: int
    ) -> Iterator[tuple[Days, int, list[Choice]]]:
        for days, place, held in found:
            both = np.maximum(events.days, days)
            for each in np.flatnonzero(self.graduating.sums(both, LEFT_OUT) < below):
                yield both[each], place, [*held, *events.held(int(each))]

    def _sum(self, days: Days) -> int:
        return int(self.graduating.sums(days[None], LEFT_OUT)[0])

    def _raise(self, below: int) -> None:
        self.least = max(self.least, min(below, self.pairs[0].least if self.pairs else below))
