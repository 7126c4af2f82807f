"""How far an answer is proved, in honest words."""

from scheduler.solve.result import GoalReport, Result


def proof(result: Result) -> str:
    """Return `proved optimal`, or how far from proof the answer is."""
    gaps = [words for goal in result.goals if (words := _gap(goal))]
    if result.status != "feasible" or not gaps:
        return result.reason
    return f"{result.reason} ({gaps[0]})"


def _gap(goal: GoalReport) -> str | None:
    """Say how much better a goal could still be; None where it is proved."""
    if goal.value is None:
        return None
    if goal.bound is None:
        return f"nothing is proved of the goal {goal.name}"
    if goal.bound >= goal.value:
        return None
    return f"{goal.name} is {goal.value}, and can be no less than {goal.bound} {goal.unit or ''}".rstrip()
