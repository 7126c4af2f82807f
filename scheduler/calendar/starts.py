"""Calendars to start from and to compare with: last year's pattern shifted, the largest gaps filled, and shares rounded."""

import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from scheduler.calendar.choices import YEAR, Choice
from scheduler.calendar.promises import Due
from scheduler.calendar.room import Room
from scheduler.calendar.season import Season
from scheduler.calendar.staffing import Staff

SMALL = 0.02
"""Shares below it are not rounded up."""


class FirstCalendars:
    """Makes calendars that keep to all limits and can be staffed."""

    def __init__(self, season: Season, room: Room, staff: Staff, dues: Sequence[Due]) -> None:
        """Make calendars of a season."""
        self.season, self.room, self.staff, self.dues = season, room, staff, dues
        self.choices = [each for each in season.choices if staff.can(each)]

    def takes(self, held: Sequence[Choice], choice: Choice) -> bool:
        """Say whether a choice fits to a set, and both can be staffed."""
        return self.room.fits(held, choice) and self.staff.crews([*held, choice]) is not None

    def add(self, held: list[Choice], choice: Choice) -> bool:
        """Add a choice to a set if it fits and the set can still be staffed; say whether it did."""
        if not self.takes(held, choice):
            return False
        held.append(choice)
        return True

    def add_near(self, held: list[Choice], choice: Choice) -> bool:
        """Add a choice to a set, or another one of its component near to it where its trainers are busy; say whether one was."""
        near = self.nearest(choice.code, choice.offering.start)[:MOST_TRIED]
        return any(self.add(held, each) for each in (choice, *near))

    def as_last_year(self) -> list[Choice]:
        """Return what was held in the 364 days before the year once more, each run on the nearest day that is open to it."""
        year = self.season.instance.year
        held: list[Choice] = []
        if year is None:
            return held
        runs = [run for run in self.season.instance.offerings if run.status != "cancelled"]
        for run in sorted(runs, key=lambda each: (each.start, each.id)):
            wanted = run.start + timedelta(days=YEAR)
            if not year.first <= wanted <= year.last:
                continue
            near = self.nearest(run.component, wanted)
            next((choice for choice in near[:MOST_TRIED] if self.add(held, choice)), None)
        return held

    def nearest(self, code: str, day: date) -> list[Choice]:
        """Return the choices of a component, those near to a day first."""
        mine = [each for each in self.choices if each.code == code]
        return sorted(mine, key=lambda each: (abs((each.offering.start - day).days), each.offering.start, each.id))

    def near(self, wanted: Iterable[tuple[str, date]]) -> list[Choice]:
        """Return a set with a run of each wanted component near to a day, where anything fits."""
        held: list[Choice] = []
        for code, day in wanted:
            next((choice for choice in self.nearest(code, day) if self.add(held, choice)), None)
        return held

    def largest_gaps(self) -> list[Choice]:
        """Return what one gets by keeping promises first, then cutting the largest gap of any component in half."""
        held: list[Choice] = []
        for due in self.dues:
            middle = due.first + (due.last - due.first) // 2
            self.keep(held, due, self.nearest(due.component, middle))
        barred: set[str] = set()
        codes = sorted({each.code for each in self.choices})
        while True:
            best = [(gap, code) for code in codes if code not in barred and (gap := self._gap(code, held))]
            if not best:
                return held
            (length, first, last), code = max(best, key=lambda pair: (pair[0][0], pair[1]))
            middle = first + timedelta(days=length // 2)
            inside = [each for each in self.nearest(code, middle) if first < each.offering.start < last]
            if not any(self.add(held, choice) for choice in inside[:MOST_TRIED]):
                barred.add(code)

    def _gap(self, code: str, held: Iterable[Choice]) -> tuple[int, date, date] | None:
        """Return the longest stretch of the year in which no run of a component starts: its length and both ends."""
        year = self.season.instance.year
        if year is None:
            return None
        standing = [r.start for r in self.season.instance.offerings_of.get(code, ()) if r.status != "cancelled"]
        starts = sorted({*standing, *(each.offering.start for each in held if each.code == code)})
        days = [max([day for day in starts if day < year.first], default=year.first - timedelta(days=1))]
        days += [day for day in starts if year.first <= day <= year.last] + [year.last + timedelta(days=1)]
        return max(((after - before).days, before, after) for before, after in pairwise(days))

    def rounded(self, shares: Mapping[str, float], turn: int = 0) -> list[Choice]:
        """Return a set in order of the shares in which a program holds each: first what promises need, then the rest.

        In every `turn` but the first the order is drawn, what has a large share rather first.
        """
        chance = random.Random(turn)  # noqa: S311 - the same answer for the same input
        if turn:
            shares = {name: chance.random() ** (1 / share) for name, share in shares.items() if share > SMALL}
        ranked = sorted(self.choices, key=lambda each: (-shares.get(each.id, 0.0), each.offering.start, each.id))
        held: list[Choice] = []
        for due in self.dues:
            self.keep(held, due, ranked)
        for choice in (each for each in ranked if each.id in shares):
            if turn or shares.get(choice.id, 0.0) > SMALL:
                self.add(held, choice)
        return held

    def keep(self, held: list[Choice], due: Due, ranked: Iterable[Choice]) -> None:
        """Add what a promise needs, if anything that fits does."""
        missing = due.needed - due.found(each.offering for each in held)
        for choice in ranked:
            if missing <= 0:
                return
            if due.found((choice.offering,)) > due.standing and self.add(held, choice):
                missing -= 1


MOST_TRIED = 12
"""So many days are tried around the wanted one."""
