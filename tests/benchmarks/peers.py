"""Other ways to one learner's earliest day: the same facts in three MILP solvers and in a plain CP-SAT model."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from ortools.linear_solver import pywraplp

from models.programme.instance import Instance
from tests.benchmarks.plain_model import PlainModel
from tests.linear_program import LinearProgram
from tests.oracle_milp import program_of


@dataclass(frozen=True, slots=True)
class Timed:
    """A day, and the seconds that building the model and solving it took."""

    day: date | None
    building: float
    solving: float

    @property
    def seconds(self) -> float:
        """All the seconds."""
        return self.building + self.solving


Peer = Callable[[Instance, str], Timed]


def highs(instance: Instance, learner: str) -> Timed:
    """Solve the program with HiGHS through scipy."""
    return _program(instance, learner, _with_scipy)


def through_ortools(solver: str) -> Peer:
    """Return a peer that solves the program with a solver of ortools' linear wrapper."""
    return lambda instance, learner: _program(instance, learner, lambda program, day: _wrapped(solver, program, day))


def plain_cpsat(instance: Instance, learner: str) -> Timed:
    """Solve with CP-SAT: one boolean for each offering, one implication for each booking and prerequisite."""
    start = time.perf_counter()
    model = PlainModel(instance, learner)
    built = time.perf_counter()
    day = model.earliest()
    return Timed(day, built - start, time.perf_counter() - built)


def _program(instance: Instance, learner: str, solve: Callable[[LinearProgram, int], float | None]) -> Timed:
    start = time.perf_counter()
    program, graduates, day = program_of(instance, learner)
    program.at_least({graduates: 1.0}, 1.0)
    built = time.perf_counter()
    days = solve(program, day)
    found = None if days is None else instance.as_of + timedelta(days=round(days))
    return Timed(found, built - start, time.perf_counter() - built)


def _with_scipy(program: LinearProgram, day: int) -> float | None:
    values = program.least({day: 1.0})
    return None if values is None else values[day]


def _wrapped(name: str, program: LinearProgram, day: int) -> float | None:
    solver, _ = program.through_ortools(name, {day: 1.0})
    return float(solver.Objective().Value()) if solver.Solve() == pywraplp.Solver.OPTIMAL else None


PEERS: dict[str, Peer] = {
    "HiGHS (scipy)": highs,
    "SCIP": through_ortools("SCIP"),
    "CBC": through_ortools("CBC"),
    "plain CP-SAT": plain_cpsat,
}
