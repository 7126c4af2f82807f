"""Everybody's paths one after the other: each gets the best that is left, whoever came off badly is asked sooner next time."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from models.judging.violations import violations
from models.programme.instance import Instance
from models.programme.plan import Path
from scheduler.calendar.places import Place, less, news_of, path_of, value_of
from scheduler.engines.budget import Budget
from scheduler.solve.alike import in_groups
from scheduler.solve.answers import Answers, answer_alone, answer_for
from scheduler.solve.column_generation.handled import are_limits_priced
from scheduler.solve.initial_state import union
from scheduler.solve.result import LearnerAnswer

ROUNDS = 3
"""So often whoever came off badly in turns is asked sooner."""

NEVER = 100_000
"""Days that count for nobody graduating."""


def best_turns(instance: Instance, alone: Answers, budget: Budget) -> Answers:
    """Return the best of some rounds of turns: whoever lost much in one comes before the others in the next."""
    urgent: dict[str, int] = {}
    turns = Turns(instance, alone)
    best = here = turns.taken_in(urgent)
    for _ in range(ROUNDS):
        if best.proved or budget.is_over:
            break
        for name, answer in here.of.items():
            own = alone.of[name].graduation
            if own is not None:
                urgent[name] = urgent.get(name, 0) + lateness(own, answer.graduation)
        here = turns.taken_in(urgent)
        if value_of(here) < value_of(best):
            best = here
    return best


def lateness(own: date, given: date | None) -> int:
    """Return by how many days a path is later than the own best one; who has none counts as very late."""
    return NEVER if given is None else (given - own).days


class Turns:
    """Lets everybody choose in turn; `kin` = by learner the number of the group of those who are alike."""

    def __init__(self, instance: Instance, alone: Answers) -> None:
        """Look at who is alike: what is the best that is left for one is so for the others, as long as it is left."""
        self.instance, self.alone = instance, alone
        groups = in_groups(instance, alone.of)
        self.kin = {name: number for number, group in enumerate(groups) for name in group}

    def taken_in(self, urgent: Mapping[str, int]) -> Answers:
        """Give everybody the best path that is left; proved only if nobody has to yield.

        First come those with the largest number in `urgent`, then those who could graduate first.
        """
        left = Left(self.instance, tuple(self.alone.of))
        last: dict[int, LearnerAnswer] = {}
        found: dict[str, LearnerAnswer] = {}
        for answer in self._ordered(urgent):
            name, kin = answer.learner, self.kin[answer.learner]
            given = self._given(answer, last.get(kin), left)
            if given is not answer:
                last[kin] = given
            found[name] = given
            left.take(path_of(self.instance, given))
        whole = Answers(of={name: found[name] for name in self.alone.of})
        return replace(whole, proved=self.alone.proved and value_of(whole) == value_of(self.alone))

    def _ordered(self, urgent: Mapping[str, int]) -> Sequence[LearnerAnswer]:
        return sorted(
            self.alone.of.values(),
            key=lambda each: (-urgent.get(each.learner, 0), each.graduation is None, each.graduation, each.learner),
        )

    def _given(self, answer: LearnerAnswer, last: LearnerAnswer | None, left: "Left") -> LearnerAnswer:
        """Return the own best path where it is left, else the one that somebody alike was given last, else the best there is."""
        if answer.graduation is None or left.has(path_of(self.instance, answer)):
            return answer
        if last is not None:
            same = answer_for(answer.learner, last)
            if same.graduation is None or left.has(path_of(self.instance, same)):
                return same
        return answer_alone(left.instance, answer.learner)[0]


class Left:
    """What is left of an instance's seats and roles when some have been taken."""

    def __init__(self, instance: Instance, learners: Sequence[str]) -> None:
        """Begin with all that is free; where learners share more than seats and roles, every rule is asked each time."""
        self.whole, self.taken = instance, Counter[Place]()
        self.is_counted = are_limits_priced(instance, learners)
        self._left: Instance | None = instance

    @property
    def instance(self) -> Instance:
        """The instance in which they are gone."""
        if self._left is None:
            self._left = less(self.whole, self.taken)
        return self._left

    def take(self, path: Path) -> None:
        """Take what a path newly takes."""
        news = news_of(self.whole, path)
        if news:
            self.taken.update(news)
            self._left = None

    def has(self, path: Path) -> bool:
        """Say whether a path that would be lawful alone still is."""
        if self.is_counted:
            return all(self._free(place) > 0 for place in news_of(self.whole, path))
        return not violations(self.instance, union([path]))

    def _free(self, place: Place) -> float:
        name, role = place
        run = self.whole.offering[name]
        if role is not None:
            return (run.places(role) or 0) - self.whole.roles_standing.get((name, role), 0) - self.taken[place]
        return (
            math.inf
            if run.seats is None
            else run.seats - run.taken - self.whole.seats_standing.get(name, 0) - self.taken[place]
        )
