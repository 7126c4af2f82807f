"""The master problem: which candidates to hold; cuts stand for the seating, which is written out only where it must be."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from scheduler.repeats.cuts import shortage
from scheduler.repeats.groups import Group, groups_of
from scheduler.repeats.milp import Outcome, Program
from scheduler.repeats.problem import Option, Problem, Wait
from scheduler.repeats.teaching import Teaching, require_trainers

Costs = dict[int, float]


@dataclass(frozen=True, slots=True)
class Stage:
    """One goal of the master: the sum of `costs` plus a constant."""

    name: str
    costs: Costs
    constant: int = 0


@dataclass
class Master:
    """Some waits and usable options. `apart` = waits whose seat is written out; `staffed` = trainers are counted."""

    problem: Problem
    waits: Sequence[Wait]
    usable: frozenset[int]
    apart: frozenset[int] = frozenset()
    staffed: bool = True
    most: int | None = None
    program: Program = field(default_factory=Program)
    held: dict[int, int] = field(default_factory=dict)
    covers: dict[int, int] = field(default_factory=dict)
    sits: dict[tuple[int, int], int] = field(default_factory=dict)
    teaching: Teaching = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Post everything but the cuts."""
        program = self.program
        for option in self.added:
            self.held[option.place] = program.variable(1, whole=True)
        for group in self.groups:
            self.covers[group.place] = program.variable(group.count, whole=False)
            if group.single:
                self._write_out(group)
            else:
                terms = [(float(min(group.count, self.seats(k))), k) for k in group.fits]
                self._bound([(1.0, self.covers[group.place])], terms, group.count)
        for code in self.components:
            mine = [group for group in self.groups if group.component == code]
            self.add_cut(code, [group for group in mine if not group.single])
            self._seat_by_seat(code)
        self._post_orders()
        self._post_limits()
        if self.staffed:
            self.teaching = require_trainers(program, self.problem, self.added, self.held)

    @cached_property
    def groups(self) -> list[Group]:
        """The groups of waits that something fits."""
        found = groups_of(self.waits, self.usable, self.apart)
        return [group for group in found if group.fits]

    @cached_property
    def members(self) -> Mapping[int, int]:
        """The first wait of each group."""
        return {group.place: group.members[0] for group in self.groups}

    @cached_property
    def components(self) -> list[str]:
        """The components in question."""
        return sorted({group.component for group in self.groups})

    @cached_property
    def added(self) -> list[Option]:
        """The candidates that fit somebody."""
        places = sorted({k for group in self.groups for k in group.fits if self.problem.options[k].added})
        return [self.problem.options[k] for k in places]

    @cached_property
    def fitting(self) -> Mapping[int, int]:
        """How many waits each option fits."""
        found: dict[int, int] = {}
        for group in self.groups:
            for k in group.fits:
                found[k] = found.get(k, 0) + group.count
        return found

    def seats(self, k: int) -> int:
        """Return how many people could be seated in an option at most."""
        return min(self.problem.options[k].seats, self.fitting.get(k, 0))

    def _bound(self, terms: Sequence[tuple[float, int]], room: Sequence[tuple[float, int]], enough: float) -> None:
        """Bound a sum by what open options hold: published ones always, candidates if held."""
        always = sum(factor for factor, k in room if k not in self.held)
        if always < enough:
            self.program.require(
                [*terms, *((-factor, self.held[k]) for factor, k in room if k in self.held)], high=always
            )

    def _write_out(self, group: Group) -> None:
        for k in group.fits:
            self.sits[group.place, k] = self.program.variable(1, whole=True)
            if k in self.held:
                self.program.require([(1.0, self.sits[group.place, k]), (-1.0, self.held[k])], high=0)
        seated = [(1.0, self.sits[group.place, k]) for k in group.fits]
        self.program.require([*seated, (-1.0, self.covers[group.place])], low=0, high=0)

    def add_cut(self, code: str, groups: Sequence[Group]) -> None:
        """Bound what some groups of one component, and those written out, take of the options that fit the groups."""
        counts: dict[int, int] = {}
        for group in groups:
            for k in group.fits:
                counts[k] = counts.get(k, 0) + group.count
        seated = [(1.0, self.covers[group.place]) for group in groups]
        for group in self._written(code):
            for k in (k for k in group.fits if k in counts):
                counts[k] += 1
                seated.append((1.0, self.sits[group.place, k]))
        room = [(float(min(self.problem.options[k].seats, count)), k) for k, count in sorted(counts.items())]
        self._bound(seated, room, sum(group.count for group in groups) + len(self._written(code)))

    def _written(self, code: str) -> list[Group]:
        return [group for group in self.groups if group.single and group.component == code]

    def _seat_by_seat(self, code: str) -> None:
        """Bound those written out by each option's seats."""
        for k in sorted({k for group in self._written(code) for k in group.fits}):
            seated = [(1.0, self.sits[group.place, k]) for group in self._written(code) if k in group.fits]
            self._bound(seated, [(float(self.seats(k)), k)], len(seated))

    def _post_orders(self) -> None:
        """Keep apart what one person cannot have together, and in order what has to be, of those written out."""
        place_of = {group.members[0]: group for group in self.groups if group.single}
        names = sorted({self.problem.waits[wait].row.learner for wait in place_of})
        for name in names:
            for one, k, other, other_k in self.problem.clashes(name, self.usable):
                if one in place_of and other in place_of:
                    pair = (self.sits[place_of[one].place, k], self.sits[place_of[other].place, other_k])
                    self.program.require([(1.0, variable) for variable in pair], high=1)
        for order in self.problem.orders:
            if order.wait in place_of:
                self._post_order(
                    order.wait, order.late, [place_of[each] for each in order.firsts if each in place_of], place_of
                )

    def _post_order(
        self, wait: int, late: Iterable[int], firsts: Sequence[Group], place_of: Mapping[int, Group]
    ) -> None:
        for k in (k for k in late if k in self.usable):
            before = [
                (-1.0, self.sits[first.place, i]) for first in firsts for i in first.fits if self.problem.before(i, k)
            ]
            self.program.require([(1.0, self.sits[place_of[wait].place, k]), *before], high=0)

    def _post_limits(self) -> None:
        if self.most is not None and len(self.held) > self.most:
            self.program.require([(1.0, variable) for variable in self.held.values()], high=self.most)
        least = self.problem.least_attendance
        if least:
            for k, variable in self.held.items():
                seated = [(1.0, self.sits[group.place, k]) for group in self.groups if k in group.fits]
                self.program.require([*seated, (-float(least), variable)], low=0)

    def cuts(self, outcome: Outcome) -> int:
        """Add a cut for each component whose covers do not fit the seats; return how many."""
        added = 0
        for code in self.components:
            mine = {group.place: group for group in self.groups if group.component == code and not group.single}
            short = shortage(
                {place: outcome.values[self.covers[place]] for place in mine},
                {place: group.fits for place, group in mine.items()},
                self._room(code, outcome),
            )
            if short is not None and short.lack > 1e-3:  # noqa: PLR2004 - rounding of the flow
                self.add_cut(code, [mine[place] for place in short.groups])
                added += 1
        return added

    def _room(self, code: str, outcome: Outcome) -> dict[int, float]:
        """Return the seats that the outcome leaves to those who are not written out."""
        room = {}
        for group in self.groups:
            for k in group.fits if group.component == code else ():
                share = outcome.values[self.held[k]] if k in self.held else 1.0
                room[k] = self.seats(k) * min(max(share, 0.0), 1.0)
        for group in self._written(code):
            for k in group.fits:
                room[k] -= outcome.values[self.sits[group.place, k]]
        return {k: max(seats, 0.0) for k, seats in room.items()}

    def chosen(self, outcome: Outcome) -> dict[int, str | None]:
        """Return what is held, and by whom it is taught."""
        teachers = {k: name for (k, name), variable in self.teaching.items() if outcome.values[variable] > 0.5}  # noqa: PLR2004
        return {k: teachers.get(k) for k, variable in self.held.items() if outcome.values[variable] > 0.5}  # noqa: PLR2004
