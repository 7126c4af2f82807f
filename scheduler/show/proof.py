"""How far an answer is proved, in honest words."""

from scheduler.solve.result import GoalReport, Result

WORDS = {
    "not-graduating": "learners who do not graduate",
    "heaviest-week": "minutes in the busiest weeks",
    "graduation": "days to graduation, all learners together",
    "wishes": "wishes not met",
    "debuts": "roles at a first attendance",
    "earliest": "days to all the steps",
}


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
        return f"{WORDS.get(goal.name, goal.name)}: {goal.value} here, nothing is proved"
    if goal.bound >= goal.value:
        return None
    return f"{WORDS.get(goal.name, goal.name)}: {goal.value} here, {goal.bound} at best"
