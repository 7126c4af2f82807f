"""Who goes first and how fairly the others wait, in a few lines and for JSON."""

from collections import Counter
from typing import Any

from models.programme.words import listed, plural
from scheduler.questions import GoalTurn
from scheduler.show.delays import delay
from scheduler.show.screen import Screen
from scheduler.solve.result import LearnerAnswer, Result

SHOWN = 6
"""So many different delays are named on a screen; JSON holds all."""


def show_turns(screen: Screen, result: Result) -> None:
    """Write a line for each turn: how many graduate, and how long they wait."""
    if not result.turns:
        return
    screen.line()
    if result.fair:
        screen.line(
            "Fair: the longest delay against the day alone is as short as can be, for as few as can be, then the next."
        )
    for turn in result.turns:
        answers = _of(result, turn)
        if answers:
            name = turn.whose[:1].upper() + turn.whose[1:] if turn.whose else "All"
            graduate = sum(each.status == "graduates" for each in answers)
            screen.line(f"{name}: {graduate} of {plural(len(answers), 'learner')} will graduate; {_waiting(answers)}.")


def _of(result: Result, turn: GoalTurn) -> list[LearnerAnswer]:
    """Return the answers of those of a turn who need a plan."""
    asked = set(turn.learners)
    aside = {"not-enrolled", "graduated"}
    return [each for each in result.learners if each.learner in asked and each.status not in aside]


def _delays(answers: list[LearnerAnswer]) -> list[tuple[int, int]]:
    """Return the delays, the longest first, and how many wait so long."""
    return sorted(Counter(days for each in answers if (days := delay(each))).items(), reverse=True)


def _waiting(answers: list[LearnerAnswer]) -> str:
    found = _delays(answers)
    if not found:
        return "nobody waits"
    words = [f"{days} ({count})" for days, count in found]
    more = [f"{len(words) - SHOWN} shorter ones"] if len(words) > SHOWN else []
    return f"delays in days (and for how many): {listed(words[:SHOWN] + more)}"


def turns(result: Result) -> list[dict[str, Any]]:
    """Return the turns for JSON: whose, the delays from the longest down, and what is proved of each."""
    return [_turn(result, turn) for turn in result.turns]


def _turn(result: Result, turn: GoalTurn) -> dict[str, Any]:
    fairness = result.fairness.get(turn.whose)
    levels = fairness.levels if fairness else ()
    return {
        "whose": turn.whose or "everybody",
        "learners": list(turn.learners),
        "delays": [{"days": days, "learners": count} for days, count in _delays(_of(result, turn))],
        "levels": [{"over_days": each.days, "learners": each.learners, "bound": each.bound} for each in levels],
    }
