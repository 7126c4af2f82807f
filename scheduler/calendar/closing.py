"""Closes the gap between the best calendar and the bound: calendars of the core one by one, drafts from the best of them."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from scheduler.calendar.bounds import Bounding
from scheduler.calendar.choices import Choice
from scheduler.calendar.climb import Climb
from scheduler.calendar.core import Core
from scheduler.calendar.drafting import Drafts
from scheduler.calendar.every_core import LEFT_OUT
from scheduler.calendar.one_by_one import OneByOne
from scheduler.calendar.starts import FirstCalendars
from scheduler.calendar.totals import ByTotals
from scheduler.calendar.wanted import Demands
from scheduler.calendar.worth import CalendarWorth
from scheduler.calendar.year_program import YearProgram
from scheduler.engines.budget import Budget


@dataclass(frozen=True, slots=True)
class Closing:
    """What is at hand: the best calendar and how others are made and drafted."""

    climb: Climb
    bounding: Bounding
    starts: FirstCalendars
    drafts: Drafts | None
    is_enough: Callable[[CalendarWorth], bool]
    tell: Callable[[CalendarWorth], None]

    def go(self, core: Core, demands: Demands, search: Budget) -> bool:
        """Look at calendars of the core one by one; say whether all was said that they can tell."""
        bounding = self.bounding
        look = OneByOne(bounding.season, demands, core, bounding.dues, bounding.room, self.starts.staff)
        look.rest.meanwhile = look.staffed.meanwhile = bounding.meanwhile
        below = 0
        while look.is_whole and below < self._most(demands) and not search.is_over:
            below = look.below(self._most(demands))
            if not look.begin(below, search):
                break
            while look.pairs and not look.is_final and not search.is_over:
                held = look.step(min(below, self._most(demands)), self.climb.best, search)
                self._raise(look, demands)
                if held:
                    self.go_on_from(held)
            self._raise(look, demands)
            if look.is_final or self.is_enough(self.climb.best):
                return True
        return self.is_enough(self.climb.best)

    def by_totals(self, core: Core, search: Budget) -> bool:
        """Where seats are too few for everybody, look at the core by how many runs are added; say if that bounds the days."""
        bounding, best = self.bounding, self.climb.best
        left_out = bounding.bounds.of["not-graduating"]
        if best.not_graduating != left_out:
            return False
        graduating = len(bounding.season.learners) - left_out

        def program() -> YearProgram:
            return core.program_of(graduating, best.broken, bounding.dues, bounding.room)

        parts = ByTotals(core, program, search, bounding.meanwhile)
        for held in parts.go(lambda: self.climb.best.days):
            if held:
                self.go_on_from(held, core.codes)
            bounding.raised(parts.bound, self.climb.best)
            self.tell(self.climb.best)
        return parts.bound > 0

    def _raise(self, look: OneByOne, demands: Demands) -> None:
        """Take in what is known of calendars on which everybody graduates who can: of others it says nothing."""
        if self.climb.best.not_graduating == len(demands.stuck):
            self.bounding.raised(look.least, self.climb.best)
            self.tell(self.climb.best)

    def _most(self, demands: Demands) -> int:
        """Return a sum of days that is known to be reached where everybody graduates who can; that of no calendar if none is."""
        best = self.climb.best
        return best.days if best.not_graduating == len(demands.stuck) else LEFT_OUT

    def go_on_from(self, held: Sequence[Choice], codes: Collection[str] | None = None) -> None:
        """Put what the best calendar holds of other components beside what a program holds, and draft on from that."""
        mine: list[Choice] = []
        others = [] if codes is None else [each for each in self.climb.best.held if each.code not in codes]
        for choice in (*held, *others):
            self.starts.add_near(mine, choice)
        if self.drafts is not None:
            mine = self.drafts.drafting.at_best_hours(mine)
            self.drafts.begin_at(mine)
        self.climb.offer(mine)
        self.tell(self.climb.best)
