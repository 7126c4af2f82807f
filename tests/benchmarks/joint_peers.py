"""Other ways to a joint plan: a compact program in HiGHS, SCIP and CBC, and one CP-SAT model of all learners."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from ortools.linear_solver import pywraplp

from models.formulation.formulate import formulate
from models.programme.instance import Instance
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.questions import PathQuestion
from scheduler.solve.lexicographic import minimise
from tests.linear_program import LinearProgram
from tests.oracle_milp import joint_program

LEFT_OUT = 5_000
"""What a learner left out costs in days, so that one number holds both goals."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the best plan costs (None = no plan): days, and LEFT_OUT for each left out; a bound on that, and the seconds."""

    cost: int | None
    bound: float
    building: float
    solving: float

    @property
    def is_proved(self) -> bool:
        """Say whether no plan costs less."""
        return self.cost is not None and self.bound > self.cost - 0.5


Peer = Callable[[Instance, tuple[str, ...], float], Found]
Costs = dict[int, float]


def highs(instance: Instance, learners: tuple[str, ...], limit: float) -> Found:
    """Solve the program with HiGHS through scipy."""
    start = time.perf_counter()
    program, costs, constant = _weighed(instance, learners)
    built = time.perf_counter()
    found = program.by_highs(costs, time_limit=limit)
    cost = None if found.x is None else round(float(found.fun)) + constant
    bound = constant + (found.mip_dual_bound if found.mip_dual_bound is not None else -np.inf)
    return Found(cost, float(bound), built - start, time.perf_counter() - built)


def wrapped(name: str) -> Peer:
    """Return a peer that solves the program with a solver of ortools' linear wrapper."""

    def solve(instance: Instance, learners: tuple[str, ...], limit: float) -> Found:
        start = time.perf_counter()
        program, costs, constant = _weighed(instance, learners)
        solver, _ = program.through_ortools(name, costs)
        solver.set_time_limit(int(limit * 1000))
        built = time.perf_counter()
        status = solver.Solve()
        has_plan = status in {pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE}
        value: float = solver.Objective().Value()
        cost = round(value) + constant if has_plan else None
        bound = constant + solver.Objective().BestBound()
        return Found(cost, float(bound), built - start, time.perf_counter() - built)

    return solve


def flat(instance: Instance, learners: tuple[str, ...], limit: float) -> Found:
    """Solve one CP-SAT model of all learners, with the product's own rules, goal after goal."""
    start = time.perf_counter()
    formulation = formulate(instance, learners)
    built = time.perf_counter()
    stages = PathQuestion(learners=learners).stages[:2]
    solved = minimise(formulation, stages, Settings(), Budget(limit))
    cost = None
    if solved.values:
        plan = formulation.plan(solved.values)
        missing, days = (goal.value(instance, plan) for stage in stages for goal in stage)
        cost = missing * LEFT_OUT + days
    bound = solved.bounds.get("not-graduating", 0) * LEFT_OUT + solved.bounds.get("graduation", 0)
    return Found(cost, bound, built - start, time.perf_counter() - built)


def _weighed(instance: Instance, learners: tuple[str, ...]) -> tuple[LinearProgram, Costs, int]:
    """Return the program, what its columns cost, and a constant: everybody left out."""
    program, parts = joint_program(instance, learners)
    costs: Costs = {}
    for part in parts:
        costs |= {part.graduates: -float(LEFT_OUT), part.day: 1.0}
    return program, costs, LEFT_OUT * len(parts)


PEERS: dict[str, Peer] = {
    "HiGHS (scipy)": highs,
    "SCIP": wrapped("SCIP"),
    "CBC": wrapped("CBC"),
    "flat CP-SAT": flat,
}
