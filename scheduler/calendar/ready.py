"""When each class may begin a component, and when it graduates, on many calendars at once."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from scheduler.calendar.frontier import FAR, Days
from scheduler.calendar.wanted import Demand, OpenNeed

Through = Mapping[str, Days]
"""By component the days on which each class is through it, a row for each calendar."""

Entries = tuple[tuple[str, ...], ...]


class Graduating:
    """Follows classes of equal learners; of what no calendar names everything is supposed to be held, as early as it can be."""

    def __init__(self, classes: Sequence[Demand], today: int) -> None:
        """Look at what everybody needs."""
        self.classes, self.today = classes, today
        self.counts = np.array([len(demand.learners) for demand in classes], dtype=np.int64)
        self.least = np.array([max(demand.earliest, today) for demand in classes], dtype=np.int32)
        self.first = [
            {code: min((run.last for run in runs), default=FAR) for code, runs in demand.runs.items()}
            for demand in classes
        ]

    def entries(self, place: int, code: str) -> Entries:
        """Return what has to come before a component for a class, without what is met by itself."""
        demand = self.classes[place]
        found = demand.before.get(code, ())
        return tuple(entry for entry in found if code not in entry and not any(each in demand.tasks for each in entry))

    def ready(self, code: str, through: Through, rows: int) -> Days:
        """Return from which day on each class may begin a component."""
        found = np.zeros((rows, len(self.classes)), dtype=np.int32)
        for place in range(len(self.classes)):
            for entry in self.entries(place, code):
                first: Days | np.int32 = np.int32(FAR)
                for each in entry:
                    first = np.minimum(first, self._day(each, place, through))
                found[:, place] = np.maximum(found[:, place], first)
        return found

    def graduation(self, through: Through, rows: int) -> Days:
        """Return the first day on which each class can graduate; what is attended again and again is not asked for."""
        found = np.repeat(self.least[None], rows, axis=0)
        for place, demand in enumerate(self.classes):
            for need in demand.needs:
                if not need.again:
                    found[:, place] = np.maximum(found[:, place], self._met(place, need, need.pool, through))
        return found

    def progress(self, codes: Iterable[str], through: Through, rows: int) -> list[Days]:
        """Return all of what some components do for graduation: columns of days, no matter what is held of the others."""
        mine, columns = set(codes), []
        for place, demand in enumerate(self.classes):
            for need in demand.needs:
                pool = [code for code in need.pool if code in mine]
                if pool and not need.again:
                    days = np.sort(np.stack([self._some(code, place, through, rows) for code in pool]), axis=0)
                    needed = days[-1:] if need.count >= len(need.pool) else days[: need.count]
                    columns += [np.maximum(each, self.least[place]) for each in needed]
        return columns

    def gates(self, codes: Iterable[str], known: frozenset[str], ahead: frozenset[str], through: Through) -> list[Days]:
        """Return all of what known components do for those that they come before: columns of days, whatever is held ahead."""
        found: dict[tuple[int, Entries], Days] = {}
        for code in codes:
            for place in range(len(self.classes)):
                entries = [entry for entry in self.entries(place, code) if known.intersection(entry)]
                whole = tuple(entry for entry in entries if not ahead.intersection(entry))
                for mine in (whole, *((entry,) for entry in entries if ahead.intersection(entry))):
                    if mine and (place, mine) not in found:
                        found[place, mine] = self._gate(place, mine, ahead, through)
        return list(found.values())

    def _gate(self, place: int, entries: Entries, ahead: frozenset[str], through: Through) -> Days:
        """Return the day on which a class is through one of each entry, what is still ahead left out."""
        days = []
        for entry in entries:
            first: Days | np.int32 = np.int32(FAR)
            for code in entry:
                if code not in ahead:
                    first = np.minimum(first, self._day(code, place, through))
            days.append(first)
        return np.asarray(np.maximum.reduce(np.broadcast_arrays(*days)))

    def sums(self, days: Days, left_out: int) -> NDArray[np.int64]:
        """Return the sum of days from the planning day on, with so many for everybody who never graduates."""
        worth = np.where(days < FAR, days.astype(np.int64) - self.today, left_out)
        total: NDArray[np.int64] = worth @ self.counts
        return total

    def _met(self, place: int, need: OpenNeed, pool: Sequence[str], through: Through) -> Days:
        """Return the day on which a class is through so many of a pool."""
        days = [np.atleast_1d(self._day(code, place, through)) for code in pool]
        if len(days) < need.count:
            return np.array([FAR], dtype=np.int32)
        wide = np.stack(np.broadcast_arrays(*days))
        if need.count in {1, len(days)}:
            found: Days = wide.min(axis=0) if need.count == 1 else wide.max(axis=0)
        else:
            found = np.partition(wide, need.count - 1, axis=0)[need.count - 1]
        return found

    def _some(self, code: str, place: int, through: Through, rows: int) -> Days:
        return np.broadcast_to(self._day(code, place, through), (rows,))

    def _day(self, code: str, place: int, through: Through) -> Days | np.int32:
        if code in self.classes[place].tasks:
            return np.int32(self.classes[place].tasks[code])
        if code in through:
            found: Days = through[code][:, place]
            return found
        return np.int32(self.first[place].get(code, FAR))
