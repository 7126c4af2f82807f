"""Random changes of small instances, and the studies that are made of them."""

import random

from models.programme.instance import Instance
from scheduler.studies.changes import MisuseError
from scheduler.studies.lawful import unlawful
from scheduler.studies.study import ChangeStep, after_steps, step


def drawn_step(chance: random.Random, instance: Instance) -> ChangeStep:
    """Draw one change of an offering, a rule or a person."""
    run = chance.choice(instance.offerings)
    learner = chance.choice(instance.learners).id
    code = chance.choice(sorted({one.component for one in instance.offerings}))
    drawn = [
        lambda: step("cancel", run.id),
        lambda: step("move", run.id, days=chance.choice([-30, -7, -1, 1, 7, 30, 200])),
        lambda: step("move", run.id, days=chance.choice([1, 14, 60])),
        lambda: step("seats", run.id, by=chance.choice([-3, -1, 1])),
        lambda: step("seats", run.id, to=chance.choice([0, 1, 5])),
        lambda: step("add", "extra", like=run.id, start=instance.as_of.replace(day=28)),
        lambda: step("publish", run.id),
        lambda: step("away", learner, start=run.start, end=run.end),
        lambda: step("leave", learner),
        lambda: step("deadline", learner, to=run.end),
        lambda: step("absences", code, to=chance.choice([0, 2])),
        lambda: step("window", chance.choice([None, 1, 2])),
        lambda: step("open_to_all", code),
        lambda: step("join", "new", count=2, start=instance.as_of),
    ]
    return chance.choice(drawn)()


def drawn_steps(chance: random.Random, instance: Instance, most: int = 2) -> tuple[ChangeStep, ...]:
    """Draw some changes that leave a lawful instance; none if that does not come about."""
    steps = tuple(drawn_step(chance, instance) for _ in range(chance.randint(1, most)))
    try:
        return () if unlawful(after_steps(instance, steps)) else steps
    except (LookupError, ValueError, MisuseError):
        return ()
