"""Why an offering is not in a learner's plan, on screen and as JSON."""

from typing import Any

from models.programme.words import plural
from scheduler.explain.why_not import WhyNot
from scheduler.show.blocked import fact_in_words
from scheduler.show.screen import Screen

USELESS = "Nothing in the learner's edition asks for it."


def show_why_not(screen: Screen, learner: str, found: WhyNot) -> None:
    """Write what becomes of a plan with the offering."""
    screen.line(_in_words(learner, found), style="bold")
    screen.bullets(fact_in_words(fact) for fact in found.conflict if fact.rule not in {"wanted", "earlier"})
    if not found.counts:
        screen.line(USELESS, indent=2)


def _in_words(learner: str, found: WhyNot) -> str:
    name = found.offering
    if found.verdict == "possible":
        return _possible(name, found)
    return {
        "done": f"{name} is done.",
        "booked": f"{name} is booked, and it is in the plan.",
        "planned": f"{name} is in the plan.",
        "unbookable": f"{name} cannot be booked: {found.reason}.",
        "impossible": f"With {name}, {learner} cannot graduate, because",
        "unknown": f"{name}: the time ran out before this was settled.",
    }[found.verdict]


def _possible(name: str, found: WhyNot) -> str:
    if found.cost == 0:
        return f"{name} is possible and costs no day: a path with it graduates on {found.day} too."
    if found.cost is None:
        return f"{name} is possible: the day is {found.day}."
    why = ", because" if found.conflict else "."
    return f"{name} is possible and costs {plural(found.cost, 'day')}: the day is then {found.day}{why}"


def why_not_answer(found: WhyNot) -> dict[str, Any]:
    """Return what becomes of a plan with the offering, for JSON."""
    return {
        "offering": found.offering,
        "verdict": found.verdict,
        "graduation": None if found.day is None else str(found.day),
        "days": found.cost,
        "reason": found.reason,
        "counts": found.counts,
        "conflict": [{"rule": each.rule, "source": each.source, "fact": each.sentence} for each in found.conflict],
    }
