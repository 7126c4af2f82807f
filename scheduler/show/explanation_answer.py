"""An explanation as the mapping that `--json` prints."""

from typing import Any

from models.rule import Fact
from scheduler.answers.explain import Explanation
from scheduler.explain.chain import Link
from scheduler.explain.many import Conflicts
from scheduler.explain.others import OthersCost
from scheduler.explain.waiting import GivingWay
from scheduler.show.delays import cause, delay
from scheduler.show.envelope import envelope
from scheduler.show.repairs_answer import repairs_part
from scheduler.show.solver import solver
from scheduler.show.why_not import why_not_answer


def explanation_answer(explanation: Explanation) -> dict[str, Any]:
    """Return the whole explanation; only `solver.seconds` differs between two runs on the same input."""
    answer, result = explanation.answer, explanation.result
    return envelope("explain", result.instance) | {
        "status": answer.status,
        "solver": solver(result),
        "learner": answer.learner,
        "graduation": _day(answer.graduation),
        "alone": _day(answer.alone),
        "deadline": _day(answer.deadline),
        "together": explanation.together,
        "delay": delay(answer),
        "cause": cause(answer),
        "chain": [_link(link) for link in explanation.chain],
        "conflicts": None if explanation.conflicts is None else _conflicts(explanation.conflicts),
        "left_out": list(explanation.left_out),
        "freed_by_any": explanation.freed,
        "freed_at_others_cost": None if explanation.costs is None else [_cost(each) for each in explanation.costs],
        "why_not": [why_not_answer(each) for each in explanation.why_not],
        "by": None if explanation.by is None else repairs_part(explanation.by),
        "proved": explanation.is_proved,
        "waiting": explanation.waiting and _waiting(explanation.waiting),
    }


def _waiting(waiting: GivingWay) -> dict[str, Any]:
    return {"takers": waiting.takers, "others_fewer": waiting.fewer, "others_later": waiting.days}


def _cost(cost: OthersCost) -> dict[str, Any]:
    others = {"others_fewer": cost.fewer, "others_later": cost.days}
    return _fact(cost.fact) | {"graduation": _day(cost.day)} | others


def _day(day: object) -> str | None:
    return None if day is None else str(day)


def _fact(fact: Fact) -> dict[str, Any]:
    return {"rule": fact.rule, "source": fact.source, "fact": fact.sentence}


def _link(link: Link) -> dict[str, Any]:
    return _fact(link.fact) | {"since": _day(link.fact.since), "without": _day(link.without)}


def _conflicts(conflicts: Conflicts) -> dict[str, Any]:
    return {
        "complete": conflicts.complete,
        "more": conflicts.more,
        "found": [[_fact(fact) for fact in conflict] for conflict in conflicts.found],
    }
