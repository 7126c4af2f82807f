"""Why a learner cannot graduate: the few facts and rules that together forbid it."""

from models.programme.words import number
from models.rule import Fact
from scheduler.show.screen import Screen
from scheduler.solve.result import LearnerAnswer

BESIDE = "More than this is in the way: dropping one of these alone would not always free the learner."
FREED = {1: "Dropping it would free the learner.", 2: "Dropping either of these would free the learner."}
UNPROVED = "no path exists; the time ran out before the few facts behind it were found."


def because(screen: Screen, answer: LearnerAnswer, *, freed: bool | None, at_others_cost: int = 0) -> None:
    """Write the conflict of a blocked learner; `freed` = whether dropping any one fact frees the learner."""
    if not answer.conflict:
        screen.line(f"{answer.learner} cannot graduate: {UNPROVED}", style="bold")
        return
    screen.line(f"{answer.learner} cannot graduate, because", style="bold")
    screen.bullets(fact_in_words(fact) for fact in answer.conflict)
    if freed is not None:
        screen.line(because_any(len(answer.conflict), freed=freed, at_others_cost=at_others_cost), indent=2)


def because_any(count: int, *, freed: bool, at_others_cost: int = 0) -> str:
    """Say whether dropping any one of so many facts frees the learner, and how many do so only at the cost of others."""
    if not freed:
        return BESIDE
    words = FREED.get(count, "Dropping any one of these would free the learner.")
    if not at_others_cost:
        return words
    which = "" if at_others_cost == count else f"with {number(at_others_cost)} of them "
    return f"{words[:-1]}; {which}only if somebody else gives up a seat that this plan gives them."


def fact_in_words(fact: Fact) -> str:
    """Return a fact with its source."""
    return f"{fact.sentence} [{fact.source}]" if fact.source else fact.sentence
