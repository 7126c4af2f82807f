"""Calendars of the core where seats are short, divided by how many runs of a component, or of a pool, are added.

A program that holds runs in parts adds one and a half of a component, where no calendar does. Each part of the calendars has
a program of its own: none of them is better than that says, and one of them is made of it.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from heapq import heappop, heappush

from scheduler.calendar.bounds import graduation_costs, priced_bound
from scheduler.calendar.choices import Choice
from scheduler.calendar.core import Core
from scheduler.calendar.dive import dived
from scheduler.calendar.year_program import YearProgram
from scheduler.engines.budget import Budget
from scheduler.engines.highs import minimise, whole_bound

WHOLE = 0.03
"""A number of runs counts as whole where it is no further from it: programs are solved from within, and not exactly."""

Codes = tuple[str, ...]


@dataclass(order=True, frozen=True, slots=True)
class TotalsPart:
    """Calendars that add so many runs of some components, from `least` to `most`; none of them takes fewer days than `bound`."""

    bound: int
    number: int
    least: Mapping[Codes, int] = field(compare=False, default_factory=dict)
    most: Mapping[Codes, int] = field(compare=False, default_factory=dict)


@dataclass
class ByTotals:
    """Divides the calendars of a core; `program` makes the program of all of them."""

    core: Core
    program: Callable[[], YearProgram]
    budget: Budget
    meanwhile: Callable[[], object] | None = None
    parts: list[TotalsPart] = field(default_factory=lambda: [TotalsPart(0, 0)])
    closed: list[int] = field(default_factory=list)
    """The bounds of parts that are divided no further."""
    number: int = 0

    @property
    def bound(self) -> int:
        """Days that no calendar of any part is below; 0 where there is none."""
        return min([*(each.bound for each in self.parts), *self.closed], default=0)

    def go(self, below: Callable[[], int]) -> Iterator[list[Choice]]:
        """Divide until no part promises less than a sum of days that is asked for; yield about the best of some parts.

        That is what it holds of the core; nothing where a part is divided on, or no calendar is made of it.
        """
        while self.parts and not self.budget.is_over and self.parts[0].bound < below():
            yield self._divide(heappop(self.parts))

    def _divide(self, part: TotalsPart) -> list[Choice]:
        year = self.program()
        self._limit(year, part)
        costs = graduation_costs(year, self.core.season)
        found = minimise(year.program, costs, self.budget, relaxed=True, interior=True, meanwhile=self.meanwhile)
        if found.kind == "infeasible" and self._is_empty(year):
            return []
        if found.kind != "optimal":
            self.closed.append(part.bound)
            return []
        bound = max(part.bound, whole_bound(priced_bound(year.program, costs, found)) or 0)
        shares = {name: found.values[place] for name, place in year.held.items()}
        group, total = max(self._totals(shares), key=lambda each: abs(each[1] - round(each[1])))
        if abs(total - round(total)) > WHOLE:
            self._push(bound, part.least, {**part.most, group: math.floor(total)})
            self._push(bound, {**part.least, group: math.floor(total) + 1}, part.most)
            return []
        self.closed.append(bound)
        return dived(self.core.season, year, shares, self.budget)

    def _is_empty(self, year: YearProgram) -> bool:
        """Say whether a search without presolve finds too that a program has no solution."""
        return minimise(year.program, {}, self.budget, relaxed=True, bare=True).kind == "infeasible"

    def _push(self, bound: int, least: Mapping[Codes, int], most: Mapping[Codes, int]) -> None:
        self.number += 1
        heappush(self.parts, TotalsPart(bound, self.number, least, most))

    def _limit(self, year: YearProgram, part: TotalsPart) -> None:
        """Add as many runs as a part says."""
        for group in self._groups:
            low, high = part.least.get(group, 0), part.most.get(group, math.inf)
            if low or high < math.inf:
                terms = [(1.0, year.held[each.id]) for each in self.core.season.choices if each.code in group]
                year.program.require(terms, low=low, high=high)

    @cached_property
    def _groups(self) -> list[Codes]:
        """The components of the core, and the pools of which somebody needs so many."""
        codes = {each.code for each in self.core.season.choices}
        needs = [need for demand in self.core.demands.classes for need in demand.needs if not need.again]
        pools = {tuple(sorted(codes.intersection(need.pool))) for need in needs}
        return sorted({*pools, *((code,) for code in codes)} - {()})

    def _totals(self, shares: Mapping[str, float]) -> Iterator[tuple[Codes, float]]:
        """Yield how many runs of each group a program holds."""
        for group in self._groups:
            yield group, sum(shares[each.id] for each in self.core.season.choices if each.code in group)
