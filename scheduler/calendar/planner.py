"""Searches the best calendar of a year: what is known to be good first, then bounds, then one better calendar after the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scheduler.calendar import shares
from scheduler.calendar.alternatives import Alternative, alternatives
from scheduler.calendar.bounds import Bounding, trusted
from scheduler.calendar.choices import Choice
from scheduler.calendar.climb import Climb
from scheduler.calendar.closing import Closing
from scheduler.calendar.core import core_of
from scheduler.calendar.counted import Counted
from scheduler.calendar.curve import curve_of
from scheduler.calendar.demand import demands_of
from scheduler.calendar.drafting import Drafting, Drafts
from scheduler.calendar.exact import Exact, is_small, solve_exactly
from scheduler.calendar.plain_bound import PlainBound
from scheduler.calendar.promises import dues_of
from scheduler.calendar.question import GOALS, Baseline, CalendarQuestion, Tell, baseline
from scheduler.calendar.room import Room
from scheduler.calendar.season import Season
from scheduler.calendar.shares import capped
from scheduler.calendar.sketch import Sketching
from scheduler.calendar.staffing import Crews, Staff
from scheduler.calendar.starts import FirstCalendars
from scheduler.calendar.wanted import Demands, narrowed
from scheduler.calendar.worth import CalendarWorth, Valuer
from scheduler.calendar.year_program import are_seats_short
from scheduler.engines.budget import Budget


@dataclass(slots=True)
class PlannedCalendar:
    """The best calendar found, what is proved of it, and what it was compared with; `crews` where they are known to be best."""

    best: CalendarWorth
    bounds: dict[str, int] = field(default_factory=dict)
    crews: Crews | None = None
    baselines: list[Baseline] = field(default_factory=list)
    curve: list[Baseline] = field(default_factory=list)
    alternatives: tuple[Alternative, ...] = ()


class Planner:
    """Plans one year."""

    def __init__(self, season: Season, question: CalendarQuestion, budget: Budget, tell: Tell | None = None) -> None:
        """Take the question about a season."""
        self.question, self.budget, self.tell = question, budget, tell
        self.season = season.without(question.barred)
        self.dues = dues_of(self.season.instance)
        self.room = Room(self.season, question.most)
        self.staff = Staff(self.season.instance, self.season.choices)
        self.starts = FirstCalendars(self.season, self.room, self.staff, self.dues)
        self.valuer = Valuer(self.season, self.dues, budget)
        self.bounds: dict[str, int] = {}
        self.drafts: Drafts | None = None

    def plan(self, first: Sequence[Choice] = ()) -> PlannedCalendar:
        """Return the best calendar found, and bounds; `first` = a calendar to start from, instead of those made by hand."""
        started = self.budget.spent
        share = None if self.budget.seconds is None else self.budget.seconds * (1 - shares.LEAVE)
        search = Budget(share and share * (shares.MAIN if self._wants_others else 1.0), within=self.budget)
        standing = self.valuer.standing
        climb = Climb(self.valuer, self.starts, standing, keep=self.question.keep)
        found = PlannedCalendar(best=standing, baselines=[baseline("as it stands", standing)])
        if not self.season.choices:
            return self._nothing_to_add(found)
        climb.offer(first)
        if not first:
            self._compare(climb, found, search)
        exact = self._exactly(search)
        if exact is not None:
            climb.offer(exact.held)
            self.bounds = exact.bounds
        if exact is None or not exact.proved or (self.question.keep and not self._is_kept_best(climb.best)):
            self._climb(climb, search)
        found.best = climb.best
        if exact is not None and {each.id for each in climb.best.held} == {each.id for each in exact.held}:
            found.crews = exact.crews
        found.bounds = dict(self.bounds)
        rest = Budget(None if share is None else max(0.0, share - (self.budget.spent - started)), within=self.budget)
        if self.question.alternatives:
            found.alternatives = tuple(alternatives(climb, self.question.alternatives, rest, self._tell))
        if self.question.curve:
            found.curve = curve_of(climb, rest)
        return found

    def _compare(self, climb: Climb, found: PlannedCalendar, search: Budget) -> None:
        """Look at the calendars that staff would make by hand."""
        for name, held in (
            ("as last year", self.starts.as_last_year),
            ("largest gaps", self.starts.largest_gaps),
        ):
            if not search.is_over:
                worth = self.valuer.of(held())
                found.baselines.append(baseline(name, worth))
                climb.offer(worth.held)
                self._tell(climb.best)

    def _nothing_to_add(self, found: PlannedCalendar) -> PlannedCalendar:
        """Return the calendar as it stands, which is the only one."""
        best = found.best
        values = (best.broken, best.not_graduating, best.days, 0, self.staff.peak((), {}))
        found.bounds = dict(zip(GOALS, values, strict=False)) if best.proved else {"broken-promises": best.broken}
        found.crews = {}
        return found

    def _exactly(self, search: Budget) -> Exact | None:
        """Solve a small year at once; where nobody may lose, everybody keeps the day that is told now."""
        if not is_small(self.season) or search.is_over:
            return None
        told = self.valuer.told if self.question.keep else None
        latest = {name: day for name, day in (told or {}).items() if day is not None}
        return solve_exactly(self.season, self.room, self.dues, self.staff, search, self.tell, latest=latest)

    def _is_kept_best(self, best: CalendarWorth) -> bool:
        """Say whether nobody loses by a calendar, and none of which that holds is better in the first three goals."""
        return not best.later and self._is_enough(best)

    def _climb(self, climb: Climb, search: Budget) -> None:
        """Bound the year and search it; only trim the best by hand where to look at everybody would take all the time."""
        bounding = Bounding(self.season, self.dues, self.room)
        bounding.bounds.of |= self.bounds
        bounding.promises(search)
        self.bounds = bounding.bounds.of
        if not shares.is_short(search, self.valuer.everybody.groups):
            self._search(climb, bounding, search)
        else:
            climb.run(capped(search, 0.0), self._is_enough, self._tell)
        self.bounds = trusted(self.bounds, climb.best)
        if not self.budget.is_over and self._is_enough(climb.best):
            graduating = len(self.season.learners) - climb.best.not_graduating
            bounding.additions(graduating, climb.best.days, capped(self.budget, shares.LAST_LOOK))

    def _search(self, climb: Climb, bounding: Bounding, search: Budget) -> None:
        """Draft the year, round what a program holds, and go on from the best known."""
        share = Budget(shares.part(search, shares.BOUNDED), within=search)
        demands = demands_of(self.season, share, self.valuer.graduating)
        plain = PlainBound(self.season, demands, self.room)
        total, demands = len(self.season.learners), plain.sharpened(demands)
        bounding.plainly(plain, len(demands.stuck), total - climb.best.not_graduating)
        bounding.left_out(Counted(self.season, self.room).least_left_out(demands, capped(share, shares.COUNTED)))
        self._tell(climb.best)
        self.drafts = self._drafts(climb, demands, search)
        self._draft(search, shares.first_share(search))
        bounding.meanwhile = self.drafts.while_waiting if self.drafts else None
        if self._core(climb, bounding, demands, search):
            self._program(climb, bounding, demands, Budget(shares.part(search, shares.PROGRAM), within=search))
            self._learn(climb, bounding.bounds.shares)
            self._draft(search)
            self._wholly(climb, bounding, demands, search)
        climb.run(search, self._is_enough, self._tell)
        if not self._is_enough(climb.best):
            climb.offer(climb.best.held, patient=True)
        bounding.plainly(plain, len(demands.stuck), total - climb.best.not_graduating)

    def _program(self, climb: Climb, bounding: Bounding, demands: Demands, search: Budget) -> None:
        """Bound the year by a program, and make calendars of what it holds."""
        if search.is_over or shares.is_short(search, len(demands.classes)):
            return
        best = climb.best
        broken = max(best.broken, self.bounds.get("broken-promises", 0))
        if best.not_graduating == len(demands.stuck):
            demands = narrowed(demands, best.days, self.season.instance.as_of)
        bounding.learners(demands, broken, best.not_graduating, search)
        if search.is_over or "not-graduating" not in self.bounds or self._is_enough(best):
            return
        if bounding.bounds.shares:
            self._round(climb, bounding, search, turns=1)
        least = max(climb.best.not_graduating, self.bounds["not-graduating"])
        bounding.days(len(self.season.learners) - least, best.days, search)
        self._round(climb, bounding, search, turns=shares.ROUNDINGS)

    def _wholly(self, climb: Climb, bounding: Bounding, demands: Demands, search: Budget) -> None:
        """Solve the program with nothing held in parts, and draft on from what it holds."""
        if self._is_enough(climb.best) or climb.best.not_graduating != len(demands.stuck) or search.is_over:
            return
        held = bounding.wholly(demands, climb.best, Budget(shares.part(search, shares.WHOLE), within=search))
        self._learn(climb, dict.fromkeys((each.id for each in held), 1.0))
        climb.offer(self.starts.rounded(climb.moves.shares))
        self._tell(climb.best)
        self._draft(search)

    def _drafts(self, climb: Climb, demands: Demands, search: Budget) -> Drafts | None:
        """Return what looks for better calendars by their sketches; None where nobody may lose, or there is nothing to draft."""
        sketches = Sketching(self.season, demands.classes, len(demands.stuck))
        if self.question.keep or not (self.starts.choices and sketches.ways):
            return None
        return Drafts(Drafting(sketches, self.starts, self.dues), climb, search, self._is_enough, self._tell)

    def _draft(self, search: Budget, share: float = shares.DRAFTED) -> None:
        """Draft for a share of the time, or until that no longer helps."""
        if self.drafts is not None:
            self.drafts.go(Budget(shares.part(search, share), within=search))

    def _core(self, climb: Climb, bounding: Bounding, demands: Demands, search: Budget) -> bool:
        """Bound the year by its core, and draft on from what is best there; say whether the program of all can tell more."""
        core = core_of(self.season, demands)
        if core is None or not demands.classes:
            return True
        closing = Closing(climb, bounding, self.starts, self.drafts, self._is_enough, self._tell)
        is_left_out = self.bounds["not-graduating"] > len(demands.stuck)
        self.valuer.together = is_left_out or are_seats_short(self.season, demands.classes, core.codes)
        if self.valuer.together:
            return not closing.by_totals(core, Budget(shares.part(search, shares.CORE), within=search))
        is_said = closing.go(core, demands, search)
        if is_said or climb.best.not_graduating > len(demands.stuck):
            self._draft(search)
        if is_said or climb.best.not_graduating > len(demands.stuck):
            return climb.best.not_graduating > len(demands.stuck)
        self._learn(climb, bounding.core_in_parts(core, climb.best, search))
        held, proved = bounding.core_wholly(core, climb.best, Budget(shares.part(search, shares.CORE), within=search))
        if held and not self._is_enough(climb.best):
            self._learn(climb, dict.fromkeys((each.id for each in held), 1.0))
            beside = bounding.beside_core(core, held, demands, climb.best, search)
            closing.go_on_from(beside or held, core.codes)
            self._draft(search)
        return proved

    def _learn(self, climb: Climb, held: Mapping[str, float]) -> None:
        """Let steps know in which part a program holds what could be held."""
        climb.moves.learn(held)
        if self.drafts is not None:
            self.drafts.drafting.moves.learn(held)

    def _round(self, climb: Climb, bounding: Bounding, search: Budget, *, turns: int) -> None:
        """Make calendars from the shares in which the program holds what could be held."""
        for turn in range(turns):
            if not search.is_over:
                climb.offer(self.starts.rounded(bounding.bounds.shares, turn))
                self._tell(climb.best)

    def _is_enough(self, best: CalendarWorth) -> bool:
        """Say whether no calendar is better in the first three goals."""
        return all(name in self.bounds and self.bounds[name] >= value for name, value in best.first_goals.items())

    def _tell(self, best: CalendarWorth) -> None:
        if self.tell:
            others = f" of all but {best.not_graduating}" if best.not_graduating else ""
            self.tell(f"graduation{others}", best.days, self.bounds.get("graduation", 0))

    @property
    def _wants_others(self) -> bool:
        return bool(self.question.alternatives) or self.question.curve
