"""Who sits where, once it is known what is held: exact, in order of the same goals, free published seats first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scheduler.engines.budget import Budget
from scheduler.engines.highs import LinearOutcome, LinearProgram, minimise
from scheduler.engines.in_order import Reached, minimise_in_order
from scheduler.repeats.groups import WaitGroup, groups_of
from scheduler.repeats.parts import rooms_of
from scheduler.repeats.problem import Problem, Wait

SEAT = 100_000
"""What a seat in an added session weighs against a day: more than any calendar holds days."""


@dataclass(frozen=True, slots=True)
class Seating:
    """The option of each wait that is covered."""

    seats: Mapping[int, int]

    def uncovered(self, waits: Sequence[Wait]) -> list[Wait]:
        """Return the waits without a seat."""
        return [wait for wait in waits if wait.place not in self.seats]


class Hall:
    """The seating problem of some waits in what is held: one variable for each group and option."""

    def __init__(self, problem: Problem, waits: Sequence[Wait], held: frozenset[int]) -> None:
        """Post seats, one seat a wait, and what one person cannot have together."""
        self.problem, self.waits = problem, waits
        apart = frozenset(wait.place for wait in waits if wait.row.learner in problem.tangled or wait.loses)
        self.groups = [group for group in groups_of(waits, held, apart) if group.fits]
        self.program = LinearProgram()
        self.sits: dict[tuple[int, int], int] = {}
        for group in self.groups:
            for k in group.fits:
                self.sits[group.place, k] = self.program.variable(group.count, whole=True)
            self.program.require([(1.0, self.sits[group.place, k]) for k in group.fits], high=group.count)
        self._post_seats()
        self._post_people(held)

    def _post_seats(self) -> None:
        by_option: dict[int, list[int]] = {}
        for (_, k), variable in self.sits.items():
            by_option.setdefault(k, []).append(variable)
        for k, variables in sorted(by_option.items()):
            option = self.problem.options[k]
            least = self.problem.least_attendance if option.added else None
            self.program.require([(1.0, each) for each in variables], low=least or 0, high=option.seats)

    def _post_people(self, held: frozenset[int]) -> None:
        place_of = {group.members[0]: group.place for group in self.groups if group.single}
        for name in sorted({self.problem.waits[wait].row.learner for wait in place_of} & self.problem.tangled):
            for one, k, other, other_k in self.problem.clashes(name, held):
                if one not in place_of or other not in place_of:
                    continue
                pair = (self.sits[place_of[one], k], self.sits[place_of[other], other_k])
                self.program.require([(1.0, variable) for variable in pair], high=1)
        for order in self.problem.orders:
            for k in order.late if order.wait in place_of else ():
                if (place_of[order.wait], k) in self.sits:
                    before = [
                        (-1.0, variable)
                        for first in order.firsts
                        for i in self.problem.waits[first].fits
                        if (variable := self.sits.get((place_of.get(first, -1), i))) is not None
                        and self.problem.before(i, k)
                    ]
                    self.program.require([(1.0, self.sits[place_of[order.wait], k]), *before], high=0)

    def goals(self) -> list[dict[int, float]]:
        """Return the costs of the goals in order: covers by turn, days waited, days lost, and the canonical choice."""
        turns = sorted({group.turn for group in self.groups})
        places = [(group, k, self.sits[group.place, k]) for group in self.groups for k in group.fits]
        stages: list[dict[int, float]] = [
            {variable: -1.0 for g, _, variable in places if g.turn == turn} for turn in turns
        ]
        stages.append({variable: -float(g.days) for g, _, variable in places if g.days})
        stages.append({variable: float(days) for g, k, variable in places if (days := self._lost(g, k))})
        stages.append({variable: self._weight(k) for _, k, variable in places})
        return [stage for stage in stages if stage]

    def _lost(self, group: WaitGroup, k: int) -> int:
        return self.problem.waits[group.members[0]].loses.get(k, 0)

    def _weight(self, k: int) -> float:
        option = self.problem.options[k]
        return float(option.day + (SEAT if option.added else 0))

    def read(self, outcome: LinearOutcome) -> Seating:
        """Give the seats of each group to its members in order, the earliest to the first."""
        seats: dict[int, int] = {}
        for group in self.groups:
            options = sorted(group.fits, key=lambda k: (self.problem.options[k].added, self.problem.options[k].day, k))
            places = [k for k in options for _ in range(round(outcome.values[self.sits[group.place, k]]))]
            seats |= dict(zip(group.members, places, strict=False))
        return Seating(seats)


def seat(problem: Problem, waits: Sequence[Wait], held: frozenset[int], budget: Budget) -> Seating | None:
    """Seat as many as possible in what is held; None where time runs out, or too few come to what is held."""
    seats: dict[int, int] = {}
    for mine in rooms_of(problem, waits):
        part = _seat_part(problem, mine, held, budget)
        if part is None:
            return None
        seats |= part.seats
    return Seating(seats)


def _seat_part(problem: Problem, waits: Sequence[Wait], held: frozenset[int], budget: Budget) -> Seating | None:
    hall = Hall(problem, waits, held)
    if not hall.sits:
        return Seating({})
    filling = Filling(hall, budget, None if problem.least_attendance else Seating({}))
    minimise_in_order(filling, hall.goals())
    return filling.seating


@dataclass(slots=True)
class Filling:
    """Fills a hall goal by goal; `seating` = the best so far. Where time cuts a goal short, what it reached is kept to."""

    hall: Hall
    budget: Budget
    seating: Seating | None

    def minimise(self, goal: Mapping[int, float]) -> Reached | None:
        """Seat people at the least cost; None where nobody is seated."""
        outcome = minimise(self.hall.program, goal, self.budget)
        if outcome.kind not in {"optimal", "feasible"}:
            return None
        self.seating = self.hall.read(outcome)
        return Reached(round(outcome.value), round(outcome.value))

    def keep(self, goal: Mapping[int, float], value: float) -> None:
        """Require that a cost comes to no more."""
        self.hall.program.require([(cost, place) for place, cost in goal.items()], high=value)
