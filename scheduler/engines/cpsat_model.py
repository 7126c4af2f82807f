"""Turns a model of plain numbers into CP-SAT's own.

The solver is reached through the module on which its library stands: the library itself loads pandas, which costs more
than a small question takes to answer. What is handed to the solver is the same, byte for byte.
"""

from collections.abc import Mapping

from ortools.sat.python import cp_model_helper as cp_sat
from ortools.util.python.sorted_interval_list import Domain

from models.formulation.linear import INFINITE, Model, Row
from models.goal import Expression

LOWEST, HIGHEST = -(2**63), 2**63 - 1
"""The solver's own ends of a row that is open to one side."""


class CpSatModel:
    """A solver's model of a `Model`, with its variables in the same places."""

    def __init__(self, model: Model) -> None:
        """Create every variable and row; no rows where the bounds alone contradict each other, for no literal is one then."""
        self.source = model
        self.cp = cp_sat.CpBaseModel(None)
        self.proto = self.cp.model_proto
        self.variables = [self._variable(low, high) for low, high in zip(model.lows, model.highs, strict=True)]
        for row in () if model.impossible else model.rows:
            self._add(row)

    def minimise(self, goal: Expression) -> None:
        """Make a goal the one that is minimised."""
        flat = cp_sat.FlatIntExpr(self._sum(goal))
        self.proto.clear_objective()
        objective = self.proto.objective
        for variable in flat.vars:
            objective.vars.append(variable.index)
        objective.scaling_factor = 1.0
        objective.offset = flat.offset
        objective.coeffs.extend(flat.coeffs)

    def keep(self, goal: Expression, most: int) -> None:
        """Require that a goal stays at a value or below it."""
        self._bound(self._sum(goal), LOWEST, most)

    def hint(self, values: Mapping[int, int]) -> None:
        """Tell the solver where to look first: a value for each of some variables; what is fixed needs none."""
        self.proto.clear_solution_hint()
        for place, value in values.items():
            if self.source.lows[place] < self.source.highs[place]:
                self.proto.solution_hint.vars.append(place)
                self.proto.solution_hint.values.append(value)

    def fault(self) -> str:
        """Say why the solver calls the model invalid; empty if it does not."""
        return str(cp_sat.CpSatHelper.validate_model(self.proto))

    def _variable(self, low: int, high: int) -> cp_sat.IntVar:
        return cp_sat.IntVar(self.proto).with_name("").with_domain(Domain(low, high))

    def _add(self, row: Row) -> None:
        terms, low, high = self._open_terms(row)
        given = [self._literal(each) for each in row.given]
        if low <= 0 <= high and not terms:
            return
        total = cp_sat.LinearExpr.weighted_sum([self.variables[v] for _, v in terms], [c for c, _ in terms])
        if low <= -INFINITE // 2:
            low = LOWEST
        elif high >= INFINITE // 2:
            high = HIGHEST
        constraint = self._bound(total, low, high)
        if given:
            constraint.only_enforce_if(*given)

    def _bound(self, total: cp_sat.LinearExpr, low: int, high: int) -> cp_sat.Constraint:
        bounded = cp_sat.BoundedLinearExpression(total, Domain(low, high))
        added: cp_sat.Constraint = self.cp._add_bounded_linear_expression(bounded)  # type: ignore[attr-defined]  # noqa: SLF001
        return added

    def _open_terms(self, row: Row) -> tuple[list[tuple[int, int]], int, int]:
        """Return the terms whose variables are still open, with bounds less what the fixed ones add."""
        lows, highs = self.source.lows, self.source.highs
        fixed = sum(factor * lows[variable] for factor, variable in row.terms if lows[variable] == highs[variable])
        terms = [term for term in row.terms if lows[term[1]] != highs[term[1]]]
        return terms, row.low - fixed, row.high - fixed

    def _literal(self, literal: int) -> cp_sat.Literal:
        return self.variables[literal] if literal >= 0 else ~self.variables[~literal]

    def _sum(self, goal: Expression) -> cp_sat.LinearExpr:
        """Return a goal's expression over the solver's variables."""
        variables = [self.variables[variable] for _, variable in goal.terms]
        return cp_sat.LinearExpr.weighted_sum(variables, [factor for factor, _ in goal.terms]) + goal.constant
