"""How many cannot graduate however the year is held: so many runs may be added, each seats so many, whenever it is.

Runs are counted whole and days are left out: of a program that holds runs in parts seats can be had of which there are none.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from models.programme.offering import Offering
from scheduler.calendar.room import Room
from scheduler.calendar.season import Season
from scheduler.calendar.wanted import Demand, Demands, OpenNeed
from scheduler.calendar.year_program import free_places, free_seats
from scheduler.engines.budget import Budget
from scheduler.engines.highs import LinearProgram, minimise, whole_bound

Wanted = tuple[str, str | None]
"""A component, and the role in it if one is wanted."""


@dataclass(slots=True)
class Counted:
    """A season of which everybody's seats are counted; `runs` = how many are added, by component."""

    season: Season
    room: Room
    program: LinearProgram = field(default_factory=LinearProgram)
    runs: dict[str, int] = field(default_factory=dict)
    taken: dict[Wanted, list[int]] = field(default_factory=dict)
    kept: Counter[Wanted] = field(default_factory=Counter)

    def least_left_out(self, demands: Demands, budget: Budget) -> int:
        """Return how many at least do not graduate, those who surely cannot among them."""
        for code, choices in self.room.of_code.items():
            self.runs[code] = self.program.variable(len(choices), whole=True)
        self._limit()
        going = [self._going(demand) for demand in demands.classes]
        for wanted, places in self.taken.items():
            self._seat(wanted, places)
        found = minimise(self.program, dict.fromkeys(going, -1.0), budget)
        bound = whole_bound(found.bound)
        total = sum(len(demand.learners) for demand in demands.classes)
        return len(demands.stuck) + (0 if bound is None or found.kind == "infeasible" else max(0, total + bound))

    def _limit(self) -> None:
        """Add no more than the limits of the year allow."""
        of_limit: dict[str, set[str]] = {}
        for code, choices in self.room.of_code.items():
            for name in self.room.limits(choices[0]):
                of_limit.setdefault(name, set()).add(code)
        for name, codes in of_limit.items():
            self.program.require([(1.0, self.runs[code]) for code in sorted(codes)], high=self.room.most[name])

    def _going(self, demand: Demand) -> int:
        """Return how many of a class graduate: no more than have a seat in all that they need."""
        count = float(len(demand.learners))
        going = self.program.variable(count, whole=False)
        places: dict[Wanted, int] = {}
        for need in demand.needs:
            if need.role is not None or not need.again:
                self._need(demand, need, going, places)
        return going

    def _need(self, demand: Demand, need: OpenNeed, going: int, places: dict[Wanted, int]) -> None:
        """Let everybody who graduates have a seat in so many of a pool, or a role in one of it."""
        done = sum(code in demand.tasks for code in need.pool)
        missing = need.count - done if need.role is None else 1
        terms = []
        for code in (code for code in need.pool if code in demand.runs and code not in demand.tasks):
            wanted = (code, need.role)
            if wanted not in places:  # two needs may be met by one place
                places[wanted] = self._place(demand, code, need.role)
                self.program.require([(1.0, places[wanted]), (-1.0, going)], high=0)
            terms.append((-1.0, places[wanted]))
        if missing > 0:
            self.program.require([(float(missing), going), *terms], high=0)

    def _place(self, demand: Demand, code: str, role: str | None) -> int:
        """Return how many of a class have a seat, or a role, in any run of a component."""
        count = len(demand.learners)
        place = self.program.variable(float(count), whole=False)
        self.taken.setdefault((code, role), []).append(place)
        if any(run.kept and (role is None or run.plays == role) for run in demand.runs.get(code, ())):
            self.kept[code, role] += count
        if not any(run.choice is None for run in demand.runs.get(code, ())):
            added = [(-float(count), self.runs[code])] if code in self.runs else []
            self.program.require([(1.0, place), *added], high=0)
        return place

    def _seat(self, wanted: Wanted, places: Sequence[int]) -> None:
        """Let no more have a seat than there are in what stands and in what is added."""
        code = wanted[0]
        choices = self.room.of_code.get(code, ())
        always = [
            self._free(wanted, run) for run in self.season.standing.offerings_of.get(code, ()) if self._is_ahead(run)
        ]
        each = [self._free(wanted, *choice.held) for choice in choices]
        if None in always or None in each:
            return
        most = max((free for free in each if free is not None), default=0)
        added = [(-float(most), self.runs[code])] if code in self.runs else []
        room = sum(free for free in always if free is not None) + self.kept[wanted]
        self.program.require([*((1.0, place) for place in places), *added], high=room)

    def _is_ahead(self, run: Offering) -> bool:
        return run.status != "cancelled" and run.end >= self.season.instance.as_of

    def _free(self, wanted: Wanted, *runs: Offering) -> int | None:
        """Return how many seats, or places in a role, some runs have together; None where nobody says."""
        role = wanted[1]
        free = [free_seats(self.season, run) if role is None else free_places(self.season, run, role) for run in runs]
        return None if None in free else sum(each for each in free if each is not None)
