"""What is said to one learner beside the path: why no earlier, what if a step is missed, and a lighter pace."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from models.goals.heaviest_week import heaviest_week
from models.programme.instance import Instance
from models.programme.plan import Plan
from models.rule import Fact
from scheduler.engines.budget import Budget
from scheduler.engines.processes import Work, shared_out
from scheduler.explain.chain import facts_before
from scheduler.explain.missed import Missed, misses
from scheduler.explain.places import Planned
from scheduler.explain.repairs.repair import Repairs, repairs_of
from scheduler.explain.sheets import Missing, missing_of
from scheduler.questions import PathQuestion
from scheduler.solve.paths import solve_paths
from scheduler.solve.result import LearnerAnswer, Result

FEW = 30
"""Up to so many learners are looked at in this process: to begin others takes longer."""

REPAIR_SECONDS = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lighter:
    """A path whose busiest week is as light as possible, and the minutes of that week in both paths."""

    answer: LearnerAnswer
    minutes: int
    minutes_before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Personal:
    """What is said to one learner. None = not looked at, for want of time or because it does not arise.

    `missing` = requirements not met yet. `why` = the facts that together forbid an earlier day. `missed` = each dated step to
    come, missed by itself. `lighter` = a path with a lighter busiest week, if there is one. `repair` = the least change that
    lets a blocked one graduate. In all of it the places that the plan gives to others are taken. `complete` = nothing was left
    out for want of time.
    """

    answer: LearnerAnswer
    missing: tuple[Missing, ...] | None = None
    why: tuple[Fact, ...] | None = None
    missed: tuple[Missed, ...] | None = None
    lighter: Lighter | None = None
    repair: Repairs | None = None
    complete: bool = True


def personal(planned: Planned, answer: LearnerAnswer, budget: Budget | None = None) -> Personal:
    """Look at what concerns one learner, in the order of its use; what the budget does not reach is left out.

    Of who is blocked nothing is said here of why.
    """
    budget = budget or Budget()
    if answer.status in {"graduated", "not-enrolled", "unknown"}:
        return Personal(answer=answer)
    if budget.is_over:
        return Personal(answer=answer, complete=False)
    instance = planned.met_by(answer)
    missing = missing_of(instance, answer, budget=budget)
    if answer.status == "blocked":
        repair = None if budget.is_over else _repair(planned, answer, budget)
        return Personal(answer=answer, missing=missing, repair=repair, complete=not budget.is_over)
    found = misses(instance, answer.learner, together=False, budget=budget)
    why = _why(instance, answer, budget)
    lighter = None if budget.is_over else _lighter(instance, answer, budget)
    return Personal(
        answer=answer,
        missing=missing,
        why=why,
        missed=found.rows if found.complete else None,
        lighter=lighter,
        complete=not budget.is_over,
    )


def personals(
    result: Result, answers: Sequence[LearnerAnswer], *, workers: int = 1, budget: Budget | None = None
) -> Iterator[Personal]:
    """Yield what concerns each of some learners of a plan, in order; `workers` processes share the work where it is much."""
    budget = budget or Budget()
    if workers > 1 and len(answers) > FEW:
        fresh = Planned(instance=replace(result.instance), plan=_plain(result.plan))
        found = shared_out(
            Work(answer=personal, lost=_lost, shared=fresh), [_light(each) for each in answers], workers, budget
        )
    else:
        planned = Planned(instance=result.instance, plan=result.plan)
        found = (personal(planned, _light(each), budget) for each in answers)
    for answer, each in zip(answers, found, strict=True):
        yield replace(each, answer=answer, why=answer.conflict if answer.status == "blocked" else each.why)


def _lost(answer: LearnerAnswer) -> Personal:
    """Return what can be said of a learner at whom a process died."""
    return Personal(answer=answer, complete=False)


def _light(answer: LearnerAnswer) -> LearnerAnswer:
    """Return an answer that can be sent to a process: without what is derived from its path, and without changes in facts."""
    return replace(answer, path=replace(answer.path) if answer.path else None, conflict=None, cause=())


def _repair(planned: Planned, answer: LearnerAnswer, budget: Budget) -> Repairs:
    """Return the cheapest repair, which can be sent to a process: without what is derived from it."""
    own = Budget(REPAIR_SECONDS, within=budget)
    repairs = repairs_of(planned.instance, planned.plan, (answer.learner,), count=1, budget=own)
    found = (replace(each, instance=replace(each.instance), plan=_plain(each.plan)) for each in repairs.found)
    return replace(repairs, found=tuple(found))


def _plain(plan: Plan) -> Plan:
    return Plan(paths=tuple(map(replace, plan.paths)))


def _why(instance: Instance, answer: LearnerAnswer, budget: Budget) -> tuple[Fact, ...] | None:
    if answer.graduation is None or answer.graduation <= instance.as_of:
        return None
    facts = facts_before(instance, answer.learner, answer.graduation, budget=budget)
    return tuple(replace(fact, without=None) for fact in facts) or None


def _lighter(instance: Instance, answer: LearnerAnswer, budget: Budget) -> Lighter | None:
    """Return a path with a lighter busiest week than the learner's path has; None where there is none, or none was proved."""
    if answer.path is None:
        return None
    question = PathQuestion(learners=(answer.learner,), style="gentlest")
    (found,) = solve_paths(instance, question, budget=budget).learners
    if found.path is None or found.status != "graduates":
        return None
    before, after = (heaviest_week(instance, path)[1] for path in (answer.path, found.path))
    return Lighter(answer=_light(found), minutes=after, minutes_before=before) if after < before else None
