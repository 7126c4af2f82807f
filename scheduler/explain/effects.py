"""What a change does to learners: days saved or lost, and who then graduates or no longer does."""

from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.solve.answers import Answers
from scheduler.solve.result import LearnerAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """A difference between two answers for the same learners, with their ids in order.

    `saved` = learner-days, over those who graduate before and after; below nothing where days are lost. `gained`, `lost` =
    who graduates only after the change, or only before it.
    """

    saved: int = 0
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    proved: bool = True

    @property
    def is_nothing(self) -> bool:
        """Say whether nobody's day changes."""
        return not (self.gained or self.lost or self.earlier or self.later)

    @property
    def worth(self) -> tuple[int, int]:
        """How much better things are: graduations first, then learner-days."""
        return len(self.gained) - len(self.lost), self.saved


def effect(before: Answers, after: Answers) -> Effect:
    """Return what changes from one answer to the other."""
    days = {
        learner: (was.graduation - now.graduation).days
        for learner, was in before.of.items()
        for now in [after.of[learner]]
        if was.graduation and now.graduation
    }
    return Effect(
        saved=sum(days.values()),
        gained=_only_in(after.of, before.of),
        lost=_only_in(before.of, after.of),
        earlier=tuple(learner for learner, by in days.items() if by > 0),
        later=tuple(learner for learner, by in days.items() if by < 0),
        proved=before.proved and after.proved,
    )


def _only_in(these: Mapping[str, LearnerAnswer], others: Mapping[str, LearnerAnswer]) -> tuple[str, ...]:
    return tuple(learner for learner, each in these.items() if each.graduation and not others[learner].graduation)
