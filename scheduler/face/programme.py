"""`Programme`: the instance of a folder, and the questions that can be asked of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.files.faults import Fault, listed, nearest

if TYPE_CHECKING:
    from models.programme.instance import Instance
    from scheduler.face.calendars import Calendars
    from scheduler.face.paths import Paths
    from scheduler.questions import Style


@dataclass(frozen=True, slots=True)
class Programme:
    """An instance to ask questions of, and what is odd about its files but stops nothing."""

    instance: "Instance"
    warnings: tuple[Fault, ...] = ()

    @classmethod
    def load(cls, folder: str | Path, *, as_of: date | None = None) -> "Programme":
        """Read a folder, on its own planning day or another; raise BadInstanceError with all its faults."""
        from scheduler.files.folder import load

        loaded = load(Path(folder), as_of)
        return cls(loaded.instance, loaded.warnings)

    def path(  # noqa: PLR0913 - one parameter an option
        self,
        learners: str | Iterable[str] | None = None,
        *,
        goal: "Style" = "fastest",
        fair: bool = False,
        tentative: bool = False,
        free: bool = False,
        alone: bool = False,
        alternatives: int = 0,
        time_limit: float | None = None,
    ) -> "Paths":
        """Plan the earliest graduation of all learners, together, and show some of them; raise ValueError for an unknown one.

        The options are those of `scheduler path`: `alone` = plan only those who are named, as if nobody else took another
        seat; `alternatives` = next-best paths of the one learner who is named.
        """
        from models.changes.people import freed
        from scheduler.answers.path import PathAsked, answer_path
        from scheduler.engines.budget import Budget
        from scheduler.face.paths import Paths
        from scheduler.questions import PathQuestion

        named = self._known(learners)
        if alternatives and len(named) != 1:
            raise ValueError("alternatives needs exactly one learner")
        if alone and not named:
            raise ValueError("alone needs learners who are named")
        asked = PathAsked(
            question=PathQuestion(learners=named or tuple(sorted(self.instance.learner)), style=goal, fair=fair),
            details=bool(named),
            names_learners=bool(named),
            alone=alone,
            alternatives=alternatives,
        )
        instance = replace(self.instance, tentative=tentative)
        return Paths(answer_path(freed(instance) if free else instance, asked, budget=Budget(time_limit)))

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
                f"no kind of component, and no component, of the name {strange[0]!r}; kinds are {listed(KINDS)}"
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

    def _known(self, learners: str | Iterable[str] | None) -> tuple[str, ...]:
        """Return the learners who are named, each once and in order, or none where nobody is."""
        if learners is None:
            return ()
        names = tuple(sorted({learners} if isinstance(learners, str) else set(learners)))
        if not names:
            raise ValueError("no learner is named; leave `learners` out to ask about all of them")
        for name in names:
            if name not in self.instance.learner:
                near = nearest(name, list(self.instance.learner))
                advice = f"did you mean {near!r}?" if near else f"there are {listed(sorted(self.instance.learner))}"
                raise ValueError(f"no learner of the name {name!r}; {advice}")
        return names
