"""Who solved a question, with what, and how long it took."""

from importlib import metadata
from typing import Any

from scheduler.solve.result import Result


def solver(result: Result) -> dict[str, Any]:
    """Return the solver's part of an answer."""
    return {
        "name": "CP-SAT",
        "version": metadata.version("ortools"),
        "seed": result.settings.seed,
        "workers": result.settings.workers,
        "seconds": round(result.seconds, 3),
    }
