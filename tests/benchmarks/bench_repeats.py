"""Repeats beside HiGHS (scipy) and CP-SAT on one binary variable a person and date: same instances, same run.

`python -m tests.benchmarks.bench_repeats` prints a table; `--large` adds 50 components and 5,000 people.
"""

import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from ortools.sat.python import cp_model
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from models.programme.instance import Instance
from scheduler.engines.budget import Budget
from scheduler.engines.highs import LinearProgram
from scheduler.repeats.cover import cover
from scheduler.repeats.posing import pose
from scheduler.repeats.problem import Problem
from scheduler.repeats.question import RepeatsQuestion
from scheduler.repeats.teaching import require_trainers
from tests.repeats_instances import waiting_instance

LIMIT = 60.0
PLAIN = 1000
"""Waits beyond which the plain models do not fit the memory."""
Row = tuple[str, str, str, str]


@dataclass
class Plain:
    """The obvious model: one binary a wait and option, one an option; two goals, uncovered and then sessions."""

    problem: Problem
    program: LinearProgram = field(default_factory=LinearProgram)
    sits: dict[tuple[int, int], int] = field(default_factory=dict)
    held: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Post every row."""
        problem, program = self.problem, self.program
        fitting: dict[int, list[int]] = {}
        for wait in problem.waits:
            for k in wait.fits:
                fitting.setdefault(k, []).append(wait.place)
        self.held = {k: program.variable(1, whole=True) for k in sorted(fitting) if problem.options[k].added}
        for wait in problem.waits:
            for k in wait.fits:
                self.sits[wait.place, k] = program.variable(1, whole=True)
            program.require([(1.0, self.sits[wait.place, k]) for k in wait.fits], high=1)
        for k, waits in sorted(fitting.items()):
            seated = [(1.0, self.sits[wait, k]) for wait in waits]
            program.require([*seated, (-float(problem.options[k].seats), self.held[k])], high=0)
        for name in sorted(problem.tangled):
            for one, k, other, other_k in problem.clashes(name):
                program.require([(1.0, self.sits[one, k]), (1.0, self.sits[other, other_k])], high=1)
        require_trainers(program, problem, [problem.options[k] for k in self.held], self.held)

    def goals(self) -> list[Mapping[int, float]]:
        """Return the costs of both goals."""
        return [dict.fromkeys(self.sits.values(), -1.0), dict.fromkeys(self.held.values(), 1.0)]


def by_highs(plain: Plain, limit: float) -> list[tuple[float, float]]:
    """Return value and bound of each goal by HiGHS in scipy."""
    found: list[tuple[float, float]] = []
    rows = list(plain.program.rows)
    size = len(plain.program.lows)
    started = time.monotonic()
    for goal in plain.goals():
        costs = np.zeros(size)
        costs[list(goal)] = list(goal.values())
        entries = [(number, place, factor) for number, (terms, _, _) in enumerate(rows) for factor, place in terms]
        at, places, factors = zip(*entries, strict=True)
        matrix = coo_array((factors, (at, places)), shape=(len(rows), size)).tocsr()
        limits = LinearConstraint(matrix, [low for _, low, _ in rows], [high for _, _, high in rows])
        left = max(limit - (time.monotonic() - started), 0.1)
        options = {"time_limit": left, "mip_rel_gap": 0.0}
        solved = milp(costs, constraints=limits, bounds=Bounds(0, 1), integrality=np.ones(size), options=options)
        if solved.x is None:
            return found
        found.append((solved.fun, solved.mip_dual_bound))
        if abs(solved.fun - solved.mip_dual_bound) >= 1:
            return found
        rows.append(([(cost, place) for place, cost in goal.items()], -np.inf, solved.fun + 1e-5))
    return found


def by_cpsat(plain: Plain, limit: float) -> list[tuple[float, float]]:
    """Return value and bound of each goal by CP-SAT, one worker."""
    model = cp_model.CpModel()
    variables = [model.new_bool_var("") for _ in plain.program.lows]
    for terms, low, high in plain.program.rows:
        total = cp_model.LinearExpr.weighted_sum(
            [variables[place] for _, place in terms], [int(factor) for factor, _ in terms]
        )
        bottom = -(1 << 30) if low == -np.inf else int(low)
        model.add_linear_constraint(total, bottom, int(high))
    found: list[tuple[float, float]] = []
    started = time.monotonic()
    for goal in plain.goals():
        total = cp_model.LinearExpr.weighted_sum(
            [variables[place] for place in goal], [int(cost) for cost in goal.values()]
        )
        model.minimize(total)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.linearization_level = 2
        solver.parameters.max_time_in_seconds = max(limit - (time.monotonic() - started), 0.1)
        status = solver.solve(model)
        if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            return found
        found.append((solver.objective_value, solver.best_objective_bound))
        if status != cp_model.OPTIMAL:
            return found
        model.add(total <= round(solver.objective_value))
    return found


def sizes(*, large: bool) -> dict[str, Instance]:
    """Return the instances by name."""
    found = {
        "3 comp., 50 people, 30 slots": waiting_instance(1, components=3, people=50, slots=30, trainers=2),
        "11 comp., 50 people, 60 slots": waiting_instance(1, components=11, people=50, slots=60, trainers=4, seats=3),
        "11 comp., 500 people, 200 slots": waiting_instance(1, components=11, people=500, slots=200, trainers=4),
    }
    if large:
        name = "50 comp., 5,000 people, 500 slots"
        found[name] = waiting_instance(1, components=50, people=5000, slots=500, trainers=12, per_week=6)
    return found


def ours(problem: Problem, limit: float) -> Row:
    """Measure the product's own search."""
    started = time.monotonic()
    found = cover(problem, Budget(limit))
    words = [f"{found.values[name]}/{found.bounds.get(name, '-')}" for name in ("uncovered-rest", "sessions-added")]
    proof = "all goals" if found.proved else "up to " + _last_proved(found.values, found.bounds)
    return "ours", f"{time.monotonic() - started:.1f}", " ".join(words), proof


def _last_proved(values: Mapping[str, int], bounds: Mapping[str, int]) -> str:
    names = [name for name in values if bounds.get(name) == values[name]]
    return names[-1] if names else "nothing"


def peer(name: str, solve: Callable[[Plain, float], list[tuple[float, float]]], problem: Problem, limit: float) -> Row:
    """Measure another solver, building included."""
    started = time.monotonic()
    found = solve(Plain(problem), limit)
    waits = len(problem.waits)
    shown = []
    for place, (value, bound) in enumerate(found):
        base = waits if place == 0 else 0
        shown.append(f"{base + round(value)}/{base + int(np.ceil(bound - 1e-4))}")
    proved = [value - bound < 1 for value, bound in found]
    words = "both goals" if proved == [True, True] else "uncovered" if proved[:1] == [True] else "nothing"
    return name, f"{time.monotonic() - started:.1f}", " ".join(shown) or "no answer", words


def main() -> None:
    """Print the table: seconds, value/bound of uncovered and of sessions added, and what is proved."""
    for name, instance in sizes(large="--large" in sys.argv).items():
        started = time.monotonic()
        problem = pose(instance, RepeatsQuestion()).problem
        sys.stdout.write(f"\n{name} ({len(problem.waits)} waits, posed in {time.monotonic() - started:.1f} s)\n")
        _write(ours(problem, LIMIT))
        if len(problem.waits) <= PLAIN:
            _write(peer("HiGHS", by_highs, problem, LIMIT))
            _write(peer("CP-SAT", by_cpsat, problem, LIMIT))


def _write(row: Row) -> None:
    sys.stdout.write("  {:8} {:>7} s   {:22} proved: {}\n".format(*row))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
