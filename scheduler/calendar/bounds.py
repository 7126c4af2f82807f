"""What no calendar can do better, goal by goal; and the shares of what is held from which good calendars are made."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from scheduler.calendar.choices import Choice
from scheduler.calendar.core import Core, as_good
from scheduler.calendar.plain_bound import PlainBound
from scheduler.calendar.promises import Due
from scheduler.calendar.relaxed import year_of
from scheduler.calendar.room import Room
from scheduler.calendar.season import Season
from scheduler.calendar.shares import capped
from scheduler.calendar.wanted import Demands
from scheduler.calendar.worth import CalendarWorth
from scheduler.calendar.year_program import YearProgram
from scheduler.engines.budget import Budget
from scheduler.engines.highs import LinearOutcome, LinearProgram, minimise, whole_bound

HELD = 0.5

BESIDE = 5.0
"""Seconds for what is best beside the core."""


@dataclass(slots=True)
class Bounds:
    """Proved lower bounds by goal, and by choice the share in which the program holds it."""

    of: dict[str, int] = field(default_factory=dict)
    shares: Mapping[str, float] = field(default_factory=dict)


class Bounding:
    """Bounds a season, as far as what everybody needs is known for sure; `meanwhile` = what is done while a program is solved."""

    def __init__(self, season: Season, dues: Sequence[Due], room: Room) -> None:
        """Look at a season."""
        self.season, self.dues, self.room = season, dues, room
        self.meanwhile: Callable[[], object] | None = None
        self.bounds = Bounds()
        self.year: YearProgram | None = None

    def promises(self, budget: Budget) -> None:
        """Bound how many promises are broken: exactly, as far as limits and gaps go."""
        year = year_of(self.season, Demands((), ()), self.dues, self.room)
        found = minimise(year.program, dict.fromkeys(year.broken, 1.0), budget)
        bound = whole_bound(found.bound) if year.broken else 0
        if bound is not None and found.kind != "infeasible":
            self.bounds.of["broken-promises"] = max(0, bound)

    def learners(self, demands: Demands, broken: int, found: int, budget: Budget) -> None:
        """Bound how many do not graduate where so many promises may be broken; `found` = how many do not on a calendar at hand.

        Who could not graduate if everything were held is the first bound: only where it is not met a program is asked.
        """
        self.year = year = year_of(self.season, demands, self.dues, self.room)
        year.break_at_most(broken)
        self.left_out(year.stuck)
        if found <= self.bounds.of["not-graduating"]:
            return
        total = sum(len(demand.learners) for demand, _ in year.through)
        bound = self._solved(year.program, {through[-1][1]: -1.0 for _, through in year.through}, budget)
        if bound is not None:
            self.left_out(max(0, total + bound) + year.stuck)

    def left_out(self, least: int) -> None:
        """Take in that so many at least do not graduate."""
        self.bounds.of["not-graduating"] = max(least, self.bounds.of.get("not-graduating", 0))

    def plainly(self, plain: PlainBound, stuck: int, graduating: int) -> None:
        """Bound the sum of days where so many graduate, at once and without a program; so many surely cannot."""
        self.left_out(stuck)
        self.bounds.of["graduation"] = max(plain.days(graduating), self.bounds.of.get("graduation", 0))

    def days(self, graduating: int, known: int, budget: Budget) -> None:
        """Bound the sum of days where at least so many graduate; the program may be of calendars up to a `known` sum alone."""
        year = self.year
        if year is None:
            return
        year.graduate(graduating)
        bound = self._solved(year.program, graduation_costs(year, self.season), budget)
        if bound is not None:
            self.bounds.of["graduation"] = max(0, min(bound, known), self.bounds.of.get("graduation", 0))

    def wholly(self, demands: Demands, known: CalendarWorth, budget: Budget) -> list[Choice]:
        """Bound the sum of days where nothing is held in parts; return what the program holds, [] where it found nothing.

        The program starts from a `known` calendar and is of those alone that are as good, on which all who can graduate do.
        """
        year = as_good(self.season, demands, self.dues, self.room, known)
        names = {each.id for each in known.held}
        hint = {place: float(name in names) for name, place in year.held.items()}
        found = minimise(year.program, graduation_costs(year, self.season), budget, hint=hint, meanwhile=self.meanwhile)
        self.raised(whole_bound(found.bound), known)
        return held_of(self.season, year, found)

    def beside_core(
        self, core: Core, held: Sequence[Choice], demands: Demands, known: CalendarWorth, budget: Budget
    ) -> list[Choice]:
        """Return what a short look finds to be best beside what is held of the core, [] where that takes too long."""
        year = as_good(self.season, demands, self.dues, self.room, known)
        names = {each.id for each in held}
        for each in core.season.choices:
            place = year.held[each.id]
            year.program.lows[place] = year.program.highs[place] = float(each.id in names)
        found = minimise(year.program, graduation_costs(year, self.season), capped(budget, BESIDE))
        return held_of(self.season, year, found)

    def core_in_parts(self, core: Core, known: CalendarWorth, budget: Budget) -> Mapping[str, float]:
        """Bound the sum of days by the core of a year; return in which part the program holds what could be held of it."""
        year = core.program(known, self.dues, self.room)
        costs = graduation_costs(year, core.season)
        found = self._relaxed(year.program, costs, budget)
        if found.kind != "optimal":
            return {}
        self.raised(whole_bound(priced_bound(year.program, costs, found)), known)
        return {name: found.values[place] for name, place in year.held.items()}

    def core_wholly(self, core: Core, known: CalendarWorth, budget: Budget) -> tuple[list[Choice], bool]:
        """Bound it by the core held wholly; return what is held if that promises more, and whether it is proved to be best."""
        year = core.program(known, self.dues, self.room)
        core.count(year)
        found = minimise(year.program, graduation_costs(year, core.season), budget, meanwhile=self.meanwhile)
        self.raised(whole_bound(found.bound), known)
        better = found.kind == "optimal" or (found.kind == "feasible" and found.value < known.days)
        return held_of(core.season, year, found) if better else [], found.kind == "optimal"

    def raised(self, bound: int | None, known: CalendarWorth) -> None:
        """Take in a bound of the days of calendars that are as good as a known one."""
        if bound is not None:
            self.bounds.of["graduation"] = max(min(bound, known.days), self.bounds.of.get("graduation", 0))

    def additions(self, graduating: int, days: int, budget: Budget) -> None:
        """Bound how many offerings are added where so many graduate and the sum of days is no more than that."""
        year = self.year
        if year is None:
            return
        year.graduate(graduating)
        year.program.require([(cost, place) for place, cost in graduation_costs(year, self.season).items()], high=days)
        bound = self._solved(year.program, dict.fromkeys(year.held.values(), 1.0), budget)
        if bound is not None:
            self.bounds.of["offerings-added"] = max(0, bound)

    def _solved(self, program: LinearProgram, costs: Mapping[int, float], budget: Budget) -> int | None:
        """Solve the program in parts; keep the shares, and return a bound that its prices prove, whatever the solver says."""
        found = self._relaxed(program, costs, budget)
        if found.kind != "optimal":
            return None
        if self.year is not None:
            self.bounds.shares = {name: found.values[place] for name, place in self.year.held.items()}
        return whole_bound(priced_bound(program, costs, found))

    def _relaxed(self, program: LinearProgram, costs: Mapping[int, float], budget: Budget) -> LinearOutcome:
        return minimise(program, costs, budget, relaxed=True, interior=True, meanwhile=self.meanwhile)


def trusted(bounds: Mapping[str, int], best: CalendarWorth) -> dict[str, int]:
    """Return the bounds up to the first goal that does not meet its own: later ones rest on it."""
    kept: dict[str, int] = {}
    for name, value in best.first_goals.items():
        if name not in bounds:
            break
        kept[name] = min(bounds[name], value)
        if bounds[name] < value:
            break
    return kept


def held_of(season: Season, year: YearProgram, found: LinearOutcome) -> list[Choice]:
    """Return what a whole solution of the program holds; nothing where none was found."""
    return [each for each in season.choices if found.values and found.values[year.held[each.id]] > HELD]


def priced_bound(program: LinearProgram, costs: Mapping[int, float], found: LinearOutcome) -> float:
    """Return a lower bound of a relaxed program by its prices: right for any prices, tight for the best ones.

    Each row is worth its price times the side on which it binds, each variable what its cost less the rows' prices makes
    of its better end; nothing rests on how exactly the solver kept to the rows.
    """
    if not found.prices:
        return -math.inf
    left = dict(costs)
    total = 0.0
    for (terms, low, high), price in zip(program.rows, found.prices, strict=True):
        side = low if price > 0 else high
        if price == 0 or not math.isfinite(side):
            continue
        total += price * side
        for factor, place in terms:
            left[place] = left.get(place, 0.0) - price * factor
    for place, rest in left.items():
        total += rest * (program.lows[place] if rest > 0 else program.highs[place])
    return total


def graduation_costs(year: YearProgram, season: Season) -> dict[int, float]:
    """Return what each variable adds to the sum of days from the planning day on."""
    today = season.instance.as_of.toordinal()
    costs: dict[int, float] = {}
    for _, through in year.through:
        for place, (day, variable) in enumerate(through):
            following = through[place + 1][0] if place + 1 < len(through) else today
            costs[variable] = costs.get(variable, 0.0) + max(day, today) - max(following, today)
    return costs
