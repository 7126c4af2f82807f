"""The rules that a question about repeats is judged by, and what a plan breaks that was whole before."""

from collections.abc import Iterable
from functools import cache

from models.judging.violations import violations
from models.programme.instance import Instance
from models.programme.plan import Path, Plan
from models.rule import Rule, Violation
from models.rules import all_rules

LAW = (
    *("attendance", "bookable", "clashes", "courses_at_once", "first", "gate", "held", "kept", "minimum_attendance"),
    *("most_sessions", "once", "prerequisites", "seated", "seats", "series", "trainers", "weekly_hours"),
)
ORDER = frozenset({"first", "prerequisites", "series"})
"""Rules that another new booking can satisfy."""


@cache
def law() -> tuple[Rule, ...]:
    """Return the rules in force, those of graduation left out: nobody graduates by a repeat alone."""
    return tuple(rule for rule in all_rules() if rule.name in LAW)


def standing_path(instance: Instance, learner: str) -> Path:
    """Return what a learner has booked already."""
    standing = instance.initial_state[learner]
    return Path(learner=learner, bookings=standing.bookings, tasks=standing.tasks)


def newly_broken(instance: Instance, plan: Plan) -> list[Violation]:
    """Return what a plan breaks beyond what its learners' standing bookings break already."""
    before = Plan(paths=tuple(standing_path(instance, path.learner) for path in plan.paths))
    old = {(each.rule, each.learner, each.sentence) for each in violations(instance, before, law())}
    return [each for each in violations(instance, plan, law()) if (each.rule, each.learner, each.sentence) not in old]


def names(broken: Iterable[Violation]) -> frozenset[str]:
    """Return the names of broken rules."""
    return frozenset(each.rule for each in broken)
