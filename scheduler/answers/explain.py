"""Everything that is explained to one learner: the day and why no earlier, or why there is none, and what was asked beside it."""

from dataclasses import dataclass
from datetime import date

from models.judging.reachability import left_out
from models.programme.instance import Instance
from models.rule import Fact
from scheduler.answers.repair import RepairAnswer, repaired
from scheduler.costs import Costs
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.explain.blocked import around
from scheduler.explain.cases import case_of
from scheduler.explain.chain import Link, chain_of
from scheduler.explain.conflicts import frees
from scheduler.explain.many import Conflicts, conflicts_in
from scheduler.explain.others import OthersCost, costs_to_others
from scheduler.explain.waiting import GivingWay, waiting_of
from scheduler.explain.why_not import WhyNot, why_not
from scheduler.meaning import Meaning
from scheduler.questions import PathQuestion
from scheduler.solve.alone import Alone, solve_alone
from scheduler.solve.paths import planned_in, solve_paths
from scheduler.solve.result import LearnerAnswer, Result

MOST_TOGETHER = 300
"""With more learners the joint plan takes longer than an explanation may, and is left to `scheduler path`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked beside the day: why some offerings are left out, and what it would take to graduate by a day."""

    offerings: tuple[str, ...] = ()
    by: date | None = None
    costs: Costs | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What is said of one learner; `result` = the plan it is about, of all learners if `together`.

    `chain` = why no day before `answer.alone` is possible; `conflicts` = why there is no day at all, and `freed` = whether each
    fact of the first conflict, left out by itself, frees the learner; `costs` = those of its facts that do so only at the
    cost of others (None = not looked at, or not settled). `waiting` = what it would cost the others if the
    learner had the day alone; None where that is the day, or it is not known.
    """

    result: Result
    answer: LearnerAnswer
    together: bool
    chain: tuple[Link, ...] = ()
    conflicts: Conflicts | None = None
    freed: bool | None = None
    costs: tuple[OthersCost, ...] | None = None
    why_not: tuple[WhyNot, ...] = ()
    by: RepairAnswer | None = None
    waiting: GivingWay | None = None

    @property
    def meaning(self) -> Meaning:
        """What the answer comes to."""
        if self.answer.status == "unknown" and not self.answer.alone:
            return "no-plan"
        if not self.is_proved:
            return "unproved"
        return "blocked" if self.answer.status == "blocked" else "answered"

    @property
    def left_out(self) -> tuple[str, ...]:
        """The components that would count and were not looked at where there is no path, because only a record opens them."""
        return left_out(self.result.instance, self.answer.learner) if self.conflicts else ()

    @property
    def is_proved(self) -> bool:
        """Say whether nothing was left out because time ran out."""
        told = bool(self.chain) or bool(self.conflicts and self.conflicts.found)
        settled = self.answer.status in {"graduated", "not-enrolled"}
        asked = all(each.verdict != "unknown" for each in self.why_not) and (self.by is None or self.by.is_proved)
        return (settled or told) and asked


def explained(
    instance: Instance,
    learner: str,
    *,
    asked: Asked | None = None,
    limit: int = 5,
    settings: Settings | None = None,
    budget: Budget | None = None,
) -> Explanation:
    """Explain a learner's day of graduation, up to `limit` conflicts where there is none, and why some offerings are left out."""
    settings, budget, asked = settings or Settings(), budget or Budget(), asked or Asked()
    result, together = _planned(instance, learner, settings, budget)
    answer = next(each for each in result.learners if each.learner == learner)
    if answer.status in {"graduated", "not-enrolled"}:
        return Explanation(result=result, answer=answer, together=together)
    met = around(instance, result.plan, learner) if answer.status == "blocked" and answer.alone else instance
    alone = solve_alone(met, learner, settings=settings, budget=budget)
    conflicts = None
    if alone.kind == "infeasible":
        conflicts = conflicts_in(case_of(met, learner, settings=settings, budget=budget), limit)
    freed = _freed(met, learner, conflicts, settings, budget)
    first = conflicts.found[0] if conflicts and freed and together else None
    return Explanation(
        result=result,
        answer=answer,
        together=together,
        chain=_chain(met, alone, settings, budget),
        conflicts=conflicts,
        freed=freed,
        costs=None if first is None else costs_to_others(result, answer, first, budget),
        why_not=tuple(_why_not(met, alone, each, settings, budget) for each in asked.offerings),
        by=_by(result, learner, asked, budget),
        waiting=_waiting(result, answer, together, settings, budget),
    )


def _waiting(
    result: Result, answer: LearnerAnswer, together: bool, settings: Settings, budget: Budget
) -> GivingWay | None:
    """Say what giving the learner the day alone would cost the others, where the plan of all gives another day or none."""
    if not together or answer.alone is None or answer.alone == answer.graduation or budget.is_over:
        return None
    own = solve_alone(result.instance, answer.learner, settings=settings, budget=budget).path
    return waiting_of(result, answer, own, budget) if own else None


def _planned(instance: Instance, learner: str, settings: Settings, budget: Budget) -> tuple[Result, bool]:
    """Plan all learners, or only the one in question where they are too many or the one needs no plan."""
    everyone = planned_in(instance)
    together = learner in everyone and len(everyone) <= MOST_TOGETHER
    question = PathQuestion(learners=everyone if together else (learner,))
    return solve_paths(instance, question, settings=settings, budget=budget), together


def _by(result: Result, learner: str, asked: Asked, budget: Budget) -> RepairAnswer | None:
    if asked.by is None:
        return None
    return repaired(result, (learner,), by=asked.by, costs=asked.costs, budget=budget)


def _chain(met: Instance, alone: Alone, settings: Settings, budget: Budget) -> tuple[Link, ...]:
    if alone.kind != "optimal" or alone.graduation is None:
        return ()
    return chain_of(met, alone.learner, alone.graduation, settings=settings, budget=budget)


def _freed(met: Instance, learner: str, conflicts: Conflicts | None, settings: Settings, budget: Budget) -> bool | None:
    """Say whether dropping any one fact of the first conflict frees the learner: it does where there is no second conflict."""
    if conflicts is None or not conflicts.found:
        return None
    if conflicts.complete:
        return len(conflicts.found) == 1
    first: tuple[Fact, ...] = conflicts.found[0]
    has_changes = all(fact.without is not None for fact in first)
    return frees(met, learner, first, settings=settings, budget=budget) if has_changes else None


def _why_not(met: Instance, alone: Alone, offering: str, settings: Settings, budget: Budget) -> WhyNot:
    return why_not(met, alone.learner, offering, alone.path, alone.graduation, settings=settings, budget=budget)
