"""As few people as possible stay on the waitlist, those who go first before the others."""

from collections.abc import Callable, Sequence

from models.formulation.learner_variables import LearnerVariables
from models.goal import Expression, Goal
from models.programme.instance import Instance
from models.programme.people import Waiting
from models.programme.plan import Plan

Weight = Callable[[Instance, Waiting], int]
"""What it costs to leave one wait unmet."""


def one_each(_instance: Instance, _row: Waiting) -> int:
    """Return the weight of a wait where each counts one."""
    return 1


def days_waited(instance: Instance, row: Waiting) -> int:
    """Return the days that somebody has waited on the planning day; none where that is not stated."""
    return 0 if row.since is None else max((instance.as_of - row.since).days, 0)


def uncovered(instance: Instance, plan: Plan) -> list[Waiting]:
    """Return the rows of the waitlist for which a plan books nothing new; a booking that stood before meets none of them."""
    seated = {
        (path.learner, instance.offering[offering].component)
        for path in plan.paths
        for offering in path.offerings - {each.offering for each in instance.initial_state[path.learner].bookings}
    }
    return [row for row in instance.waitlist if (row.learner, row.component) not in seated]


def goal(name: str, sentence: str, weight: Weight, unit: str) -> Goal:
    """Return the goal to leave as little weight as possible on the waitlist."""

    def value(instance: Instance, plan: Plan) -> int:
        return sum(weight(instance, row) for row in uncovered(instance, plan))

    def expression(everyone: Sequence[LearnerVariables]) -> Expression:
        total = Expression()
        for choices in everyone:
            for row in choices.instance.waitlist:
                if row.learner == choices.learner.id:
                    each = weight(choices.instance, row)
                    total.constant += each
                    total.terms += [(-each, run.book) for run in choices.open_runs(row.component) if not run.kept]
        return total

    return Goal(name=name, sentence=sentence, value=value, expression=expression, unit=unit)


def of_priority(priority: int | None) -> Goal:
    """Return the goal for those of one priority (None = those without one, who come last)."""
    name = "uncovered-rest" if priority is None else f"uncovered-{priority}"

    def weight(_instance: Instance, row: Waiting) -> int:
        return int(row.priority == priority)

    return goal(name, "As few people of one priority as possible stay on the waitlist.", weight, "waits")


GOAL = goal("uncovered", "As few people as possible stay on the waitlist.", one_each, "waits")
