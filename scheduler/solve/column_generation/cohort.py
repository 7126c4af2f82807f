"""All learners of a joint question in blocks, what they share, and the exchange between prices and columns."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace

import numpy as np

from models.programme.instance import Instance
from models.programme.plan import Path
from models.rule import Resource
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.solve.alike import same_facts
from scheduler.solve.column_generation.blocks import FREE, Block, Draft, GridBlock, Reach, Restriction, Sought
from scheduler.solve.column_generation.grid import Grid, Numbers
from scheduler.solve.column_generation.gridding import grid_of
from scheduler.solve.column_generation.handled import BY_MASTER, are_equals_alike, is_priced_by_arrays
from scheduler.solve.column_generation.measures import Toll
from scheduler.solve.column_generation.pool import ColumnPool
from scheduler.solve.column_generation.rows import SubproblemData
from scheduler.solve.column_generation.solver_block import SolverBlock
from scheduler.solve.column_generation.sweep import NEVER
from scheduler.solve.column_generation.under_way import row_for
from scheduler.solve.sharing import limits_of


def is_supported(instance: Instance) -> bool:
    """Say whether what is booked stays, and nothing but bookings is to be chosen."""
    return instance.keeps_all and not instance.candidate_ids


@dataclass(frozen=True, slots=True)
class Priced:
    """What one round of pricing found: a bound for each class, and the columns that are new."""

    bound: Numbers
    added: int


class Cohort:
    """Learners by class over all blocks; classes and limited things are numbered through."""

    def __init__(
        self,
        instance: Instance,
        learners: Sequence[str],
        settings: Settings,
        budget: Budget,
        apart: Mapping[str, Hashable] | None = None,
    ) -> None:
        """Read every learner's facts, group equals (but not those whom `apart` tells apart), and number what can run short."""
        self.instance = instance
        told, others = _facts(instance, learners)
        grids = _grids(instance, told.values(), apart or {})
        self.limits_of = {each: limit for each, limit in limits_of(instance).items() if each[0] in BY_MASTER}
        scarce = sorted(_scarce(grids, len(others), self.limits_of))
        self.things: dict[Resource, int] = {each: number for number, each in enumerate(scarce)}
        self.limits = np.array([self.limits_of[each] for each in scarce], np.int64)
        self.blocks: list[Block] = [GridBlock(grid, told, self.things) for grid in grids]
        if others:
            self.blocks.append(SolverBlock(instance, others, self.things, settings, budget))
        sizes = [len(block.learners) for block in self.blocks]
        self.first = np.cumsum([0, *sizes])
        self.count = np.array([len(each) for block in self.blocks for each in block.learners], np.int64)
        self.last_day = np.array(
            [block.last_day(number) for block in self.blocks for number in range(len(block.learners))], np.int64
        )
        self.pool = ColumnPool(len(scarce))
        self.whole = np.arange(len(self.count))
        self.restrictions: tuple[Restriction, ...] = (FREE,) * len(self.count)

    def split(self, whole: Numbers, count: Numbers, restrictions: Sequence[Restriction]) -> "Cohort":
        """Return the same learners in other classes, without columns.

        `whole` = the class of which each is a part, `count` = how many learners it has, whose paths are restricted.
        """
        other = copy(self)
        other.whole, other.count, other.restrictions = self.whole[whole], count, tuple(restrictions)
        other.last_day = self.last_day[whole]
        other.pool = ColumnPool(len(self.things))
        return other

    @property
    def is_on_arrays(self) -> bool:
        """Say whether arrays price everybody."""
        return all(isinstance(block, GridBlock) for block in self.blocks)

    def rows(self) -> Iterator[tuple[SubproblemData, int]]:
        """Yield the facts of each class that has any, and how many learners it has."""
        for block in self.blocks:
            if isinstance(block, GridBlock):
                yield from ((row, len(who)) for row, who in zip(block.grid.rows, block.learners, strict=True))

    def price(self, which: Numbers, prices: Numbers, toll: Toll, enough: Numbers, rounds: int) -> Priced:
        """Find the cheapest paths of some classes; those cheaper than `enough` become columns."""
        bound = np.empty(len(which), np.int64)
        added = 0
        for block, first, end in zip(self.blocks, self.first[:-1], self.first[1:], strict=True):
            at = np.flatnonzero((self.whole[which] >= first) & (self.whole[which] < end))
            if not len(at):
                continue
            found = block.find(self._sought(which[at], prices, toll, first, end), enough[at], rounds)
            bound[at] = found.bound
            good = np.flatnonzero(found.cost < np.minimum(enough[at], NEVER))
            drafts = [found.drafts[each] for each in good.tolist()]
            added += len(self.pool.add(which[at][good], found.days[good], found.uses[good], drafts))
        return Priced(bound, added)

    def wait(self, prices: Numbers, toll: Toll, steps: Iterable[Numbers], below: Numbers) -> int:
        """Make columns of paths that count as ending on the day after one of some steps (each by class).

        Made are those that then cost less than `below` (by class); it returns how many are new.
        """
        pool = self.pool
        owner, days, uses = pool.owner, pool.days, pool.uses
        costs, paid = pool.costs(prices, toll), toll.at(owner)
        added = 0
        for by in steps:
            later = by[owner] + 1
            at = np.flatnonzero((costs - paid.of(days) + paid.of(later) < below[owner]) & (days < later))
            added += len(pool.add(owner[at], later[at], uses[at], [pool.drafts[each] for each in at.tolist()]))
        return added

    def without_waiting(self, share: Mapping[int, int]) -> dict[int, int]:
        """Return a plan of columns that end as early as their paths do, and as the restrictions of their classes let them."""
        found: dict[int, int] = {}
        for column, times in share.items():
            owner = int(self.pool.owner[column])
            draft = self.pool.drafts[column]
            days = max(self.days(owner, draft), self.restrictions[owner].earliest)
            at = np.array([column])
            (number,) = self.pool.numbers(self.pool.owner[at], np.array([days]), self.pool.uses[at], [draft])
            found[number] = found.get(number, 0) + times
        return found

    def near(self, which: Numbers, prices: Numbers, toll: Toll, least: Numbers, reach: Reach) -> int:
        """Make columns of paths that cost little more than `least` (by class); return up to where none of use is missing."""
        complete = reach.gap
        for block, first, end in zip(self.blocks, self.first[:-1], self.first[1:], strict=True):
            at = which[(self.whole[which] >= first) & (self.whole[which] < end)]
            near, known = block.near(
                self._sought(at, prices, toll, first, end), least[at], replace(reach, dated=reach.dated[at])
            )
            complete = min(complete, known)
            self.pool.add(at[near.at], near.days, near.uses, near.drafts)
        return complete

    def _sought(self, which: Numbers, prices: Numbers, toll: Toll, first: int, end: int) -> Sought:
        """Ask a block, whose classes are numbered from `first` to `end`, for some classes: those split of one cost alike."""
        restrictions = [self.restrictions[each] for each in which.tolist()]
        return Sought(
            which=self.whole[which] - first,
            restrictions=restrictions,
            prices=prices,
            toll=toll.spread(self.whole, int(self.first[-1])).at(slice(first, end)),
        )

    def path(self, number: int, learner: str, draft: Draft | Path) -> Path:
        """Write out a draft of a class as the path of one of its learners."""
        block = int(np.searchsorted(self.first, self.whole[number], side="right")) - 1
        return self.blocks[block].path(learner, draft)

    def days(self, number: int, draft: Draft | Path) -> int:
        """Return the days to graduation of a draft of a class, or of the class of which it is a part."""
        number = int(self.whole[number])
        block = int(np.searchsorted(self.first, number, side="right")) - 1
        return self.blocks[block].days(number - int(self.first[block]), draft)

    def learners(self, number: int) -> list[str]:
        """Return the learners of a class, or of the class of which it is a part."""
        number = int(self.whole[number])
        block = int(np.searchsorted(self.first, number, side="right")) - 1
        return self.blocks[block].learners[number - int(self.first[block])]


def _facts(instance: Instance, learners: Sequence[str]) -> tuple[dict[str, SubproblemData], list[str]]:
    """Return the facts of those learners whose problem falls apart into pools, and who the others are; equals are read once."""
    first = same_facts(instance, learners) if are_equals_alike() else {}
    rows: dict[str, SubproblemData | None] = {}
    told: dict[str, SubproblemData] = {}
    others = []
    for learner in learners:
        name = first.get(learner, learner)
        if name not in rows:
            rows[name] = row_for(instance, learner)
        row = rows[name]
        if row is None or (name != learner and not is_priced_by_arrays(instance, learner)):
            others.append(learner)
        else:
            told[learner] = replace(row, learner=learner)
    return told, others


def _grids(instance: Instance, rows: Iterable[SubproblemData], apart: Mapping[str, Hashable]) -> list[Grid]:
    """Return a grid for each edition and role; whoever needs no role stands with the others of the edition."""
    listed = list(rows)
    usual = {row.edition: row.role for row in sorted(listed, key=lambda row: str(row.role)) if row.role}
    groups: dict[tuple[str, str], list[SubproblemData]] = {}
    for row in listed:
        groups.setdefault((row.edition, str(row.role or usual.get(row.edition))), []).append(row)
    return [grid_of(instance, instance.editions[edition], each, apart) for (edition, _), each in sorted(groups.items())]


def _scarce(grids: Sequence[Grid], others: int, limits: dict[Resource, int]) -> set[Resource]:
    """Return what more learners could newly use than there is; `others` could use anything."""
    wanted: dict[Resource, int] = {}
    for grid in grids:
        seats = ((grid.usable & ~grid.kept) * grid.count).sum(axis=1)
        places = ((grid.talks & ~grid.speaks) * grid.count).sum(axis=1)
        for names, demand in ((grid.seat, seats), (grid.place, places)):
            for name, count in zip(names, demand.tolist(), strict=True):
                wanted[name] = wanted.get(name, 0) + count
    return {name for name, limit in limits.items() if wanted.get(name, 0) + others > limit}
