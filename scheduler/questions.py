"""A question: whose bookings are free, and the goals in order."""

from dataclasses import dataclass
from typing import Literal

from models.formulation import all_goals
from models.goal import Goal

Style = Literal["fastest", "gentlest"]

TIE_BREAKS = ("wishes", "debuts", "earliest")

ORDER: dict[Style, tuple[tuple[str, ...], ...]] = {
    "fastest": (("not-graduating",), ("graduation",), TIE_BREAKS),
    "gentlest": (("not-graduating",), ("heaviest-week",), ("graduation",), TIE_BREAKS),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PathQuestion:
    """The paths of some learners, jointly: `fastest` = earliest graduation, `gentlest` = lightest busiest week first."""

    learners: tuple[str, ...]
    style: Style = "fastest"

    @property
    def stages(self) -> tuple[tuple[Goal, ...], ...]:
        """The goals in order; those of one stage are weighed as one number."""
        return tuple(tuple(all_goals()[name] for name in stage) for stage in ORDER[self.style])

    @property
    def goals(self) -> tuple[Goal, ...]:
        """The goals in order, one by one."""
        return tuple(goal for stage in self.stages for goal in stage)
