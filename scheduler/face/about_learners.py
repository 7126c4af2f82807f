"""The questions about learners: their paths, why no earlier, what helps, what if, and how far they are."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from scheduler.face.loaded import LoadedFolder, names_of, refuse

if TYPE_CHECKING:
    from scheduler.face.learners import Explained, IfMissed, Progressed, Repaired
    from scheduler.face.paths import Paths
    from scheduler.questions import Style


class AboutLearners(LoadedFolder):
    """Questions about learners, each with the options of its command."""

    __slots__ = ()

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
        return Paths(answer_path(self._posed(tentative=tentative, free=free), asked, budget=Budget(time_limit)))

    def explain(
        self,
        learner: str,
        *,
        why_not: str | Iterable[str] = (),
        by: date | None = None,
        limit: int = 5,
        tentative: bool = False,
        free: bool = False,
        time_limit: float | None = None,
    ) -> "Explained":
        """Say why a learner cannot graduate earlier, or not at all; raise ValueError for an unknown learner or offering.

        The options are those of `scheduler explain`: `why_not` = offerings that are not in the plan, `by` = a day to graduate by.
        """
        from scheduler.answers.explain import Asked, explained
        from scheduler.engines.budget import Budget
        from scheduler.face.learners import Explained

        offerings = names_of(why_not)
        refuse("offering", offerings, self.instance.offering)
        (name,) = self._known(learner)
        asked = Asked(offerings=offerings, by=by)
        instance = self._posed(tentative=tentative, free=free)
        return Explained(explained(instance, name, asked=asked, limit=limit, budget=Budget(time_limit)))

    def repair(
        self,
        learners: str | Iterable[str] | None = None,
        *,
        by: date | None = None,
        count: int = 3,
        tentative: bool = False,
        free: bool = False,
        time_limit: float | None = None,
    ) -> "Repaired":
        """Find the cheapest changes that would let blocked learners graduate; raise ValueError for an unknown learner."""
        from scheduler.answers.repair import answered
        from scheduler.engines.budget import Budget
        from scheduler.face.learners import Repaired

        named, instance = self._known(learners), self._posed(tentative=tentative, free=free)
        return Repaired(answered(instance, learners=named, by=by, count=count, budget=Budget(time_limit)))

    def missed(
        self, learner: str, *, alone: bool = False, tentative: bool = False, time_limit: float | None = None
    ) -> "IfMissed":
        """Say what it would mean for a learner to miss each step to come; raise ValueError for an unknown learner."""
        from scheduler.engines.budget import Budget
        from scheduler.explain.missed import misses
        from scheduler.face.learners import IfMissed

        (name,) = self._known(learner)
        instance = self._posed(tentative=tentative)
        return IfMissed(misses(instance, name, together=not alone, budget=Budget(time_limit)))

    def progress(
        self,
        learners: str | Iterable[str] | None = None,
        *,
        days: int = 60,
        alone: bool = False,
        tentative: bool = False,
        time_limit: float | None = None,
    ) -> "Progressed":
        """Say what learners have done, booked and still miss; `days` = tell the last chances of so many days to come."""
        from scheduler.answers.progress import progress_of
        from scheduler.engines.budget import Budget
        from scheduler.face.learners import Progressed

        named, instance = self._known(learners), self._posed(tentative=tentative)
        found = progress_of(instance, named, together=not alone, budget=Budget(time_limit))
        return Progressed(found, days=days, details=bool(named))
