"""The cheapest paths of many learners at some prices, exactly: bounds, picks, and branching on what excludes each other.

All parts of all searches are bounded together. A part whose picks break a rule falls apart: without one of the offerings
that exclude each other, or with it and so without all that it excludes.
"""

from dataclasses import dataclass, field

import numpy as np

from scheduler.solve.column_generation.grid import Flags, Grid, Numbers
from scheduler.solve.column_generation.load import overloaded
from scheduler.solve.column_generation.nodes import Nodes, force, joined
from scheduler.solve.column_generation.picks import Picker, Taken
from scheduler.solve.column_generation.sweep import NEVER, SURELY, Bound, Sweep, Tariff


@dataclass(slots=True, kw_only=True)
class Cheapest:
    """By class: a bound that no path's cost is below, and the cheapest path found (cost NEVER = none).

    `graduation`, `taken` and `talk` are those of the path.
    """

    bound: Numbers
    cost: Numbers
    graduation: Numbers
    taken: Flags
    talk: Numbers


@dataclass(slots=True)
class Pricing:
    """Finds the cheapest paths of the classes of a grid again and again."""

    grid: Grid
    chunk: int = 2048
    nodes_seen: int = field(default=0)

    def cheapest(self, roots: Nodes, tariff: Tariff, enough: Numbers, rounds: int) -> Cheapest:
        """Search some classes for paths that cost less than `enough`; each branches for `rounds` rounds at most."""
        starts = range(0, len(roots.at), self.chunk)
        chunks = [np.arange(start, min(start + self.chunk, len(roots.at))) for start in starts]
        parts = [Search(self, roots.take(at), tariff, enough[at]).run(rounds) for at in chunks]
        return Cheapest(
            bound=np.concatenate([each.bound for each in parts]),
            cost=np.concatenate([each.cost for each in parts]),
            graduation=np.concatenate([each.graduation for each in parts]),
            taken=np.concatenate([each.taken for each in parts], axis=1),
            talk=np.concatenate([each.talk for each in parts]),
        )

    def roots(self, which: Numbers) -> Nodes:
        """Return the whole searches of some classes, one for each."""
        is_open = self.grid.usable[:, which]
        return Nodes(
            at=which.copy(),
            open=is_open,
            forced=np.zeros_like(is_open),
            talks=self.grid.talks[:, which],
            sure=np.zeros(len(which), np.int64),
            earliest=np.zeros(len(which), np.int64),
        )


class Search:
    """The searches of some classes, side by side, each of which begins with a root."""

    def __init__(self, pricing: Pricing, roots: Nodes, tariff: Tariff, enough: Numbers) -> None:
        self.pricing, self.grid, self.tariff = pricing, pricing.grid, tariff
        self.roots, self.enough = roots, enough
        size = len(roots.at)
        places = len(self.grid.runs)
        self.best = Cheapest(
            bound=np.full(size, NEVER),
            cost=np.full(size, NEVER),
            graduation=np.zeros(size, np.int64),
            taken=np.zeros((places, size), np.bool_),
            talk=np.full(size, -1, np.int64),
        )
        self.excludes = np.stack(self.grid.pairs)

    def run(self, rounds: int) -> Cheapest:
        """Branch until every part costs no less than what is found, or the rounds are over."""
        nodes = self.roots
        owner = np.arange(len(nodes.at))
        for turn in range(rounds + 1):
            self.pricing.nodes_seen += len(owner)
            sweep = Sweep(self.grid, nodes, self.tariff)
            bound = sweep.run()
            sweep, bound, nodes, owner = self._still_of_use(sweep, bound, nodes, owner)
            if not len(owner):
                break
            self._keep(Picker(sweep, bound, lawful=True).run(), nodes, owner)
            plain = Picker(sweep, bound, lawful=False).run()
            open_parts = bound.cost < self._limit(owner)
            broken = self.broken(plain, nodes)
            np.minimum.at(self.best.bound, owner[~open_parts], bound.cost[~open_parts])
            solved = open_parts & (broken.place < 0) & ~broken.is_loaded
            self._keep(plain, nodes, owner, solved)
            np.minimum.at(self.best.bound, owner[solved], bound.cost[solved])
            rest = np.flatnonzero(open_parts & ~solved)
            if not len(rest):
                break
            if turn == rounds:
                np.minimum.at(self.best.bound, owner[rest], bound.cost[rest])
                break
            nodes, owner = self.children(nodes, owner, plain, broken, rest)
        self.best.bound = np.minimum(self.best.bound, self.best.cost)
        return self.best

    def _limit(self, owner: Numbers) -> Numbers:
        return np.minimum(self.best.cost, self.enough)[owner]

    def _still_of_use(
        self, sweep: Sweep, bound: Bound, nodes: Nodes, owner: Numbers
    ) -> tuple[Sweep, Bound, Nodes, Numbers]:
        """Leave out the parts that cannot be better; their bounds count."""
        keep = bound.cost < np.minimum(self._limit(owner), SURELY // 2)
        np.minimum.at(self.best.bound, owner[~keep], np.minimum(bound.cost[~keep], NEVER))
        kept = np.flatnonzero(keep)
        return sweep.take(kept), Bound(cost=bound.cost[kept], day=bound.day[kept]), nodes.take(kept), owner[kept]

    def _keep(self, found: Taken, nodes: Nodes, owner: Numbers, which: Flags | None = None) -> None:
        """Take over lawful paths that are better than the best so far."""
        better = found.cost < self.best.cost[owner]
        better &= self._is_whole(found, nodes) if which is None else which
        at = np.flatnonzero(better)
        if not len(at):
            return
        order = at[np.argsort(-found.cost[at], kind="stable")]  # the best of an owner comes last, and stays
        to = owner[order]
        self.best.cost[to] = found.cost[order]
        self.best.graduation[to] = found.graduation[order]
        self.best.taken[:, to] = found.taken[:, order]
        self.best.talk[to] = found.talk[order]

    def _is_whole(self, found: Taken, nodes: Nodes) -> Flags:
        """Say which picks without clashes also hold what they need first, and keep to the load."""
        whole = np.zeros(len(found.cost), np.bool_)
        whole[found.cost < NEVER] = True
        for (later, earlier), linked in self.grid.linked.items():
            lacks = linked[nodes.at] & self._has(found, later) & ~self._has(found, earlier)
            whole[lacks] = False
        for node in np.flatnonzero(whole & self.grid.is_loaded[nodes.at]):
            whole[node] = not overloaded(self.grid, int(nodes.at[node]), found.taken[:, node])
        return whole

    def _has(self, found: Taken, code: str) -> Flags:
        has: Flags = found.taken[self.grid.is_of[code]].any(axis=0)
        return has

    def broken(self, plain: Taken, nodes: Nodes) -> "Broken":
        """Find in each node's picks an offering to branch on: one that excludes others, or lacks what it needs."""
        size = len(nodes.at)
        place = np.full(size, -1, np.int64)
        needs: list[tuple[str, Flags]] = []
        for (later, earlier), linked in self.grid.linked.items():
            lacks = linked[nodes.at] & self._has(plain, later) & ~self._has(plain, earlier)
            if lacks.any():
                at = (plain.taken & self.grid.is_of[later][:, None]).argmax(axis=0)
                place = np.where(lacks, at, place)
                needs.append((earlier, lacks))
        counts = self._exclusions(plain, nodes)
        clashes = counts.max(axis=0) > 0
        place = np.where(clashes, counts.argmax(axis=0), place)
        loaded = np.zeros(size, np.bool_)
        for node in np.flatnonzero((place < 0) & self.grid.is_loaded[nodes.at]):
            loaded[node] = bool(overloaded(self.grid, int(nodes.at[node]), plain.taken[:, node]))
        return Broken(place=place, needs=[(code, flags & ~clashes) for code, flags in needs], is_loaded=loaded)

    def _exclusions(self, plain: Taken, nodes: Nodes) -> Numbers:
        """Count for each new pick how many others it excludes."""
        taken = plain.taken.astype(np.float32)
        counts = np.zeros_like(taken)
        kinds = self.grid.kind[nodes.at]
        for kind, pairs in enumerate(self.grid.pairs):
            which = np.flatnonzero(kinds == kind)
            if len(which):
                counts[:, which] = pairs.astype(np.float32) @ taken[:, which]
        found: Numbers = (counts * (plain.taken & ~self.grid.kept[:, nodes.at])).astype(np.int64)
        return found

    def children(
        self, nodes: Nodes, owner: Numbers, plain: Taken, broken: "Broken", rest: Numbers
    ) -> tuple[Nodes, Numbers]:
        """Return the parts into which the others fall."""
        pairwise = rest[broken.place[rest] >= 0]
        place = broken.place[pairwise]
        without, with_it = nodes.take(pairwise), nodes.take(pairwise)
        lines = np.arange(len(pairwise))
        without.open[place, lines] = False
        force(with_it, lines, place, self.excludes[self.grid.kind[with_it.at], place])
        for code, flags in broken.needs:
            lacking = np.flatnonzero(flags[pairwise])
            forced_before = with_it.forced[self.grid.is_of[code]][:, lacking].any(axis=0)
            with_it.forced[np.ix_(np.flatnonzero(self.grid.is_of[code]), lacking)] = True
            with_it.sure[lacking] += ~forced_before
        parts, owners = [without, with_it], [owner[pairwise], owner[pairwise]]
        for node in rest[broken.place[rest] < 0]:
            for each in overloaded(self.grid, int(nodes.at[node]), plain.taken[:, node]):
                child = nodes.take(np.array([node]))
                child.open[each, 0] = False
                parts.append(child)
                owners.append(owner[[node]])
        return joined(parts), np.concatenate(owners)


@dataclass(frozen=True, slots=True)
class Broken:
    """By node: the place to branch on (-1 = none), what it lacks, and whether the load is what is broken."""

    place: Numbers
    needs: list[tuple[str, Flags]]
    is_loaded: Flags
