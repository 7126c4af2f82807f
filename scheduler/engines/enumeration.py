"""Small models without a solver: narrow what every variable can be, row by row, and split what stays open.

It says no only with a refutation that has been checked step by step (`refutation`); what it finds meets every row.
"""

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field

from models.formulation.linear import INFINITE, Model, Row, Term
from scheduler.engines.refutation import Closed, Derived, Refutation, Split, is_valid

LARGEST = 120
"""A model with more rows or variables is the solver's."""

MOST_WORK = 6_000
"""Looks at a row before the solver is asked instead: some hundredths of a second."""


class TooMuchError(Exception):
    """The search would take longer than loading a solver."""


@dataclass(frozen=True, slots=True)
class Decided:
    """Whether a model has an answer: `values` meet every row; None = it is proved that nothing does."""

    values: tuple[int, ...] | None


def decide(model: Model, *, backwards: bool = False) -> Decided | None:
    """Return whether a model has an answer; None where it is too large to say. `backwards` = split in the other order."""
    if model.impossible:
        return Decided(None)
    if max(len(model.rows), len(model.lows)) > LARGEST:
        return None
    search = _Search(model, backwards=backwards)
    try:
        proof = search.refute(list(model.lows), list(model.highs))
    except TooMuchError:
        return None
    if search.found is not None:
        return Decided(search.found)
    return Decided(None) if proof is not None and is_valid(model, proof) else None


def least(model: Model, terms: Sequence[Term], *, backwards: bool = False) -> Decided | None:
    """Return values with the least sum of some terms; None where the model is too large to say. The model is not changed."""
    found = decide(model, backwards=backwards)
    if found is None or found.values is None:
        return found
    best = found.values
    low = sum(min(factor * model.lows[each], factor * model.highs[each]) for factor, each in terms)
    high = _sum(terms, best)
    narrowed = copy(model)
    while low < high:
        middle = (low + high) // 2
        narrowed.rows = [*model.rows, Row(list(terms), -INFINITE, middle, ())]
        found = decide(narrowed, backwards=backwards)
        if found is None:
            return None
        if found.values is None:
            low = middle + 1
        else:
            best, high = found.values, _sum(terms, found.values)
    return Decided(best)


def _sum(terms: Sequence[Term], values: Sequence[int]) -> int:
    return sum(factor * values[each] for factor, each in terms)


@dataclass(slots=True)
class _Search:
    """One search through a model; `found` = the values of an answer, once there are any."""

    model: Model
    backwards: bool
    found: tuple[int, ...] | None = None
    work: int = 0
    rows_of: list[list[int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Note which rows speak of which variable."""
        self.rows_of = [[] for _ in self.model.lows]
        for place, row in enumerate(self.model.rows):
            for variable in {*(each for _, each in row.terms), *(_variable(each) for each in row.given)}:
                self.rows_of[variable].append(place)

    def refute(self, lows: list[int], highs: list[int], changed: Sequence[int] | None = None) -> Refutation | None:
        """Return why nothing within some bounds meets every row; None once an answer is found."""
        steps = self._narrow(lows, highs, range(len(self.model.rows)) if changed is None else changed)
        if steps and steps[-1].variable is None:
            return Closed(tuple(steps))
        variable = self._open(lows, highs)
        if variable is None:
            self.found = tuple(lows)
            return None
        middle = (lows[variable] + highs[variable]) // 2
        parts: list[Refutation] = []
        for is_upper in (True, False) if self.backwards else (False, True):
            below, above = list(lows), list(highs)
            if is_upper:
                below[variable] = middle + 1
            else:
                above[variable] = middle
            part = self.refute(below, above, self.rows_of[variable])
            if part is None:
                return None
            parts.append(part)
        low, high = reversed(parts) if self.backwards else parts
        return Split(tuple(steps), variable, middle, low, high)

    def _open(self, lows: Sequence[int], highs: Sequence[int]) -> int | None:
        places = range(len(lows) - 1, -1, -1) if self.backwards else range(len(lows))
        opened = (place for place in places if lows[place] < highs[place])
        return min(opened, key=lambda place: highs[place] - lows[place], default=None)

    def _narrow(self, lows: list[int], highs: list[int], rows: Sequence[int]) -> list[Derived]:
        """Narrow the bounds until no row narrows any more; the last step has no variable if a row cannot be met."""
        steps: list[Derived] = []
        waiting = list(rows)
        queued = set(waiting)
        while waiting:
            place = waiting.pop(0)
            queued.discard(place)
            self.work += 1
            if self.work > MOST_WORK:
                raise TooMuchError
            for variable, is_low, bound in _implied(self.model.rows[place], lows, highs):
                steps.append(Derived(place, variable, is_low, bound))
                if variable is None:
                    return steps
                (lows if is_low else highs)[variable] = bound
                if lows[variable] > highs[variable]:
                    steps.append(Derived(place, None))
                    return steps
                new = [each for each in self.rows_of[variable] if each not in queued]
                waiting += new
                queued.update(new)
        return steps


def _variable(literal: int) -> int:
    return literal if literal >= 0 else ~literal


def _implied(row: Row, lows: Sequence[int], highs: Sequence[int]) -> Iterator[tuple[int | None, bool, int]]:
    """Yield the tighter bounds that a row implies, as variable, whether it is a lower one, and bound."""
    opened: list[int] = []
    for literal in row.given:
        variable = _variable(literal)
        if lows[variable] < highs[variable]:
            opened.append(literal)
        elif lows[variable] != (literal >= 0):
            return
    least = sum(factor * (lows if factor > 0 else highs)[each] for factor, each in row.terms)
    most = sum(factor * (highs if factor > 0 else lows)[each] for factor, each in row.terms)
    if least > row.high or most < row.low:
        if not opened:
            yield None, False, 0
        elif len(opened) == 1:
            variable = _variable(opened[0])
            yield (variable, False, 0) if opened[0] >= 0 else (variable, True, 1)
        return
    if not opened:
        yield from _tighter(row, least, most, lows, highs)


def _tighter(
    row: Row, least: int, most: int, lows: Sequence[int], highs: Sequence[int]
) -> Iterator[tuple[int | None, bool, int]]:
    """Yield the tighter bounds of each variable of a row that holds, when all others are as far out as they can be."""
    for factor, variable in row.terms:
        low, high = lows[variable], highs[variable]
        if low == high:
            continue
        size = abs(factor)
        up = (row.high - least) // size  # how far the term can rise from its least, in steps of the variable
        down = (most - row.low) // size
        if low + up < high if factor > 0 else low + down < high:
            yield variable, False, low + (up if factor > 0 else down)
        if high - down > low if factor > 0 else high - up > low:
            yield variable, True, high - (down if factor > 0 else up)
