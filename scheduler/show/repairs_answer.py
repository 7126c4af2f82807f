"""Repairs as the mapping that `--json` prints."""

from typing import Any

from scheduler.answers.repair import RepairAnswer
from scheduler.explain.repairs.added import Added
from scheduler.explain.repairs.repair import Repair
from scheduler.show.envelope import envelope
from scheduler.show.solver import solver
from scheduler.solve.result import LearnerAnswer


def repair_answer(answer: RepairAnswer) -> dict[str, Any]:
    """Return the whole answer of `scheduler repair`; only `solver.seconds` differs between two runs on the same input."""
    head = envelope("repair", answer.result.instance)
    return head | {"status": answer.result.status, "solver": solver(answer.result)} | repairs_part(answer)


def repairs_part(answer: RepairAnswer) -> dict[str, Any]:
    """Return who is in question, the repairs, and how far they are proved."""
    repairs = answer.repairs
    return {
        "by": _day(answer.by),
        "learners": [_before(each) for each in answer.before],
        "repairs": [_repair(answer, each) for each in repairs.found] if repairs else [],
        "bound": repairs.bound if repairs else None,
        "proved": answer.is_proved,
        "left_out": list(answer.left_out) if repairs else [],
        "horizon": _day(repairs.horizon) if repairs else None,
        "costs": answer.costs.by_kind,
    }


def _day(day: object) -> str | None:
    return None if day is None else str(day)


def _before(each: LearnerAnswer) -> dict[str, Any]:
    return {"learner": each.learner, "status": each.status, "graduation": _day(each.graduation)}


def _repair(answer: RepairAnswer, repair: Repair) -> dict[str, Any]:
    return {
        "cost": repair.cost,
        "changes": [
            {
                "kind": step.kind,
                "about": step.about,
                "learner": step.learner,
                "role": step.role,
                "amount": step.amount,
                "cost": step.cost,
                "words": step.words,
            }
            for step in repair.steps
        ],
        "added": [_added(each) for each in repair.added],
        "gains": [
            {"learner": each.learner, "before": _day(each.graduation), "after": _day(repair.days[each.learner])}
            for each in answer.before
        ],
    }


def _added(added: Added) -> dict[str, Any]:
    windows = None
    if added.windows is not None:
        windows = [{"first": str(first), "last": str(last)} for first, last in added.windows]
    return {
        "component": added.run.component,
        "like": added.like,
        "start": str(added.run.start),
        "end": str(added.run.end),
        "seats": added.seats,
        "windows": windows,
        "choices": added.choices,
    }
