"""Rows for how long a completion counts: on a later day it may have lapsed."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from models.formulation.learner_variables import LearnerVariables, OfferingVariables, TaskVariables
from models.formulation.linear import Model, Poster
from models.formulation.precedence import Chosen
from models.programme.edition import Requirement
from models.programme.initial_state import Done

Until = Callable[[date], date]
"""From the day on which something ends to the last day on which it counts."""


def until_of(choices: LearnerVariables, code: str, requirement: Requirement | None = None) -> Until:
    """Return how long a component counts for a learner, of itself or for a requirement."""
    return lambda last: choices.edition.counts_until(code, last, requirement)


def done_until(choices: LearnerVariables, done: Done, requirement: Requirement | None = None) -> date:
    """Return the last day on which something done counts; an exemption counts for ever."""
    if done.day is None:
        return date.max
    return choices.edition.counts_until(done.component, done.day, requirement)


def day_within(model: Model, variable: int, chosen: Chosen, until: Until, literal: int) -> None:
    """Require, given a literal, that the day of a variable is not after the last one on which a choice counts."""
    poster = Poster(model)
    if isinstance(chosen, OfferingVariables):
        last = until(date.fromordinal(chosen.last_day))
        poster.require([(1, variable)], high=last.toordinal(), given=[literal])
        return
    low, high = model.lows[chosen.start], model.highs[chosen.start]
    parts = list(_stretches(chosen, until, low, high))
    if parts[0][2] + low >= model.highs[variable]:
        return
    pieces: list[int] = []
    for first, last_day, days in parts:
        piece = model.literal("lasts", *model.names[literal], str(first))
        pieces.append(piece)
        poster.require([(1, chosen.start)], low=first, high=last_day, given=[piece])
        poster.require([(1, variable), (-1, chosen.start)], high=days, given=[literal, piece])
    poster.any_of(pieces, given=[literal])


def _stretches(task: TaskVariables, until: Until, first: int, last: int) -> Iterator[tuple[int, int, int]]:
    """Cut the days on which a task may start into stretches from whose every day the last one that counts is equally far."""

    def days_from(start: int) -> int:
        return until(date.fromordinal(start + task.component.length - 1)).toordinal() - start

    start = first
    while start <= last:
        days, stop = days_from(start), start
        while stop < last and days_from(stop + 1) == days:
            stop += 1
        yield start, stop, days
        start = stop + 1


def start_within(choices: LearnerVariables, one: Chosen, other: Chosen, literal: int) -> int | None:
    """Return a literal like the one given that also asks that `one` still counts on the first day of `other`; None if never."""
    until, model = until_of(choices, _code(one)), choices.model
    if isinstance(one, OfferingVariables) and isinstance(other, OfferingVariables):
        return literal if until(date.fromordinal(one.last_day)).toordinal() >= other.first_day else None
    valid = model.literal("counts-still", *model.names[literal])
    Poster(model).require([(1, literal), (-1, valid)], low=0)
    if isinstance(other, TaskVariables):
        day_within(model, other.start, one, until, valid)
    elif isinstance(one, TaskVariables):
        low, high = model.lows[one.start], model.highs[one.start]
        length = timedelta(days=one.component.length - 1)
        late = (
            day for day in range(low, high + 1) if until(date.fromordinal(day) + length).toordinal() >= other.first_day
        )
        start = next(late, None)
        if start is None:
            return None
        Poster(model).require([(1, one.start)], low=start, given=[valid])
    return valid


def _code(one: Chosen) -> str:
    return one.offering.component if isinstance(one, OfferingVariables) else one.component.code


def started_within(choices: LearnerVariables, other: Chosen, last: date) -> int | None:
    """Return a literal that can be true only if `other` is chosen and starts no later than a day; None if it never does."""
    if isinstance(other, OfferingVariables):
        return other.book if other.first_day <= last.toordinal() else None
    literal = choices.model.literal("by", choices.learner.id, other.component.code, str(last))
    Poster(choices.model).require([(1, other.start)], high=last.toordinal(), given=[literal])
    return literal
