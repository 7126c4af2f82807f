"""A self-paced task starts after the planning day, not before the enrolment; one under way does not start anew."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.programme.instance import Instance
from models.programme.plan import Plan
from models.rule import Rule, Violation


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Find tasks that the edition does not have, or that start too early."""
    for path in plan.paths:
        enrolled = instance.learner[path.learner].enrolled
        earliest = instance.as_of + timedelta(days=1)
        earliest = max(earliest, enrolled) if enrolled else earliest
        under_way = {start.component: start.day for start in instance.initial_state[path.learner].tasks}
        for start in path.tasks:
            component = instance.component_for(path.learner, start.component)
            sentence = None
            if component is None or component.kind != "task":
                sentence = f"{start.component} is no self-paced task of this edition"
            elif start.component in under_way:
                begun = under_way[start.component]
                sentence = f"{start.component} is under way since {begun}" if start.day != begun else None
            elif start.day < earliest:
                sentence = f"{start.component} starts on {start.day}: the first day possible is {earliest}"
            if sentence:
                yield Violation(rule="tasks", learner=path.learner, offerings=(start.component,), sentence=sentence)


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Leave the start of a task under way as it is; a new one has no earlier start to choose."""
    always = Poster(poster.model)
    for choices in everyone:
        for task in choices.tasks.values():
            if task.kept:
                begun = task.kept.toordinal()
                always.require([(1, task.start)], low=begun, high=begun)


RULE = Rule(
    name="tasks",
    sentence="A self-paced task starts after the planning day and not before the enrolment; one under way does not start anew.",
    scope="learner",
    rows=r"the domain of $a_{lc}$",
    check=check,
    post=post,
)
