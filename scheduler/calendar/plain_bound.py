"""A bound of a year without a program: who cannot graduate sooner alone, how far apart runs are, and how many they take in.

Of all calendars none holds its k-th run of a component before the k-th day of those that start as soon as gaps allow.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from models.programme.offering import Offering
from scheduler.calendar.room import Room
from scheduler.calendar.season import Season
from scheduler.calendar.wanted import AttendableRun, Demand, Demands, OpenNeed

Slots = Sequence[float]
"""Days in order, one for each seat or place there can be."""


class PlainBound:
    """Bounds the sum of days of a season."""

    def __init__(self, season: Season, demands: Demands, room: Room) -> None:
        """Look at what everybody needs and when it could be held at best."""
        self.season, self.room, self.classes = season, room, demands.classes
        self.offering = season.with_added(season.choices).offering
        self.today = season.instance.as_of.toordinal()
        self.alone = [max(demand.earliest, self._attended(demand)) for demand in self.classes]

    def sharpened(self, demands: Demands) -> Demands:
        """Return what everybody needs, nobody earlier than gaps allow alone."""
        pairs = zip(demands.classes, self.alone, strict=True)
        classes = [replace(each, earliest=int(day)) if math.isfinite(day) else each for each, day in pairs]
        return replace(demands, classes=tuple(classes))

    def days(self, graduating: int) -> int:
        """Return a sum of days that no calendar is below on which so many graduate."""
        plain = [(demand, day) for demand, day in zip(self.classes, self.alone, strict=True)]
        sums = [self._least([day for demand, day in plain for _ in demand.learners], graduating)]
        for wanting, slots in self._scarce():
            taken = iter(slots)
            mine = sorted(day for demand, day in plain if demand in wanting for _ in demand.learners)
            others = [day for demand, day in plain if demand not in wanting for _ in demand.learners]
            paired = [max(day, next(taken, math.inf)) for day in mine]
            sums.append(self._least([*others, *paired], graduating))
        return max(sums)

    def _least(self, days: Iterable[float], graduating: int) -> int:
        first = sorted(days)[:graduating]
        return int(sum(max(0.0, day - self.today) for day in first if math.isfinite(day)))

    def _attended(self, demand: Demand) -> float:
        """Return the first day by which a class can have attended as often as it needs to."""
        found = 0.0
        for need in demand.needs:
            if need.again and need.role is None:
                days = [day for day, _ in self._held(need.pool[0], demand.runs.get(need.pool[0], ()))]
                found = max(found, days[need.count - 1] if len(days) >= need.count else math.inf)
        return found

    def _held(self, code: str, runs: Iterable[AttendableRun]) -> list[tuple[int, str | None]]:
        """Return the ends of as many runs as there can be, each as early as it can be; with the id of those that stand."""
        runs = list(runs)
        found: list[tuple[int, str | None]] = [(run.last, run.offering) for run in runs if run.choice is None]
        for added in (
            [run for run in runs if run.choice is not None and run.choice == run.offering],
            [run for run in runs if run.choice is not None and run.choice != run.offering],
        ):
            shortest = min((run.last - run.first for run in added), default=0)
            found += [(start + shortest, None) for start in self._spaced(code, added)]
        return sorted(found, key=lambda each: each[0])

    def _spaced(self, code: str, runs: Sequence[AttendableRun]) -> Iterator[int]:
        """Yield starts as early as the gap allows, as many as the limits of the year do."""
        gap = self.room.gaps.get(code, 0)
        choice = next((each for each in self.season.choices if each.code == code), None)
        most = min((self.room.most[name] for name in self.room.limits(choice)), default=len(runs)) if choice else 0
        before = -math.inf
        for start in sorted(run.first for run in runs):
            if most <= 0:
                return
            if start - before >= gap:
                yield start
                before, most = start, most - 1

    def _scarce(self) -> Iterator[tuple[list[Demand], Slots]]:
        """Yield who needs a role or a seat of which there are only so many, and when each of them can be there at best."""
        wanted: dict[tuple[str, str | None], list[Demand]] = {}
        for demand in self.classes:
            for need in demand.needs:
                for code in self._all_of(demand, need):
                    wanted.setdefault((code, need.role), []).append(demand)
        for (code, role), wanting in wanted.items():
            runs = {run.offering: run for demand in self.classes for run in demand.runs.get(code, ())}
            kept = Counter[str]()
            for demand in self.classes:
                mine = [run for run in demand.runs.get(code, ()) if run.kept and (role is None or run.plays == role)]
                kept.update({run.offering: len(demand.learners) for run in mine})
            rooms = {name: self._room(self.offering[name], role, kept) for name in runs}
            most = max((room for name, room in rooms.items() if runs[name].choice is not None), default=0.0)
            if most < math.inf and all(room < math.inf for room in rooms.values()):
                yield wanting, self._slots(code, runs, rooms, most)

    def _slots(self, code: str, runs: Mapping[str, AttendableRun], rooms: Mapping[str, float], most: float) -> Slots:
        held = self._held(code, runs.values())
        return [float(day) for day, name in held for _ in range(int(most if name is None else rooms[name]))]

    @staticmethod
    def _all_of(demand: Demand, need: OpenNeed) -> Sequence[str]:
        """Return the components of a need that nobody can do without."""
        if need.again:
            return need.pool[:1] if need.role is not None else ()
        return need.pool if need.count >= len(need.pool) and not set(need.pool) & set(demand.tasks) else ()

    def _room(self, run: Offering, role: str | None, kept: Mapping[str, int]) -> float:
        """Return how many could be seated or play a role, those who do already among them; infinite where nobody says."""
        instance = self.season.instance
        if role is None:
            if run.seats is None:
                return math.inf
            return max(0, run.seats - run.taken - instance.seats_standing.get(run.id, 0)) + kept.get(run.id, 0)
        places = dict(run.roles).get(role)
        if places is None:
            return 0.0
        return max(0, places - instance.roles_standing.get((run.id, role), 0)) + kept.get(run.id, 0)
