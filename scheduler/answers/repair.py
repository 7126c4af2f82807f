"""The question of a repair: who is to graduate, by when, and what stands in the plan before."""

from dataclasses import dataclass
from datetime import date

from models.judging.reachability import left_out
from models.programme.instance import Instance
from scheduler.costs import Costs
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.explain.repairs.repair import Repairs, repairs_of
from scheduler.meaning import Meaning
from scheduler.questions import PathQuestion
from scheduler.solve.paths import planned_in, solve_paths
from scheduler.solve.result import LearnerAnswer, Result


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairAnswer:
    """The plan before any repair, the learners in question and their repairs; None = nobody is in question, or it is unknown."""

    result: Result
    before: tuple[LearnerAnswer, ...]
    by: date | None
    costs: Costs
    repairs: Repairs | None
    is_settled: bool

    @property
    def meaning(self) -> Meaning:
        """What the answer comes to: it is no failure that a repair is needed, but somebody is blocked."""
        if not self.is_proved:
            return "unproved" if self.repairs and self.repairs.found else "no-plan"
        return "blocked" if self.before else "answered"

    @property
    def is_proved(self) -> bool:
        """Say whether who is in question and the cheapest repairs are proved."""
        return self.is_settled and (self.repairs is None or self.repairs.is_proved)

    @property
    def left_out(self) -> tuple[str, ...]:
        """The components that would count and were not looked at, because only a record opens them."""
        found = (left_out(self.result.instance, each.learner) for each in self.before)
        return tuple(sorted({code for codes in found for code in codes}))


def answered(
    instance: Instance,
    *,
    learners: tuple[str, ...] = (),
    by: date | None = None,
    costs: Costs | None = None,
    count: int = 3,
    settings: Settings | None = None,
    budget: Budget | None = None,
) -> RepairAnswer:
    """Plan all, and find the cheapest repairs for those of `learners` (none named: all) who graduate too late or never."""
    settings, budget = settings or Settings(), budget or Budget()
    everyone = planned_in(instance)
    result = solve_paths(instance, PathQuestion(learners=everyone), settings=settings, budget=budget)
    return repaired(result, learners or everyone, by=by, costs=costs, count=count, budget=budget)


def repaired(
    result: Result,
    learners: tuple[str, ...],
    *,
    by: date | None = None,
    costs: Costs | None = None,
    count: int = 3,
    budget: Budget | None = None,
) -> RepairAnswer:
    """Find the cheapest repairs for those of `learners` who in a plan graduate too late or never."""
    before = tuple(answer for answer in result.learners if answer.learner in learners and is_late(answer, by))
    is_settled = all(answer.status != "unknown" for answer in result.learners if answer.learner in learners)
    budget = budget or Budget()
    repairs = None
    if before and is_settled:
        names = [answer.learner for answer in before]
        repairs = repairs_of(
            result.instance,
            result.plan,
            names,
            by=by,
            costs=costs,
            count=count,
            settings=result.settings,
            budget=budget,
        )
    return RepairAnswer(
        result=result, before=before, by=by, costs=costs or Costs(), repairs=repairs, is_settled=is_settled
    )


def is_late(answer: LearnerAnswer, by: date | None) -> bool:
    """Say whether a learner never graduates in a plan, or only after a day."""
    if answer.status == "blocked":
        return True
    return by is not None and answer.graduation is not None and answer.graduation > by
