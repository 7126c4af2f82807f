"""Grows a set of remedies that is not enough into one to which nothing can be added that still is not enough."""

from collections.abc import Sequence

from scheduler.explain.repairs.remedy import Levels
from scheduler.explain.repairs.trial import Trial


def grown(trial: Trial, levels: Levels) -> dict[int, int] | None:
    """Return such a largest set, proved by a second solve of another kind; None if time ran out or the two disagree."""
    reached, eased = _with_simpler_changes(trial, dict(levels))
    reached = _with_whole_remedies(trial, reached, eased)
    for place, remedy in enumerate(trial.remedies):
        if remedy.most > 1 and reached.get(place, 0) < remedy.most:
            reached = _with_steps(trial, reached, eased, place)
    if trial.budget.is_over or trial.kind(reached, eased, again=True) != "infeasible":
        return None
    return reached


def _with_simpler_changes(trial: Trial, levels: dict[int, int]) -> tuple[dict[int, int], frozenset[int]]:
    """Add whatever is not enough even in the simpler form that allows more: added offerings are costly to look at."""
    reached, eased = dict(levels), frozenset[int]()
    standing, dates = trial, dict(levels)
    pieces = [[place for place in range(len(trial.remedies)) if place not in levels]]
    while pieces and not trial.budget.is_over:
        piece = pieces.pop(0)
        more = {place: trial.remedies[place].most for place in piece}
        simpler = frozenset(place for place in piece if trial.remedies[place].eased is not None)
        freer = standing.having(more, simpler)
        added = {place: most for place, most in more.items() if trial.remedies[place].dates and place not in simpler}
        if freer.kind({**dates, **added}) == "infeasible":
            reached, eased = {**reached, **more}, eased | simpler
            standing, dates = freer, {**dates, **added}
        else:
            pieces[:0] = _halves(piece)
    return reached, eased


def _with_whole_remedies(trial: Trial, reached: dict[int, int], eased: frozenset[int]) -> dict[int, int]:
    """Add what is not enough in its own form, as much of it as there is."""
    left = [
        place for place, remedy in enumerate(trial.remedies) if remedy.eased is not None and reached.get(place, 0) == 0
    ]
    pieces = [[place] for place in left]
    while pieces and not trial.budget.is_over:
        piece = pieces.pop(0)
        more = {place: trial.remedies[place].most for place in piece}
        if trial.kind({**reached, **more}, eased) == "infeasible":
            reached = {**reached, **more}
    return reached


def _with_steps(trial: Trial, reached: dict[int, int], eased: frozenset[int], place: int) -> dict[int, int]:
    """Add as many steps of one remedy as are not enough."""
    low, high = reached.get(place, 0), trial.remedies[place].most
    while low < high and not trial.budget.is_over:
        middle = (low + high + 1) // 2
        if trial.kind({**reached, place: middle}, eased) == "infeasible":
            low = middle
        else:
            high = middle - 1
    return {**reached, place: low} if low else reached


def _halves(piece: Sequence[int]) -> list[list[int]]:
    half = len(piece) // 2
    return [list(piece[:half]), list(piece[half:])] if len(piece) > 1 else []
