"""One learner alone: the earliest day of graduation, and among all paths to it the one that the later goals prefer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from models.formulation.formulate import Formulation, formulate
from models.formulation.linear import Poster
from models.goal import Goal
from models.goals import all_goals
from models.judging.completion import graduation_of
from models.programme.instance import Instance
from models.programme.plan import Path, Plan
from models.rules import plan_rules
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Kind, Settings
from scheduler.questions import TIE_BREAKS, PathQuestion, Style
from scheduler.solve.lexicographic import Solved, minimise
from scheduler.solve.search import Found, search
from scheduler.solve.verify import verify

ENDED = frozenset(
    {
        "after_credits",
        "apart_from",
        "days_after",
        "first",
        "gate",
        "kept",
        "last",
        "prerequisites",
        "requirements",
        "tasks",
    }
    | {"window"}
)
"""Rules that ask for something which is over by then: what ends after the day of graduation is of no use to them.

Monotone rules ask for nothing. With any other rule in force a path is not looked for among what ends by a day.
"""


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
    found = search(instance, learner) if style == "fastest" and not unlike else Found()
    if found.path is not None:
        return _proved_by_bound(found, found.path)
    stages = PathQuestion(learners=(learner,), style=style).stages[1:]
    if found.bound is not None and is_over_at_graduation(instance, learner):
        on_the_day = _by_day(instance, learner, found.bound, settings, budget)
        if on_the_day is not None:
            return on_the_day
    formulation = _formulate(instance, learner, unlike)
    if found.impossible and minimise(formulation, [], settings, budget).kind == "infeasible":
        return Alone(learner=learner, kind="infeasible")
    solved = minimise(formulation, stages, settings, budget)
    if solved.kind == "infeasible":
        return _confirmed(instance, learner, settings, budget, unlike)
    return _answer(instance, learner, formulation, solved, [goal for stage in stages for goal in stage])


def is_over_at_graduation(instance: Instance, learner: str) -> bool:
    """Say whether nothing that ends after the day of graduation can help to satisfy a rule that may bind a learner."""
    others = [rule for rule in plan_rules() if rule.scope == "learner" and not rule.monotone and rule.name not in ENDED]
    return not any(rule.applies(instance, learner) for rule in others)


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
    """Ask again in another way: only two solves that agree say that there is no path."""
    formulation = _formulate(instance, learner, unlike)
    solved = minimise(formulation, [], settings.witness, budget)
    if solved.kind in {"infeasible", "unknown"}:
        return Alone(learner=learner, kind=solved.kind)
    return _answer(instance, learner, formulation, Solved("feasible", solved.values), [])


def _answer(instance: Instance, learner: str, formulation: Formulation, solved: Solved, goals: Sequence[Goal]) -> Alone:
    if not solved.values:
        return Alone(learner=learner, kind=solved.kind, bounds=solved.bounds)
    plan = formulation.plan(solved.values)
    claimed = solved.bounds if solved.kind == "optimal" else {}
    return _verified(instance, plan, solved.kind, goals, claimed, solved.bounds)


def _proved_by_bound(found: Found, path: Path) -> Alone:
    """Take over a path that the search has judged and valued, and that meets its own bound."""
    return Alone(
        learner=path.learner,
        kind="optimal",
        path=path,
        graduation=found.bound,
        values=found.values,
        bounds=found.values,
        method="bound",
    )


def _verified(
    instance: Instance,
    plan: Plan,
    kind: Kind,
    goals: Sequence[Goal],
    claimed: dict[str, int],
    bounds: dict[str, int],
) -> Alone:
    (path,) = plan.paths
    values = verify(instance, plan, goals, claimed)
    graduation = graduation_of(instance, path)
    values["graduation"] = all_goals()["graduation"].value(instance, plan)
    return Alone(
        learner=path.learner,
        kind=kind,
        path=path,
        graduation=graduation,
        values=values,
        bounds={**bounds, "graduation": bounds.get("graduation", values["graduation"])},
    )
