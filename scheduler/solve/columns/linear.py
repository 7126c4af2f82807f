"""The linear master: each class spreads over its columns, limited things are not exceeded; its duals are the prices."""

from dataclasses import dataclass

import numpy as np
from ortools.linear_solver import pywraplp

from scheduler.solve.columns.blocks import PART
from scheduler.solve.columns.grid import Numbers
from scheduler.solve.columns.pool import Pool

DUST = 1e-7
"""Weights below this are the solver's rounding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """What the classes share: learners by class, limits by thing; what a day and a learner left out cost, in parts of a day.

    `missing` = exactly so many are left out, at no cost but the price that the master finds; None = as many as it takes.
    """

    count: Numbers
    limits: Numbers
    day: int
    left_out: int
    missing: int | None = None


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The linear optimum over the columns so far: its value in parts of a day, prices, and the columns' weights."""

    value: float
    prices: Numbers
    left_out: int
    weights: dict[int, float]


class Linear:
    """The linear master, kept between rounds so that only new columns are added."""

    def __init__(self, pool: Pool, market: Market) -> None:
        """Start with the columns of the pool; whoever takes none is left out."""
        self.pool, self.market = pool, market
        self.solver = pywraplp.Solver.CreateSolver("GLOP")
        infinity = self.solver.infinity()
        self.rows = [self.solver.Constraint(-infinity, float(limit)) for limit in market.limits]
        self.choose = [self.solver.Constraint(float(count), float(count)) for count in market.count]
        self.objective = self.solver.Objective()
        self.objective.SetMinimization()
        self.columns: list[pywraplp.Variable] = []
        missing = (-infinity, infinity) if market.missing is None else (float(market.missing), float(market.missing))
        self.missing = self.solver.Constraint(*missing)
        for row in self.choose:
            variable = self._variable(market.left_out if market.missing is None else 0)
            row.SetCoefficient(variable, 1.0)
            self.missing.SetCoefficient(variable, 1.0)
        self.add_new()

    def _variable(self, cost: int) -> pywraplp.Variable:
        variable = self.solver.NumVar(0.0, self.solver.infinity(), "")
        self.objective.SetCoefficient(variable, cost / PART)
        return variable

    def add_new(self) -> None:
        """Add the columns that have come to the pool since."""
        for column in range(len(self.columns), len(self.pool.owner)):
            variable = self._variable(int(self.pool.days[column]) * self.market.day)
            self.columns.append(variable)
            self.choose[int(self.pool.owner[column])].SetCoefficient(variable, 1.0)
            for thing in self.pool.used(column):
                self.rows[thing].SetCoefficient(variable, 1.0)

    def solve(self, seconds: float) -> Relaxed | None:
        """Solve; None if that did not end in time."""
        self.solver.set_time_limit(max(1, int(min(seconds, 1e6) * 1000)))
        if self.solver.Solve() != pywraplp.Solver.OPTIMAL:
            return None
        prices = [max(0, round(-row.dual_value() * PART)) for row in self.rows]
        left_out = self.market.left_out
        if self.market.missing is not None:
            left_out = round(-self.missing.dual_value() * PART)
        weights = {
            column: weight for column, each in enumerate(self.columns) if (weight := each.solution_value()) > DUST
        }
        return Relaxed(self.objective.Value() * PART, np.array(prices, np.int64), left_out, weights)
