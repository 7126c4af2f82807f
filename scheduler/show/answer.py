"""The answer to `path` as the mapping that `--json` prints."""

from collections.abc import Mapping
from typing import Any

from models.rule import Fact
from scheduler.explain.sheets import Missing, Sheet
from scheduler.report.steps import Step, steps_of
from scheduler.show.bottlenecks import bottlenecks, shortages
from scheduler.show.delays import cause, delay, uses
from scheduler.show.envelope import envelope
from scheduler.show.notes import notes_of
from scheduler.show.solver import solver
from scheduler.show.turns import turns
from scheduler.solve.result import GoalReport, LearnerAnswer, Result


def answer(result: Result, sheets: Mapping[str, Sheet] | None = None) -> dict[str, Any]:
    """Return the whole answer with what is said beside it; only `solver.seconds` differs between two runs on the same input."""
    instance = result.instance
    return (
        envelope("path", instance)
        | {
            "status": result.status,
            "goals": [_goal(goal) for goal in result.goals],
            "solver": solver(result),
            "learners": [_learner(result, each, (sheets or {}).get(each.learner, Sheet())) for each in result.learners],
            "tentative": instance.tentative,
            "free": instance.is_free,
            "goal": result.style,
            "fair": result.fair,
            "turns": turns(result),
            "reason": result.reason,
            "reproducible": result.reproducible,
            "offerings": uses(instance, result.uses),
            "shortages": shortages(instance, result.shortages),
            "bottlenecks": bottlenecks(result),
            "alternatives": [_learner(result, each, Sheet(), best=False) for each in result.alternatives],
        }
        | ({"others": result.others} if result.others else {})
    )


def _goal(goal: GoalReport) -> dict[str, Any]:
    unit = {"unit": goal.unit} if goal.unit else {}
    return {"name": goal.name, "value": goal.value, "bound": goal.bound} | unit


def _learner(result: Result, found: LearnerAnswer, sheet: Sheet, *, best: bool = True) -> dict[str, Any]:
    steps = steps_of(result.instance, found.learner, found.path)
    return {
        "learner": found.learner,
        "status": found.status,
        "graduation": _day(found.graduation),
        "alone": _day(found.alone),
        "deadline": _day(found.deadline),
        "steps": [_step(step) for step in steps],
        "conflict": None if found.conflict is None else [_fact(fact) for fact in found.conflict],
        "delay": delay(found),
        "cause": cause(found),
        "freed_by_any": sheet.freed,
        "freed_at_others_cost": sheet.at_others_cost,
        "missing": None if sheet.missing is None else [_missing(each) for each in sheet.missing],
        "notes": notes_of(result.instance, found.learner, steps, found.deadline, best=best),
    }


def _missing(missing: Missing) -> dict[str, Any]:
    return {
        "requirement": missing.requirement.id,
        "done": missing.done,
        "booked": missing.booked,
        "needed": missing.requirement.count,
        "start_by": _day(missing.start_by),
        "what": missing.what,
    }


def _day(day: object) -> str | None:
    return None if day is None else str(day)


def _step(step: Step) -> dict[str, Any]:
    return {
        "component": step.component,
        "offering": step.run.id if step.run else None,
        "start": step.start.isoformat(),
        "end": step.end.isoformat(),
        "role": step.role,
        "state": step.state,
        "price": step.run.price if step.run else None,
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {"rule": fact.rule, "source": fact.source, "fact": fact.sentence}
