"""The answer to `path` as the mapping that `--json` prints."""

from importlib import metadata
from typing import Any

from models.rule import Fact
from scheduler.show.envelope import envelope
from scheduler.show.missing import missing_of
from scheduler.show.notes import notes_of
from scheduler.show.steps import Step, steps_of
from scheduler.solve.result import GoalReport, LearnerAnswer, Result


def answer(result: Result) -> dict[str, Any]:
    """Return the whole answer; only `solver.seconds` differs between two runs on the same input."""
    instance = result.instance
    return envelope("path", instance) | {
        "status": result.status,
        "goals": [_goal(goal) for goal in result.goals],
        "solver": {
            "name": "CP-SAT",
            "version": metadata.version("ortools"),
            "seed": result.settings.seed,
            "workers": result.settings.workers,
            "seconds": round(result.seconds, 3),
        },
        "learners": [_learner(result, each) for each in result.learners],
        "tentative": instance.tentative,
        "free": instance.free,
        "goal": result.style,
        "reason": result.reason,
        "reproducible": result.reproducible,
        "alternatives": [_learner(result, each) for each in result.alternatives],
    }


def _goal(goal: GoalReport) -> dict[str, Any]:
    unit = {"unit": goal.unit} if goal.unit else {}
    return {"name": goal.name, "value": goal.value, "bound": goal.bound} | unit


def _learner(result: Result, found: LearnerAnswer) -> dict[str, Any]:
    steps = steps_of(result.instance, found.learner, found.path)
    return {
        "learner": found.learner,
        "status": found.status,
        "graduation": _day(found.graduation),
        "alone": _day(found.alone),
        "deadline": _day(found.deadline),
        "steps": [_step(step) for step in steps],
        "conflict": None if found.conflict is None else [_fact(fact) for fact in found.conflict],
        "missing": _missing(result, found),
        "notes": notes_of(result.instance, found.learner, steps, found.deadline),
    }


def _missing(result: Result, found: LearnerAnswer) -> list[dict[str, Any]]:
    if found.status in {"not-enrolled", "graduated"}:
        return []
    return [
        {
            "requirement": each.requirement.id,
            "done": each.has,
            "needed": each.requirement.count,
            "start_by": _day(each.start_by),
            "what": each.what,
        }
        for each in missing_of(result.instance, found.learner, found.deadline)
    ]


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
