"""The one door to CP-SAT: turns a model of plain numbers into a solver's model."""

from ortools.sat.python import cp_model

from models.formulation.linear import INFINITE, Model, Row
from models.goal import Expression


class _Lean(cp_model.CpModel):
    """The library's model without the older names of its methods, which cost more to make than a small model to solve."""

    def _add_pre_pep8_methods(self) -> None:
        """Add none."""


class CpSatModel:
    """A solver's model of a `Model`, with its variables in the same places."""

    def __init__(self, model: Model) -> None:
        """Create every variable and row; no rows where the bounds alone contradict each other, for no literal is one then."""
        self.source = model
        self.cp = _Lean()
        self.variables = [self.cp.new_int_var(low, high, "") for low, high in zip(model.lows, model.highs, strict=True)]
        for row in () if model.impossible else model.rows:
            self._add(row)

    def _add(self, row: Row) -> None:
        terms, low, high = self._open_terms(row)
        given = [self._literal(each) for each in row.given]
        if low <= 0 <= high and not terms:
            return
        total = cp_model.LinearExpr.weighted_sum([self.variables[v] for _, v in terms], [c for c, _ in terms])
        if low > -INFINITE // 2 and high < INFINITE // 2:
            constraint = self.cp.add_linear_constraint(total, low, high)
        elif low > -INFINITE // 2:
            constraint = self.cp.add(total >= low)
        else:
            constraint = self.cp.add(total <= high)
        if given:
            constraint.only_enforce_if(*given)

    def _open_terms(self, row: Row) -> tuple[list[tuple[int, int]], int, int]:
        """Return the terms whose variables are still open, with bounds less what the fixed ones add."""
        lows, highs = self.source.lows, self.source.highs
        fixed = sum(factor * lows[variable] for factor, variable in row.terms if lows[variable] == highs[variable])
        terms = [term for term in row.terms if lows[term[1]] != highs[term[1]]]
        return terms, row.low - fixed, row.high - fixed

    def _literal(self, literal: int) -> cp_model.BoolVarT:
        return self.variables[literal] if literal >= 0 else ~self.variables[~literal]

    def expression(self, goal: Expression) -> cp_model.LinearExprT:
        """Return a goal's expression over the solver's variables."""
        variables = [self.variables[variable] for _, variable in goal.terms]
        return cp_model.LinearExpr.weighted_sum(variables, [factor for factor, _ in goal.terms]) + goal.constant
