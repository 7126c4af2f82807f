"""A refutation of a model, and its check: every step is derived anew from the row that it names, and from nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass

from models.formulation.linear import Model, Row


@dataclass(frozen=True, slots=True)
class Derived:
    """A row says that a variable is at least (`is_low`) or at most `bound`; without a variable, that it cannot be met."""

    row: int
    variable: int | None
    is_low: bool = False
    bound: int = 0


@dataclass(frozen=True, slots=True)
class Closed:
    """Steps after which a row cannot be met."""

    steps: tuple[Derived, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """Steps, and then two parts: the variable is at most `middle`, or it is more."""

    steps: tuple[Derived, ...]
    variable: int
    middle: int
    low: "Closed | Split"
    high: "Closed | Split"


Refutation = Closed | Split
Bounds = dict[int, tuple[int, int]]


def is_valid(model: Model, refutation: Refutation) -> bool:
    """Say whether a refutation proves that no values within the model's bounds meet all of its rows."""
    return _closes(model, refutation, dict(enumerate(zip(model.lows, model.highs, strict=True))))


def _closes(model: Model, part: Refutation, bounds: Bounds) -> bool:
    for step in part.steps:
        row = model.rows[step.row]
        if step.variable is None:
            return _cannot_hold(row, bounds)
        low, high = bounds[step.variable]
        otherwise = (low, step.bound - 1) if step.is_low else (step.bound + 1, high)
        if not _cannot_hold(row, {**bounds, step.variable: otherwise}):
            return False
        bounds = {**bounds, step.variable: (step.bound, high) if step.is_low else (low, step.bound)}
    if isinstance(part, Closed):
        return any(low > high for low, high in bounds.values())
    low, high = bounds[part.variable]
    return _closes(model, part.low, {**bounds, part.variable: (low, min(high, part.middle))}) and _closes(
        model, part.high, {**bounds, part.variable: (max(low, part.middle + 1), high)}
    )


def _cannot_hold(row: Row, bounds: Bounds) -> bool:
    """Say whether no values within the bounds meet a row; whatever its conditions leave open meets it."""
    named = {each for _, each in row.terms} | {each if each >= 0 else ~each for each in row.given}
    if any(bounds[each][0] > bounds[each][1] for each in named):
        return True
    if any(bounds[each if each >= 0 else ~each] != ((1, 1) if each >= 0 else (0, 0)) for each in row.given):
        return False
    ends = list(_ends(row, bounds))
    return sum(low for low, _ in ends) > row.high or sum(high for _, high in ends) < row.low


def _ends(row: Row, bounds: Bounds) -> Iterator[tuple[int, int]]:
    for factor, variable in row.terms:
        first, last = (factor * end for end in bounds[variable])
        yield min(first, last), max(first, last)
