"""The best calendar that can be staffed with courses and events on given days: a program of all the rest, and of trainers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from scheduler.calendar.bounds import graduation_costs, held_of
from scheduler.calendar.choices import Choice
from scheduler.calendar.core import as_good
from scheduler.calendar.frontier import FAR, Days
from scheduler.calendar.promises import Due
from scheduler.calendar.room import Room
from scheduler.calendar.season import Season
from scheduler.calendar.shares import capped
from scheduler.calendar.staffing import Staff
from scheduler.calendar.wanted import Demands
from scheduler.calendar.worth import CalendarWorth
from scheduler.calendar.year_program import YearProgram
from scheduler.engines.budget import Budget
from scheduler.engines.highs import minimise

LOOKS = ((1.002, True), (1.01, True), (1.01, False))
"""How many times the days that are promised a calendar may take, and whether runs have to be apart; one look after the other."""

SECONDS = 6.0
"""Seconds at most for each look."""


@dataclass(slots=True)
class Staffed:
    """A season and its trainers; `one` = by choice of a course or an event the one that stands for all of its day."""

    season: Season
    demands: Demands
    dues: Sequence[Due]
    room: Room
    staff: Staff
    one: Mapping[str, str]
    meanwhile: Callable[[], object] | None = None

    def best(
        self, days: Days, chosen: Sequence[Choice], promised: int, known: CalendarWorth, budget: Budget
    ) -> list[Choice]:
        """Return the best calendar with courses and events on the days of some, if it is about as good as promised; else [].

        One on which no two runs meet at once is looked for first: who would go to both is not seen here.
        """
        names = {each.id for each in chosen}
        for near, apart in LOOKS:
            within = replace(known, days=min(known.days, int(promised * near) + 1))
            if found := self._found(days, names, within, capped(budget, SECONDS), apart=apart):
                return found
        return []

    def _found(
        self, days: Days, names: set[str], within: CalendarWorth, budget: Budget, *, apart: bool
    ) -> list[Choice]:
        choices = [each for each in self.season.choices if self.one.get(each.id) is None or self.one[each.id] in names]
        season = replace(self.season, choices=tuple(choices))
        kept = {each.id for each in choices}
        classes = [
            replace(
                demand,
                earliest=int(day),
                runs={
                    code: tuple(run for run in mine if run.choice is None or run.choice in kept)
                    for code, mine in demand.runs.items()
                },
            )
            for demand, day in zip(self.demands.classes, days, strict=True)
            if day < FAR
        ]
        demands = replace(self.demands, classes=tuple(classes))
        year = as_good(season, demands, self.dues, Room(season, self.room.most.items()), within)
        for name in names:
            same = [(1.0, year.held[each.id]) for each in choices if self.one.get(each.id) == name]
            year.program.require(same, low=1, high=1)
        useful = self._useful(year, choices)
        self._staff(year, useful)
        if apart:
            _keep_apart(year, useful)
        found = minimise(year.program, graduation_costs(year, season), budget, meanwhile=self.meanwhile)
        return held_of(season, year, found)

    def _useful(self, year: YearProgram, choices: Sequence[Choice]) -> list[Choice]:
        """Return what somebody can go to in time; nothing else is held."""
        used = {run.choice for demand, _ in year.through for runs in demand.runs.values() for run in runs}
        useful = []
        for each in choices:
            if each.id in used or each.id in self.one:
                useful.append(each)
            else:
                year.program.highs[year.held[each.id]] = 0.0
        return useful

    def _staff(self, year: YearProgram, useful: Sequence[Choice]) -> None:
        """Let trainers teach what is held."""
        program = year.program
        teaches = {
            (each.id, name): program.variable(1, whole=True) for each in useful for name in self.staff.able[each.id]
        }
        for each in useful:
            crew = [(1.0, teaches[each.id, name]) for name in self.staff.able[each.id]]
            program.require([*crew, (-float(each.crew), year.held[each.id])], low=0, high=0)
        self.staff.post(program, useful, teaches)


def _keep_apart(year: YearProgram, useful: Sequence[Choice]) -> None:
    """Let no two runs meet at once."""
    spans = [(session.span, each.id) for each in useful for run in each.held for session in run.sessions]
    of_start: dict[int, list[str]] = {}
    for start in sorted({span.start for span, _ in spans}):
        of_start[start] = sorted({name for span, name in spans if span.start <= start < span.end})
    for names in of_start.values():
        if len(names) > 1:
            year.program.require([(1.0, year.held[name]) for name in names], high=1)
