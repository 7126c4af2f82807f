"""The linear master: each class spreads over its columns, limited things are not exceeded; its duals are the prices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from ortools.linear_solver import pywraplp

from scheduler.engines.beside import run_beside
from scheduler.engines.budget import Budget
from scheduler.solve.column_generation.grid import Numbers
from scheduler.solve.column_generation.measures import PART, EpsilonConstraint, Measure
from scheduler.solve.column_generation.pool import ColumnPool
from scheduler.solve.column_generation.sweep import NEVER

DUST = 1e-7
"""Weights below this are the solver's rounding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """What the classes share: learners by class, limits by thing, the goal, and what earlier goals have reached."""

    count: Numbers
    limits: Numbers
    goal: Measure
    promises: tuple[EpsilonConstraint, ...] = ()

    @property
    def days_counted(self) -> list[Numbers]:
        """Return the days (by class) up to which a promise counts those who graduate."""
        return [each.measure.by for each in self.promises if each.measure.by is not None]

    def of(self, which: Numbers) -> "Market":
        """Return the market of some classes only, with as large a share of every limit as they have of all learners."""
        count = np.zeros_like(self.count)
        count[which] = self.count[which]
        limits = self.limits * int(count.sum()) // max(1, int(self.count.sum()))
        return replace(self, count=count, limits=limits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """So often at most some columns are taken, each as often as its factor says."""

    factors: Mapping[int, int]
    most: int


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The linear optimum over the columns so far: prices of things and of promises, the columns' weights, and its value."""

    prices: Numbers
    kept: tuple[int, ...]
    weights: dict[int, float]
    value: float


class Linear:
    """The linear master, kept between rounds so that only columns of use are added."""

    def __init__(self, pool: ColumnPool, market: Market, dear: int = NEVER) -> None:
        """Start without columns: everybody is left out; `dear` = what breaking a promise costs, NEVER = it is not to be had."""
        self.pool, self.market = pool, market
        self.solver = pywraplp.Solver.CreateSolver("GLOP")
        infinity = self.solver.infinity()
        self.rows = [self.solver.Constraint(-infinity, float(limit)) for limit in market.limits]
        self.choose = {
            owner: self.solver.Constraint(float(count), float(count))
            for owner, count in enumerate(market.count.tolist())
            if count
        }
        self.kept = [self.solver.Constraint(-infinity, float(each.most)) for each in market.promises]
        self.objective = self.solver.Objective()
        self.objective.SetMinimization()
        for row in self.kept if dear < NEVER else ():
            broken = self.solver.NumVar(0.0, infinity, "")
            row.SetCoefficient(broken, -1.0)
            self.objective.SetCoefficient(broken, dear / PART)
        outs = [each.measure.out.tolist() for each in market.promises]
        for owner, row in self.choose.items():
            self._variable(row, int(market.goal.out[owner]), [out[owner] for out in outs])
        self.columns: dict[int, pywraplp.Variable] = {}

    def _variable(self, row: pywraplp.Constraint, cost: int, kept: Sequence[int]) -> pywraplp.Variable:
        variable = self.solver.NumVar(0.0, self.solver.infinity(), "")
        self.objective.SetCoefficient(variable, float(cost))
        row.SetCoefficient(variable, 1.0)
        for promise, amount in zip(self.kept, kept, strict=True):
            if amount:
                promise.SetCoefficient(variable, float(amount))
        return variable

    def add(self, columns: Numbers) -> None:
        """Add some columns of the pool."""
        pool = self.pool
        owners, days = pool.owner[columns], pool.days[columns]
        costs = self.market.goal.of(owners, days).tolist()
        kept = [each.measure.of(owners, days).tolist() for each in self.market.promises]
        for at, (column, owner, cost) in enumerate(zip(columns.tolist(), owners.tolist(), costs, strict=True)):
            variable = self._variable(self.choose[owner], cost, [each[at] for each in kept])
            self.columns[column] = variable
            for thing in pool.used(column).tolist():
                self.rows[thing].SetCoefficient(variable, 1.0)

    def cut(self, cut: Cut) -> None:
        """Add a row over some of the columns."""
        row = self.solver.Constraint(-self.solver.infinity(), float(cut.most))
        for column, factor in cut.factors.items():
            row.SetCoefficient(self.columns[column], float(factor))

    def missed(self, costs: Numbers, out: Numbers) -> Numbers:
        """Return the columns that are not here and cost less than all of their class that are."""
        pool = self.pool
        here = np.zeros(len(pool.owner), np.bool_)
        here[list(self.columns)] = True
        least = np.minimum(pool.cheapest(np.where(here, costs, NEVER), len(out)), out)
        found: Numbers = np.flatnonzero(~here & (costs < least[pool.owner]) & (self.market.count[pool.owner] > 0))
        return found

    def solve(self, budget: Budget) -> Relaxed | None:
        """Solve; None if that did not end within the budget."""
        if not self._is_solved(budget):
            return None
        prices = [_price(row) for row in self.rows]
        weights = {column: weight for column, each in self.columns.items() if (weight := each.solution_value()) > DUST}
        return Relaxed(np.array(prices, np.int64), tuple(map(_price, self.kept)), weights, self.objective.Value())

    def tried(self, columns: Numbers, low: float, high: float, budget: Budget) -> float:
        """Return the optimum if so many take one of some columns, from and to; infinite where it is not found."""
        probe = self.solver.Constraint(low, high)
        for column in columns.tolist():
            if column in self.columns:
                probe.SetCoefficient(self.columns[column], 1.0)
        found: float = self.objective.Value() if self._is_solved(budget) else float("inf")
        probe.SetBounds(-self.solver.infinity(), self.solver.infinity())
        probe.Clear()
        return found

    def _is_solved(self, budget: Budget) -> bool:
        self.solver.set_time_limit(max(1, int(min(budget.left, 1e6) * 1000)))
        return bool(run_beside(self.solver.Solve, self.solver.InterruptSolve, budget) == pywraplp.Solver.OPTIMAL)


def _price(row: pywraplp.Constraint) -> int:
    """Return what one more of a thing is worth, in parts of a day."""
    worth: float = -row.dual_value()
    return max(0, round(worth * PART))
