"""A first plan, quickly: again and again the date that seats most of those who go first, then what is not needed goes."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from scheduler.repeats.cuts import seated_at_most
from scheduler.repeats.groups import groups_of
from scheduler.repeats.problem import Option, Problem, Wait
from scheduler.repeats.staff import Calendar

Held = dict[int, str | None]
"""The options that are held, and who teaches each."""


class _Room:
    """One component's waits and options as a table, and who of them is still without a seat."""

    def __init__(self, problem: Problem, waits: Sequence[Wait]) -> None:
        self.places = sorted({k for wait in waits for k in wait.fits})
        column = {k: number for number, k in enumerate(self.places)}
        self.fits = np.zeros((len(waits), len(self.places)), dtype=np.bool_)
        for row, wait in enumerate(waits):
            self.fits[row, [column[k] for k in wait.fits]] = True
        self.turns = np.array([wait.turn for wait in waits])
        self.choice = self.fits.sum(axis=1)
        self.open = np.ones(len(waits), dtype=np.bool_)
        self.seats = np.array([problem.options[k].seats for k in self.places], dtype=np.int64)
        self.usable = np.array([problem.options[k].added for k in self.places], dtype=np.bool_)
        self.column = column

    def gains(self, ranks: Sequence[int]) -> NDArray[np.float64]:
        """Return what each option is worth: seats for those who go first weigh more than any number of later ones."""
        left = self.seats.astype(np.float64)
        worth = np.zeros(len(self.places))
        for number, turn in enumerate(ranks):
            count = np.minimum(left, self.fits[self.open & (self.turns == turn)].sum(axis=0))
            worth += count * 1000.0 ** -min(number, 4)
            left -= count
        worth[~self.usable] = 0.0
        return worth

    def take(self, k: int) -> None:
        """Seat those whom an option fits, the ones with the least choice of each turn first."""
        column = self.column[k]
        rows = np.flatnonzero(self.open & self.fits[:, column])
        order = sorted(rows.tolist(), key=lambda row: (self.turns[row], self.choice[row], row))
        self.open[order[: self.seats[column]]] = False
        self.usable[column] = False


def greedy(problem: Problem, waits: Sequence[Wait], most: int | None) -> Held:
    """Return options to hold, with trainers, that seat as many as this finds."""
    calendars = fresh(problem.calendars)
    ranks = sorted({wait.turn for wait in waits})
    rooms = {}
    for code in sorted({wait.row.component for wait in waits}):
        room = _Room(problem, [wait for wait in waits if wait.row.component == code])
        for k in (k for k in room.places if not problem.options[k].added):
            room.take(k)
        rooms[code] = room
    gains = {code: room.gains(ranks) for code, room in rooms.items()}
    held: Held = {}
    least = (problem.least_attendance or 1) * 1000.0**-4
    while rooms and (most is None or len(held) < most):
        code = max(sorted(gains), key=lambda each: gains[each].max(initial=0.0))
        if gains[code].max(initial=0.0) < least:
            break
        k = rooms[code].places[int(gains[code].argmax())]
        trainer = able(problem.options[k], calendars)
        if problem.options[k].trainers and trainer is None:
            rooms[code].usable[rooms[code].column[k]] = False
        else:
            teach(problem.options[k], trainer, calendars)
            held[k] = trainer
            rooms[code].take(k)
        gains[code] = rooms[code].gains(ranks)
    return _pruned(problem, waits, held)


def fresh(calendars: Mapping[str, Calendar]) -> dict[str, Calendar]:
    """Return copies of calendars that can be filled."""
    return {
        name: Calendar(each.trainer, list(each.taught), list(each.away), each.standing.copy())
        for name, each in calendars.items()
    }


def able(option: Option, calendars: Mapping[str, Calendar]) -> str | None:
    """Return the trainer who could teach an option and teaches least, or None."""
    sessions = option.offering.sessions
    free = [name for name in option.trainers if calendars[name].why_not(sessions) is None]
    return min(free, key=lambda name: (len(calendars[name].taught), name), default=None)


def teach(option: Option, trainer: str | None, calendars: dict[str, Calendar]) -> None:
    """Enter an option in its trainer's calendar."""
    if trainer is not None:
        calendars[trainer].teach(option.offering.sessions, option.offering.id)


def _pruned(problem: Problem, waits: Sequence[Wait], held: Held) -> Held:
    """Drop what can go without anybody losing a seat, the latest first."""
    for code in sorted({problem.options[k].offering.component for k in held}):
        mine = [wait for wait in waits if wait.row.component == code]
        seats = {
            k: problem.options[k].seats for wait in mine for k in wait.fits if k in held or not problem.options[k].added
        }
        groups = groups_of(mine, frozenset(seats), frozenset())
        counts = {group.place: group.count for group in groups}
        fits = {group.place: group.fits for group in groups}
        full = seated_at_most(counts, fits, seats)
        for k in sorted((k for k in seats if k in held), key=lambda k: (-problem.options[k].day, -k)):
            rest = {each: free for each, free in seats.items() if each != k}
            if seated_at_most(counts, fits, rest) == full:
                del held[k]
                seats = rest
    return held
