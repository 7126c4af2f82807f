"""A year as one flat program, written apart from the product: each learner's bookings beside what is held, in HiGHS and CP-SAT.

Trainers are left out of it, so what it holds may be impossible to staff; its calendars are valued like all others.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from ortools.linear_solver import pywraplp

from scheduler.calendar.room import Room
from scheduler.calendar.season import Season
from tests.benchmarks.joint_peers import LEFT_OUT
from tests.linear_program import LinearProgram
from tests.oracle_milp import joint_program


@dataclass(slots=True)
class FlatYear:
    """The program: which column holds each choice, what columns cost, and what it costs if nobody graduates."""

    program: LinearProgram
    held: dict[str, int]
    costs: dict[int, float] = field(default_factory=dict)
    constant: float = 0.0


@dataclass(frozen=True, slots=True)
class FlatFound:
    """The ids of what is held (None = no answer), and a bound of days and LEFT_OUT for each learner left out."""

    held: tuple[str, ...] | None
    bound: float


def flat_year(season: Season, room: Room) -> FlatYear:
    """Return the program of a season: nobody books what is not held, limits and gaps are kept."""
    program, parts = joint_program(season.with_added(season.choices), season.learners)
    year = FlatYear(program, {each.id: program.yes_or_no() for each in season.choices})
    for choice in season.choices:
        columns = [column for part in parts for run in choice.held for column in part.new_seats(run.id)]
        for column in columns:
            program.at_most({column: 1.0, year.held[choice.id]: -1.0}, 0)
    for name, most in room.most.items():
        counted = [year.held[each.id] for each in season.choices if name in room.limits(each)]
        program.at_most(dict.fromkeys(counted, 1.0), most)
    for one, other in combinations(season.choices, 2):
        apart = abs((one.offering.start - other.offering.start).days)
        if one.code == other.code and apart < room.gaps.get(one.code, 0):
            program.at_most({year.held[one.id]: 1.0, year.held[other.id]: 1.0}, 1)
    for part in parts:
        year.costs |= {part.graduates: -float(LEFT_OUT), part.day: 1.0}
        year.constant += LEFT_OUT
    return year


def highs(year: FlatYear, limit: float) -> FlatFound:
    """Solve it with HiGHS through scipy."""
    found = year.program.by_highs(year.costs, time_limit=limit)
    bound = -np.inf if found.mip_dual_bound is None else float(found.mip_dual_bound)
    values = None if found.x is None else {name: float(found.x[column]) for name, column in year.held.items()}
    return _found(values, year.constant + bound)


def cpsat(year: FlatYear, limit: float) -> FlatFound:
    """Solve it with CP-SAT through ortools' linear wrapper, on one core."""
    solver, columns = year.program.through_ortools("SAT", year.costs)
    solver.SetNumThreads(1)
    solver.set_time_limit(int(limit * 1000))
    status = solver.Solve()
    has_one = status in {pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE}
    values = {name: columns[column].solution_value() for name, column in year.held.items()} if has_one else None
    return _found(values, year.constant + solver.Objective().BestBound())


def _found(values: Mapping[str, float] | None, bound: float) -> FlatFound:
    names = None if values is None else tuple(sorted(name for name, value in values.items() if value > 1 / 2))
    return FlatFound(names, bound)


def flat(season: Season, room: Room, limit: float, solve: Callable[[FlatYear, float], FlatFound]) -> FlatFound:
    """Make the program and solve it in one limit in seconds of the clock; no answer where making it takes all of that."""
    start = time.perf_counter()
    year = flat_year(season, room)
    left = limit - (time.perf_counter() - start)
    return solve(year, left) if left > 0 else FlatFound(None, -np.inf)


SOLVERS: dict[str, Callable[[FlatYear, float], FlatFound]] = {"HiGHS": highs, "CP-SAT": cpsat}
