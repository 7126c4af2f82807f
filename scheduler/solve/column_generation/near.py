"""All paths that cost little more than the cheapest of their class: what a better plan than the best could be made of.

A part of a search of which a path is known, mostly its cheapest, falls apart into the parts that lack one of its limited things
each, and the one that holds them all and ends earlier. A path that uses all of them, perhaps more, and ends no earlier is of no
use beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.engines.budget import Budget
from scheduler.solve.column_generation.cheapest import Broken, Pricing, Search
from scheduler.solve.column_generation.grid import Flags, Numbers
from scheduler.solve.column_generation.nodes import Nodes, force, joined
from scheduler.solve.column_generation.picks import Picker, Taken
from scheduler.solve.column_generation.sweep import SURELY, Bound, Sweep, Tariff, graduation_from

BATCH = 2048
"""Parts that are looked at side by side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catch:
    """Paths, and the root of each; none of use is missing that costs less than `complete` parts above the least of its class."""

    at: Numbers
    taken: Flags
    talk: Numbers
    graduation: Numbers
    complete: int


@dataclass(frozen=True, slots=True)
class _Parts:
    """Parts not yet looked at: whose they are, and what their paths cost at least above the least of the class."""

    nodes: Nodes
    owner: Numbers
    slack: Numbers

    def take(self, keep: Numbers) -> "_Parts":
        return _Parts(self.nodes.take(keep), self.owner[keep], self.slack[keep])


class Nearby(Search):
    """Finds them, those with the least cost above the least first."""

    def __init__(
        self,
        pricing: Pricing,
        roots: Nodes,
        tariff: Tariff,
        least: Numbers,
        scarce: tuple[Flags, Flags],
        dated: Flags,
    ) -> None:
        """Look among the paths of `roots`, of which none costs less than `least`.

        `scarce` = limited seats, and places, by which paths differ; `dated` = of which roots they differ by their days too.
        """
        super().__init__(pricing, roots, tariff, least)
        self.least, self.dated = least, dated
        self.seats, self.places = scarce
        self.found: list[tuple[Taken, Numbers]] = []

    def catch(self, gap: int, most: int, budget: Budget) -> Catch:
        """Find all that cost less than `gap` more than the least; after `most` parts, or the budget, the rest is left."""
        size = len(self.roots.at)
        rest = _Parts(self.roots, np.arange(size), np.zeros(size, np.int64))
        complete, looked = gap, 0
        while len(rest.owner):
            if looked >= most or budget.is_over:
                complete = min(complete, int(rest.slack.min()))
                break
            order = np.argsort(rest.slack, kind="stable")
            now = rest.take(order[:BATCH])
            looked += len(now.owner)
            children, unsure = self._fall_apart(now, gap)
            complete = min(complete, unsure)
            rest = _together([rest.take(order[BATCH:]), *children])
        return self._caught(complete)

    def _fall_apart(self, now: _Parts, gap: int) -> tuple[list[_Parts], int]:
        """Look at some parts; return those into which they fall, and the least slack of one that could not be solved."""
        sweep = Sweep(self.grid, now.nodes, self.tariff)
        bound = sweep.run()
        slack = np.maximum(bound.cost - self.least[now.owner], now.slack)
        keep = np.flatnonzero((slack < gap) & (bound.cost < SURELY // 2))
        nodes, owner, slack = now.nodes.take(keep), now.owner[keep], slack[keep]
        if not len(keep):
            return [], gap
        sweep, bound = sweep.take(keep), Bound(cost=bound.cost[keep], day=bound.day[keep])
        plain = Picker(sweep, bound, lawful=False).run()
        broken = self.broken(plain, nodes)
        solved = (broken.place < 0) & ~broken.is_loaded
        lawful = Picker(sweep, bound, lawful=True).run()
        spared = ~solved & self._is_near(lawful, nodes, owner, gap)
        plain, solved = _either(spared, lawful, plain), solved | spared
        failed = solved & (plain.cost >= SURELY // 2)
        unsure = int(slack[failed].min(initial=gap))
        children = self._others(nodes, owner, slack, plain, np.flatnonzero(solved & ~failed))
        children += self._mended(nodes, slack, owner, plain, broken, np.flatnonzero(~solved))
        return children, unsure

    def _is_near(self, found: Taken, nodes: Nodes, owner: Numbers, gap: int) -> Flags:
        """Say which picks without clashes are paths of their parts that cost little: no cheapest ones, and of the same use."""
        holds = (found.taken & nodes.forced).sum(axis=0) >= nodes.sure
        near: Flags = self._is_whole(found, nodes) & holds & (found.cost - self.least[owner] < gap)
        return near

    def _mended(
        self, nodes: Nodes, slack: Numbers, owner: Numbers, plain: Taken, broken: Broken, rest: Numbers
    ) -> list[_Parts]:
        """Return the parts of those whose picks break a rule."""
        if not len(rest):
            return []
        parts, lines = self.children(nodes, np.arange(len(owner)), plain, broken, rest)
        return [_Parts(parts, owner[lines], slack[lines])]

    def _others(self, nodes: Nodes, owner: Numbers, slack: Numbers, plain: Taken, which: Numbers) -> list[_Parts]:
        """Keep the paths found, and return the parts that hold all others of use."""
        if not len(which):
            return []
        grid, at = self.grid, nodes.at[which]
        taken, talk, graduation = plain.taken[:, which], plain.talk[which], plain.graduation[which]
        self.found.append((Taken(taken=taken, talk=talk, graduation=graduation, cost=plain.cost[which]), owner[which]))
        prefix = _Parts(nodes.take(which), owner[which], slack[which])
        children = self._elsewhere(prefix, talk)
        limited = taken & ~grid.kept[:, at] & self.seats[:, None] & ~prefix.nodes.forced
        turn = limited.cumsum(axis=0)
        for number in range(1, int(turn.max(initial=0)) + 1):
            this = limited & (turn == number)
            lines = np.flatnonzero(this.any(axis=0))
            place = this[:, lines].argmax(axis=0)
            without = prefix.take(lines)
            without.nodes.open[place, np.arange(len(lines))] = False
            children.append(without)
            force(prefix.nodes, lines, place, self.excludes[grid.kind[prefix.nodes.at[lines]], place])
        return [*children, self._earlier(prefix, taken, graduation)]

    def _elsewhere(self, prefix: _Parts, talk: Numbers) -> list[_Parts]:
        """Return the parts in which those who take a limited place in the role do not; the others keep that place."""
        grid, at = self.grid, prefix.nodes.at
        speaks = np.maximum(talk, 0)
        pays = (talk >= 0) & self.places[speaks] & ~grid.speaks[speaks, at]
        lines = np.flatnonzero(pays & (prefix.nodes.talks.sum(axis=0) > 1))
        without = prefix.take(lines)
        without.nodes.talks[talk[lines], np.arange(len(lines))] = False
        prefix.nodes.talks[:, lines] = False
        prefix.nodes.talks[talk[lines], lines] = True
        return [without]

    def _earlier(self, prefix: _Parts, taken: Flags, graduation: Numbers) -> _Parts:
        """Return the parts that hold all that is limited and end earlier."""
        grid = self.grid
        end = np.where(taken, grid.last[:, None], grid.today).max(axis=0, initial=grid.today)
        is_sooner = graduation_from(grid, prefix.nodes, end - 1) < graduation
        lines = np.flatnonzero(self.dated[prefix.owner] & is_sooner)
        sooner = prefix.take(lines)
        sooner.nodes.open[:] &= grid.last[:, None] < end[None, lines]
        return sooner

    def _caught(self, complete: int) -> Catch:
        size = len(self.grid.runs)
        return Catch(
            at=np.concatenate([np.empty(0, np.int64), *(owner for _, owner in self.found)]),
            taken=np.concatenate([np.empty((size, 0), np.bool_), *(each.taken for each, _ in self.found)], axis=1),
            talk=np.concatenate([np.empty(0, np.int64), *(each.talk for each, _ in self.found)]),
            graduation=np.concatenate([np.empty(0, np.int64), *(each.graduation for each, _ in self.found)]),
            complete=complete,
        )


def _either(which: Flags, one: Taken, other: Taken) -> Taken:
    """Return what one takes where a flag is set, and what the other takes elsewhere."""
    return Taken(
        taken=np.where(which, one.taken, other.taken),
        talk=np.where(which, one.talk, other.talk),
        graduation=np.where(which, one.graduation, other.graduation),
        cost=np.where(which, one.cost, other.cost),
    )


def _together(parts: Sequence[_Parts]) -> _Parts:
    return _Parts(
        joined([each.nodes for each in parts]),
        np.concatenate([each.owner for each in parts]),
        np.concatenate([each.slack for each in parts]),
    )
