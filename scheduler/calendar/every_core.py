"""Every calendar of courses that could still be better than a known one, class by class: none is left out, so none is better.

What is held of the courses is a few dates. Component after component, what comes first before what it is needed for, all
sets of dates are put beside all that are left of the others: whatever is as bad as the known calendar even if everything
else is held goes, and what another one beats for every class. Clashes, seats and trainers are left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.calendar.choices import Choice
from scheduler.calendar.date_table import DateTable
from scheduler.calendar.frontier import Days, unbeaten
from scheduler.calendar.ready import Graduating
from scheduler.calendar.room import Room
from scheduler.engines.budget import Budget

LEFT_OUT = 10_000_000
"""Days that count for everybody who does not graduate: more than all days of all others."""

CELLS = 4_000_000
"""So many days are looked at together."""

MOST_ROWS = 400_000
"""Where more calendars are left of some components the others are not looked at."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Calendars of some components: by component the days of each class and the set that is held; `used` by limit.

    `least` = what each is worth at best.
    """

    through: Mapping[str, Days]
    chosen: Mapping[str, NDArray[np.intp]]
    used: NDArray[np.intp]
    least: NDArray[np.int64]

    def of(self, places: NDArray[np.intp]) -> "Rows":
        """Return some of them."""
        return Rows(
            {code: days[places] for code, days in self.through.items()},
            {code: sets[places] for code, sets in self.chosen.items()},
            self.used[places],
            self.least[places],
        )


class EveryCore:
    """Looks at all calendars of some components."""

    def __init__(self, graduating: Graduating, dates: Sequence[DateTable], room: Room, below: int) -> None:
        """Look for calendars that are worth less than `below`, with LEFT_OUT days for everybody left out."""
        self.graduating, self.room, self.below = graduating, room, below
        self.dates = {each.code: each for each in dates if each.sets is not None}
        self.order = list(self._in_order())
        self.limits = sorted({name for each in self.dates.values() for name in each.limits})
        self.sets = {
            code: (sets, self.dates[code].sizes) for code in self.order if (sets := self.dates[code].sets) is not None
        }

    def found(self, budget: Budget) -> tuple[int, Rows | None]:
        """Return what no calendar is below, and all that may be; None where it takes too long to find them."""
        none = Rows({}, {}, np.zeros((1, len(self.limits)), dtype=np.intp), np.zeros(1, dtype=np.int64))
        rows, least = none, 0
        for code in self.order:
            if not self._firsts(code):
                alone = self._with(none, code, budget)
                if alone is None:
                    return least, None
                sets, sizes = self.sets[code]
                kept = np.sort(self._thinned(alone, [code]).chosen[code])
                self.sets[code] = sets[kept], sizes[kept]
            more = self._with(rows, code, budget)
            if more is None:
                return least, None
            rows = self._thinned(more, [*rows.through, code])
            if not len(rows.least):
                return self.below, rows
            least = max(least, int(rows.least.min()))
        return least, rows

    def held(self, rows: Rows, place: int) -> list[Choice]:
        """Return what one of them holds."""
        return [
            self.dates[code].choices[each]
            for code, sets in rows.chosen.items()
            for each in self.sets[code][0][sets[place]]
            if each < len(self.dates[code].choices)
        ]

    def at_best(self, rows: Rows) -> Days:
        """Return when each class graduates on each of them for what they hold."""
        return self._at_best(rows.through, len(rows.least))

    def _in_order(self) -> Iterator[str]:
        """Yield components, what comes first before what it is needed for; what goes in a circle is left out."""
        left = sorted(self.dates, key=lambda code: len(self.dates[code].choices))
        done: set[str] = set()
        while ready := [code for code in left if self._firsts(code) <= done]:
            yield ready[0]
            done.add(ready[0])
            left.remove(ready[0])

    def _firsts(self, code: str) -> set[str]:
        places = range(len(self.graduating.classes))
        firsts = {each for place in places for entry in self.graduating.entries(place, code) for each in entry}
        return firsts & set(self.dates)

    def _with(self, rows: Rows, code: str, budget: Budget) -> Rows | None:
        """Return calendars with every set of one more component that leaves hope; None where they are too many."""
        sizes = self.sets[code][1]
        order = np.argsort(sizes, kind="stable")
        found, total = [], 0
        for places, free in self._alike(rows, code):
            mine = order[: np.searchsorted(sizes[order], free, side="right")]
            step = max(1, CELLS // max(1, len(mine) * len(self.graduating.classes)))
            for begin in range(0, len(places), step):
                if budget.is_over or total > MOST_ROWS:
                    return None
                found.append(self._joined(rows, places[begin : begin + step], code, mine))
                total += len(found[-1].least)
        return _all_of(found) if found else rows.of(np.zeros(0, dtype=np.intp))

    def _alike(self, rows: Rows, code: str) -> Iterator[tuple[NDArray[np.intp], int]]:
        """Yield the places of calendars that leave room for as many of a component, and how many."""
        mine = [self.limits.index(name) for name in self.dates[code].limits]
        most = np.array([self.room.most[self.limits[each]] for each in mine], dtype=np.intp)
        free = (most - rows.used[:, mine]).min(axis=1, initial=len(self.dates[code].choices))
        for each in np.unique(free):
            yield np.flatnonzero(free == each), int(each)

    def _joined(self, rows: Rows, places: NDArray[np.intp], code: str, mine: NDArray[np.intp]) -> Rows:
        """Put some sets of a component beside some calendars, and keep what is still worth less than what is known."""
        some, dates = rows.of(places), self.dates[code]
        ready = self.graduating.ready(code, some.through, len(places))
        ends, standing = dates.through(ready)
        sets, sizes = self.sets[code]
        days = np.repeat(standing[:, None], len(mine), axis=1)
        for column in sets[mine].T:
            np.minimum(days, ends[:, column], out=days)
        of = np.repeat(np.arange(len(places)), len(mine))
        through = {each: known[of] for each, known in some.through.items()}
        through[code] = days.reshape(-1, days.shape[2])
        used = some.used[of]
        taken = np.tile(sizes[mine], len(places))
        for name in dates.limits:
            used[:, self.limits.index(name)] += taken
        chosen = {each: known[of] for each, known in some.chosen.items()}
        chosen[code] = np.tile(mine, len(places))
        least = self.graduating.sums(self._at_best(through, len(of)), LEFT_OUT)
        return Rows(through, chosen, used, least).of(np.flatnonzero(least < self.below))

    def _at_best(self, through: Mapping[str, Days], rows: int) -> Days:
        """Return when each class graduates if all of the other components is held."""
        known = dict(through)
        for code in self.order:
            if code not in known:
                known[code] = self.dates[code].at_best(self.graduating.ready(code, known, rows))
        return self.graduating.graduation(known, rows)

    def _thinned(self, rows: Rows, codes: Sequence[str]) -> Rows:
        """Return calendars without those that another one beats in everything that still matters."""
        if not len(rows.least):
            return rows
        ahead = [code for code in self.order if code not in codes]
        columns = self.graduating.progress(codes, rows.through, len(rows.least))
        columns += self.graduating.gates(ahead, frozenset(codes), frozenset(ahead), rows.through)
        still = {name for code in ahead for name in self.dates[code].limits}
        columns += [rows.used[:, place].astype(np.int32) for place, name in enumerate(self.limits) if name in still]
        if not columns:
            return rows.of(np.array([rows.least.argmin()], dtype=np.intp))
        return rows.of(unbeaten(np.stack(columns, axis=1).astype(np.int32)))


def _all_of(parts: Sequence[Rows]) -> Rows:
    first = parts[0]
    return Rows(
        {code: np.concatenate([each.through[code] for each in parts]) for code in first.through},
        {code: np.concatenate([each.chosen[code] for each in parts]) for code in first.chosen},
        np.concatenate([each.used for each in parts]),
        np.concatenate([each.least for each in parts]),
    )
