"""A goal looked at for some learners only: those who go first, or those who come after them."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from models.formulation.learner_variables import LearnerVariables
from models.goal import Expression, Goal
from models.programme.instance import Instance
from models.programme.plan import Plan


def among(goal: Goal, learners: Collection[str], whose: str) -> Goal:
    """Return a goal for some learners, called like `graduation, priority 1`."""
    chosen = frozenset(learners)

    def value(instance: Instance, plan: Plan) -> int:
        return goal.value(instance, replace(plan, paths=tuple(path for path in plan.paths if path.learner in chosen)))

    def expression(everyone: Sequence[LearnerVariables]) -> Expression:
        return goal.expression([choices for choices in everyone if choices.learner.id in chosen])

    return replace(
        goal,
        name=f"{goal.name}, {whose}",
        sentence=f"{goal.sentence.rstrip('.')} ({whose}).",
        value=value,
        expression=expression,
    )
