"""The way of one class through a calendar, about: its courses, what takes one day, and what is attended again and again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from models.programme.offering import Offering
from scheduler.calendar.sketch_parts import Clashes, Part, Parts, Taken
from scheduler.calendar.wanted import AttendableRun, Demand, OpenNeed

Full = frozenset[str]
Held = Mapping[str, tuple[str, ...]]
"""What is held, by component."""
ORDERS = ((0, 2, 1), (2, 0, 1), (2, 1, 0))
"""In which order courses (0), days (1) and what comes again (2) are looked for where they clash."""


@dataclass(frozen=True, slots=True)
class Way:
    """When a class graduates, which runs it goes through, and which components it finishes last."""

    day: int
    taken: Taken
    last: tuple[str, ...]


class Ways:
    """Finds the ways of one class; what has been found for the same runs is remembered."""

    def __init__(self, demand: Demand, offering: Mapping[str, Offering], clashes: Clashes) -> None:
        """Sort what the class needs into courses, days and what comes again and again."""
        self.demand, self.offering, self.clashes = demand, offering, clashes
        self.always = {code: [run for run in runs if run.choice is None] for code, runs in demand.runs.items()}
        self.hung: dict[str, list[AttendableRun]] = {}
        for run in (run for runs in demand.runs.values() for run in runs):
            if run.choice is not None:
                self.hung.setdefault(run.choice, []).append(run)
        self.sorted: dict[tuple[str, tuple[str, ...]], list[AttendableRun]] = {}
        self.needs = Parts(demand, offering, clashes)
        self.roles = self.needs.roles
        self.parts = [
            (self.needs.reached(self.needs.courses), self.needs.of_courses),
            (self.needs.reached(self.needs.days), self.needs.of_days),
            (self.needs.reached(self.needs.again), self.needs.of_again),
        ]
        self.stage: dict[object, Mapping[str, int]] = {}
        self.known: list[dict[object, Part | None]] = [{}, {}, {}]

    def best(self, held: Held, full: Full) -> Way | None:
        """Return the way on a calendar where some offerings are full, None where there is none."""
        found: list[Part] = []
        for place in range(3):
            part = self._part(place, held, full, ())
            if part is None:
                return None
            found.append(part)
        if self._is_apart(found):
            return self._joined(found)
        ways = [way for order in ORDERS if (way := self._in_order(order, held, full)) is not None]
        return min(ways, key=lambda way: way.day, default=None)

    def is_still(self, way: Way | None, gone: Collection[str], come: Collection[str]) -> bool:
        """Say whether a way without full offerings stays the best one where some choices go and others come.

        It does where it goes through nothing that goes, and what comes is of no use, or too late to make it shorter.
        """
        new = (run for each in come for run in self.hung.get(each, ()))
        if way is None:
            return next(new, None) is None
        if any(run.last < way.day for run in new):
            return False
        return not any(run.offering in way.taken for each in gone for run in self.hung.get(each, ()))

    def _part(self, place: int, held: Held, full: Full, beside: Taken) -> Part | None:
        """Return one part of the way, of the runs that have room and clash with nothing that is taken `beside` it."""
        codes, find = self.parts[place]
        taken = frozenset(run for run in full if self.offering[run].component in codes) if full else full
        key = (taken, beside, *[held.get(code) for code in codes])
        known = self.known[place]
        if key not in known:
            runs = {code: self._runs(code, held) for code in codes if code in self.always}
            known[key] = find({code: self._left(mine, taken, beside) for code, mine in runs.items()})
        return known[key]

    def _left(self, runs: list[AttendableRun], full: Full, beside: Taken) -> list[AttendableRun]:
        """Return the runs that have a seat left, or in which the class sits already, and that clash with nothing beside them."""
        if full:
            runs = [run for run in runs if run.kept or run.offering not in full]
        return self._free(runs, beside) if beside else runs

    def _in_order(self, order: Sequence[int], held: Held, full: Full) -> Way | None:
        """Find one part after the other, each beside those before it."""
        found: list[Part] = []
        for place in order:
            part = self._part(place, held, full, ())
            if part is not None and not all(self.clashes.apart(part[1], each[1]) for each in found):
                part = self._part(place, held, full, tuple(run for each in found for run in each[1]))
            if part is None:
                return None
            found.append(part)
        return self._joined(found)

    def _joined(self, parts: Sequence[Part]) -> Way:
        day = max([self.demand.earliest, *(part[0] for part in parts)])
        last = tuple(code for part in parts if part[0] == day for code in part[2])
        return Way(day, tuple(each for part in parts for each in part[1]), last)

    def _is_apart(self, parts: Sequence[Part]) -> bool:
        """Say whether no two parts have a clash."""
        return all(self.clashes.apart(one[1], other[1]) for one, other in combinations(parts, 2))

    def _free(self, runs: Sequence[AttendableRun], others: Taken) -> list[AttendableRun]:
        """Return the runs that clash with no others."""
        clashing, bit = self.clashes.bits(others)[1], self.clashes.bit
        return [run for run in runs if not clashing & bit[run.offering]]

    def _runs(self, code: str, held: Held) -> list[AttendableRun]:
        """Return what is held of a component and open to the class, by its end."""
        key = (code, held.get(code, ()))
        if key not in self.sorted:
            mine = [run for each in key[1] for run in self.hung.get(each, ())]
            self.sorted[key] = sorted([*self.always.get(code, ()), *mine], key=_end)
        return self.sorted[key]

    def stages(self, need: OpenNeed, held: Held, beside: Taken) -> Mapping[str, int]:
        """Return the runs in which a role that is needed could be played, beside what is taken, with their days."""
        code = need.pool[0]
        key = (code, need.role, held.get(code, ()), beside)
        if key not in self.stage:
            self.stage[key] = {
                run.offering: run.last
                for run in self._free(self._runs(code, held), beside)
                if need.role in dict(self.offering[run.offering].roles)
            }
        return self.stage[key]


def _end(run: AttendableRun) -> tuple[int, int, str]:
    return run.last, run.first, run.offering
