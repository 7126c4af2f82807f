"""What the cheapest paths take: once as the bound says, and once so that nothing clashes."""

from dataclasses import dataclass

import numpy as np

from scheduler.solve.column_generation.grid import Flags, Group, Numbers
from scheduler.solve.column_generation.sweep import NEVER, SURELY, Bound, Sweep, graduation_from

FEW = 5
"""A pool of at most so many components goes first if it depends on others: it has the least to choose from."""

TIES = 1 << 12
"""Equal prices are told apart by the place on the axis: there are fewer places than this."""


@dataclass(slots=True, kw_only=True)
class Taken:
    """What each node takes, over places and nodes; who speaks where (-1 = nowhere); days and cost (NEVER = no path)."""

    taken: Flags
    talk: Numbers
    graduation: Numbers
    cost: Numbers


class Picker:
    """Picks for some nodes, pool after pool."""

    def __init__(self, sweep: Sweep, bound: Bound, *, lawful: bool) -> None:
        """Pick up to the days of `bound`; `lawful` = nothing that is excluded by what is picked already."""
        self.sweep, self.grid, self.lawful = sweep, sweep.grid, lawful
        self.at = sweep.nodes.at
        self.day = bound.day
        in_time = self.grid.last[:, None] <= bound.day[None, :]
        self.open: Flags = in_time & (sweep.seat < NEVER) & sweep.nodes.open
        self.taken: Flags = np.zeros_like(self.open)
        self.talk = np.full(len(self.at), -1, np.int64)
        self.fails: Flags = bound.cost >= SURELY // 2
        self.excludes = np.stack(self.grid.pairs)
        self.all = np.arange(len(self.at))

    def run(self) -> Taken:
        """Pick, pool after pool: what others depend on first."""
        grid = self.grid
        order = sorted(range(len(grid.groups)), key=self._rank)
        for number in order:
            group = grid.groups[number]
            missing = group.missing[self.at].copy()
            if number == grid.talk_group:
                wants = grid.wants_talk[self.at]
                self._pick_talk(group, missing, wants)
                missing = np.where(wants, np.maximum(missing - 1, 0), missing)
            for turn in range(int(missing.max(initial=0))):
                self._pick(group, self._values(group), missing > turn)
        return self._result()

    def _rank(self, number: int) -> tuple[int, int]:
        group = self.grid.groups[number]
        depends = any(member.needs for member in group.members) and not group.repeatable and len(group.members) <= FEW
        return (0 if depends else 1 if number == self.grid.talk_group else 2, number)

    def _places(self, group: Group) -> Numbers:
        return np.array([place for member in group.members for place in member.places], np.int64)

    def _values(self, group: Group) -> Numbers:
        """Return what each place of a pool costs, with what it tells of earlier components."""
        rows = []
        for member in group.members:
            extra: Numbers | int = 0
            for earlier in member.needs:
                coupled = self.sweep.coupled.get((member.code, earlier))
                if coupled is not None:
                    extra = extra - np.where(coupled, self._cheapest(earlier), 0)
            rows += [self.sweep.told(member, place) + extra for place in member.places]
        return np.stack(rows)

    def _cheapest(self, code: str) -> Numbers:
        places = [
            place for group in self.grid.groups for each in group.members if each.code == code for place in each.places
        ]
        least: Numbers = np.where(self.open[places], self.sweep.seat[places], NEVER).min(axis=0, initial=NEVER)
        return least

    def _pick_talk(self, group: Group, missing: Numbers, wants: Flags) -> None:
        places = self._places(group)
        prices = np.where(self.open[places], self.sweep.seat[places], NEVER)
        ordered = np.sort(prices, axis=0)
        nth = np.minimum(np.maximum(missing, 1) - 1, len(places) - 1)
        marginal = np.where(missing > 0, np.take_along_axis(ordered, nth[None, :], axis=0)[0], -NEVER)
        values = self.sweep.fee[places] + np.maximum(prices, marginal)
        picked = self._pick(group, values, wants)
        self.talk = np.where(wants, picked, self.talk)

    def _pick(self, group: Group, values: Numbers, wanted: Flags) -> Numbers:
        """Take the cheapest of a pool where one is wanted, and close what it excludes."""
        places = self._places(group)
        if not len(places):
            self.fails |= wanted
            return np.full(len(self.at), -1)
        usable = self.open[places] & (values < NEVER // 2)
        keys = np.where(usable, np.clip(values, -NEVER, NEVER) * TIES + places[:, None], np.iinfo(np.int64).max)
        best = keys.argmin(axis=0)
        picked = places[best]
        succeeds = wanted & usable[best, self.all]
        self.fails |= wanted & ~succeeds
        nodes = np.flatnonzero(succeeds)
        self.taken[picked[nodes], nodes] = True
        self._close(picked[nodes], nodes)
        return np.where(succeeds, picked, -1)

    def _close(self, picked: Numbers, nodes: Numbers) -> None:
        self.open[picked, nodes] = False
        if not len(nodes):
            return
        kinds = self.grid.kind[self.at[nodes]]
        out = self.excludes[kinds, picked].T if self.lawful else self._told_out(picked, nodes)
        self.open[:, nodes] &= ~out

    def _told_out(self, picked: Numbers, nodes: Numbers) -> Flags:
        """Return what the bound itself excludes: runs of the same component, and earlier ones that would be too late."""
        out: Flags = self.grid.twins[picked].T.copy()
        for (later, earlier), flags in self.sweep.coupled.items():
            both = flags[nodes] & self.grid.is_of[later][picked]
            if both.any():
                out |= self.grid.late[:, picked] & self.grid.is_of[earlier][:, None] & both[None, :]
        return out

    def _result(self) -> Taken:
        grid, at, tariff = self.grid, self.at, self.sweep.tariff
        last = np.where(self.taken, grid.last[:, None], grid.today).max(axis=0, initial=grid.today)
        graduation = graduation_from(grid, self.sweep.nodes, last)
        seats = (self.taken & ~grid.kept[:, at]) * tariff.seat[:, None]
        cost = seats.sum(axis=0) + tariff.toll.at(at).of(graduation - grid.today)
        speaks = self.talk >= 0
        free = grid.speaks[np.maximum(self.talk, 0), at]
        cost = cost + np.where(speaks & ~free, tariff.place[np.maximum(self.talk, 0)], 0)
        fails = self.fails | (graduation > grid.last_day[at])
        return Taken(taken=self.taken, talk=self.talk, graduation=graduation, cost=np.where(fails, NEVER, cost))
