"""As few repeats as possible are added."""

from collections.abc import Sequence

from models.formulation.learner_variables import LearnerVariables
from models.goal import Expression, Goal
from models.programme.instance import Instance
from models.programme.plan import Plan


def value(_instance: Instance, plan: Plan) -> int:
    """Count what is held."""
    return len(plan.held)


def expression(everyone: Sequence[LearnerVariables]) -> Expression:
    """Count the literals of what is held."""
    holding = everyone[0].holding if everyone else None
    return Expression([(1, literal) for literal in holding.held.values()] if holding else [])


GOAL = Goal(
    name="sessions-added",
    sentence="As few repeats as possible are added.",
    value=value,
    expression=expression,
    unit="sessions",
)
