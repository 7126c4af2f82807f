"""What a change does to learners: days saved or lost, and who then graduates or no longer does."""

from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.solve.answers import Answers
from scheduler.solve.result import LearnerAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """A difference between two answers for the same learners, with their ids in order.

    `saved` = learner-days, below nothing where days are lost: over those who graduate before and after. Where learners wait
    for each other it is the difference in all, and None where one plan graduates more, because then the sums are not of as
    many. `gained`, `lost` = who graduates only after the change, or only before it. Such plans may differ in whom they name
    and be as good.
    """

    saved: int | None = 0
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    proved: bool = True

    @property
    def graduations(self) -> int:
        """How many more learners graduate; below nothing where fewer do."""
        return len(self.gained) - len(self.lost)

    @property
    def worth(self) -> tuple[int, int]:
        """How much better things are: graduations first, then learner-days."""
        return self.graduations, self.saved or 0


def effect(before: Answers, after: Answers) -> Effect:
    """Return what changes from one answer to the other."""
    days = {
        learner: (was.graduation - now.graduation).days
        for learner, was in before.of.items()
        for now in [after.of[learner]]
        if was.graduation and now.graduation
    }
    return Effect(
        saved=sum(days.values()) if before.is_sure and after.is_sure else _saved_in_all(before, after),
        gained=_only_in(after.of, before.of),
        lost=_only_in(before.of, after.of),
        earlier=tuple(learner for learner, by in days.items() if by > 0),
        later=tuple(learner for learner, by in days.items() if by < 0),
        proved=before.proved and after.proved,
    )


def is_same(before: Answers, after: Answers) -> bool:
    """Say whether everybody has the same day in both."""
    return all(each.graduation == after.of[learner].graduation for learner, each in before.of.items())


def _saved_in_all(before: Answers, after: Answers) -> int | None:
    then, now = ([each.graduation for each in answers.of.values() if each.graduation] for answers in (before, after))
    if len(then) != len(now):
        return None
    return sum(day.toordinal() for day in then) - sum(day.toordinal() for day in now)


def _only_in(these: Mapping[str, LearnerAnswer], others: Mapping[str, LearnerAnswer]) -> tuple[str, ...]:
    return tuple(learner for learner, each in these.items() if each.graduation and not others[learner].graduation)
