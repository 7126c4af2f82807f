"""The only place that runs CP-SAT: one worker, a fixed seed, an own stop flag, and values only from real answers."""

import threading
from collections.abc import Callable, Sequence

from ortools.sat.python import cp_model

from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Kind, Outcome, Settings, SolverDefectError
from scheduler.engines.cpsat_model import CpSatModel

POLL = 0.05
"""Seconds between two looks at the stop flag."""

KINDS: dict[int, Kind] = {
    int(cp_model.OPTIMAL): "optimal",
    int(cp_model.FEASIBLE): "feasible",
    int(cp_model.INFEASIBLE): "infeasible",
    int(cp_model.UNKNOWN): "unknown",
}


class _Progress(cp_model.CpSolverSolutionCallback):
    """Tells of every better answer; whatever goes wrong in telling must not lose the answer."""

    def __init__(self, tell: Callable[[float, float], None]) -> None:
        super().__init__()
        self.tell = tell

    def on_solution_callback(self) -> None:
        """Pass on the objective and the bound."""
        try:
            self.tell(self.objective_value, self.best_objective_bound)
        except Exception:  # noqa: BLE001 - an error in a callback would lose the answer
            self.tell = _say_nothing


def _say_nothing(_objective: float, _bound: float) -> None:
    """Tell nobody."""


def solve(
    posted: CpSatModel, settings: Settings, budget: Budget, tell: Callable[[float, float], None] | None = None
) -> Outcome:
    """Solve a posted model within the budget."""
    solver = _solver(settings, budget)
    status = _in_thread(solver, posted.cp, budget, _Progress(tell) if tell else None)
    if status == cp_model.MODEL_INVALID:
        raise SolverDefectError(posted.cp.validate())
    kind = KINDS[int(status)]
    if kind in {"optimal", "feasible"}:
        values: Sequence[int] = solver.response_proto.solution
        has_objective = posted.cp.has_objective()
        return Outcome(
            kind,
            tuple(values),
            round(solver.objective_value) if has_objective else 0,
            _ceiling(solver.best_objective_bound) if has_objective else 0,
        )
    return Outcome(kind, bound=_ceiling(solver.best_objective_bound) if kind == "unknown" else 0)


def _ceiling(bound: float) -> int:
    """Round a lower bound of a whole number up, but not for a rounding error."""
    whole = int(bound // 1)
    return whole if bound - whole < 1e-6 else whole + 1  # noqa: PLR2004 - the solver's own tolerance


def _solver(settings: Settings, budget: Budget) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.num_workers = settings.workers
    parameters.random_seed = settings.seed
    parameters.linearization_level = 1 if settings.bare else 2
    parameters.cp_model_presolve = not settings.bare
    parameters.catch_sigint_signal = False
    parameters.cp_model_probing_level = 0
    parameters.symmetry_level = 0  # without probing, 9.15 can throw when it looks for symmetries
    if settings.effort is not None:
        parameters.max_deterministic_time = settings.effort
    if budget.seconds is not None:
        parameters.max_time_in_seconds = max(budget.left, 0.01)
    return solver


def _in_thread(
    solver: cp_model.CpSolver, model: cp_model.CpModel, budget: Budget, progress: _Progress | None
) -> cp_model.CpSolverStatus:
    """Run the solver beside the main thread, which stays free to hear Ctrl-C."""
    found: list[cp_model.CpSolverStatus] = []
    faults: list[BaseException] = []

    def work() -> None:
        try:
            found.append(solver.solve(model, progress))
        except Exception as fault:  # noqa: BLE001 - told again in the main thread
            faults.append(fault)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    while thread.is_alive():
        try:
            thread.join(POLL)
        except KeyboardInterrupt:
            budget.stopped = True
        if budget.is_over:
            solver.stop_search()  # a call before the search has begun is lost: the loop sends it again
    if faults:
        raise SolverDefectError(f"the solver failed: {faults[0]!r}") from faults[0]
    return found[0]
