"""Learners graduate as early as possible: the sum of days from the planning day to graduation."""

from collections.abc import Sequence

from models.formulation.completion_day import finish_day
from models.formulation.learner_variables import LearnerVariables
from models.goal import Expression, Goal
from models.judging.completion import graduation_of
from models.programme.instance import Instance
from models.programme.plan import Plan


def value(instance: Instance, plan: Plan) -> int:
    """Add up the days of those who graduate."""
    days = (graduation_of(instance, path) for path in plan.paths if path.graduates)
    return sum(max((day - instance.as_of).days, 0) for day in days if day is not None)


def expression(everyone: Sequence[LearnerVariables]) -> Expression:
    """Add up the distances of the finish days."""
    total = Expression()
    for choices in everyone:
        if choices.by is not None:
            total.constant += (choices.by - choices.instance.as_of).days
        else:
            total.terms.append((1, finish_day(choices)))
            total.constant -= choices.instance.as_of.toordinal()
    return total


GOAL = Goal(
    name="graduation",
    sentence="Learners graduate as early as possible (the sum of days from the planning day).",
    value=value,
    expression=expression,
    unit="days",
)
