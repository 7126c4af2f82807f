"""What is best beside a calendar of courses and events: a program of all the rest, small because little of it can matter."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from scheduler.calendar.bounds import graduation_costs, held_of
from scheduler.calendar.choices import Choice
from scheduler.calendar.core import as_good
from scheduler.calendar.frontier import FAR, Days
from scheduler.calendar.promises import Due
from scheduler.calendar.room import Room
from scheduler.calendar.season import Season
from scheduler.calendar.wanted import AttendableRun, Demand, Demands
from scheduler.calendar.worth import CalendarWorth
from scheduler.calendar.year_program import YearProgram
from scheduler.engines.budget import Budget
from scheduler.engines.highs import minimise, whole_bound


@dataclass(slots=True)
class Rest:
    """The rest of a season; `codes` = the components whose dates are looked at one by one, `events` = those attended again.

    `one` = by choice of an event the one that stands for all of its day.
    """

    season: Season
    demands: Demands
    dues: Sequence[Due]
    room: Room
    codes: frozenset[str]
    events: frozenset[str]
    one: Mapping[str, str]
    meanwhile: Callable[[], object] | None = None

    def bound(
        self, days: Days, events: Sequence[Choice], known: CalendarWorth, below: int, budget: Budget
    ) -> tuple[int | None, bool, int | None, list[Choice]]:
        """Bound the days of all calendars with these events on which no class graduates before its day, up to a sum of days.

        Return the bound, whether that is all that can be said, and what the best rest promises and holds, if that is less.
        """
        season, year = self._program(days, events, replace(known, days=below))
        costs = graduation_costs(year, season)
        found = minimise(year.program, costs, budget, meanwhile=self.meanwhile)
        if found.kind == "infeasible":  # a search without presolve has to say so too
            is_none = minimise(year.program, {}, budget, bare=True, meanwhile=self.meanwhile).kind == "infeasible"
            return below if is_none else 0, True, None, []
        bound = whole_bound(found.bound)
        is_less = bool(found.values) and found.value < below
        held = held_of(season, year, found) if is_less else []
        bound = None if bound is None else min(bound, below)  # what is above is left out of the program
        return bound, found.kind == "optimal", round(found.value) if is_less else None, held

    def _program(self, days: Days, events: Sequence[Choice], known: CalendarWorth) -> tuple[Season, YearProgram]:
        """Return the rest of the season with some events, and its program."""
        chosen = {each.id for each in events}
        choices = [
            c for c in self.season.choices if c.code not in self.codes and (c.code not in self.events or c.id in chosen)
        ]
        season = replace(self.season, choices=tuple(choices))
        classes = [
            self._beside(demand, int(day), chosen)
            for demand, day in zip(self.demands.classes, days, strict=True)
            if day < FAR
        ]
        dues = [due for due in self.dues if due.component not in self.codes | self.events]
        room = Room(season, self.room.most.items())
        year = as_good(season, replace(self.demands, classes=tuple(classes)), dues, room, known)
        for name in chosen:
            year.program.lows[year.held[name]] = 1.0
        return season, year

    def _beside(self, demand: Demand, day: int, chosen: set[str]) -> Demand:
        """Return what a class needs of the rest, where it graduates no sooner than on a day for all the others."""
        runs = {
            code: tuple(self._chosen(mine, chosen)) if code in self.events else mine
            for code, mine in demand.runs.items()
            if code not in self.codes
        }
        return replace(
            demand,
            earliest=day,
            runs=runs,
            needs=tuple(need for need in demand.needs if not self.codes.intersection(need.pool)),
            before=self._before(demand),
        )

    def _chosen(self, runs: Sequence[AttendableRun], chosen: set[str]) -> Iterator[AttendableRun]:
        """Yield the runs of an event that are held, those of one day as one."""
        seen = set()
        for run in runs:
            one = None if run.choice is None else self.one[run.choice]
            if one is None or (one in chosen and (one, run.last) not in seen):
                seen.add((one, run.last))
                yield replace(run, choice=one)

    def _before(self, demand: Demand) -> Mapping[str, tuple[tuple[str, ...], ...]]:
        """Return what comes first among the rest; of events it is not asked, nor is what is looked at one by one."""
        apart = self.codes | self.events
        return {
            code: tuple(entry for entry in entries if not apart.intersection(entry))
            for code, entries in demand.before.items()
            if code not in apart
        }
