"""What it would cost the others if one fact of a conflict did not hold for a learner: counts, nobody is named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.changes.bookings import with_path
from models.rule import Fact
from scheduler.engines.budget import Budget
from scheduler.explain.blocked import around
from scheduler.explain.cases import case_of
from scheduler.explain.repairs.ground import with_own_edition
from scheduler.explain.waiting import goals_of_others
from scheduler.questions import PathQuestion
from scheduler.solve.alone import solve_alone
from scheduler.solve.paths import solve_paths
from scheduler.solve.result import LearnerAnswer, Result


@dataclass(frozen=True, slots=True, kw_only=True)
class OthersCost:
    """A fact without which a learner graduates on `day` at the earliest, though not beside the paths of the others' plan.

    If the learner had that path, `fewer` others would graduate, or as many and `days` later in all (None where the number of
    those who graduate differs).
    """

    fact: Fact
    day: date
    fewer: int
    days: int | None


def costs_to_others(
    result: Result, answer: LearnerAnswer, conflict: Sequence[Fact], budget: Budget
) -> tuple[OthersCost, ...] | None:
    """Return those facts that free a learner of a proved plan only at the cost of others; None where that is not settled.

    A fact beside which there is room for a path costs nobody anything; whoever is blocked by the others' seats alone is judged
    beside them already.
    """
    if answer.alone is not None:
        return ()
    if result.status not in {"optimal", "infeasible"}:
        return None
    crowded = around(result.instance, result.plan, answer.learner)
    case = case_of(crowded, answer.learner, settings=result.settings, budget=budget)
    found: list[OthersCost] = []
    for fact in conflict:
        kind = case.kind([fact])
        cost = _cost(result, answer, fact, budget) if kind == "infeasible" else None
        if kind == "unknown" or (kind == "infeasible" and cost is None):
            return None
        found += [cost] if cost else []
    return tuple(found)


def _cost(result: Result, answer: LearnerAnswer, fact: Fact, budget: Budget) -> OthersCost | None:
    """Give the learner the earliest path without a fact, and plan all others anew; None where that is not proved."""
    if fact.without is None:
        return None
    freed = fact.without(with_own_edition(result.instance, answer.learner))
    own = solve_alone(freed, answer.learner, settings=result.settings, budget=budget)
    if own.kind != "optimal" or own.path is None or own.graduation is None:
        return None
    question = PathQuestion(learners=tuple(each.learner for each in result.learners))
    after = solve_paths(with_path(freed, own.path), question, settings=result.settings, budget=budget)
    if after.status != "optimal":
        return None
    (fewer, days), (fewer_then, days_then) = goals_of_others(result, answer), goals_of_others(after, answer)
    return OthersCost(
        fact=fact,
        day=max(own.graduation, result.instance.as_of),
        fewer=fewer_then - fewer,
        days=None if fewer_then != fewer else days_then - days,
    )
