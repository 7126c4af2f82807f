"""One learner alone: the earliest day of graduation, and among all paths to it the one that the later goals prefer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from models.formulation import Formulation, all_goals, formulate
from models.goal import Goal
from models.instance import Instance
from models.model import Poster
from models.plan import Path, Plan
from models.progress import graduation_of
from scheduler.questions import TIE_BREAKS, PathQuestion, Style
from scheduler.solve.budget import Budget
from scheduler.solve.cpsat import Kind, Settings
from scheduler.solve.lexicographic import Solved, minimise
from scheduler.solve.relaxed import Relaxed, relax
from scheduler.solve.verify import verify

CONFIRMING_SEED = 7919
"""Added to the seed for the second solve that confirms an "impossible"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alone:
    """One learner's best path, with the goals' values and bounds; `infeasible` is confirmed by a second solve."""

    learner: str
    kind: Kind
    path: Path | None = None
    graduation: date | None = None
    values: dict[str, int] = field(default_factory=dict)
    bounds: dict[str, int] = field(default_factory=dict)
    method: str = "solver"


def solve_alone(
    instance: Instance,
    learner: str,
    *,
    style: Style = "fastest",
    settings: Settings | None = None,
    budget: Budget | None = None,
    unlike: Sequence[frozenset[str]] = (),
) -> Alone:
    """Find the best path of one learner while everybody else keeps what they have.

    `unlike` lists sets of newly booked offerings that the path must not repeat as a whole.
    """
    settings, budget = settings or Settings(), budget or Budget()
    relaxed = relax(instance, learner) if style == "fastest" and not unlike else None
    if relaxed is not None and relaxed.path is not None:
        return _proved_by_bound(instance, relaxed, relaxed.path)
    stages = PathQuestion(learners=(learner,), style=style).stages[1:]
    if style == "fastest" and relaxed is not None and relaxed.bound is not None:
        found = _by_day(instance, learner, relaxed.bound, settings, budget)
        if found is not None:
            return found
    formulation = _formulate(instance, learner, unlike)
    solved = minimise(formulation, stages, settings, budget)
    if solved.kind == "infeasible":
        return _confirmed(instance, learner, settings, budget, unlike)
    return _answer(instance, learner, formulation, solved, [goal for stage in stages for goal in stage])


def _formulate(instance: Instance, learner: str, unlike: Iterable[frozenset[str]]) -> Formulation:
    formulation = formulate(instance, [learner], certain=True)
    (choices,) = formulation.everyone
    poster = Poster(formulation.model)
    for booked in unlike:
        poster.not_all([run.book for run in choices.all_open_runs() if run.offering.id in booked])
    return formulation


def _by_day(instance: Instance, learner: str, day: date, settings: Settings, budget: Budget) -> Alone | None:
    """Find the best path that graduates by a day before which nobody can; None if there is none."""
    formulation = formulate(instance, [learner], certain=True, by=day)
    goals = [all_goals()[name] for name in TIE_BREAKS]
    solved = minimise(formulation, [goals], settings, budget)
    if solved.kind == "infeasible" or not solved.values:
        return None
    return _answer(instance, learner, formulation, solved, goals)


def _confirmed(
    instance: Instance, learner: str, settings: Settings, budget: Budget, unlike: Sequence[frozenset[str]]
) -> Alone:
    """Ask again with another seed: only two solves that agree say that there is no path."""
    again = Settings(settings.seed + CONFIRMING_SEED, settings.workers)
    formulation = _formulate(instance, learner, unlike)
    solved = minimise(formulation, [], again, budget)
    if solved.kind in {"infeasible", "unknown"}:
        return Alone(learner=learner, kind=solved.kind)
    return _answer(instance, learner, formulation, Solved("feasible", solved.values), [])


def _answer(
    instance: Instance, learner: str, formulation: Formulation, solved: Solved, goals: Sequence[Goal]
) -> Alone:
    if not solved.values:
        return Alone(learner=learner, kind=solved.kind, bounds=solved.bounds)
    plan = formulation.plan(solved.values)
    claimed = solved.bounds if solved.kind == "optimal" else {}
    return _verified(instance, plan, solved.kind, goals, claimed, solved.bounds)


def _proved_by_bound(instance: Instance, relaxed: Relaxed, path: Path) -> Alone:
    goals = PathQuestion(learners=(path.learner,)).goals[1:]
    return _verified(instance, Plan(paths=(path,)), "optimal", goals, relaxed.values, relaxed.values, "bound")


def _verified(
    instance: Instance,
    plan: Plan,
    kind: Kind,
    goals: Sequence[Goal],
    claimed: dict[str, int],
    bounds: dict[str, int],
    method: str = "solver",
) -> Alone:
    (path,) = plan.paths
    values = verify(instance, plan, goals, claimed)
    graduation = graduation_of(instance, path)
    assert graduation is not None
    values["graduation"] = all_goals()["graduation"].value(instance, plan)
    return Alone(
        learner=path.learner,
        kind=kind,
        path=path,
        graduation=graduation,
        values=values,
        bounds={**bounds, "graduation": bounds.get("graduation", values["graduation"])},
        method=method,
    )
