"""Who solved a question, with what, and how long it took."""

from typing import Any

from scheduler.solve.result import Result
from scheduler.versions import solver_version


def solver(result: Result) -> dict[str, Any]:
    """Return the solver's part of an answer."""
    return {
        "name": "CP-SAT",
        "version": solver_version(),
        "seed": result.settings.seed,
        "workers": result.settings.workers,
        "seconds": round(result.seconds, 3),
    }
