"""Every blocked learner of a result gets a conflict: the facts and rules that together forbid graduating."""

from dataclasses import replace

from models.instance import Instance
from models.plan import Plan
from scheduler.explain.conflicts import conflict_of
from scheduler.solve.budget import Budget
from scheduler.solve.result import LearnerAnswer, Result
from scheduler.solve.together import with_path


def explained(result: Result, *, budget: Budget | None = None) -> Result:
    """Return the result with a conflict for each blocked learner; without one where the budget ended before its proof."""
    answers = tuple(_explained(result, answer, budget or Budget()) for answer in result.learners)
    return replace(result, learners=answers)


def _explained(result: Result, answer: LearnerAnswer, budget: Budget) -> LearnerAnswer:
    if answer.status != "blocked":
        return answer
    able_alone = answer.alone is not None
    instance = around(result.instance, result.plan, answer.learner) if able_alone else result.instance
    conflict = conflict_of(instance, answer.learner, settings=result.settings, budget=budget)
    return replace(answer, conflict=conflict)


def around(instance: Instance, plan: Plan, learner: str) -> Instance:
    """Return the instance in which everybody else's path of a plan is booked."""
    for path in plan.paths:
        if path.learner != learner and path.graduates:
            instance = with_path(instance, path)
    return instance
