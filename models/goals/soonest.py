"""Repeats are held soon: the sum of days from the planning day to each."""

from collections.abc import Sequence

from models.formulation.learner_variables import LearnerVariables
from models.goal import Expression, Goal
from models.programme.instance import Instance
from models.programme.plan import Plan


def value(instance: Instance, plan: Plan) -> int:
    """Add up the days to the start of what is held."""
    return sum((instance.offering[each.offering].start - instance.as_of).days for each in plan.held)


def expression(everyone: Sequence[LearnerVariables]) -> Expression:
    """Add up the days to each candidate that is held."""
    holding = everyone[0].holding if everyone else None
    if holding is None:
        return Expression()
    instance = holding.instance
    today = instance.as_of.toordinal()
    return Expression(
        [(instance.offering[each].start.toordinal() - today, literal) for each, literal in holding.held.items()]
    )


GOAL = Goal(
    name="soonest",
    sentence="Repeats are held soon (the sum of days from the planning day to each).",
    value=value,
    expression=expression,
    unit="days",
)
