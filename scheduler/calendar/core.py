"""The core of a year: its courses, what is attended again and again, and what comes before them, without what takes one day once.

What takes one day rarely decides when somebody graduates, and is most of what could be held: the program of the core alone is
small, and no calendar is better than it says.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from scheduler.calendar.choices import Choice
from scheduler.calendar.promises import Due
from scheduler.calendar.relaxed import year_of
from scheduler.calendar.room import Room
from scheduler.calendar.season import Season
from scheduler.calendar.wanted import Demand, Demands, OpenNeed, narrowed
from scheduler.calendar.worth import CalendarWorth
from scheduler.calendar.year_program import YearProgram, scarce_codes


@dataclass(frozen=True, slots=True)
class Core:
    """The core of a season; `codes` = its components."""

    season: Season
    demands: Demands
    codes: frozenset[str]

    def program(self, known: CalendarWorth, dues: Sequence[Due], room: Room) -> YearProgram:
        """Return the program of all calendars on which everybody graduates who can, as good as a known one."""
        mine = [due for due in dues if due.component in self.codes]
        return as_good(self.season, self.demands, mine, Room(self.season, room.most.items()), known)

    def program_of(self, graduating: int, broken: int, dues: Sequence[Due], room: Room) -> YearProgram:
        """Return the program of all calendars on which so many graduate at least, and so many promises are broken at most."""
        mine = [due for due in dues if due.component in self.codes]
        year = year_of(self.season, self.demands, mine, Room(self.season, room.most.items()))
        year.break_at_most(broken)
        year.graduate(graduating)
        return year

    def count(self, year: YearProgram) -> None:
        """Let a solver branch on how many runs have started by a day: of a component, of a pool, of all that are long."""
        once = [need for demand in self.demands.classes for need in demand.needs if not need.again]
        pools = {tuple(sorted(need.pool)) for need in once if len(need.pool) > 1}
        every = tuple(sorted({code for pool in pools for code in pool}))
        for group in sorted({*pools, every, *((code,) for code in self.codes)} - {()}):
            mine = sorted((each for each in self.season.choices if each.code in group), key=_start)
            before: int | None = None
            for _, runs in groupby(mine, _start):
                count = year.program.variable(len(mine), whole=True)
                terms = [(-1.0, year.held[each.id]) for each in runs]
                earlier = [] if before is None else [(-1.0, before)]
                year.program.require([(1.0, count), *earlier, *terms], low=0, high=0)
                before = count


def as_good(season: Season, demands: Demands, dues: Sequence[Due], room: Room, known: CalendarWorth) -> YearProgram:
    """Return the program of the calendars that are as good as a known one, on which all who can graduate do."""
    scarce = scarce_codes(season, demands.classes)
    year = year_of(season, narrowed(demands, known.days, season.instance.as_of, scarce), dues, room)
    year.break_at_most(known.broken)
    year.graduate(sum(len(demand.learners) for demand, _ in year.through))
    return year


def _start(choice: Choice) -> int:
    return choice.offering.start.toordinal()


def core_of(season: Season, demands: Demands) -> Core | None:
    """Return the core of a season; None where that is all of it, or nothing."""
    long = {each.code for each in season.choices if len(each.offering.sessions) != 1}
    codes: set[str] = set()
    queue = {code for demand in demands.classes for need in demand.needs if need.again for code in need.pool} | long
    while queue:
        codes |= queue
        queue = {code for demand in demands.classes for code in _beside(demand, codes)} - codes
    choices = tuple(each for each in season.choices if each.code in codes)
    if not choices or len(choices) == len(season.choices):
        return None
    classes = [replace(each, needs=tuple(_kept(each, codes))) for each in demands.classes]
    return Core(replace(season, choices=choices), replace(demands, classes=tuple(classes)), frozenset(codes))


def _kept(demand: Demand, codes: set[str]) -> list[OpenNeed]:
    return [need for need in demand.needs if codes.intersection(need.pool)]


def _beside(demand: Demand, codes: set[str]) -> set[str]:
    """Return what comes before some components of a class, and what may stand in for them."""
    firsts = {each for code in codes for entry in demand.before.get(code, ()) for each in entry}
    return firsts | {code for need in _kept(demand, codes) for code in need.pool}
