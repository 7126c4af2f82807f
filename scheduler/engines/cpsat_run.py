"""The only place that runs CP-SAT: one worker, a fixed seed, an own stop flag, and values only from real answers."""

from collections.abc import Callable, Sequence

from ortools.sat.python import cp_model_helper as cp_sat

from scheduler.engines.beside import run_beside
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Kind, Outcome, Settings, SolverDefectError
from scheduler.engines.cpsat_model import CpSatModel

KINDS: dict[int, Kind] = {
    int(cp_sat.CpSolverStatus.OPTIMAL): "optimal",
    int(cp_sat.CpSolverStatus.FEASIBLE): "feasible",
    int(cp_sat.CpSolverStatus.INFEASIBLE): "infeasible",
    int(cp_sat.CpSolverStatus.UNKNOWN): "unknown",
}


class _Progress(cp_sat.SolutionCallback):
    """Tells of every better answer; whatever goes wrong in telling must not lose the answer."""

    def __init__(self, tell: Callable[[float, float], None]) -> None:
        super().__init__()
        self.tell = tell

    def OnSolutionCallback(self) -> None:  # noqa: N802 - the solver's own name
        """Pass on the objective and the bound."""
        try:
            self.tell(self.ObjectiveValue(), self.BestObjectiveBound())
        except Exception:  # noqa: BLE001 - an error in a callback would lose the answer
            self.tell = _say_nothing


def _say_nothing(_objective: float, _bound: float) -> None:
    """Tell nobody."""


def solve(
    posted: CpSatModel, settings: Settings, budget: Budget, tell: Callable[[float, float], None] | None = None
) -> Outcome:
    """Solve a posted model within the budget."""
    progress = _Progress(tell) if tell else None
    response = _in_thread(_solver(settings, budget, progress), posted, budget)
    if response.status == cp_sat.CpSolverStatus.MODEL_INVALID:
        raise SolverDefectError(posted.fault())
    kind = KINDS[int(response.status)]
    if kind in {"optimal", "feasible"}:
        values: Sequence[int] = response.solution
        has_objective = posted.proto.has_objective()
        return Outcome(
            kind,
            tuple(values),
            round(response.objective_value) if has_objective else 0,
            _ceiling(response.best_objective_bound) if has_objective else 0,
        )
    return Outcome(kind, bound=_ceiling(response.best_objective_bound) if kind == "unknown" else 0)


def _ceiling(bound: float) -> int:
    """Round a lower bound of a whole number up, but not for a rounding error."""
    whole = int(bound // 1)
    return whole if bound - whole < 1e-6 else whole + 1  # noqa: PLR2004 - the solver's own tolerance


def _parameters(settings: Settings, budget: Budget) -> cp_sat.SatParameters:
    parameters = cp_sat.SatParameters()
    parameters.num_workers = settings.workers
    parameters.random_seed = settings.seed
    parameters.linearization_level = 1 if settings.bare else 2
    parameters.cp_model_presolve = not settings.bare
    parameters.catch_sigint_signal = False
    parameters.cp_model_probing_level = 0
    if not settings.cuts:
        parameters.cut_level = 0
    parameters.symmetry_level = 0  # without probing, 9.15 can throw when it looks for symmetries
    if settings.effort is not None:
        parameters.max_deterministic_time = settings.effort
    if budget.seconds is not None:
        parameters.max_time_in_seconds = max(budget.left, 0.01)
    return parameters


def _solver(settings: Settings, budget: Budget, progress: _Progress | None) -> cp_sat.SolveWrapper:
    solver = cp_sat.SolveWrapper()
    solver.set_parameters(_parameters(settings, budget))
    if progress is not None:
        solver.add_solution_callback(progress)
    return solver


def _in_thread(solver: cp_sat.SolveWrapper, posted: CpSatModel, budget: Budget) -> cp_sat.CpSolverResponse:
    """Run the solver beside the main thread, which stays free to hear Ctrl-C."""

    def work() -> cp_sat.CpSolverResponse:
        return solver.solve(posted.proto)  # type: ignore[no-untyped-call,no-any-return]

    try:
        return run_beside(work, solver.stop_search, budget)
    except Exception as fault:
        raise SolverDefectError(f"the solver failed: {fault!r}") from fault
