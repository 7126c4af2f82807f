"""From an instance with a year to the best calendar found in time, verified, with bounds and what to compare it with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from models.formulation.held_variables import held_by
from models.judging.violations import violations
from models.programme.instance import Instance
from models.programme.plan import Held, Plan
from models.rules import calendar_rules
from scheduler.calendar.changed import notes_of, shifts
from scheduler.calendar.choices import Choice
from scheduler.calendar.planner import PlannedCalendar, Planner
from scheduler.calendar.promises import Due
from scheduler.calendar.question import GOALS, CalendarAnswer, CalendarQuestion, Kept, Tell
from scheduler.calendar.regret import regret_of
from scheduler.calendar.repair import CalendarRepair
from scheduler.calendar.season import Season, season_of
from scheduler.calendar.settled import settled
from scheduler.calendar.shares import afterwards
from scheduler.calendar.sharing import as_result
from scheduler.calendar.staffing import Crews
from scheduler.calendar.told import ledger, loads, notes, reason, supposed
from scheduler.calendar.unkept import unkept_of
from scheduler.calendar.why import explained
from scheduler.calendar.worth import CalendarWorth
from scheduler.engines.budget import Budget
from scheduler.solve.result import Result
from scheduler.solve.verify import DefectError

PLANNING = 0.7
"""The share of the time for the plan where days of it are to be explained too."""

PROMISES = 10.0
"""Seconds at most to find out why promises are broken."""

STAFFING = 10.0
"""Seconds at most to make the busiest week light."""


def plan_year(
    instance: Instance, question: CalendarQuestion, *, budget: Budget | None = None, tell: Tell | None = None
) -> CalendarAnswer:
    """Plan the calendar of an instance's year; what was found is judged by every rule before it is returned.

    Raise ValueError where the instance has no year to plan.
    """
    budget = budget or Budget()
    regret = regret_of(instance, question, budget) if question.regret else None
    plan = _searched(instance, question, _main(question, budget), tell)
    best, season, repair = plan.found.best, plan.planner.season, plan.repair
    result = as_result(season.with_added(best.held), best.answers, budget.spent)
    values = _values(best, plan.planner.staff.peak(best.held, plan.crews), repair.struck.changes if repair else 0)
    _verify(season, best, plan.crews, result, values)
    bounds = _bounds(plan.found.bounds, repair.struck.least if repair else 0, is_staffed=plan.planner.staff.is_asked)
    proved = all(bounds.get(name) == values[name] for name in GOALS)
    found = CalendarAnswer(
        instance=replace(season.instance, tentative=instance.tentative, patterns=instance.patterns),
        question=question,
        result=result,
        values=values,
        bounds=bounds,
        status="optimal" if proved else "feasible",
        reason=reason(values, bounds, proved=proved),
        expected=season.expected,
        supposed=supposed(season, result),
        seconds=budget.spent,
        regret=regret,
        **_told(plan),
        unkept=unkept_of(plan.planner, _kept(plan.planner.dues, best), afterwards(budget, PROMISES)),
    )
    return explained(found, budget) if question.dates else found


def _main(question: CalendarQuestion, budget: Budget) -> Budget:
    """Return the time to plan in, some of it left where days are to be explained afterwards."""
    if not question.dates or budget.seconds is None:
        return budget
    return Budget(budget.left * PLANNING, within=budget)


@dataclass(frozen=True, slots=True)
class _Planned:
    """A year that was searched: by whom, what was found, who teaches it, what had happened, who may be told another day."""

    planner: Planner
    found: PlannedCalendar
    crews: Crews
    repair: CalendarRepair | None
    late: tuple[str, ...]


def _searched(instance: Instance, question: CalendarQuestion, budget: Budget, tell: Tell | None) -> _Planned:
    """Return the best calendar found in time, with the lightest crews."""
    repair = CalendarRepair(instance, question, budget) if question.changes else None
    season = season_of(repair.left if repair else instance)
    rest = Budget(None if budget.seconds is None else budget.left, within=budget)
    planner = Planner(season, repair.question if repair else question, rest, tell)
    found = planner.plan() if repair is None else repair.plan(planner)
    crews = (
        found.crews
        if found.crews is not None
        else planner.staff.lightest(found.best.held, afterwards(budget, STAFFING))
    )
    if crews is None:
        raise DefectError("the calendar cannot be staffed, though it was found to be")
    found.best, late = settled(planner.valuer, found.best, afterwards(budget), keep=question.keep)
    return _Planned(planner, found, crews, repair, late)


def _told(plan: _Planned) -> dict[str, Any]:
    """Return what is told of a plan beside its goals: what is added and changed, for whom, by whom, against what."""
    planner, found, crews, repair = plan.planner, plan.found, plan.crews, plan.repair
    best, season = found.best, planner.season
    added = tuple(each.offering for each in best.held)
    return {
        "planned": season.with_added(best.held),
        "added": added,
        "held": tuple(_held(each, crews) for each in best.held),
        "ledger": ledger(repair.before if repair else planner.valuer.standing, best),
        "promises": _kept(planner.dues, best),
        "loads": loads(planner, best.held, crews),
        "baselines": tuple(found.baselines),
        "curve": tuple(found.curve),
        "notes": (
            *notes(season, best, changed=repair is not None, late=plan.late),
            *(notes_of(repair.struck) if repair else ()),
        ),
        "shifts": shifts(repair.struck, added, crews) if repair else (),
        "alternatives": found.alternatives,
    }


def _bounds(found: Mapping[str, int], least: int, *, is_staffed: bool) -> dict[str, int]:
    """Return the bounds with those that need no search: nobody's week is full without trainers, so many changes at least."""
    return {**found, **({} if is_staffed else {"trainer-peak": 0}), "changes": least}


def _kept(dues: Sequence[Due], best: CalendarWorth) -> tuple[Kept, ...]:
    return tuple(Kept(due=due, found=due.found(each.offering for each in best.held)) for due in dues)


def _values(best: CalendarWorth, peak: int, changes: int) -> dict[str, int]:
    numbers = (best.broken, best.not_graduating, best.days, len(best.held), peak, changes)
    return dict(zip(GOALS, numbers, strict=True))


def _verify(season: Season, best: CalendarWorth, crews: Crews, result: Result, values: Mapping[str, int]) -> None:
    """Raise DefectError where what is added breaks a rule of the calendar, or the paths are not what was claimed."""
    old = {(each.rule, each.sentence) for each in violations(season.instance, Plan(), calendar_rules())}
    added = [replace(each.offering, trainers=crews.get(each.id, ())) for each in best.held]
    runs = tuple(sorted([*season.instance.offerings, *added], key=lambda run: run.id))
    judged = violations(replace(season.instance, offerings=runs), Plan(), calendar_rules())
    broken = [each for each in judged if (each.rule, each.sentence) not in old]
    if broken:
        raise DefectError(f"the calendar breaks the rule {broken[0].rule}: {broken[0].sentence}")
    found = {goal.name: goal.value for goal in result.goals}
    for name in ("not-graduating", "graduation"):
        if found.get(name, values[name]) != values[name]:
            raise DefectError(f"the goal {name} is {found[name]} on the calendar, and the search said {values[name]}")


def _held(choice: Choice, crews: Crews) -> Held:
    return held_by(choice.id, crews.get(choice.id, ()))
