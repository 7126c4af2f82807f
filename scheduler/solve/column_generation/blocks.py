"""Learners in blocks: each block prices the paths of its classes in its own way, and turns what it priced into paths."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np
import numpy.typing as npt

from models.programme.plan import Booking, Path, TaskStart
from models.rule import Resource
from scheduler.engines.budget import Budget
from scheduler.solve.column_generation.cheapest import Pricing
from scheduler.solve.column_generation.grid import Flags, Grid, Numbers
from scheduler.solve.column_generation.measures import Toll
from scheduler.solve.column_generation.near import Nearby
from scheduler.solve.column_generation.nodes import Nodes, force
from scheduler.solve.column_generation.rows import SubproblemData
from scheduler.solve.column_generation.sweep import NEVER, Tariff, first_graduation

Uses = npt.NDArray[np.int32]
"""By path: the numbers of the limited things that it uses, filled up with the number of things."""

WIDTH = 32
"""A path newly uses no more limited things than this."""


GLANCES = 2
"""How deep a search branches where nearly every two offerings exclude each other: the bound holds, and is not exact."""

DEEP = 60
"""Whoever asks for deeper branching gets it there too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """Which limited things (by number) some learners of a class do not newly use, and which each of them does.

    None of them graduates after `latest` days; whoever is ready before `earliest` days counts as graduating then.
    """

    closed: frozenset[int] = frozenset()
    forced: frozenset[int] = frozenset()
    earliest: int = 0
    latest: int = NEVER

    @property
    def demands(self) -> bool:
        """Say whether nobody of them is left out: each uses something, or graduates by a day."""
        return bool(self.forced) or self.latest < NEVER


FREE = Restriction()
"""Whatever is lawful."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which classes of a block are asked for paths, what restricts each, what prices of things are, and what time costs."""

    which: Numbers
    restrictions: Sequence[Restriction]
    prices: Numbers
    toll: Toll


@dataclass(frozen=True, slots=True)
class Draft:
    """What a path takes, before it is written out: packed flags over the axis, and where the learner speaks."""

    taken: bytes
    talk: int


@dataclass(slots=True, kw_only=True)
class PricingResult:
    """By class: a bound on cost, and the cheapest path: its cost (NEVER = none), days, uses and draft."""

    bound: Numbers
    cost: Numbers
    days: Numbers
    uses: Uses
    drafts: "Sequence[Draft | Path | None]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far is looked beyond the cheapest paths: parts of a day above the least, parts of searches, and the budget.

    Paths that use the same of what is `minded` (by thing) are told apart only where their days count (`dated`, by class sought).
    """

    gap: int
    most: int
    budget: Budget
    minded: Flags
    dated: Flags


@dataclass(slots=True, kw_only=True)
class Near:
    """Paths of some classes: whose (by place among those sought), days, uses and draft of each."""

    at: Numbers
    days: Numbers
    uses: Uses
    drafts: "Sequence[Draft | Path]"


class Block(Protocol):
    """Some classes of learners whose paths are priced together."""

    learners: list[list[str]]

    def find(self, sought: Sought, enough: Numbers, rounds: int) -> PricingResult:
        """Return the cheapest path of each class that is sought."""
        ...

    def near(self, sought: Sought, least: Numbers, reach: Reach) -> tuple[Near, int]:
        """Return the paths of some classes that cost little more than `least`, and up to where none of use is missing."""
        ...

    def path(self, learner: str, draft: Draft | Path) -> Path:
        """Write out a draft of a class as the path of one of its learners."""
        ...

    def last_day(self, number: int) -> int:
        """Return the day number that ends the window of a class."""
        ...

    def days(self, number: int, draft: Draft | Path) -> int:
        """Return the days to graduation of a path of a class."""
        ...


class GridBlock:
    """Classes whose problem falls apart into pools: priced all at once on arrays."""

    def __init__(self, grid: Grid, rows: Mapping[str, SubproblemData], things: Mapping[Resource, int]) -> None:
        """Price on `grid`; `things` numbers what is limited."""
        self.grid, self.rows = grid, rows
        self.learners = grid.learners
        self.pricing = Pricing(grid)
        self.is_dense = any(
            edition.days_between for edition in (grid.instance.editions[row.edition] for row in grid.rows)
        )
        self.none = len(things)
        self.seat = np.array([things.get(each, self.none) for each in grid.seat], np.int64)
        self.place = np.array([things.get(each, self.none) for each in grid.place], np.int64)

    def find(self, sought: Sought, enough: Numbers, rounds: int) -> PricingResult:
        """Return the cheapest paths of some classes."""
        which = sought.which
        rounds = min(rounds, GLANCES) if self.is_dense and rounds <= DEEP else rounds
        best = self.pricing.cheapest(self._roots(sought), self._tariff(sought), enough, rounds)
        packed = np.packbits(best.taken, axis=0).T
        found = best.cost < NEVER
        drafts = [Draft(packed[at].tobytes(), int(best.talk[at])) if found[at] else None for at in range(len(which))]
        return PricingResult(
            bound=best.bound,
            cost=best.cost,
            days=best.graduation - self.grid.today,
            uses=self.uses(which, best.taken, best.talk),
            drafts=drafts,
        )

    def near(self, sought: Sought, least: Numbers, reach: Reach) -> tuple[Near, int]:
        """Return the paths of some classes that cost little more than `least`, and up to where none of use is missing."""
        minded = np.append(reach.minded, np.False_)
        scarce = (minded[self.seat], minded[self.place])
        search = Nearby(self.pricing, self._roots(sought), self._tariff(sought), least, scarce, reach.dated)
        catch = search.catch(reach.gap, reach.most, reach.budget)
        at = sought.which[catch.at]
        packed = np.packbits(catch.taken, axis=0).T
        drafts = [Draft(packed[each].tobytes(), int(catch.talk[each])) for each in range(len(at))]
        near = Near(
            at=catch.at,
            days=catch.graduation - self.grid.today,
            uses=self.uses(at, catch.taken, catch.talk),
            drafts=drafts,
        )
        return near, catch.complete

    def _tariff(self, sought: Sought) -> Tariff:
        known = np.append(sought.prices, 0)
        return Tariff(seat=known[self.seat], place=known[self.place], toll=sought.toll)

    def _roots(self, sought: Sought) -> Nodes:
        """Return the searches, without what each class does not use, and with what it uses in any case."""
        roots = self.pricing.roots(sought.which)
        for line, restriction in enumerate(sought.restrictions):
            self._keep_days(roots, line, restriction)
            for thing in sorted(restriction.closed):
                roots.open[self.seat == thing, line] = False
                roots.talks[self.place == thing, line] = False
            for thing in sorted(restriction.forced):
                for place in np.flatnonzero(self.seat == thing):
                    excluded = self.grid.pairs[int(self.grid.kind[roots.at[line]])][place]
                    force(roots, np.array([line]), np.array([place]), excluded[None, :])
                if (self.place == thing).any():
                    roots.talks[self.place != thing, line] = False
        return roots

    def _keep_days(self, roots: Nodes, line: int, restriction: Restriction) -> None:
        """Close what ends too late for the last day of a root, and let no path count as ending before its first."""
        grid, latest = self.grid, self.grid.today + restriction.latest
        roots.earliest[line] = self.grid.today + restriction.earliest
        if restriction.latest < NEVER:
            ends = np.append(grid.last, grid.today)
            ready = first_graduation(grid, np.full(len(ends), roots.at[line]), ends)
            roots.open[ready[:-1] > latest, line] = False
            roots.sure[line] += ready[-1] > latest  # what is sure and nowhere forced cannot be had

    def days(self, number: int, draft: Draft | Path) -> int:
        """Return the days to graduation of a path of a class."""
        if isinstance(draft, Path):
            raise TypeError("arrays price drafts")
        taken = np.unpackbits(np.frombuffer(draft.taken, np.uint8), count=len(self.grid.runs)).nonzero()[0]
        end = np.array([max([self.grid.today, *self.grid.last[taken].tolist()])])
        return int(first_graduation(self.grid, np.array([number]), end)[0]) - self.grid.today

    def uses(self, which: Numbers, taken: Flags, talk: Numbers) -> Uses:
        """Return the limited things that paths of some classes newly use."""
        limited = np.flatnonzero(self.seat < self.none)
        new = taken[limited] & ~self.grid.kept[:, which][limited]
        uses = np.full((len(which), WIDTH), self.none, np.int32)
        places, paths = np.nonzero(new)
        turn = new.cumsum(axis=0)[places, paths]
        uses[paths, turn] = self.seat[limited][places]
        spoken = np.maximum(talk, 0)
        pays = (talk >= 0) & ~self.grid.speaks[spoken, which]
        uses[:, 0] = np.where(pays, self.place[spoken], self.none)
        return uses

    def path(self, learner: str, draft: Draft | Path) -> Path:
        """Write out a draft: what is kept, what is taken, and the tasks."""
        if isinstance(draft, Path):
            return draft
        grid, row = self.grid, self.rows[learner]
        taken = np.unpackbits(np.frombuffer(draft.taken, np.uint8), count=len(grid.runs)).nonzero()[0]
        roles: dict[str, str | None] = {
            each.offering: each.role for each in grid.instance.initial_state[learner].bookings
        }
        for at in taken:
            roles.setdefault(grid.runs[at].id, None)
        if draft.talk >= 0:
            roles[grid.runs[draft.talk].id] = grid.role
        met = max([row.floor, *(int(grid.last[at]) for at in taken)])
        starts = [*row.tasks, *((code, max(met + 1, start)) for code, start, _ in row.finals)]
        return Path(
            learner=learner,
            bookings=tuple(Booking(offering=each, role=role) for each, role in sorted(roles.items())),
            tasks=tuple(sorted(TaskStart(component=code, day=date.fromordinal(start)) for code, start in starts)),
        )

    def last_day(self, number: int) -> int:
        """Return the day number that ends the window of a class."""
        return int(self.grid.last_day[number])
