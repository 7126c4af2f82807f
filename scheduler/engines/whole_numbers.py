"""Programs in whole numbers alone: CP-SAT looks first where they are small, and HiGHS where that proves nothing.

Columns near a bound make programs of some hundred variables. Clauses settle those in some tenths of a second, where branches of
a linear program take seconds or end without a plan; of many thousands the linear optimum is mostly whole, and HiGHS is sooner.
"""

from collections.abc import Mapping
from dataclasses import replace

from models.formulation.linear import INFINITE, Model, Row
from models.goal import Expression
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Outcome, Settings, SolverDefectError, run
from scheduler.engines.highs import LinearOutcome, LinearProgram
from scheduler.engines.highs import minimise as by_branches

LARGE, SMALL = 3_000, 1_000
"""Programs of more variables are not looked at by CP-SAT; what it leaves open of fewer, HiGHS is not asked about."""

LOOK, BRANCHES, MOST = 0.5, 20, 10.0
"""So much of CP-SAT's own work in each look for so many branches that HiGHS may take, and so much at most."""

NOTHING = LinearOutcome("unknown")


def minimise(program: LinearProgram, costs: Mapping[int, int], most: int, budget: Budget, effort: int) -> LinearOutcome:
    """Return the best that costs no more than `most`, as far as so many branches, or as much work, show it.

    All variables and coefficients are whole numbers. It may find what costs more; "infeasible" = that nothing costs so little,
    or nothing exists at all, was said by two searches of different kinds. Nothing is known where both solvers fail. With less
    than the usual effort HiGHS is not asked, nothing dearer is looked for, and CP-SAT makes no cuts: of 65 programs of crowds it
    settles 18 so with the work of a brief look, and 9 with cuts (with four times as much 40 and 39).
    """
    found = NOTHING
    if len(program.lows) <= LARGE:
        found = _by_clauses(program, costs, most, budget, effort)
    is_small = len(program.lows) <= SMALL or (len(program.lows) <= LARGE and effort < BRANCHES)
    if found.kind in {"optimal", "infeasible"} or is_small:
        return found
    return _better(found, _by_branches(program, costs, budget, effort))


def _better(one: LinearOutcome, other: LinearOutcome) -> LinearOutcome:
    """Return the better plan with the better bound; the second may say that there is none."""
    if other.kind == "infeasible":
        return other
    best = one if one.values and (not other.values or one.value <= other.value) else other
    return replace(best, bound=max(one.bound, other.bound))


def _by_branches(program: LinearProgram, costs: Mapping[int, int], budget: Budget, effort: int) -> LinearOutcome:
    """Return what HiGHS finds; nothing where it fails, as seen on a plain program of 25 variables.

    A row that forbids what costs too much took it up to twice the work, so there is none.
    """
    goal = {variable: float(cost) for variable, cost in costs.items()}
    try:
        found = by_branches(program, goal, budget, nodes=effort)
        if (
            found.kind == "infeasible"
            and by_branches(program, {}, budget, nodes=effort, bare=True).kind != "infeasible"
        ):
            return NOTHING
    except SolverDefectError:
        return NOTHING
    return found


def _by_clauses(
    program: LinearProgram, costs: Mapping[int, int], most: int, budget: Budget, effort: int
) -> LinearOutcome:
    """Look for what costs no more than `most`, and where that is not settled, with the usual effort, for anything."""
    work = min(MOST, LOOK * effort / BRANCHES)
    model, goal = _model(program), Expression([(cost, variable) for variable, cost in costs.items()])
    settings = Settings(effort=work, cuts=effort >= BRANCHES)
    found = _run(model, goal, most, settings, budget)
    if found.kind == "infeasible":
        witness = _run(model, goal, most, replace(settings.witness, effort=2 * work), budget)
        return found if witness.kind == "infeasible" else NOTHING
    if found.kind == "optimal" or effort < BRANCHES:
        return found
    free = _run(model, goal, INFINITE, settings, budget)
    return NOTHING if free.kind == "infeasible" else _better(found, free)


def _run(model: Model, goal: Expression, most: int, settings: Settings, budget: Budget) -> LinearOutcome:
    if budget.is_over:
        return NOTHING
    from scheduler.engines.cpsat_model import CpSatModel

    posted = CpSatModel(model)
    if most < INFINITE:
        posted.keep(goal, most)
    posted.minimise(goal)
    try:
        return _read(run(posted, settings, budget))
    except SolverDefectError:
        return NOTHING


def _read(outcome: Outcome) -> LinearOutcome:
    if outcome.kind == "infeasible":
        return LinearOutcome("infeasible")
    if not outcome.values:
        return NOTHING
    values = [float(value) for value in outcome.values]
    return LinearOutcome(outcome.kind, values, float(outcome.objective), float(outcome.bound))


def _model(program: LinearProgram) -> Model:
    model = Model()
    model.lows, model.highs = [int(low) for low in program.lows], [int(high) for high in program.highs]
    model.names = [()] * len(model.lows)
    for terms, low, high in program.rows:
        listed = [(int(factor), variable) for factor, variable in terms]
        model.rows.append(Row(listed, int(max(low, -INFINITE)), int(min(high, INFINITE)), ()))
    return model
