"""The door to CP-SAT: what a run depends on and what it finds. The solver itself is loaded when it is first run."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from scheduler.engines.budget import Budget

if TYPE_CHECKING:
    from scheduler.engines.cpsat_model import CpSatModel

Kind = Literal["optimal", "feasible", "infeasible", "unknown"]

WITNESS_SEED = 7919
"""Added to the seed for a second solve that confirms what the first one says."""


class SolverDefectError(RuntimeError):
    """The solver failed, or calls a model invalid: a defect of ours or of the solver, never of the input."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run of the solver depends on. More than one worker is faster at times, and not reproducible.

    `effort` bounds a run by the solver's own count of work (about a second each), so that the end is the same on every run.
    `bare` = the model is searched as it was posted: nothing is simplified before, and less is said in linear rows. `cuts` = the
    linear relaxation is tightened as the search goes, which costs more than it brings where the search is short.
    """

    seed: int = 0
    workers: int = 1
    effort: float | None = None
    bare: bool = False
    cuts: bool = True

    @property
    def witness(self) -> "Settings":
        """The settings of a second witness: another way through another part of the solver, with another seed."""
        return replace(self, seed=self.seed + WITNESS_SEED, bare=True)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run found: `values` for every variable only if `kind` is optimal or feasible; `bound` for the objective."""

    kind: Kind
    values: tuple[int, ...] = ()
    objective: int = 0
    bound: int = 0


def run(
    posted: "CpSatModel",
    settings: Settings,
    budget: Budget,
    tell: Callable[[float, float], None] | None = None,
) -> Outcome:
    """Solve a posted model within the budget; Ctrl-C stops it and keeps the best answer so far."""
    if posted.source.impossible:
        return Outcome("infeasible")
    if budget.is_over:
        return Outcome("unknown")
    from scheduler.engines.cpsat_run import solve

    return solve(posted, settings, budget, tell)
