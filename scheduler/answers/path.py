"""The question `path`: each learner's earliest path to graduation, with what is missing and why there is none."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from models.programme.instance import Instance
from scheduler.answers.among import others_of, solve_among
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.explain.blocked import as_met, with_conflicts
from scheduler.explain.sheets import Sheet, sheets_of
from scheduler.meaning import Meaning
from scheduler.questions import PathQuestion
from scheduler.solve.bottlenecks import bottlenecks
from scheduler.solve.lexicographic import Tell
from scheduler.solve.paths import alternatives, solve_paths
from scheduler.solve.result import LearnerAnswer, Result

FEW = 3
"""Learners of whom everything is told, unless details are asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PathAsked:
    """What is asked of an instance: the question, and how much is to be told beside its plan.

    `details` = look at what is missing of every learner, however many there are. `names_learners` = the question is about
    some, not all: everybody is planned all the same, unless `alone`, and what all of them share is left out.
    `alternatives` = next-best paths of the first learner. `more_places` = look at what one more place would save.
    """

    question: PathQuestion
    details: bool = False
    names_learners: bool = False
    alone: bool = False
    alternatives: int = 0
    more_places: bool = True
    settings: Settings = field(default_factory=Settings)


@dataclass(frozen=True, kw_only=True)
class PathAnswer:
    """A verified plan with its reasons and its proof, and a sheet for each learner in question."""

    asked: PathAsked
    result: Result
    sheets: Mapping[str, Sheet]

    @property
    def instance(self) -> Instance:
        """The instance that was planned."""
        return self.result.instance

    @property
    def is_told_whole(self) -> bool:
        """Say whether whole paths are told, not a line for each learner."""
        return bool(told_whole([each.learner for each in self.result.learners], details=self.asked.details))

    @cached_property
    def of(self) -> Mapping[str, LearnerAnswer]:
        """Each learner's part by id, in order."""
        return {each.learner: each for each in self.result.learners}

    @property
    def meaning(self) -> Meaning:
        """What the answer comes to."""
        return meaning_of(self.result)


def answer_path(
    instance: Instance, asked: PathAsked, *, budget: Budget | None = None, tell: Tell | None = None
) -> PathAnswer:
    """Answer the question whole within the budget; what the budget does not reach is left open, never guessed."""
    budget = budget or Budget()
    question = asked.question
    planned = _planned(instance, asked, budget, tell)
    result = _with_alternatives(with_conflicts(planned, budget=budget), asked, budget)
    if result.joint and asked.more_places and not asked.names_learners:
        result = replace(result, bottlenecks=bottlenecks(result.joint, budget))
    sheets = sheets_of(result, told_whole(question.learners, details=asked.details), budget=budget)
    return PathAnswer(asked=asked, result=result, sheets=sheets)


def _planned(instance: Instance, asked: PathAsked, budget: Budget, tell: Tell | None) -> Result:
    """Plan those in question: among all learners, or as if nobody else took another seat."""
    question, settings = asked.question, asked.settings
    others = others_of(instance, question) if asked.names_learners else ()
    if others and not asked.alone:
        differ = asked.alternatives > 0
        return solve_among(instance, question, others, settings=settings, budget=budget, tell=tell, may_differ=differ)
    result = solve_paths(instance, question, settings=settings, budget=budget, tell=tell)
    return replace(result, others="left free") if others else result


def _with_alternatives(result: Result, asked: PathAsked, budget: Budget) -> Result:
    if not asked.alternatives or result.learners[0].status != "graduates":
        return result
    first, question = asked.question.learners[0], asked.question
    others = alternatives(
        as_met(result, result.learners[0]),
        first,
        asked.alternatives,
        question=question,
        settings=asked.settings,
        budget=budget,
    )
    alone = result.learners[0].alone
    return replace(result, alternatives=tuple(replace(each, alone=alone) for each in others))


def told_whole(learners: Collection[str], *, details: bool) -> Collection[str]:
    """Return the learners whose whole paths are told: all if they are few or details are asked for."""
    return learners if details or len(learners) <= FEW else ()


def meaning_of(result: Result) -> Meaning:
    """Return what a result comes to: a plan that is not proved blocks nobody."""
    if result.status == "feasible":
        return "unproved"
    if result.status == "unknown":
        return "no-plan"
    return "blocked" if any(answer.status == "blocked" for answer in result.learners) else "answered"
