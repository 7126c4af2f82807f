"""Tells everybody the day that `path` will find on the written calendar, where that costs nobody anything.

Among plans that are as good one learner may come first or another; what is told has to be what `path` chooses, which plans
neither those who are expected nor what is only supposed.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from models.judging.violations import violations
from models.programme.instance import Instance
from scheduler.calendar.places import less, news_of, path_of, value_of
from scheduler.calendar.season import Season
from scheduler.calendar.sharing import shared
from scheduler.calendar.worth import CalendarWorth, Valuer
from scheduler.engines.budget import Budget
from scheduler.questions import PathQuestion
from scheduler.solve.answers import Answers, answers_alone
from scheduler.solve.initial_state import union
from scheduler.solve.paths import solve_paths
from scheduler.solve.result import LearnerAnswer

MOST_A_SECOND = 200
"""A joint plan of no more learners is asked for in a second: of more it is not known in time what `path` will find."""


def settled(
    valuer: Valuer, best: CalendarWorth, budget: Budget, *, keep: bool
) -> tuple[CalendarWorth, tuple[str, ...]]:
    """Return a calendar with the days that `path` will find on it, and the learners to whom it may tell a later one."""
    season = valuer.season
    sure = {
        name: answer
        for name, answer in best.answers.of.items()
        if name not in season.expected and not any(season.is_supposed(run) for run in _runs(answer))
    }
    found = _path_on(_written(season, best), budget)
    late = _later(sure, found)
    if not late:
        return best, ()
    if not all(name in found for name in sure):
        return best, tuple(sorted(sure))
    for names in (_graduating(best, found), set(sure)):
        worth = _told(valuer, best, {name: found[name] for name in names}, budget)
        if worth is not None and not (keep and worth.later > best.later):
            return valuer.know(worth.held, worth.answers), ()
    return best, late


def _graduating(best: CalendarWorth, found: Mapping[str, LearnerAnswer]) -> set[str]:
    return {name for name, answer in found.items() if name in best.answers.of and answer.graduation is not None}


def _told(
    valuer: Valuer, best: CalendarWorth, fixed: Mapping[str, LearnerAnswer], budget: Budget
) -> CalendarWorth | None:
    """Return a calendar with some paths fixed, where all together is lawful and as good as before."""
    told = _with_fixed(valuer.season, best, fixed, budget)
    planned = valuer.season.with_added(best.held)
    if value_of(told) > value_of(best.answers):
        return None
    if violations(planned, union([path_of(planned, each) for each in told.of.values()])):
        return None
    return valuer.worth(best.held, replace(told, proved=best.answers.proved))


def _runs(answer: LearnerAnswer) -> frozenset[str]:
    return answer.path.offerings if answer.path else frozenset()


def _written(season: Season, best: CalendarWorth) -> Instance:
    """Return the instance as it is written: what is added stands in it, nobody is expected and nothing supposed."""
    runs = [*season.instance.offerings, *(each.offering for each in best.held)]
    offerings = tuple(sorted(runs, key=lambda run: (run.start, run.end, run.component, run.id)))
    return replace(season.instance, offerings=offerings)


def _path_on(written: Instance, budget: Budget) -> dict[str, LearnerAnswer]:
    """Return what `path` finds for everybody on a written calendar; who is missing is not known in time."""
    alone = answers_alone(written, written.learner, budget=budget)
    if alone.proved and not violations(written, union([path_of(written, each) for each in alone.of.values()])):
        return dict(alone.of)
    if len(written.learners) > MOST_A_SECOND * budget.left:
        return {}
    result = solve_paths(written, PathQuestion(learners=tuple(sorted(written.learner))), budget=budget)
    return {each.learner: each for each in result.learners} if result.status == "optimal" else {}


def _later(sure: Mapping[str, LearnerAnswer], found: Mapping[str, LearnerAnswer]) -> tuple[str, ...]:
    """Return who graduates later than told, or not at all, or of whom it is not known."""
    late = []
    for name, answer in sure.items():
        day = found[name].graduation if name in found else None
        if answer.graduation is not None and (day is None or day > answer.graduation):
            late.append(name)
    return tuple(sorted(late))


def _with_fixed(season: Season, best: CalendarWorth, fixed: Mapping[str, LearnerAnswer], budget: Budget) -> Answers:
    """Return everybody's paths where those of some are given, and the others share what is left."""
    planned = season.with_added(best.held)
    taken = Counter(each for answer in fixed.values() for each in news_of(planned, path_of(planned, answer)))
    left = less(planned, taken)
    others = [name for name in best.answers.of if name not in fixed]
    rest = shared(left, answers_alone(left, others, budget=budget), budget) if others else Answers(of={})
    return Answers(of={name: fixed.get(name) or rest.of[name] for name in best.answers.of}, proved=rest.proved)
