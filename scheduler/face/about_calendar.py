"""The questions about the calendar: what hangs on it, what would better it, what covers a waitlist, what was promised."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.face.loaded import LoadedFolder
from scheduler.files.faults import comma_list

if TYPE_CHECKING:
    import pandas as pd

    from scheduler.face.calendars import Calendars
    from scheduler.face.effects import Criticals, RunsWorth, SeatsCompared, UnderReadings
    from scheduler.face.judged import PromisesJudged
    from scheduler.face.repeats import Repeats


class AboutCalendar(LoadedFolder):
    """Questions about the calendar, each with the options of its command."""

    __slots__ = ()

    def runs(self) -> "pd.DataFrame":
        """Return every offering of the calendar; the columns are those of `frames.runs_frame`."""
        from scheduler.frames.calendar import runs_frame

        return runs_frame(self.instance)

    def critical(self, *, alone: bool = False, tentative: bool = False, time_limit: float | None = None) -> "Criticals":
        """Cancel each offering in turn: what is lost, all learners planned together, or each `alone`."""
        from scheduler.engines.budget import Budget
        from scheduler.explain.critical import criticality
        from scheduler.face.effects import Criticals

        instance = self._posed(tentative=tentative)
        return Criticals(criticality(instance, together=not alone, budget=Budget(time_limit)))

    def value(
        self,
        components: str | Iterable[str] = (),
        *,
        first: date | None = None,
        last: date | None = None,
        alone: bool = False,
        tentative: bool = False,
        time_limit: float | None = None,
    ) -> "RunsWorth":
        """Suppose one more run of a component in each month in turn: what it saves; raise ValueError for an unknown component.

        `first` and `last` = a day in the first month, and in the last (None = where the calendar ends).
        """
        from scheduler.engines.budget import Budget
        from scheduler.face.effects import RunsWorth
        from scheduler.studies.value import SupposedRuns, values_of

        named = self._components(components)
        months = (day and day.replace(day=1) for day in (first, last))
        season = SupposedRuns(components=named, **dict(zip(("first", "last"), months, strict=True)))
        instance = self._posed(tentative=tentative)
        return RunsWorth(values_of(instance, season, together=not alone, budget=Budget(time_limit)))

    def seats(
        self,
        seats: Iterable[int],
        components: str | Iterable[str] = (),
        *,
        tentative: bool = False,
        time_limit: float | None = None,
    ) -> "SeatsCompared":
        """Give the coming offerings of some components (none named = all) so many seats in turn: what that is worth."""
        from scheduler.engines.budget import Budget
        from scheduler.face.effects import SeatsCompared
        from scheduler.studies.seats import seats_curve

        named, instance = self._components(components), self._posed(tentative=tentative)
        return SeatsCompared(seats_curve(instance, tuple(seats), named, budget=Budget(time_limit)))

    def readings(
        self,
        learners: str | Iterable[str] | None = None,
        *,
        alone: bool = False,
        tentative: bool = False,
        time_limit: float | None = None,
    ) -> "UnderReadings":
        """Answer under every edition and every disputed reading of the rules: whose answer depends on it."""
        from scheduler.engines.budget import Budget
        from scheduler.face.effects import UnderReadings
        from scheduler.files.editions import known_editions
        from scheduler.studies.each_reading import readings_of

        editions = known_editions(self.instance.editions, self.folder)
        instance = self._posed(tentative=tentative)
        named = self._known(learners)
        return UnderReadings(readings_of(instance, editions, named, together=not alone, budget=Budget(time_limit)))

    def repeats(
        self,
        components: str | Iterable[str] = (),
        *,
        most_sessions: int | None = None,
        least_attendance: int | None = None,
        for_graduation: bool = False,
        tentative: bool = False,
        time_limit: float = 60.0,
    ) -> "Repeats":
        """Propose dates that cover the waitlist: as few sessions as possible; raise ValueError for an unknown component."""
        from scheduler.engines.budget import Budget
        from scheduler.face.repeats import Repeats
        from scheduler.repeats.answering import solve_repeats
        from scheduler.repeats.question import RepeatsQuestion

        question = RepeatsQuestion(
            components=self._components(components),
            most_sessions=most_sessions,
            least_attendance=least_attendance,
            for_graduation=for_graduation,
        )
        return Repeats(solve_repeats(self._posed(tentative=tentative), question, budget=Budget(time_limit)))

    def audit(
        self, *, first: date | None = None, last: date | None = None, tentative: bool = False
    ) -> "PromisesJudged":
        """Judge the promises about the calendar, in each cohort's own window, or from a first to a last day."""
        from scheduler.answers.audit import answer_audit
        from scheduler.face.judged import PromisesJudged

        if (first is None) != (last is None):
            raise ValueError("first and last go together")
        span = (first, last) if first is not None and last is not None else None
        return PromisesJudged(answer_audit(self._posed(tentative=tentative), span=span))

    def calendar(
        self,
        *,
        keep: bool = False,
        most: Mapping[str, int] | None = None,
        curve: bool = False,
        alternatives: int = 0,
        regret: bool = False,
        changed: Path | str | None = None,
        time_limit: float = 60.0,
    ) -> "Calendars":
        """Plan the year of the instance: what to add, when and by whom, so that learners graduate soonest.

        The options are those of `scheduler calendar`; `most` = at most so many added, by kind of component or by code,
        `changed` = a file of what happened to the calendar that is held. The answer's `explain` says why a run is on its day.
        Raise NoYearError where the instance has no year to plan, ValueError for a limit of what no edition has.
        """
        from scheduler.calendar.answering import plan_year
        from scheduler.calendar.asking import KINDS, year_missing
        from scheduler.calendar.question import CalendarQuestion
        from scheduler.engines.budget import Budget
        from scheduler.face.calendars import Calendars
        from scheduler.studies.happened import read_changes

        missing = year_missing(self.instance)
        if missing is not None:
            raise missing
        codes = {each.code for edition in self.instance.editions.values() for each in edition.components}
        strange = sorted(set(most or ()) - codes - set(KINDS))
        if strange:
            raise ValueError(
                f"no kind of component, and no component, of the name {strange[0]!r}; kinds are {comma_list(KINDS)}"
            )
        steps = read_changes(Path(changed), self.instance) if changed is not None else ()
        question = CalendarQuestion(
            keep=keep,
            most=tuple((most or {}).items()),
            curve=curve,
            changes=tuple(each.apply for each in steps),
            alternatives=alternatives,
            regret=regret,
        )
        return Calendars(plan_year(self.instance, question, budget=Budget(time_limit)))
