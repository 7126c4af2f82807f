"""A bound on the cost of every path of many learners at once, with clashes and load left out.

The days on which something ends are gone through once; on each, what is needed is met by the cheapest that has ended.
All sums are whole numbers, so that a bound is a proof and not a rounding.
"""

from dataclasses import dataclass

import numpy as np

from scheduler.solve.column_generation.grid import Grid, Group, Member, Numbers
from scheduler.solve.column_generation.measures import Toll
from scheduler.solve.column_generation.nodes import Nodes

NEVER = 1 << 50
"""The cost of what cannot be had."""

SURELY = 1 << 40
"""What is forced into a path is made so much cheaper, and charged again at the end: more than any path costs."""


WATCH = 4
"""One in so many places is asked whether later days can be cheaper at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tariff:
    """What a seat and a place in the role cost at each place of the axis, and what time costs, in parts of a day."""

    seat: Numbers
    place: Numbers
    toll: Toll


@dataclass(slots=True, kw_only=True)
class Bound:
    """The least cost by node, and the day number up to which the cheapest takes something; NEVER where nothing fits."""

    cost: Numbers
    day: Numbers


class Sweep:
    """One pass for some nodes at some prices."""

    def __init__(self, grid: Grid, nodes: Nodes, tariff: Tariff) -> None:
        """Price every place for every node."""
        self.grid, self.nodes, self.tariff = grid, nodes, tariff
        at = nodes.at
        seat = np.where(grid.kept[:, at], 0, tariff.seat[:, None]) - SURELY * nodes.forced
        self.seat: Numbers = np.where(nodes.open, seat, NEVER)
        talks = nodes.open & nodes.talks
        self.fee: Numbers = np.where(talks, np.where(grid.speaks[:, at], 0, tariff.place[:, None]), NEVER)
        self.before: dict[tuple[int, str], Numbers] = {}
        self.coupled = {pair: here for pair, flags in grid.coupled.items() if (here := flags[at]).any()}
        for group in grid.groups:
            for member in group.members:
                self._price_needs(member)

    def _price_needs(self, member: Member) -> None:
        """Tell by the later what the earlier costs in time for it; close what nothing earlier is in time for."""
        grid, at = self.grid, self.nodes.at
        for earlier in member.needs:
            linked = grid.linked[member.code, earlier][at]
            cheapest = grid.before(member, earlier).cheapest(self.seat, NEVER)
            if (member.code, earlier) in self.coupled:
                self.before |= {(place, earlier): row for place, row in zip(member.places, cheapest, strict=True)}
            self.seat[member.places] = np.where(linked & (cheapest >= NEVER), NEVER, self.seat[member.places])

    def told(self, member: Member, place: int) -> Numbers:
        """Return the price of a place together with what it tells of earlier components."""
        price: Numbers = self.seat[place]
        for earlier in member.needs:
            coupled = self.coupled.get((member.code, earlier))
            if coupled is not None:
                price = price + np.where(coupled, self.before[place, earlier], 0)
        return price

    def take(self, keep: Numbers) -> "Sweep":
        """Return the prices of some of the nodes."""
        other = object.__new__(Sweep)
        other.grid, other.tariff, other.nodes = self.grid, self.tariff, self.nodes.take(keep)
        other.seat, other.fee = self.seat[:, keep], self.fee[:, keep]
        other.before = {key: prices[keep] for key, prices in self.before.items()}
        other.coupled = {key: flags[keep] for key, flags in self.coupled.items()}
        return other

    def run(self) -> Bound:
        """Go through the days."""
        grid, nodes = self.grid, self.nodes
        state = _State(self)
        best = Bound(cost=np.full(len(nodes.at), NEVER), day=np.full(len(nodes.at), grid.today))
        state.try_day(grid.today, best)
        least = self._least()
        last = grid.last
        for place in range(len(last)):
            state.end(place)
            if place + 1 == len(last) or last[place + 1] > last[place]:
                day = int(last[place])
                if not place % WATCH and state.is_over(day, least, best):
                    break
                state.try_day(day, best)
        best.cost += SURELY * nodes.sure
        return best

    def _least(self) -> Numbers:
        """Return by node what everything costs at least, on whatever day: what it costs when all has ended, without time."""
        state = _State(self)
        for place in range(len(self.grid.last)):
            state.end(place)
        costs = [state.cost(number, group) for number, group in enumerate(self.grid.groups)]
        return sum(costs, np.zeros(len(self.nodes.at), np.int64))


class _State:
    """What has ended so far, and what the pools cost with it."""

    def __init__(self, sweep: Sweep) -> None:
        self.sweep = sweep
        grid, at = sweep.grid, sweep.nodes.at
        self.at = at
        self.toll = sweep.tariff.toll.at(at)
        self.cheapest: dict[str, Numbers] = {}
        self.told: dict[str, Numbers] = {}
        self.ended: list[list[int]] = [[] for _ in grid.groups]
        self.missing = [group.missing[at] for group in grid.groups]
        self.wants_talk = grid.wants_talk[at]
        self.owner: dict[int, tuple[int, Member]] = {}
        never = np.full(len(at), NEVER)
        for number, group in enumerate(grid.groups):
            for member in group.members:
                self.cheapest[member.code] = never.copy()
                self.told[member.code] = never.copy()
                self.owner |= dict.fromkeys(member.places, (number, member))
        self.stale = set(range(len(grid.groups)))
        self.costs: list[Numbers] = [never for _ in grid.groups]

    def end(self, place: int) -> None:
        """Take note of what ends."""
        if place not in self.owner:
            return
        number, member = self.owner[place]
        self.ended[number].append(place)
        self.stale.add(number)
        np.minimum(self.cheapest[member.code], self.sweep.seat[place], out=self.cheapest[member.code])
        if member.needs:
            np.minimum(self.told[member.code], self.sweep.told(member, place), out=self.told[member.code])
        for other, group in enumerate(self.sweep.grid.groups):
            if any(member.code in each.needs for each in group.members):
                self.stale.add(other)

    def try_day(self, day: int, best: Bound) -> None:
        """See whether meeting everything by a day is cheaper."""
        if not self.stale:
            return
        grid = self.sweep.grid
        for number in self.stale:
            self.costs[number] = self.cost(number, grid.groups[number])
        self.stale.clear()
        graduation = graduation_from(grid, self.sweep.nodes, np.full(len(self.at), day))
        total = self.toll.of(graduation - grid.today)
        for cost in self.costs:
            total += cost
        better = (total < best.cost) & (graduation <= grid.last_day[self.at])
        best.cost = np.where(better, total, best.cost)
        best.day = np.where(better, day, best.day)

    def is_over(self, day: int, least: Numbers, best: Bound) -> bool:
        """Say whether no day from this one on is cheaper for any node: time costs too much by now."""
        if self.toll.rate.min(initial=0) < 0 or any(price < 0 for _, price in self.toll.steps):
            return False
        graduation = graduation_from(self.sweep.grid, self.sweep.nodes, np.full(len(self.at), day))
        return bool((self.toll.from_on(graduation - self.sweep.grid.today) + least >= best.cost).all())

    def cost(self, number: int, group: Group) -> Numbers:
        """Return by node what a pool costs with what has ended so far; NEVER where that is not enough."""
        missing = self.missing[number]
        if group.repeatable:
            prices = self._sorted([self.sweep.seat[place] for place in self.ended[number]])
            if number == self.sweep.grid.talk_group:
                plain = _sum_of(prices, missing)
                return np.where(self.wants_talk, self._with_talk(number, prices, missing), plain)
            return _sum_of(prices, missing)
        return _sum_of(self._sorted([self._member_price(member) for member in group.members]), missing)

    def _member_price(self, member: Member) -> Numbers:
        """Return the cheapest price of a component; what it tells of earlier ones replaces what they cost by themselves."""
        if not member.needs:
            return self.cheapest[member.code]
        price = self.told[member.code]
        for earlier in member.needs:
            coupled = self.sweep.coupled.get((member.code, earlier))
            if coupled is not None:
                price = price - np.where(coupled, self.cheapest[earlier], 0)
        return price

    def _sorted(self, prices: list[Numbers]) -> Numbers:
        if not prices:
            return np.empty((0, len(self.at)), np.int64)
        stacked = np.stack(prices, axis=1)
        stacked.sort(axis=1)
        return np.ascontiguousarray(stacked.T)

    def _with_talk(self, number: int, prices: Numbers, missing: Numbers) -> Numbers:
        """Return the cheapest way to speak once and to attend the others."""
        others = np.maximum(missing - 1, 0)
        marginal = np.where(missing > 0, _nth(prices, np.maximum(missing, 1) - 1), -NEVER)
        least = np.full(len(self.at), NEVER)
        for place in self.ended[number]:
            np.minimum(least, self.sweep.fee[place] + np.maximum(self.sweep.seat[place], marginal), out=least)
        total: Numbers = _sum_of(prices, others) + least
        return total


def _sum_of(prices: Numbers, count: Numbers) -> Numbers:
    """Add up the first `count` of sorted prices; NEVER where there are fewer."""
    total = np.zeros(len(count), np.int64)
    most = int(count.max(initial=0))
    for place in range(most):
        price = prices[place] if place < len(prices) else NEVER
        total += np.where(count > place, price, 0)
    return total


def _nth(prices: Numbers, place: Numbers) -> Numbers:
    """Return the price at a place of the sorted prices; NEVER where there are fewer."""
    if not len(prices):
        return np.full(len(place), NEVER)
    found = np.take_along_axis(prices, np.minimum(place, len(prices) - 1)[None, :], axis=0)[0]
    return np.where(place < len(prices), found, NEVER)


def graduation_from(grid: Grid, nodes: Nodes, day: Numbers) -> Numbers:
    """Return by node the day number that counts as graduation when everything but what comes last has ended by a day."""
    found: Numbers = np.maximum(first_graduation(grid, nodes.at, day), nodes.earliest)
    return found


def first_graduation(grid: Grid, at: Numbers, day: Numbers) -> Numbers:
    """Return the day number of graduation of some classes when everything but what comes last has ended by a day."""
    met = np.maximum(day, grid.floor[at])
    found: Numbers = np.maximum(met + grid.final_days[at], grid.final_floor[at])
    return found
