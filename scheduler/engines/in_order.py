"""Goals in order: each is made as small as it can be, and kept there, before the next is looked at."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

Goal_contra = TypeVar("Goal_contra", contravariant=True)
GoalType = TypeVar("GoalType")


@dataclass(frozen=True, slots=True)
class Reached:
    """A goal's value in the best answer at hand, and a bound that no answer is below; proved where the two meet."""

    value: float
    bound: float

    @property
    def is_proved(self) -> bool:
        """Say whether nothing better is left."""
        return self.value <= self.bound


class Minimiser(Protocol[Goal_contra]):
    """Minimises one goal under the bounds kept so far: a posted model, a master problem with cuts, an assignment."""

    def minimise(self, goal: Goal_contra) -> Reached | None:
        """Make a goal as small as can be; None where there is no answer at hand that keeps to what is kept."""
        ...

    def keep(self, goal: Goal_contra, value: float) -> None:
        """Require from now on that a goal comes to no more."""
        ...


def minimise_in_order(minimiser: Minimiser[GoalType], goals: Iterable[GoalType]) -> bool:
    """Minimise goals in order up to the first that is not proved; say whether all are."""
    for goal in goals:
        reached = minimiser.minimise(goal)
        if reached is None or not reached.is_proved:
            return False
        minimiser.keep(goal, reached.value)
    return True
