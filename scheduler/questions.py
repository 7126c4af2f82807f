"""A question: whose bookings are free, and the goals in order."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from models.goal import Goal
from models.goals import all_goals
from models.goals.delays import longest_delay
from models.goals.restricted import among

Style = Literal["fastest", "gentlest"]

TIE_BREAKS = ("wishes", "debuts", "earliest")

ORDER: dict[Style, tuple[tuple[str, ...], ...]] = {
    "fastest": (("not-graduating",), ("graduation",), TIE_BREAKS),
    "gentlest": (("not-graduating",), ("heaviest-week",), ("graduation",), TIE_BREAKS),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalTurn:
    """Learners whose goals are looked at together; `whose` = what they are called, like `priority 1`, blank for everybody."""

    learners: tuple[str, ...]
    whose: str = ""

    def called(self, goal: Goal) -> Goal:
        """Return a goal for these learners."""
        return among(goal, self.learners, self.whose) if self.whose else goal


@dataclass(frozen=True, slots=True, kw_only=True)
class PathQuestion:
    """The paths of some learners, jointly: `fastest` = earliest graduation, `gentlest` = lightest busiest week first.

    `fair` = instead of the sum of days, the longest delay against the day alone comes first, then the next longest, and so on.
    `priorities` = by learner: a lower number goes first; whoever has none comes after all others.
    """

    learners: tuple[str, ...]
    style: Style = "fastest"
    fair: bool = False
    priorities: Mapping[str, int] | None = None

    @property
    def stages(self) -> tuple[tuple[Goal, ...], ...]:
        """The goals of everybody in order; those of one stage are weighed as one number."""
        return tuple(tuple(all_goals()[name] for name in stage) for stage in ORDER[self.style])

    @property
    def turns(self) -> tuple[GoalTurn, ...]:
        """The learners in question by priority, those who go first before the others."""
        given = self.priorities or {}
        numbers = sorted({given[learner] for learner in self.learners if learner in given})
        turns = [
            GoalTurn(
                learners=tuple(each for each in self.learners if given.get(each) == number), whose=f"priority {number}"
            )
            for number in numbers
        ]
        rest = tuple(learner for learner in self.learners if learner not in given)
        if rest or not turns:
            turns.append(GoalTurn(learners=rest, whose="no priority" if given else ""))
        return tuple(turns)

    @property
    def is_plain(self) -> bool:
        """Say whether all learners count alike, by the sum of their days."""
        return not self.fair and not self.priorities

    def goals(self, alone: Mapping[str, date]) -> tuple[Goal, ...]:
        """Return the goals in order, one by one; `alone` = by learner the day if nobody else took another seat."""
        if self.is_plain:
            return tuple(goal for stage in self.stages for goal in stage)
        count, days = all_goals()["not-graduating"], all_goals()["graduation"]
        main = [goal for turn in self.turns for goal in (turn.called(count), self.second(turn, alone))]
        totals = [goal for goal in (count, days) if goal not in main]
        return (*main, *totals, *(all_goals()[name] for name in TIE_BREAKS))

    def second(self, turn: GoalTurn, alone: Mapping[str, date]) -> Goal:
        """Return the goal that comes after the fewest left out."""
        if not self.fair:
            return turn.called(all_goals()["graduation"])
        asked = set(turn.learners)
        return turn.called(longest_delay({learner: day for learner, day in alone.items() if learner in asked}))
