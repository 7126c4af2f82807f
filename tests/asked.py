"""The product's answers as the oracles give theirs: only what it has proved."""

from datetime import date

from models.programme.instance import Instance
from scheduler.questions import PathQuestion
from scheduler.solve.alone import solve_alone
from scheduler.solve.paths import solve_paths
from scheduler.solve.result import Result


def alone(instance: Instance, learner: str) -> date | None:
    """Return the earliest day of graduation; None only where it is proved that there is none."""
    found = solve_alone(instance, learner)
    assert found.kind in {"optimal", "infeasible"}
    return found.graduation


def everyone(instance: Instance) -> Result:
    """Return the proved answer to the question `path` for all learners together."""
    result = solve_paths(instance, PathQuestion(learners=tuple(learner.id for learner in instance.learners)))
    assert result.status in {"optimal", "infeasible"}
    return result


def jointly(instance: Instance) -> tuple[int, int]:
    """Return how many learners do not graduate, and the sum of days to graduation of the others."""
    result = everyone(instance)
    value = {goal.name: goal.value for goal in result.goals}
    if result.status == "optimal":
        assert all(goal.value == goal.bound for goal in result.goals)
    missing, days = value["not-graduating"], value["graduation"]
    assert missing is not None
    assert days is not None
    return missing, days
