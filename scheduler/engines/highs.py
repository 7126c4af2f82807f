"""The only door to HiGHS: a linear program with whole numbers in plain lists, solved through MathOpt."""

import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ortools.math_opt.python import mathopt

from scheduler.engines.beside import Beside
from scheduler.engines.budget import DEAF, Budget
from scheduler.engines.cpsat import Kind, SolverDefectError
from scheduler.engines.quiet import quiet_stdout

Terms = Sequence[tuple[float, int]]
INFINITE = math.inf
LONGEST = 3600.0
TOLERANCE = 1e-6

GRACE = 3.0
"""Seconds after its limit in which a solver is still waited for: within a step of its own it looks at no clock."""


@dataclass(frozen=True, slots=True)
class LinearOutcome:
    """What a solve found; `bound` = a proved lower bound of the objective, `prices` = the rows' dual values if it was relaxed."""

    kind: Kind
    values: Sequence[float] = ()
    value: float = 0.0
    bound: float = -INFINITE
    prices: Sequence[float] = ()


@dataclass(slots=True)
class LinearProgram:
    """Variables as places with bounds, rows as sums between bounds."""

    lows: list[float] = field(default_factory=list)
    highs: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[tuple[Terms, float, float]] = field(default_factory=list)

    def variable(self, high: float, *, whole: bool, low: float = 0.0) -> int:
        """Add a variable and return its place."""
        self.lows.append(low)
        self.highs.append(high)
        self.whole.append(whole)
        return len(self.lows) - 1

    def require(self, terms: Terms, *, low: float = -INFINITE, high: float = INFINITE) -> None:
        """Require that a sum lies between two bounds."""
        self.rows.append((terms, low, high))


def minimise(  # noqa: PLR0913 - each is a wish of its own
    program: LinearProgram,
    costs: Mapping[int, float],
    budget: Budget,
    *,
    relaxed: bool = False,
    interior: bool = False,
    hint: Mapping[int, float] | None = None,
    nodes: int | None = None,
    bare: bool = False,
    meanwhile: Callable[[], object] | None = None,
) -> LinearOutcome:
    """Minimise a sum, from a `hint` at all values if there is one; with `relaxed` nothing has to be whole.

    `interior` = a relaxed program is solved from within, which is much faster where it is large, and ends near a corner, not
    on it: its values are not exact; where it ends in doubt, it is solved again from corner to corner. `nodes` =
    so many branches are looked at, at most: an effort that is not counted in seconds; `bare` = without presolve and from
    another seed: a second witness. `meanwhile` = some short work that is called again and again until the solver ends.
    Ctrl-C leaves the search and says unknown.
    """
    if budget.is_over:
        return LinearOutcome("unknown")
    if any(low > high for _, low, high in program.rows):
        return LinearOutcome("infeasible")
    model, variables, rows = _posted(program, relaxed=relaxed)
    model.minimize(mathopt.fast_sum([cost * variables[place] for place, cost in costs.items()]))
    whole_costs = not relaxed and all(float(cost).is_integer() for cost in costs.values())
    parameters = _parameters(budget, whole_costs=whole_costs, interior=interior)
    if bare:
        parameters.presolve, parameters.random_seed = mathopt.Emphasis.OFF, 1
    if nodes is not None:
        parameters.highs.int_options["mip_max_nodes"] = nodes
    wanted = mathopt.ModelSolveParameters()
    if hint:
        known = {variables[place]: value for place, value in hint.items()}
        wanted.solution_hints.append(mathopt.SolutionHint(variable_values=known))
    with quiet_stdout():
        result = _in_thread(model, budget, parameters, wanted, meanwhile)
    if result is None:
        return LinearOutcome("unknown")
    found = _read(result, variables)
    if relaxed and found.kind == "optimal" and result.has_dual_feasible_solution():
        known = result.dual_values()
        found = replace(found, prices=[known[row] for row in rows])
    return found


def _posted(
    program: LinearProgram, *, relaxed: bool
) -> tuple[mathopt.Model, list[mathopt.Variable], list[mathopt.LinearConstraint]]:
    """Return a model of a program without costs, with its variables and rows in the program's order."""
    model = mathopt.Model()
    variables = [
        model.add_variable(lb=low, ub=high, is_integer=whole and not relaxed)
        for low, high, whole in zip(program.lows, program.highs, program.whole, strict=True)
    ]
    rows = []
    for terms, low, high in program.rows:
        row = model.add_linear_constraint(lb=low, ub=high)
        rows.append(row)
        summed: dict[int, float] = {}
        for factor, place in terms:
            summed[place] = summed.get(place, 0.0) + factor
        for place, factor in summed.items():
            row.set_coefficient(variables[place], factor)
    return model, variables, rows


def _in_thread(
    model: mathopt.Model,
    budget: Budget,
    parameters: mathopt.SolveParameters,
    wanted: mathopt.ModelSolveParameters,
    meanwhile: Callable[[], object] | None,
) -> mathopt.SolveResult | None:
    """Run HiGHS beside the main thread, which stays free to hear Ctrl-C and for other work."""

    def work() -> mathopt.SolveResult:
        return mathopt.solve(model, mathopt.SolverType.HIGHS, params=parameters, model_params=wanted)

    beside = Beside(work, DEAF)
    while beside.is_running(budget):
        if budget.stopped or (budget.seconds is not None and budget.spent > budget.seconds + GRACE):
            return None  # this solver cannot be asked to stop: what it does no longer matters
        if meanwhile is not None:
            meanwhile()
    try:
        return beside.result()
    except Exception as fault:
        if parameters.highs.string_options.pop("solver", None) == "ipm":
            parameters.highs.string_options.pop("run_crossover")
            return _in_thread(model, budget, parameters, wanted, meanwhile)
        raise SolverDefectError(str(fault)) from fault


def _parameters(budget: Budget, *, whole_costs: bool, interior: bool) -> mathopt.SolveParameters:
    limit = dt.timedelta(seconds=min(budget.left, LONGEST))
    parameters = mathopt.SolveParameters(
        time_limit=limit,
        random_seed=0,
        relative_gap_tolerance=0.0,
        # A whole-numbered objective is proved as soon as nothing lies between value and bound.
        absolute_gap_tolerance=0.99 if whole_costs else TOLERANCE,
    )
    parameters.highs.string_options["parallel"] = "off"
    if interior:
        parameters.highs.string_options["solver"] = "ipm"
        parameters.highs.string_options["run_crossover"] = "off"
    return parameters


def _read(result: mathopt.SolveResult, variables: Sequence[mathopt.Variable]) -> LinearOutcome:
    reason = result.termination.reason
    if reason in {mathopt.TerminationReason.INFEASIBLE, mathopt.TerminationReason.INFEASIBLE_OR_UNBOUNDED}:
        return LinearOutcome("infeasible")
    bound = result.termination.objective_bounds.dual_bound
    if not result.has_primal_feasible_solution():
        return LinearOutcome("unknown", bound=bound)
    known = result.variable_values()
    is_proved = reason == mathopt.TerminationReason.OPTIMAL and math.isfinite(bound)  # a hint may come back as it is
    kind: Kind = "optimal" if is_proved else "feasible"
    return LinearOutcome(kind, [known[variable] for variable in variables], result.objective_value(), bound)


def whole_bound(bound: float) -> int | None:
    """Round a lower bound of a whole number up, but not for a rounding error; None where there is none."""
    return math.ceil(bound - 1e-4) if math.isfinite(bound) else None
