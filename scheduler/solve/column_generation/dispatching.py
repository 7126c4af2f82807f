"""First plans by rules of thumb: the calendar is gone through once, and each seat goes to whoever has most claim to it.

Dispatching rules know no prices. They look at offerings in the order of their first days, give the seats to those who are
nearest to graduation (or have the least time left), and are never far off where many compete for everything.
"""

from collections.abc import Callable, Iterator

import numpy as np

from scheduler.solve.column_generation.blocks import Draft, GridBlock
from scheduler.solve.column_generation.cohort import Cohort
from scheduler.solve.column_generation.grid import Flags, Numbers
from scheduler.solve.column_generation.linear import Market
from scheduler.solve.column_generation.sweep import first_graduation
from scheduler.solve.column_generation.whole import Share

PASSES = 6
"""So often those who did not get through try again with what they gave back."""

Claim = Callable[["Crowd"], Numbers]
"""Who goes first: the lowest number."""


def nearest_to_graduation(crowd: "Crowd") -> Numbers:
    """Let those go first who miss the fewest things, of these those with the least time."""
    return crowd.left * (1 << 32) + crowd.last_day


def least_time(crowd: "Crowd") -> Numbers:
    """Let those go first who have the least time, of these those who miss the fewest things."""
    return crowd.last_day * (1 << 16) + crowd.left


def least_slack(crowd: "Crowd") -> Numbers:
    """Let those go first who have the least time for each thing that they miss."""
    return crowd.last_day - 60 * crowd.left


RULES: tuple[Claim, ...] = (nearest_to_graduation, least_slack, least_time)


def dispatched(cohort: Cohort, market: Market) -> Iterator[Share]:
    """Yield the plan of each rule; their paths become columns. Classes that the general model prices are left out."""
    for rule in RULES:
        left, share = market.limits.copy(), dict[int, int]()
        for block, first in zip(cohort.blocks, cohort.first, strict=False):
            if isinstance(block, GridBlock):
                count = market.count[first : first + len(block.learners)]
                _dispatch(cohort, block, int(first), count, left, rule, share)
        yield share


def _dispatch(
    cohort: Cohort, block: GridBlock, first: int, count: Numbers, left: Numbers, rule: Claim, share: Share
) -> None:
    """Give one block what is left; whoever does not get through gives back, and tries again after the others."""
    waiting = count.copy()
    for _ in range(PASSES):
        crowd = Crowd(block, np.repeat(np.arange(len(count)), waiting), left)
        crowd.run(rule)
        crowd.give_back()
        through = crowd.through()
        if not len(through):
            return
        at = crowd.at[through]
        taken, talk = crowd.taken[:, through], crowd.talk[through]
        uses = block.uses(at, taken, talk)
        left[:] -= np.bincount(uses.ravel(), minlength=len(left) + 1)[: len(left)]
        packed = np.packbits(taken, axis=0).T
        drafts = [Draft(packed[each].tobytes(), int(talk[each])) for each in range(len(through))]
        days = crowd.graduation()[through] - block.grid.today
        for column in cohort.pool.numbers(at + first, days, uses, drafts):
            share[column] = share.get(column, 0) + 1
        np.subtract.at(waiting, at, 1)
        if not waiting.any():
            return


class Crowd:
    """People one by one, with what they have taken so far; `at` = their classes."""

    def __init__(self, block: GridBlock, at: Numbers, left: Numbers) -> None:
        """Begin with what stands."""
        grid = self.grid = block.grid
        self.at, self.block = at, block
        self.room = np.append(left, np.iinfo(np.int64).max)
        self.last_day = grid.last_day[at] - grid.final_days[at]
        self.taken = grid.kept[:, at] & grid.usable[:, at]
        self.missing = [group.missing[at].copy() for group in grid.groups]
        self.talk = np.full(len(at), -1, np.int64)
        self.wants_talk = grid.wants_talk[at]
        self.held = {code: np.zeros(len(at), np.bool_) for code in grid.is_of}
        self.busy: Flags = np.zeros_like(self.taken)
        self.group = {
            place: number for number, group in enumerate(grid.groups) for each in group.members for place in each.places
        }
        self.left = sum((np.maximum(each, 0) for each in self.missing), np.zeros(len(at), np.int64))
        for place in range(len(grid.runs)):
            who = np.flatnonzero(self.taken[place])
            if len(who):
                self._note(place, who)
                speaks = who[grid.speaks[place, at[who]]]
                self.talk[speaks] = place

    def run(self, rule: Claim) -> None:
        """Go through the calendar."""
        grid = self.grid
        for place in sorted(
            range(len(grid.runs)), key=lambda each: (grid.runs[each].start, grid.runs[each].opens or 0, each)
        ):
            who = np.flatnonzero(self._want(place))
            if len(who):
                self._seat(place, who[np.argsort(rule(self)[who], kind="stable")])

    def _want(self, place: int) -> Flags:
        """Say who can take an offering now and needs it."""
        grid, number = self.grid, self.group.get(place)
        code = grid.runs[place].component
        if number is None:
            return np.zeros(len(self.at), np.bool_)
        needed: Flags = self.missing[number] > 0
        if number == grid.talk_group:
            needed = needed | (self.wants_talk & (self.talk < 0) & grid.talks[place, self.at])
        for (later, earlier), linked in grid.linked.items():
            if earlier == code:
                needed = needed | (linked[self.at] & ~self.held[later] & self._is_missed(later))
        for (later, earlier), linked in grid.linked.items():  # of all that it is needed for, whatever that is
            if later == code:
                needed = needed & (~linked[self.at] | self.held[earlier])
        free = grid.usable[place, self.at] & ~self.taken[place] & ~self.busy[place]
        once = grid.groups[number].repeatable or ~self.held[code]
        wanted: Flags = needed & free & once & (grid.last[place] <= self.last_day)
        return wanted

    def _is_missed(self, code: str) -> Flags:
        """Say whose pool of a component has not enough yet."""
        places = np.flatnonzero(self.grid.is_of[code])
        number = self.group.get(int(places[0])) if len(places) else None
        found: Flags = np.ones(len(self.at), np.bool_) if number is None else self.missing[number] > 0
        return found

    def _seat(self, place: int, who: Numbers) -> None:
        """Seat people in their order, and let those speak who have not yet."""
        seat, grid = int(self.block.seat[place]), self.grid
        who = who[: max(0, int(self.room[seat]))]
        self.room[seat] -= len(who) if seat < len(self.room) - 1 else 0
        self.taken[place, who] = True
        self._note(place, who)
        if self.group[place] == grid.talk_group:
            speak = who[self.wants_talk[who] & (self.talk[who] < 0) & grid.talks[place, self.at[who]]]
            stage = int(self.block.place[place])
            speak = speak[: max(0, int(self.room[stage]))]
            self.room[stage] -= len(speak) if stage < len(self.room) - 1 else 0
            self.talk[speak] = place

    def _note(self, place: int, who: Numbers) -> None:
        grid = self.grid
        number = self.group.get(place)
        if number is not None:
            self.missing[number][who] -= 1
            self.left[who] -= 1
        self.held[grid.runs[place].component][who] = True
        kinds = grid.kind[self.at[who]]
        for kind in np.unique(kinds):
            self.busy[:, who[kinds == kind]] |= grid.pairs[kind][:, place][:, None]

    def give_back(self) -> None:
        """Give back what does not count: of what may be attended often the latest, but never where somebody speaks."""
        for group in self.grid.groups:
            if group.repeatable:
                places = sorted({place for each in group.members for place in each.places})
                needed = group.missing[self.at].copy()
                for place in places:
                    needed -= self.talk == place
                for place in places:
                    plain = self.taken[place] & (self.talk != place)
                    self.taken[place] &= ~(plain & (needed <= 0))
                    needed -= plain

    def graduation(self) -> Numbers:
        """Return the day number on which each has done all that was taken."""
        ends = np.where(self.taken, self.grid.last[:, None], self.grid.today).max(axis=0, initial=self.grid.today)
        return first_graduation(self.grid, self.at, ends)

    def through(self) -> Numbers:
        """Return who has everything in time, and breaks no limit on load."""
        done: Flags = np.ones(len(self.at), np.bool_)
        for missing in self.missing:
            done &= missing <= 0
        done &= ~self.wants_talk | (self.talk >= 0)
        done &= self.graduation() <= self.grid.last_day[self.at]
        done &= ~self.grid.is_loaded[self.at]
        return np.flatnonzero(done)
