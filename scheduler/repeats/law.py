"""The rules that a question about repeats is judged by, and what a plan breaks that was whole before."""

from collections import Counter
from collections.abc import Iterable, Sequence

from models.judging.violations import violations
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.plan import Plan
from models.rule import Rule, Violation
from models.rules import calendar_rules, ordered, plan_rules, rules_asked_by
from models.rules.spacing import gaps_of
from models.rules.taught import stated_crew
from models.rules.trainer_load import courses_of
from scheduler.solve.initial_state import standing_path

NOT_JUDGED = {
    "apart_from": "nobody graduates by a repeat alone, so nothing has yet to count for one thing only",
    "in_force": "nobody graduates by a repeat alone, so nothing has to count still on that day",
    "last": "nobody graduates by a repeat alone, so nothing has to come last",
    "requirements": "nobody graduates by a repeat alone, so not all requirements are met",
    "window": "it bounds graduation; that a seat lies within the window is said by `seated`",
    "tasks": "no task is started by a repeat, which `seated` says",
    "role_places": "nobody is given a role in a repeat",
}
"""The rules that a proposal is not judged by, each with the reason."""

CALENDAR = frozenset({"one_place", "open_days", "trainer_there"})
"""The rules of what is held that the search keeps itself, whatever they say; of the others see `_of_calendar`."""

KNOWN = frozenset(
    {"attendance", "bookable", "clashes", "courses_at_once", "first", "gate", "held", "kept", "minimum_attendance"}
    | {"most_sessions", "once", "prerequisites", "seated", "seats", "series", "trainers", "weekly_hours"}
)
"""The rules of which the search knows who fits where, and what keeps seats apart. With another in force a proposal is still
judged by it, and what breaks it is solved anew by the general model; what is said beside the proposal is then said by that."""

ORDER = frozenset({"first", "prerequisites", "series"})
"""Rules that another new booking can satisfy, of which the search keeps the order itself."""


def law(limits: Sequence[Rule] = ()) -> tuple[Rule, ...]:
    """Return the rules that a proposal is judged by: all but a few, those of the calendar, and the question's own."""
    judged = (rule for rule in plan_rules() if rule.name not in NOT_JUDGED)
    return (*ordered((*judged, *rules_asked_by("repeats"), *limits)), *calendar_rules())


def crew_needed(instance: Instance, run: Offering) -> int:
    """Return how many trainers teach a repeat together: one, where nothing else is stated."""
    stated = stated_crew(instance, run.component)
    return 1 if stated is None else stated


def lasting() -> frozenset[str]:
    """Return the names of rules that the search knows, or that no other booking heals once one booking breaks them."""
    return KNOWN | {rule.name for rule in law() if rule.monotone}


def unknown(instance: Instance) -> tuple[Rule, ...]:
    """Return the rules in force for somebody who waits that the search does not know."""
    waiting = {row.learner for row in instance.waitlist}
    others = [rule for rule in law() if rule.name not in KNOWN | CALENDAR | _of_calendar(instance)]
    found = [rule for rule in others if any(rule.applies(instance, learner) for learner in waiting)]
    return (*found, *(rule for rule in law() if rule.name in _of_several(instance)))


def _of_several(instance: Instance) -> frozenset[str]:
    """Return the rules that bind some new seats of a learner together, of which the search knows one seat, or two, alone."""
    heavy = {run.component for run in instance.offerings if run.weekly_minutes}  # a repeat states no weekly hours
    waits = [(instance.learner[row.learner], row.component) for row in instance.waitlist]
    long = Counter(who.id for who, code in waits if who.max_weekly_minutes is not None and code in heavy)
    many = Counter(who.id for who, _ in waits if who.max_courses is not None)
    bound = {
        "weekly_hours": any(times > 1 for times in long.values()),
        "courses_at_once": any(times > max(1, instance.learner[name].max_courses or 0) for name, times in many.items()),
    }
    return frozenset(name for name, is_bound in bound.items() if is_bound)


def _of_calendar(instance: Instance) -> frozenset[str]:
    """Return the rules of what is held that ask nothing beyond the search of the components that are waited for."""
    codes = sorted({row.component for row in instance.waitlist})
    quiet = {
        "taught": all(stated_crew(instance, code) in (None, 1) for code in codes),
        "spacing": gaps_of(instance).keys().isdisjoint(codes),
        "trainer_load": not any(trainer.max_courses for trainer in instance.trainers)
        or courses_of(instance).isdisjoint(codes),
    }
    return frozenset(name for name, is_quiet in quiet.items() if is_quiet)


def newly_broken(instance: Instance, plan: Plan, limits: Sequence[Rule] = ()) -> list[Violation]:
    """Return what a plan breaks of the rules and limits beyond what its learners' standing bookings break already."""
    rules = law(limits)
    before = Plan(paths=tuple(standing_path(instance, path.learner, graduates=True) for path in plan.paths))
    old = {(each.rule, each.learner, each.sentence) for each in violations(instance, before, rules)}
    return [each for each in violations(instance, plan, rules) if (each.rule, each.learner, each.sentence) not in old]


def names(broken: Iterable[Violation]) -> frozenset[str]:
    """Return the names of broken rules."""
    return frozenset(each.rule for each in broken)
