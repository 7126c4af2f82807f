"""The master problem: one path a learner, shared things within their limits; as a linear bound and as whole numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ortools.linear_solver import pywraplp

from models.plan import Path
from scheduler.solve.pricing import PART, Prices, Resource


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One path of one learner: its days, and the limited shared things that it uses. Without a path: not graduating."""

    learner: str
    days: int
    uses: frozenset[Resource]
    path: Path | None

    def cost(self, prices: Prices, day_cost: int = PART) -> int:
        """Return days in parts plus prices."""
        return self.days * day_cost + sum(prices.get(resource, 0) for resource in self.uses)


@dataclass(slots=True)
class Pool:
    """All columns so far by learner, and how much there is of each shared thing."""

    limits: Mapping[Resource, int]
    columns: dict[str, list[Column]] = field(default_factory=dict)
    known: set[tuple[str, int, frozenset[Resource]]] = field(default_factory=set)

    def add(self, column: Column) -> bool:
        """Add a column; say whether it is new."""
        key = (column.learner, column.days if column.path else -1, column.uses)
        if key in self.known:
            return False
        self.known.add(key)
        self.columns.setdefault(column.learner, []).append(column)
        return True


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The linear optimum: its value in days, the price of each shared thing, and of not graduating."""

    value: float
    prices: dict[Resource, int]
    not_graduating: int
    weights: list[tuple[Column, float]]


class Linear:
    """The linear master, kept between rounds so that only new columns are added."""

    def __init__(self, pool: Pool, allowed: int | None) -> None:
        """Bound the number of those who do not graduate by `allowed`; None = make that number itself small."""
        self.pool = pool
        self.allowed = allowed
        self.solver = pywraplp.Solver.CreateSolver("GLOP")
        self.rows: dict[Resource, pywraplp.Constraint] = {}
        self.choose: dict[str, pywraplp.Constraint] = {}
        self.given_up = self.solver.Constraint(-self.solver.infinity(), self.solver.infinity())
        if allowed is not None:
            self.given_up.SetUb(allowed)
        self.objective = self.solver.Objective()
        self.variables: list[tuple[Column, pywraplp.Variable]] = []
        self.objective.SetMinimization()
        for columns in pool.columns.values():
            for column in columns:
                self.add(column)

    def add(self, column: Column) -> None:
        """Add one column."""
        variable = self.solver.NumVar(0.0, self.solver.infinity(), "")
        if column.learner not in self.choose:
            self.choose[column.learner] = self.solver.Constraint(1.0, 1.0)
        self.choose[column.learner].SetCoefficient(variable, 1.0)
        for resource in column.uses:
            if resource not in self.rows:
                self.rows[resource] = self.solver.Constraint(-self.solver.infinity(), self.pool.limits[resource])
            self.rows[resource].SetCoefficient(variable, 1.0)
        if column.path is None:
            self.given_up.SetCoefficient(variable, 1.0)
        cost = float(column.days) if self.allowed is not None else float(column.path is None)
        self.objective.SetCoefficient(variable, cost)
        self.variables.append((column, variable))

    def solve(self, milliseconds: int) -> Relaxed | None:
        """Solve; None if that did not end in time."""
        self.solver.set_time_limit(max(milliseconds, 1))
        if self.solver.Solve() != pywraplp.Solver.OPTIMAL:
            return None
        prices = {
            resource: price
            for resource, row in self.rows.items()
            if (price := max(0, round(-row.dual_value() * PART))) > 0
        }
        given_up = max(0, round(-self.given_up.dual_value() * PART)) if self.allowed is not None else PART
        weights = [
            (column, value) for column, variable in self.variables if (value := variable.solution_value()) > 1e-9
        ]  # noqa: PLR2004 - the solver's tolerance
        return Relaxed(self.objective.Value(), prices, given_up, weights)


def whole(
    pool: Pool, allowed: int | None, milliseconds: int, hint: Sequence[Column], cutoff: int | None = None
) -> list[Column] | None:
    """Return the best choice of one column a learner that was found in time; None if none was."""
    solver = pywraplp.Solver.CreateSolver("HIGHS")
    variables: list[tuple[Column, pywraplp.Variable]] = []
    uses: dict[Resource, list[pywraplp.Variable]] = {}
    solver.Objective().SetMinimization()
    given_up = []
    for columns in pool.columns.values():
        chosen = solver.Constraint(1.0, 1.0)
        for column in columns:
            variable = solver.BoolVar("")
            variables.append((column, variable))
            chosen.SetCoefficient(variable, 1.0)
            for resource in column.uses:
                uses.setdefault(resource, []).append(variable)
            if column.path is None:
                given_up.append(variable)
            cost = float(column.days) if allowed is not None else float(column.path is None)
            solver.Objective().SetCoefficient(variable, cost)
    for resource, using in uses.items():
        if len(using) > pool.limits[resource]:
            row = solver.Constraint(-solver.infinity(), pool.limits[resource])
            for variable in using:
                row.SetCoefficient(variable, 1.0)
    if allowed is not None and given_up:
        row = solver.Constraint(-solver.infinity(), allowed)
        for variable in given_up:
            row.SetCoefficient(variable, 1.0)
    _hint(solver, variables, hint)
    solver.set_time_limit(max(milliseconds, 1))
    status = solver.Solve()
    if status not in {pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE}:
        return None
    return [column for column, variable in variables if variable.solution_value() > 0.5]  # noqa: PLR2004 - yes or no


def _hint(
    solver: pywraplp.Solver, variables: Sequence[tuple[Column, pywraplp.Variable]], hint: Sequence[Column]
) -> None:
    wanted = {id(column) for column in hint}
    solver.SetHint([variable for _, variable in variables], [float(id(column) in wanted) for column, _ in variables])
