"""As few learners as possible do not graduate."""

from collections.abc import Sequence

from models.formulation.learner_variables import LearnerVariables
from models.goal import Expression, Goal
from models.programme.instance import Instance
from models.programme.plan import Plan


def value(_instance: Instance, plan: Plan) -> int:
    """Count the paths that do not graduate."""
    return sum(not path.graduates for path in plan.paths)


def expression(everyone: Sequence[LearnerVariables]) -> Expression:
    """Count the learners whose literal is false."""
    literals = [choices.graduates for choices in everyone if choices.graduates is not None]
    return Expression([(-1, literal) for literal in literals], len(literals))


GOAL = Goal(
    name="not-graduating",
    sentence="As few learners as possible do not graduate.",
    value=value,
    expression=expression,
    unit="learners",
)
