"""The master problem: which candidates to hold; cuts stand for the seating, which is written out only where it must be."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from scheduler.engines.highs import LinearOutcome, LinearProgram
from scheduler.repeats.cuts import shortage
from scheduler.repeats.groups import WaitGroup, groups_of
from scheduler.repeats.problem import Option, Problem, Wait
from scheduler.repeats.teaching import Teaching, require_trainers

TRUE = 0.5
ROUNDING = 1e-3


@dataclass
class Master:
    """Some waits and usable options, at most `most` of them added. `alone` = waits that are not grouped with others.

    `covers` = how many of a group are seated, `sits` = the seats of the groups that are written out.
    """

    problem: Problem
    waits: Sequence[Wait]
    usable: frozenset[int]
    alone: frozenset[int] = frozenset()
    most: int | None = None
    program: LinearProgram = field(default_factory=LinearProgram)
    held: dict[int, int] = field(default_factory=dict)
    covers: dict[int, int] = field(default_factory=dict)
    sits: dict[tuple[int, int], int] = field(default_factory=dict)
    written: set[int] = field(default_factory=set)
    teaching: Teaching = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Post the seats of each group and component, the limits and the trainers."""
        for option in self.added:
            self.held[option.place] = self.program.variable(1, whole=True)
        for group in self.groups:
            self.covers[group.place] = self.program.variable(group.count, whole=False)
            room = [(float(min(group.count, self.seats(k))), k) for k in group.fits]
            self._bound([(1.0, self.covers[group.place])], room, group.count)
        for mine in self.by_component.values():
            self.add_cut(mine)
        if self.most is not None and len(self.held) > self.most:
            self.program.require([(1.0, variable) for variable in self.held.values()], high=self.most)
        self.teaching = require_trainers(self.program, self.problem, self.added, self.held)

    @cached_property
    def groups(self) -> list[WaitGroup]:
        """The groups of waits that something fits."""
        return [group for group in groups_of(self.waits, self.usable, self.alone) if group.fits]

    @cached_property
    def group_of(self) -> Mapping[int, WaitGroup]:
        """The group of each wait that something fits."""
        return {wait: group for group in self.groups for wait in group.members}

    @cached_property
    def by_component(self) -> Mapping[str, list[WaitGroup]]:
        """The groups of each component."""
        found: dict[str, list[WaitGroup]] = {}
        for group in self.groups:
            found.setdefault(group.component, []).append(group)
        return dict(sorted(found.items()))

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

    def _bound(self, terms: Sequence[tuple[float, int]], room: Iterable[tuple[float, int]], enough: float) -> None:
        """Bound a sum by what open options hold: published ones always, candidates if held."""
        listed = list(room)
        always = sum(factor for factor, k in listed if k not in self.held)
        if always < enough:
            opened = [(-factor, self.held[k]) for factor, k in listed if k in self.held]
            self.program.require([*terms, *opened], high=always)

    def add_cut(self, groups: Sequence[WaitGroup]) -> None:
        """Bound what some groups of one component take, and those written out, of the options that fit the groups."""
        inside = {group.place for group in groups}
        counts: dict[int, int] = {}
        for group in groups:
            for k in group.fits:
                counts[k] = counts.get(k, 0) + group.count
        taken = [(1.0, self.covers[group.place]) for group in groups]
        others = [group for group in self.by_component[groups[0].component] if group.place in self.written - inside]
        for group in others:
            for k in (k for k in group.fits if k in counts):
                counts[k] += 1
                taken.append((1.0, self.sits[group.place, k]))
        room = [(float(min(self.problem.options[k].seats, count)), k) for k, count in sorted(counts.items())]
        self._bound(taken, room, sum(group.count for group in groups) + len(others))

    def cuts(self, outcome: LinearOutcome) -> int:
        """Add a cut for each component whose covers do not fit the seats, and for each person; return how many."""
        added = 0
        for mine in self.by_component.values():
            simple = {group.place: group for group in mine if group.place not in self.written}
            short = shortage(
                {place: outcome.values[self.covers[place]] for place in simple},
                {place: group.fits for place, group in simple.items()},
                self._room(mine, outcome),
            )
            if short is not None and short.lack > ROUNDING:
                self.add_cut([simple[place] for place in short.groups])
                added += 1
        return added + sum(self._person_cut(name, outcome) for name in self.tangled)

    @cached_property
    def tangled(self) -> list[str]:
        """The people whose waits get in each other's way."""
        mine = {wait.row.learner for wait in self.waits if wait.place in self.alone}
        return sorted(mine & self.problem.tangled)

    def _person_cut(self, name: str, outcome: LinearOutcome) -> bool:
        """Let one person use each starting time once: covers need as many different times that are held."""
        groups = [self.group_of[wait.place] for wait in self.problem.waits_of[name] if wait.place in self.group_of]
        times: dict[int, dict[int, float]] = {}
        for k in {k for group in groups for k in group.fits}:
            share = outcome.values[self.held[k]] if k in self.held else 1.0
            times.setdefault(self.problem.time_of(k), {})[k] = share
        full = {time for time, shares in times.items() if sum(shares.values()) >= 1.0}
        rest = sorted(k for time, shares in times.items() if time not in full for k in shares)
        most = len(full) + sum(outcome.values[self.held[k]] for k in rest if k in self.held)
        if sum(outcome.values[self.covers[group.place]] for group in groups) <= most + ROUNDING:
            return False
        opened = [(-1.0, self.held[k]) for k in rest if k in self.held]
        self.program.require([*((1.0, self.covers[group.place]) for group in groups), *opened], high=len(full))
        return True

    def _room(self, mine: Sequence[WaitGroup], outcome: LinearOutcome) -> dict[int, float]:
        """Return the seats that the outcome leaves to those who are not written out."""
        room = {}
        for k in {k for group in mine for k in group.fits}:
            share = outcome.values[self.held[k]] if k in self.held else 1.0
            room[k] = self.seats(k) * min(max(share, 0.0), 1.0)
        for group in (group for group in mine if group.place in self.written):
            for k in group.fits:
                room[k] -= outcome.values[self.sits[group.place, k]]
        return {k: max(seats, 0.0) for k, seats in room.items()}

    def chosen(self, outcome: LinearOutcome) -> dict[int, str | None]:
        """Return what is held, and by whom it is taught."""
        teachers = {k: name for (k, name), variable in self.teaching.items() if outcome.values[variable] > TRUE}
        return {k: teachers.get(k) for k, variable in self.held.items() if outcome.values[variable] > TRUE}

    def hint(self, held: Mapping[int, str | None], seats: Mapping[int, int]) -> dict[int, float]:
        """Return the values of all variables in an answer at hand."""
        values = dict.fromkeys(range(len(self.program.lows)), 0.0)
        values |= {self.held[k]: 1.0 for k in held if k in self.held}
        values |= {variable: 1.0 for (k, name), variable in self.teaching.items() if held.get(k, "") == name}
        for wait, k in seats.items():
            if wait in self.group_of:
                place = self.group_of[wait].place
                values[self.covers[place]] += 1.0
                if place in self.written:
                    values[self.sits[place, k]] = 1.0
        return values
