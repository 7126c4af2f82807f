"""Rows and columns of a small mixed-integer program, and its solution by HiGHS and by the solvers that ortools wraps."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from ortools.linear_solver import pywraplp
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import csr_array

INFEASIBLE = 2
"""What scipy calls a program without any solution."""


@dataclass(slots=True)
class LinearProgram:
    """Columns are numbered in the order in which they are added; a row is low <= sum(factor * column) <= high."""

    lows: list[float] = field(default_factory=list)
    highs: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[tuple[dict[int, float], float, float]] = field(default_factory=list)

    def yes_or_no(self) -> int:
        """Add a column that is 0 or 1."""
        return self.number(1, whole=True)

    def number(self, high: float, *, whole: bool = False) -> int:
        """Add a column between 0 and `high`."""
        self.lows.append(0)
        self.highs.append(high)
        self.whole.append(whole)
        return len(self.lows) - 1

    def at_most(self, factors: Mapping[int, float], high: float) -> None:
        """Add a row with an upper side."""
        self.rows.append((dict(factors), -np.inf, high))

    def at_least(self, factors: Mapping[int, float], low: float) -> None:
        """Add a row with a lower side."""
        self.rows.append((dict(factors), low, np.inf))

    def least(self, costs: Mapping[int, float]) -> list[float] | None:
        """Return the columns of the cheapest solution, None if there is none; raise RuntimeError without a proof."""
        found = self.by_highs(costs)
        if found.status == INFEASIBLE:
            return None
        if not found.success:
            raise RuntimeError(found.message)
        return [float(value) for value in found.x]

    def by_highs(self, costs: Mapping[int, float], **options: float) -> OptimizeResult:
        """Return what HiGHS finds through scipy; `options` are scipy's own, such as a `time_limit` in seconds."""
        weights = np.zeros(len(self.lows))
        for column, cost in costs.items():
            weights[column] = cost
        return milp(
            weights,
            integrality=np.array(self.whole, dtype=int),
            bounds=Bounds(np.array(self.lows), np.array(self.highs)),
            constraints=self.constraint(),
            options={"mip_rel_gap": 0.0, **options},
        )

    def through_ortools(self, name: str, costs: Mapping[int, float]) -> tuple[pywraplp.Solver, list[pywraplp.Variable]]:
        """Return a solver of ortools' linear wrapper that is to minimise some costs, not yet run, and its columns."""
        solver = pywraplp.Solver.CreateSolver(name)
        columns = [
            solver.IntVar(low, high, "") if whole else solver.NumVar(low, high, "")
            for low, high, whole in zip(self.lows, self.highs, self.whole, strict=True)
        ]
        for factors, low, high in self.rows:
            row = solver.Constraint(low, high)
            for column, factor in factors.items():
                row.SetCoefficient(columns[column], factor)
        for column, cost in costs.items():
            solver.Objective().SetCoefficient(columns[column], cost)
        solver.Objective().SetMinimization()
        return solver, columns

    def constraint(self) -> LinearConstraint:
        """Return all rows as scipy takes them."""
        entries = [
            (factor, row, column) for row, (factors, _, _) in enumerate(self.rows) for column, factor in factors.items()
        ]
        factors, rows, columns = zip(*entries, strict=True) if entries else ((), (), ())
        matrix = csr_array((factors, (rows, columns)), shape=(len(self.rows), len(self.lows)))
        return LinearConstraint(matrix, [low for _, low, _ in self.rows], [high for _, _, high in self.rows])
