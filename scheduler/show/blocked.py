"""Why a learner cannot graduate: the few facts and rules that together forbid it."""

from models.rule import Fact
from scheduler.show.screen import Screen
from scheduler.solve.result import LearnerAnswer

BESIDE = "More than this is in the way: dropping one of these alone would not always free the learner."
FREED = {1: "Dropping it would free the learner.", 2: "Dropping either of these would free the learner."}
UNPROVED = "no path exists; the time ran out before the few facts behind it were found."


def because(screen: Screen, answer: LearnerAnswer, *, freed: bool | None) -> None:
    """Write the conflict of a blocked learner; `freed` = whether dropping any one fact frees the learner."""
    if not answer.conflict:
        screen.line(f"{answer.learner} cannot graduate: {UNPROVED}", style="bold")
        return
    screen.line(f"{answer.learner} cannot graduate, because", style="bold")
    screen.bullets(fact_in_words(fact) for fact in answer.conflict)
    if freed is not None:
        screen.line(because_any(len(answer.conflict), freed=freed), indent=2)


def because_any(count: int, *, freed: bool) -> str:
    """Say whether dropping any one of so many facts frees the learner."""
    return FREED.get(count, "Dropping any one of these would free the learner.") if freed else BESIDE


def fact_in_words(fact: Fact) -> str:
    """Return a fact with its source."""
    return f"{fact.sentence} [{fact.source}]" if fact.source else fact.sentence
