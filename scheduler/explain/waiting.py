"""Why a learner waits for a seat: how many others have it in the plan of all, and what it would cost them to give way."""

from collections.abc import Iterable
from dataclasses import dataclass

from models.changes.bookings import with_path
from models.programme.plan import Path
from scheduler.engines.budget import Budget
from scheduler.questions import PathQuestion
from scheduler.solve.paths import solve_paths
from scheduler.solve.result import LearnerAnswer, Result
from scheduler.solve.sharing import uses_of


@dataclass(frozen=True, slots=True, kw_only=True)
class GivingWay:
    """What stands against a learner's own best path, as counts: nobody else is named.

    `takers` = learners who newly take what of it has run out. If the learner had it, `fewer` others would graduate, or as many
    and `days` later in all (None where the number of those who graduate differs).
    """

    takers: int
    fewer: int
    days: int | None


def waiting_of(result: Result, answer: LearnerAnswer, own: Path, budget: Budget) -> GivingWay | None:
    """Give a learner of a proved plan the own best path, and plan all others anew; None where that is not proved in time."""
    if result.status != "optimal" or budget.is_over:
        return None
    gone = set(answer.cause)
    others = [path for path in result.plan.paths if path.learner != answer.learner]
    takers = sum(not gone.isdisjoint(uses_of(result.instance, path)) for path in others)
    question = PathQuestion(learners=tuple(each.learner for each in result.learners))
    after = solve_paths(with_path(result.instance, own), question, settings=result.settings, budget=budget)
    if after.status != "optimal":
        return None
    (fewer, days), (fewer_then, days_then) = goals_of_others(result, answer), goals_of_others(after, answer)
    return GivingWay(takers=takers, fewer=fewer_then - fewer, days=None if fewer_then != fewer else days_then - days)


def goals_of_others(result: Result, answer: LearnerAnswer) -> tuple[int, int]:
    """Return how many others do not graduate, and the days of all the others together."""
    days = [each.graduation for each in _planned(result) if each.learner != answer.learner]
    return days.count(None), sum(day.toordinal() for day in days if day)


def _planned(result: Result) -> Iterable[LearnerAnswer]:
    return (each for each in result.learners if each.status in {"graduates", "blocked"})
