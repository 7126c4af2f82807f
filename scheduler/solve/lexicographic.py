"""Goals in order: each is made as small as it can be before the next is looked at."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from models.formulation.formulate import Formulation
from models.formulation.linear import INFINITE, Model
from models.goal import Expression, Goal
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Kind, Outcome, Settings, run
from scheduler.engines.enumeration import least
from scheduler.engines.in_order import Reached, minimise_in_order

if TYPE_CHECKING:
    from scheduler.engines.cpsat_model import CpSatModel

Tell = Callable[[str, float, float], None]
"""Hears of progress: the goal's name, the best value and the bound."""

Stages = Sequence[Sequence[Goal]]
"""Goals in order; those of one stage are solved in one run, as one number that loses nothing."""


@dataclass(slots=True)
class Solved:
    """The best values found, and a proved bound for each goal that was reached."""

    kind: Kind
    values: tuple[int, ...] = ()
    bounds: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Part:
    """One goal's share of a stage: its expression, the factor before it, and its least value."""

    goal: Goal
    expression: Expression
    factor: int
    low: int


def evaluate(expression: Expression, values: Sequence[int]) -> int:
    """Return an expression's value."""
    return expression.constant + sum(factor * values[variable] for factor, variable in expression.terms)


def minimise(
    formulation: Formulation,
    stages: Stages,
    settings: Settings,
    budget: Budget,
    *,
    tell: Tell | None = None,
    hint: Mapping[int, int] | None = None,
    any_best: bool = False,
) -> Solved:
    """Minimise the stages one after the other; what was found stays when the budget ends.

    A small model is decided without a solver where that alone is asked. `any_best` = of a single goal too: any answer with
    the best value will do, not only the one that the solver takes.
    """
    expressions = [[(goal, goal.expression(formulation.everyone)) for goal in stage] for stage in stages]
    if (any_best or not stages) and not budget.is_over:
        decided = _decided(formulation.model, expressions, settings)
        if decided is not None:
            return decided
    from scheduler.engines.cpsat_model import CpSatModel

    groups = [part for stage in expressions for part in _parts(formulation.model, stage)]
    posted = CpSatModel(formulation.model)
    if not groups:
        outcome = run(posted, settings, budget)
        return Solved(outcome.kind, outcome.values)
    search = _Search(posted, settings, budget, tell, hint or {})
    minimise_in_order(search, groups)
    return search.solved


@dataclass(slots=True)
class _Search:
    """Minimises groups of goals on one posted model, each from the answer before it."""

    posted: "CpSatModel"
    settings: Settings
    budget: Budget
    tell: Tell | None
    known: Mapping[int, int]
    solved: Solved = field(default_factory=lambda: Solved("unknown"))

    def minimise(self, goal: Sequence[_Part]) -> Reached | None:
        """Minimise a group as one number; None without an answer."""
        outcome = _run_stage(self.posted, goal, self.known, self.settings, self.budget, self.tell)
        if outcome.kind == "infeasible":
            self.solved = Solved("infeasible")
            return None
        _take(self.solved, goal, outcome)
        if outcome.kind not in {"optimal", "feasible"}:
            return None  # an answer may well be without values: a model of nobody has no variables
        self.known = dict(enumerate(outcome.values))
        return Reached(outcome.objective, outcome.objective if outcome.kind == "optimal" else -math.inf)

    def keep(self, goal: Sequence[_Part], _value: float) -> None:
        """Keep every goal of a group where it is: a sum of them may hide that one gave way to another."""
        for part in goal:
            self.posted.keep(part.expression, evaluate(part.expression, self.solved.values))


def _decided(model: Model, stages: Sequence[Sequence[tuple[Goal, Expression]]], settings: Settings) -> Solved | None:
    """Return the answer with the least value of a single goal, or any without one; None where the model is too large."""
    (((goal, expression),),) = stages or (((None, Expression()),),)
    found = least(model, expression.terms, backwards=settings.bare)
    if found is None:
        return None
    if found.values is None:
        return Solved("infeasible")
    return Solved("optimal", found.values, {goal.name: evaluate(expression, found.values)} if goal else {})


def _take(solved: Solved, group: Sequence[_Part], outcome: Outcome) -> None:
    """Take over what a stage found: values, and what its bound says of its goals."""
    if outcome.values:
        solved.values = outcome.values
    if outcome.kind == "optimal":
        solved.kind = "optimal"
        solved.bounds |= {part.goal.name: evaluate(part.expression, outcome.values) for part in group}
        return
    solved.kind = "feasible" if solved.values else "unknown"
    first = group[0]
    rest = sum(part.factor * part.low for part in group[1:])
    solved.bounds[first.goal.name] = max(first.low, -(-(outcome.bound - rest - first.factor + 1) // first.factor))


def _run_stage(
    posted: "CpSatModel",
    group: Sequence[_Part],
    known: Mapping[int, int],
    settings: Settings,
    budget: Budget,
    tell: Tell | None,
) -> Outcome:
    terms = [(part.factor * factor, variable) for part in group for factor, variable in part.expression.terms]
    constant = sum(part.factor * part.expression.constant for part in group)
    posted.minimise(Expression(terms, constant))
    posted.hint(known)
    first = group[0]

    def pass_on(value: float, bound: float) -> None:
        if tell:
            tell(first.goal.name, value / first.factor, bound / first.factor)

    return run(posted, settings, budget, pass_on if tell else None)


def _parts(model: Model, stage: Sequence[tuple[Goal, Expression]]) -> list[list[_Part]]:
    """Cut a stage into groups that fit one number below the largest coefficient allowed."""
    groups: list[list[_Part]] = []
    factor, size = 1, INFINITE
    for goal, expression in reversed(stage):
        low, high = value_range(model, expression)
        width = high - low + 1
        if size * width < INFINITE and groups:
            factor, size = size, size * width
            groups[0].insert(0, _Part(goal, expression, factor, low))
        else:
            factor, size = 1, width
            groups.insert(0, [_Part(goal, expression, 1, low)])
    return groups


def value_range(model: Model, expression: Expression) -> tuple[int, int]:
    """Return the least and the greatest value that the variables' own bounds allow."""
    low = high = expression.constant
    for factor, variable in expression.terms:
        ends = (factor * model.lows[variable], factor * model.highs[variable])
        low += min(ends)
        high += max(ends)
    return low, high
