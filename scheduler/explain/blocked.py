"""Every blocked learner of a result gets a conflict: the facts and rules that together forbid graduating."""

from dataclasses import replace

from models.changes.bookings import with_paths
from models.programme.instance import Instance
from models.programme.plan import Plan
from scheduler.engines.budget import Budget
from scheduler.explain.cases import case_of
from scheduler.explain.conflicts import conflict_of, frees
from scheduler.solve.result import LearnerAnswer, Result


def with_conflicts(result: Result, *, budget: Budget | None = None) -> Result:
    """Return the result with a conflict for each blocked learner; without one where the budget ended before its proof."""
    answers = tuple(_explained(result, answer, budget or Budget()) for answer in result.learners)
    return replace(result, learners=answers)


def _explained(result: Result, answer: LearnerAnswer, budget: Budget) -> LearnerAnswer:
    if answer.status != "blocked":
        return answer
    conflict = conflict_of(as_met(result, answer), answer.learner, settings=result.settings, budget=budget)
    return replace(answer, conflict=conflict)


def is_freed_by_any(result: Result, answer: LearnerAnswer, *, budget: Budget) -> bool | None:
    """Say whether dropping any one fact of a conflict would free the learner, by fresh solves; None where time ran out."""
    instance = as_met(result, answer)
    return frees(instance, answer.learner, answer.conflict or (), settings=result.settings, budget=budget)


def freed_at_others_cost(result: Result, answer: LearnerAnswer, *, budget: Budget) -> int:
    """Return how many facts of a conflict, each dropped alone, free the learner only with a seat that the plan gives others.

    Whoever could graduate if nobody else took a seat is judged beside the others' paths already: then it is none.
    """
    if answer.alone is not None:
        return 0
    crowded = around(result.instance, result.plan, answer.learner)
    case = case_of(crowded, answer.learner, settings=result.settings, budget=budget)
    return sum(case.kind([fact]) == "infeasible" for fact in answer.conflict or ())


def as_met(result: Result, answer: LearnerAnswer) -> Instance:
    """Return the instance as a learner meets it: with the others' paths booked, unless there is no way even alone."""
    able_alone = answer.alone is not None
    return around(result.instance, result.plan, answer.learner) if able_alone else result.instance


def around(instance: Instance, plan: Plan, *learners: str) -> Instance:
    """Return the instance as some learners meet it: with everybody else's path of a plan booked."""
    others = (path for path in plan.paths if path.learner not in learners and path.graduates)
    return with_paths(instance, others)
