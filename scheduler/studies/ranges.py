"""When somebody graduates if it is not certain which tentative offerings are held: exactly, by what each path depends on.

The best path when all of some offerings are held depends only on those that it books: whatever becomes of the others, it stays
the best. Where there is none, only what is booked already can be in the way. So one offering of the path after the other is held
or not, and nothing else is looked at.
"""

from collections.abc import Callable, Mapping

from scheduler.studies.memory import RememberedAnswer

MOST_CASES = 4_096
"""Cases looked at for one learner; beyond, the rest is left open, and the answer says so."""

Spread = tuple[tuple[float, str | None], ...]


class TooManyCasesError(RuntimeError):
    """So many tentative offerings matter to one learner that the cases cannot all be looked at."""


def spread_of(
    answer: Callable[[frozenset[str]], RememberedAnswer],
    chances: Mapping[str, float],
    kept: frozenset[str] = frozenset(),
) -> Spread:
    """Return each day with its probability, None (never) last.

    `answer` tells the answer without some offerings; `kept` = what is booked, which may be in the way of somebody without a path.
    """
    weights: dict[str | None, float] = {}
    cases: list[tuple[float, frozenset[str], frozenset[str]]] = [(1.0, frozenset(), frozenset())]
    looked_at = 0
    while cases:
        weight, held, gone = cases.pop()
        looked_at += 1
        if looked_at > MOST_CASES:
            raise TooManyCasesError(f"more than {MOST_CASES} cases of tentative offerings matter to one learner")
        found = answer(gone)
        booked = found.path.offerings if found.path else kept - gone
        open_ = sorted(each for each in booked if each in chances and each not in held)
        if not open_:
            day = found.day.isoformat() if found.day else None
            weights[day] = weights.get(day, 0.0) + weight
            continue
        chance = chances[open_[0]]
        if chance < 1:
            cases.append((weight * (1 - chance), held, gone | {open_[0]}))
        if chance > 0:
            cases.append((weight * chance, held | {open_[0]}, gone))
    return tuple((weights[day], day) for day in sorted(weights, key=lambda day: (day is None, day or "")))


def day_by(spread: Spread, probability: float) -> str | None:
    """Return the first day by which somebody has graduated with at least this probability; None if there is none."""
    total = 0.0
    for weight, day in spread:
        if day is None:
            return None
        total += weight
        if total >= probability - 1e-12:
            return day
    return None
