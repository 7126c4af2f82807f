"""All learners together, exactly, as one flat model: who graduates, then how early, under shared seats and role places."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from models.changes.bookings import with_path
from models.formulation.formulate import formulate
from models.formulation.linear import Poster
from models.judging.violations import violations
from models.programme.instance import Instance
from models.programme.plan import Path, Plan
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Kind, Settings
from scheduler.questions import PathQuestion
from scheduler.solve.alike import order_alike
from scheduler.solve.alone import Alone, solve_alone
from scheduler.solve.column_generation.handled import are_limits_priced
from scheduler.solve.hints import hint_of
from scheduler.solve.initial_state import standing_path, union
from scheduler.solve.lexicographic import Tell, minimise
from scheduler.solve.settling import settle

if TYPE_CHECKING:
    from scheduler.solve.column_generation.answer import Joint
    from scheduler.solve.leximin import Fairness


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """A joint plan, and proved bounds of the goals over the learners in question.

    `joint` = what the columns found; `is_alone` = everybody has the own best path; `fairness` = the delays of each turn.
    """

    kind: Kind
    plan: Plan
    bounds: dict[str, int] = field(default_factory=dict)
    joint: "Joint | None" = None
    is_alone: bool = False
    fairness: "dict[str, Fairness]" = field(default_factory=dict)


FEW = 60
"""Up to so many learners one model tries to prove the later goals too."""

EFFORT = 0.1
"""How much work that may take, in the solver's own count."""

PROVING = 2.0
"""The same where columns have not proved the first goals."""


def is_compatible(instance: Instance, plan: Plan) -> bool:
    """Say whether a plan of lawful paths breaks no shared rule either."""
    return not violations(instance, plan)


def as_alone(instance: Instance, question: PathQuestion, alone: Mapping[str, Alone]) -> Together | None:
    """Return everybody's best path alone, if these fit together as they are: by every goal that is already the best."""
    plan = union([path for each in alone.values() if (path := each.path)])
    if any(each.kind != "optimal" for each in alone.values()) or not is_compatible(instance, plan):
        return None
    days = {learner: each.graduation for learner, each in alone.items() if each.graduation is not None}
    values = {goal.name: goal.value(instance, plan) for goal in question.goals(days)}
    return Together(kind="optimal", plan=plan, bounds=values, is_alone=True)


def solve_together(
    instance: Instance,
    question: PathQuestion,
    alone: Mapping[str, Alone],
    settings: Settings,
    budget: Budget,
    tell: Tell | None = None,
) -> Together:
    """Plan learners who each have a path alone, all of whom count alike."""
    from scheduler.solve.column_generation.cohort import is_supported

    least, known = 0, Plan()
    if question.style == "fastest" and is_supported(instance):
        found = _by_columns(instance, question, settings, budget, tell)
        fits = is_compatible(instance, found.plan)
        is_enough = found.kind == "optimal" or len(question.learners) > FEW
        if are_limits_priced(instance, question.learners) or (fits and is_enough):
            return found
        least = found.bounds.get("not-graduating", 0)  # more rules leave no fewer out
        known = found.plan if fits else known
    if not known.paths:
        known = one_after_another(instance, question, alone, settings, budget)
    if not is_compatible(instance, known):
        known = union([standing_path(instance, learner) for learner in question.learners])
    flat = _flat(instance, question, settings, budget, tell, known=known)
    return replace(flat, bounds={**flat.bounds, "not-graduating": max(least, flat.bounds.get("not-graduating", 0))})


def _by_columns(
    instance: Instance, question: PathQuestion, settings: Settings, budget: Budget, tell: Tell | None
) -> Together:
    """Prove the first two goals by columns; few learners get the later ones proved too, many get them one by one.

    What columns do not prove of few, one model of them with that bound and plan may; then branches go on. Where few share what
    columns know nothing of, the model of all rules has the last word, and branches would only come before it.
    """
    from scheduler.solve.column_generation.answer import solve_jointly, with_branches

    few = len(question.learners) <= FEW
    joint = solve_jointly(instance, question.learners, settings, budget, tell, branches=not few)
    found = _settled(instance, question, joint, budget)
    if not few or budget.is_over or not are_limits_priced(instance, question.learners):
        return found
    found = _one_model(instance, question, settings, budget, tell, found)
    if found.kind == "optimal" or budget.is_over:
        return found
    again = _settled(instance, question, with_branches(joint, tell), budget)
    if again.kind == "optimal" and not budget.is_over:
        return _one_model(instance, question, settings, budget, tell, again)
    plan = min(found.plan, again.plan, key=lambda each: _worth(instance, question, each))
    names = {*found.bounds, *again.bounds}
    bounds = {name: max(found.bounds.get(name, 0), again.bounds.get(name, 0)) for name in names}
    return replace(again, plan=plan, bounds=bounds)


def _settled(instance: Instance, question: PathQuestion, joint: "Joint", budget: Budget) -> Together:
    """Return what columns have found of the first two goals."""
    found = {path.learner: path for path in settle(instance, joint.paths, budget)}
    plan = union([found.get(learner) or standing_path(instance, learner) for learner in question.learners])
    kind: Kind = "optimal" if joint.is_proved else "feasible"
    return Together(kind=kind, plan=plan, bounds=joint.bounds, joint=joint)


def _one_model(
    instance: Instance,
    question: PathQuestion,
    settings: Settings,
    budget: Budget,
    tell: Tell | None,
    found: Together,
) -> Together:
    """Return what one model of few finds that starts from what columns have found."""
    bounded = replace(settings, effort=EFFORT if found.kind == "optimal" else PROVING)
    return _flat(instance, question, bounded, budget, tell, known=found.plan, joint=found.joint)


def _flat(
    instance: Instance,
    question: PathQuestion,
    settings: Settings,
    budget: Budget,
    tell: Tell | None,
    *,
    known: Plan,
    joint: "Joint | None" = None,
) -> Together:
    """Solve one model of all learners, from a plan that is known; goals whose best value is proved are only kept to."""
    formulation = formulate(instance, question.learners)
    order_alike(formulation)
    stages, bounds = list(question.stages), dict(joint.bounds) if joint else {}
    while joint and joint.is_proved and stages and all(goal.name in bounds for goal in stages[0]):
        for goal in stages.pop(0):
            expression = goal.expression(formulation.everyone)
            most = bounds[goal.name] - expression.constant
            Poster(formulation.model).require(expression.terms, high=most)
    solved = minimise(formulation, stages, settings, budget, tell=tell, hint=hint_of(formulation, known))
    kind = solved.kind
    if kind != "optimal" and joint and joint.is_proved:
        kind = "optimal"  # the goals that count are proved; the later ones are left without a bound
    else:
        bounds |= {name: max(bound, bounds.get(name, bound)) for name, bound in solved.bounds.items()}
    if not solved.values:
        return Together(kind="optimal" if kind == "optimal" else "feasible", plan=known, bounds=bounds, joint=joint)
    found = formulation.plan(solved.values)
    best = found
    if solved.kind != "optimal":
        best = min(found, known, key=lambda each: _worth(instance, question, each))
    return Together(kind=kind, plan=best, bounds=bounds, joint=joint)


def _worth(instance: Instance, question: PathQuestion, plan: Plan) -> tuple[int, ...]:
    return tuple(goal.value(instance, plan) for goal in question.goals({}))


def one_after_another(
    instance: Instance, question: PathQuestion, alone: Mapping[str, Alone], settings: Settings, budget: Budget
) -> Plan:
    """Seat the learners in turn, each on the best path that the earlier ones leave: a plan, not the best one."""
    paths: list[Path] = []
    current = instance
    for learner in question.learners:
        path = alone[learner].path
        if path is None or not is_compatible(current, Plan(paths=(path,))):
            again = None if budget.is_over else solve_alone(current, learner, style=question.style, settings=settings)
            path = again.path if again and again.path else standing_path(instance, learner)
        paths.append(path)
        current = with_path(current, path)
    return union(paths)
