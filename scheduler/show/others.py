"""What others would lose, on screen: counted, never named."""

from models.programme.words import plural
from scheduler.answers.explain import Explanation
from scheduler.show.screen import Screen


def others_later(fewer: int, days: int | None) -> str:
    """Say what it costs the others to give way: who cannot graduate then, or the days in all."""
    if fewer > 0:
        return f"{plural(fewer, 'other learner')} could not graduate"
    if days is None:
        return "others would graduate in its place"
    return f"the others would graduate {plural(days, 'day')} later, all together"


def show_costs(screen: Screen, explanation: Explanation) -> None:
    """Say who else would lose a seat if a blocked learner were freed, and what was searched for that."""
    others = len([each for each in explanation.result.learners if each.status in {"graduates", "blocked"}]) - 1
    if not (explanation.freed and explanation.together) or others < 1 or explanation.answer.alone is not None:
        return
    learner = explanation.answer.learner
    if explanation.costs is None:
        screen.line("Whether somebody else would lose a seat by it was not settled.", indent=2)
        return
    if not explanation.costs:
        screen.line("Nobody else would lose a seat by it: there is room beside the plan of all learners.", indent=2)
        return
    for cost in explanation.costs:
        screen.bullet(
            f'without "{cost.fact.sentence}" {learner} would graduate on {cost.day}, and {others_later(cost.fewer, cost.days)}'
        )
    screen.line(
        f"Searched: {learner} has the earliest path then, and all others are planned anew, most graduates and then fewest "
        "days in all.",
        indent=2,
    )
