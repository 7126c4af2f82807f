"""Where there is a choice, learners get what they prefer and are spared what they avoid."""

from collections.abc import Sequence

from models.formulation.learner_variables import LearnerVariables
from models.goal import Expression, Goal
from models.programme.edition import Edition
from models.programme.instance import Instance
from models.programme.people import Learner
from models.programme.plan import Plan


def value(instance: Instance, plan: Plan) -> int:
    """Count new things against a wish: one for each avoided, one for each taken from a pool that holds a preferred one."""
    total = 0
    for path in plan.paths:
        learner, edition = instance.learner[path.learner], instance.edition_of(path.learner)
        standing = instance.initial_state[path.learner]
        held = {booking.offering for booking in standing.bookings}
        codes = [instance.offering[each].component for each in path.offerings if each not in held]
        codes += [start.component for start in path.tasks if start not in standing.tasks]
        pools = [each.pool for each in edition.requirements if any(wish in each.pool for wish in learner.prefers)]
        for code in codes:
            total += code in learner.avoids
            total += code not in learner.prefers and any(code in pool for pool in pools)
    return total


def expression(everyone: Sequence[LearnerVariables]) -> Expression:
    """Charge each new choice its cost."""
    terms = []
    for choices in everyone:
        costs = wish_costs(choices.edition, choices.learner)
        for code, cost in costs.items():
            terms += [(cost, run.book) for run in choices.open_runs(code) if not run.kept]
            task = choices.open_task(code)
            terms += [(cost, task.does)] if task and not task.kept else []
    return Expression(terms)


def wish_costs(edition: Edition, learner: Learner) -> dict[str, int]:
    """Return what a new choice of a component costs, where it costs anything."""
    wished = set(learner.prefers)
    costs = dict.fromkeys((code for code in learner.avoids if code in edition.component), 1)
    if not wished:
        return costs
    rivals = {code for each in edition.requirements if wished & set(each.pool) for code in each.pool}
    for code in sorted(rivals - wished):
        costs[code] = costs.get(code, 0) + 1
    return costs


GOAL = Goal(
    name="wishes",
    sentence="Where there is a choice, learners get what they prefer and are spared what they avoid.",
    value=value,
    expression=expression,
    unit="wishes not met",
)
