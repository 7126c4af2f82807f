"""What a learner still misses, and the last day on which each of it can still be started: proved, not estimated."""

from collections.abc import Collection, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date

from models.changes.change import only_learner, with_edition
from models.formulation.formulate import Formulation, formulate
from models.formulation.lasting import done_until
from models.formulation.learner_variables import LearnerVariables, OfferingVariables, TaskVariables
from models.formulation.linear import Poster
from models.formulation.requirement_terms import Countable, counting_terms, still_needed
from models.goal import Expression, Goal
from models.programme.edition import Requirement
from models.programme.instance import Instance
from models.programme.offering import Offering
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.explain.blocked import as_met, freed_at_others_cost, is_freed_by_any
from scheduler.explain.latest_start import latest_start
from scheduler.solve.grounds import ground_of
from scheduler.solve.lexicographic import minimise
from scheduler.solve.offers import Ground
from scheduler.solve.result import LearnerAnswer, Result

BOOKED = "booked"
TOO_LATE = "cannot be met any more"
NO_LIMIT = "no last day is stated"
UNSETTLED = "not settled in time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A requirement that what is done does not meet, how many are done and booked, and when the rest must be started.

    `what` starts on `start_by` and nothing of the rest later; where there is no such day, `what` says why.
    """

    requirement: Requirement
    done: int
    booked: int
    start_by: date | None
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What is said of a learner beside the path: what is missing (None = not looked at).

    `freed` = whether dropping any one fact of a blocked learner's conflict, and nothing else, frees the learner, as far
    as that is proved. `at_others_cost` = so many of those facts do so only with a seat that the plan gives to somebody else.
    """

    missing: tuple[Missing, ...] | None = None
    freed: bool | None = None
    at_others_cost: int = 0


def sheets_of(result: Result, whole: Collection[str], *, budget: Budget | None = None) -> Mapping[str, Sheet]:
    """Return a sheet for each learner; what is missing is looked at for those of `whole` alone."""
    budget = budget or Budget()
    return {answer.learner: _sheet(result, answer, answer.learner in whole, budget) for answer in result.learners}


def _sheet(result: Result, answer: LearnerAnswer, whole: bool, budget: Budget) -> Sheet:
    if answer.status in {"not-enrolled", "graduated"}:
        return Sheet()
    missing = missing_of(as_met(result, answer), answer, settings=result.settings, budget=budget) if whole else None
    freed = is_freed_by_any(result, answer, budget=budget) if answer.status == "blocked" else None
    cost = freed_at_others_cost(result, answer, budget=budget) if freed else 0
    return Sheet(missing=missing, freed=freed, at_others_cost=cost)


def missing_of(
    instance: Instance, answer: LearnerAnswer, *, settings: Settings | None = None, budget: Budget | None = None
) -> tuple[Missing, ...]:
    """Return what a learner misses, in the edition's order; the others keep what they have booked and take no more.

    A day is the last one with a path to graduation inside the window. Who has no path is told of each requirement alone.
    """
    learner, settings, budget = answer.learner, settings or Settings(), budget or Budget()
    single = _with_calendar_until(answer.deadline, only_learner(instance, learner))
    ground = ground_of(single, learner) if answer.graduation else None
    found = []
    for requirement in single.edition_of(learner).requirements:
        asked = single if answer.status == "graduates" else _asking_only(single, learner, requirement)
        missing = _missing(asked, ground, learner, requirement, settings, budget)
        if missing:
            found.append(missing)
    return tuple(found)


def _with_calendar_until(day: date | None, instance: Instance) -> Instance:
    """Return an instance whose calendar reaches a day, so that tasks may start up to it."""
    if day is None or day <= instance.last_day or day == date.max:
        return instance
    last = Offering(id="the last day", component="", start=day, end=day, status="cancelled")
    return replace(instance, offerings=(*instance.offerings, last))


def _asking_only(instance: Instance, learner: str, requirement: Requirement) -> Instance:
    return with_edition(learner, lambda edition: replace(edition, requirements=(requirement,)))(instance)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counted:
    """What a requirement needs beside what is done, what stands of it, and what of it can newly be taken."""

    needed: int
    standing: frozenset[str]
    new: list[Countable]


def _counted(given: LearnerVariables, requirement: Requirement) -> _Counted:
    choices = _counting_today(given, requirement)
    countable = list(counting_terms(choices, requirement))
    return _Counted(
        needed=still_needed(choices, requirement),
        standing=frozenset(_standing(choices, countable)),
        new=[each for each in countable if not _stands(choices, each)],
    )


def _counting_today(choices: LearnerVariables, requirement: Requirement) -> LearnerVariables:
    """Return the same choices with what is done as far as it still counts on the planning day."""
    if not choices.edition.runs_out:
        return choices
    today, found = choices.instance.as_of, copy(choices)
    found.done_of = {
        code: mine
        for code, listed in choices.done_of.items()
        if (mine := [each for each in listed if done_until(choices, each, requirement) >= today])
    }
    return found


def _missing(
    instance: Instance,
    ground: Ground | None,
    learner: str,
    requirement: Requirement,
    settings: Settings,
    budget: Budget,
) -> Missing | None:
    """Put the first start of what is newly taken for a requirement as late as possible; None if nothing is missing."""
    # A model is posted even when the budget is over: the counts are read from it, and the solver then returns at once.
    formulation = None if ground else formulate(instance, [learner], certain=True)
    counted = _counted(formulation.everyone[0] if formulation else ground.choices, requirement)  # type: ignore[union-attr]
    if counted.needed <= 0:
        return None

    def told(start_by: date | None, what: str) -> Missing:
        done, booked = requirement.count - counted.needed, len(counted.standing)
        return Missing(requirement=requirement, done=done, booked=booked, start_by=start_by, what=what)

    if len(counted.standing) >= counted.needed:
        return told(None, BOOKED)
    latest = latest_start(ground, requirement, counted.new) if ground and not budget.is_over else None
    if latest is not None:
        return told(date.fromordinal(latest[0]), latest[1])
    return told(*_solved(formulation or formulate(instance, [learner], certain=True), requirement, settings, budget))


def _solved(
    formulation: Formulation, requirement: Requirement, settings: Settings, budget: Budget
) -> tuple[date | None, str]:
    """Return the latest start by the solver, and what starts then; without a day, why there is none."""
    (choices,) = formulation.everyone
    new = _counted(choices, requirement).new
    solved = minimise(formulation, [[_latest_start(choices, new)]], settings, budget, any_best=len(new) == 1)
    if solved.kind != "optimal":
        return None, TOO_LATE if solved.kind == "infeasible" else UNSETTLED
    taken = [each for each in new if solved.values[each.literal]]
    if not taken:
        return None, UNSETTLED
    first = min(taken, key=lambda each: (_start(each, solved.values), _label(each)))
    if _is_free(choices, first, solved.values):
        return None, NO_LIMIT
    return date.fromordinal(_start(first, solved.values)), _label(first)


def _latest_start(choices: LearnerVariables, new: Sequence[Countable]) -> Goal:
    """Return the goal that the first start of what is chosen of `new` is late."""
    model = choices.model

    def expression(_everyone: Sequence[LearnerVariables]) -> Expression:
        first, last = choices.instance.as_of.toordinal(), max((_bound(choices, each) for each in new), default=0)
        day = model.integer(min(first, last), max(first, last), "first-start", choices.learner.id)
        poster = Poster(model)
        for each in new:
            if isinstance(each.chosen, OfferingVariables):
                poster.require([(1, day)], high=each.chosen.first_day, given=[each.literal])
            else:
                poster.require([(1, day), (-1, each.chosen.start)], high=0, given=[each.literal])
        return Expression([(-1, day)])

    sentence = "What is missing is started late."
    return Goal(name="first-start", sentence=sentence, value=lambda _instance, _plan: 0, expression=expression)


def _stands(choices: LearnerVariables, each: Countable) -> bool:
    """Say whether a choice is a booking that stands, in the very role that counts, or a task under way."""
    if isinstance(each.chosen, TaskVariables):
        return each.chosen.kept is not None
    held = choices.kept.get(each.chosen.offering.id)
    return held is not None and each.literal in {each.chosen.book, each.chosen.plays.get(held.role or "")}


def _standing(choices: LearnerVariables, countable: Sequence[Countable]) -> set[str]:
    """Return what stands and counts: each component once, unless it is repeatable."""
    repeatable = choices.edition.component
    return {
        _label(each) if repeatable[each.code].repeatable else each.code for each in countable if _stands(choices, each)
    }


def _bound(choices: LearnerVariables, each: Countable) -> int:
    return (
        each.chosen.first_day if isinstance(each.chosen, OfferingVariables) else choices.model.highs[each.chosen.start]
    )


def _start(each: Countable, values: Sequence[int]) -> int:
    return each.chosen.first_day if isinstance(each.chosen, OfferingVariables) else values[each.chosen.start]


def _label(each: Countable) -> str:
    return each.chosen.offering.id if isinstance(each.chosen, OfferingVariables) else each.code


def _is_free(choices: LearnerVariables, each: Countable, values: Sequence[int]) -> bool:
    """Say whether nothing but the end of what is modelled bounds a task's start."""
    has_limit = choices.edition.window is not None or choices.learner.deadline is not None
    return isinstance(each.chosen, TaskVariables) and not has_limit and _start(each, values) == _bound(choices, each)
