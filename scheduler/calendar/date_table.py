"""One component of a year in tables: what could be held of it, and when each class would be through it."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from scheduler.calendar.choices import Choice
from scheduler.calendar.frontier import FAR, Days
from scheduler.calendar.room import Room
from scheduler.calendar.wanted import AttendableRun, Demand

MOST_SETS = 60_000
"""A component that could be held in more ways is not looked at: then all of it is supposed to be held."""

Pair = tuple[int, int]


class DateTable:
    """`starts`, `ends` = by choice, class and run of it the first and the last day; `always` = the same of what stands.

    What differs in nothing but its hour is one choice to which everybody can go who could go to any of them; `one` = by choice
    the one that stands for it. What is attended again and again may be held twice on a day: there each hour is a choice.
    """

    def __init__(self, classes: Sequence[Demand], code: str, room: Room) -> None:
        """Look at what a component offers to everybody."""
        of_choice: list[Mapping[str, list[Pair]]] = [_by_choice(demand.runs.get(code, ())) for demand in classes]
        mine = [each for each in room.of_code.get(code, ()) if any(each.id in known for known in of_choice)]
        again = any(need.again and code in need.pool for demand in classes for need in demand.needs)
        groups = [[each] for each in mine] if again and not room.gaps.get(code) else _same_day(mine)
        self.code, self.choices = code, [group[0] for group in groups]
        self.one = {each.id: group[0].id for group in groups for each in group}
        rows = [[sorted({p for e in group for p in known.get(e.id, ())}) for known in of_choice] for group in groups]
        table = _table(rows, len(classes))
        self.starts, self.ends = table[..., 0], table[..., 1]
        standing = [[_days(run) for run in demand.runs.get(code, ()) if run.choice is None] for demand in classes]
        (self.always,) = _table([standing], len(classes))
        self.limits = tuple(room.limits(mine[0])) if mine else ()
        others = {name for other, held in room.of_code.items() if other != code for name in room.limits(held[0])}
        self.shares_limits = not others.isdisjoint(self.limits)
        most = min((room.most[name] for name in self.limits), default=len(self.choices))
        self.sets = _sets(self.choices, room.gaps.get(code, 0), most)
        self.ahead = [self._ahead(place) for place in range(len(classes))]

    @property
    def sizes(self) -> NDArray[np.intp]:
        """How many runs each set adds."""
        if self.sets is None:
            return np.zeros(0, dtype=np.intp)
        sizes: NDArray[np.intp] = np.sum(self.sets < len(self.choices), axis=1, dtype=np.intp)
        return sizes

    def through(self, ready: Days) -> tuple[Days, Days]:
        """Return by when each class is through, by row of days on which it may begin: by each choice, by none, by what stands."""
        open_ = self.starts[None] >= ready[:, None, :, None]
        ends = np.where(open_, self.ends[None], FAR).min(axis=3, initial=FAR)
        none = np.full((len(ready), 1, ready.shape[1]), FAR, dtype=np.int32)
        standing = np.where(self.always[None, :, :, 0] >= ready[:, :, None], self.always[None, :, :, 1], FAR)
        return np.concatenate([ends, none], axis=1).astype(np.int32), standing.min(axis=2, initial=FAR).astype(np.int32)

    def at_best(self, ready: Days) -> Days:
        """Return the day by which each class can be through if all of it is held."""
        found = np.empty_like(ready)
        for place, (firsts, lasts) in enumerate(self.ahead):
            found[:, place] = lasts[np.searchsorted(firsts, ready[:, place], side="left")]
        return found

    def _ahead(self, place: int) -> tuple[Days, Days]:
        """Return the first days of a class's runs in order, and the least last day from each of them on."""
        pairs = np.concatenate(
            [np.stack([self.starts[:, place], self.ends[:, place]], axis=-1).reshape(-1, 2), self.always[place]]
        )
        pairs = pairs[pairs[:, 1] < FAR]
        pairs = pairs[np.argsort(pairs[:, 0], kind="stable")]
        least = np.minimum.accumulate(np.append(pairs[:, 1], FAR)[::-1])[::-1]
        return pairs[:, 0].astype(np.int32), least.astype(np.int32)


def _days(run: AttendableRun) -> Pair:
    """Return a run's first and last day; of what is booked already nothing is asked that comes first."""
    return (FAR if run.kept else run.ready), run.last


def _by_choice(runs: Sequence[AttendableRun]) -> Mapping[str, list[Pair]]:
    found: dict[str, list[Pair]] = {}
    for run in runs:
        if run.choice is not None:
            found.setdefault(run.choice, []).append(_days(run))
    return found


def _table(rows: Sequence[Sequence[Sequence[Pair]]], classes: int) -> Days:
    """Return days by row, class and run, filled up with runs that never end."""
    most = max([1, *(len(each) for row in rows for each in row)])
    table = np.full((len(rows), classes, most, 2), FAR, dtype=np.int32)
    for place, row in enumerate(rows):
        for number, pairs in enumerate(row):
            for each, pair in enumerate(sorted(pairs)):
                table[place, number, each] = pair
    return table


def _same_day(choices: Sequence[Choice]) -> list[list[Choice]]:
    """Return choices in groups that start on one day with as many seats and places."""
    groups: dict[tuple[object, ...], list[Choice]] = {}
    for choice in choices:
        run = choice.offering
        groups.setdefault((run.start, run.end, run.seats, run.roles), []).append(choice)
    return list(groups.values())


def _sets(choices: Sequence[Choice], gap: int, most: int) -> NDArray[np.intp] | None:
    """Return every set that keeps to the limits and the gap, small ones first, filled up with a place after the last choice."""
    starts = [each.offering.start.toordinal() for each in choices]
    found: list[tuple[int, ...]] = [()]
    level = found
    for _ in range(most):
        longer = [
            (*mine, place)
            for mine in level
            for place in range(mine[-1] + 1 if mine else 0, len(starts))
            if not mine or starts[place] - starts[mine[-1]] >= gap
        ]
        found, level = found + longer, longer
        if len(found) > MOST_SETS:
            return None
        if not longer:
            break
    width = max(len(mine) for mine in found)
    filled = [[*mine, *[len(starts)] * (width - len(mine))] for mine in found]
    return np.array(filled, dtype=np.intp).reshape(len(found), width)
