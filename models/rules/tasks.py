"""A self-paced task starts after the planning day, not before the enrolment."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from models.choices import Choices
from models.instance import Instance
from models.model import Poster
from models.plan import Plan
from models.rule import Rule, Violation


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Find tasks that the edition does not have, or that start too early."""
    for path in plan.paths:
        enrolled = instance.learner[path.learner].enrolled
        earliest = instance.as_of + timedelta(days=1)
        earliest = max(earliest, enrolled) if enrolled else earliest
        standing = instance.standing[path.learner].tasks
        for start in path.tasks:
            component = instance.component_for(path.learner, start.component)
            sentence = None
            if component is None or component.kind != "task":
                sentence = f"{start.component} is no self-paced task of this edition"
            elif start not in standing and start.day < earliest:
                sentence = f"{start.component} starts on {start.day}: the first day possible is {earliest}"
            if sentence:
                yield Violation(rule="tasks", learner=path.learner, offerings=(start.component,), sentence=sentence)


def post(everyone: Sequence[Choices], poster: Poster) -> None:
    """Start every new task on the first day possible or later; one under way is new if it starts anew."""
    for choices in everyone:
        for task in choices.tasks.values():
            if not task.kept:
                poster.require([(1, task.start)], low=choices.earliest_start.toordinal(), given=[task.does])
            elif choices.instance.free:
                _restart(choices, task.start, task.kept.toordinal(), task.does)


def _restart(choices: Choices, start: int, kept: int, does: int) -> None:
    """Let a task under way keep its start day, or start anew from the first day possible."""
    stays = choices.model.literal("stays", choices.learner.id, str(start))
    definition = Poster(choices.model)
    definition.require([(1, start)], low=kept, high=kept, given=[does, stays])
    definition.require([(1, start)], low=choices.earliest_start.toordinal(), given=[does, ~stays])


RULE = Rule(
    name="tasks",
    sentence="A self-paced task starts after the planning day and not before the enrolment.",
    scope="learner",
    check=check,
    post=post,
)
