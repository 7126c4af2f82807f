"""Paths of some learners among all: everybody is planned, and those in question are shown with what the others leave them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from models.changes.change import only_learners
from models.changes.people import freed
from models.goal import Goal
from models.programme.instance import Instance
from models.programme.plan import Plan
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Kind, Settings
from scheduler.explain.blocked import around
from scheduler.questions import PathQuestion
from scheduler.solve.initial_state import union
from scheduler.solve.lexicographic import Tell
from scheduler.solve.paths import REASONS, planned_in, report, solve_paths
from scheduler.solve.result import LearnerAnswer, Result
from scheduler.solve.sharing import left_after, usage

PROVED = frozenset({"optimal", "infeasible"})


def others_of(instance: Instance, question: PathQuestion) -> tuple[str, ...]:
    """Return the learners to plan beside those in question; none where none of those needs a plan."""
    planned, asked = planned_in(instance), set(question.learners)
    return tuple(learner for learner in planned if learner not in asked) if asked & set(planned) else ()


def solve_among(
    instance: Instance,
    question: PathQuestion,
    others: Sequence[str],
    *,
    settings: Settings | None = None,
    budget: Budget | None = None,
    tell: Tell | None = None,
    may_differ: bool = False,
) -> Result:
    """Plan all learners together, their bookings kept; then plan those in question on the seats that the others leave.

    Where the plan of all is as good for them it is theirs, so that both say the same, unless it `may_differ`. The plan of the
    result holds everybody's path; its goals are those of the learners in question, and proved with the others' places taken.
    """
    settings, budget = settings or Settings(), budget or Budget()
    whole = replace(question, learners=tuple(sorted({*question.learners, *others})), style="fastest")
    kept = freed(instance, free=False) if instance.is_free else instance
    joint = solve_paths(kept, whole, settings=settings, budget=budget, tell=tell)
    met = only_learners(around(instance, joint.plan, *question.learners), question.learners)
    found = solve_paths(met, question, settings=settings, budget=budget, tell=tell)
    days = {each.learner: each.alone for each in joint.learners if each.alone and each.learner in question.learners}
    goals = question.goals(days)
    own = Plan(paths=tuple(joint.plan.path[path.learner] for path in found.plan.paths))
    is_joint = not (question.is_plain or may_differ) or (
        not may_differ and _worth(instance, goals, own) <= _worth(instance, goals, found.plan)
    )
    return _told(instance, question, joint, found, goals, own if is_joint else found.plan, is_joint=is_joint)


def _worth(instance: Instance, goals: Sequence[Goal], plan: Plan) -> tuple[int, ...]:
    return tuple(goal.value(instance, plan) for goal in goals)


def _told(
    instance: Instance,
    question: PathQuestion,
    joint: Result,
    found: Result,
    goals: Sequence[Goal],
    own: Plan,
    *,
    is_joint: bool,
) -> Result:
    """Return the answer about those in question; what is blocked or best is proved only if the plan of all is."""
    kind = _kind(joint, found, own)
    plan = union([*(path for path in joint.plan.paths if path.learner not in own.path), *own.paths])
    values = {goal.name: goal.value(instance, own) for goal in goals}
    before = {each.learner: each for each in joint.learners}
    chosen = [before[each.learner] if is_joint else _placed(before, each, kind) for each in found.learners]
    return replace(
        joint if is_joint else found,
        instance=instance,
        style=question.style,
        status=kind,
        reason=found.reason if kind == found.status else REASONS[kind],
        goals=tuple(report(goal, values, values if kind in PROVED else {}) for goal in goals),
        plan=plan,
        learners=tuple(chosen),
        uses=usage(instance, left_after(instance, plan)),
        shortages=joint.shortages,
        seconds=joint.seconds,
        reproducible=found.reproducible and joint.reproducible,
        joint=None,
        proofs=(),
        others="planned",
    )


def _kind(joint: Result, found: Result, own: Plan) -> Kind:
    if joint.status in PROVED and found.status in PROVED:
        return found.status
    return "feasible" if any(path.graduates for path in own.paths) else "unknown"


def _placed(before: Mapping[str, LearnerAnswer], found: LearnerAnswer, kind: Kind) -> LearnerAnswer:
    """Return a learner's part with the day alone of the plan of all, and what has run out there."""
    was = before[found.learner]
    waits = found.graduation != was.alone
    unsure = found.status == "blocked" and kind not in PROVED and was.alone is not None
    return replace(
        found, alone=was.alone, cause=was.cause if waits else (), status="unknown" if unsure else found.status
    )
