"""Everybody's best path alone on one calendar after the other, found anew only where what differs between two can matter."""

from dataclasses import dataclass

from models.programme.instance import Instance
from scheduler.calendar.equals import Equals
from scheduler.calendar.season import Season
from scheduler.engines.budget import Budget
from scheduler.solve.answers import Answers, answer_alone, answers_of_groups
from scheduler.solve.result import LearnerAnswer

KEPT = 40
"""So many calendars of each learner are remembered."""


@dataclass(frozen=True, slots=True)
class _Known:
    """One learner's best path alone on one calendar."""

    learner: object
    held: frozenset[str]
    answer: LearnerAnswer
    proved: bool


class Everybody:
    """The learners of a season; what was found of them is remembered."""

    def __init__(self, season: Season, budget: Budget) -> None:
        """Find paths until somebody asks to stop."""
        self.season, self.budget = season, budget
        self.equals = Equals(season.standing)
        self.known: dict[str, list[_Known]] = {}

    @property
    def groups(self) -> int:
        """How many groups of equal learners there are on the calendar as it stands."""
        return len(self.equals.groups(self.season.standing, self.season.learners))

    def alone(self, instance: Instance, key: frozenset[str]) -> Answers:
        """Return everybody's best path alone: one of those who are equal is asked for all of them."""
        learners = self.season.learners
        groups = self.equals.groups(instance, learners)
        return answers_of_groups(groups, lambda name: self._one(instance, name, key), learners)

    def _one(self, instance: Instance, name: str, key: frozenset[str]) -> tuple[LearnerAnswer, bool]:
        """Return a learner's best path alone, one that is known where what differs cannot matter."""
        who = instance.learner[name]
        memory = self.known.setdefault(name, [])
        for known in reversed(memory):
            if known.learner == who and known.proved and self._is_same(known, instance, name, key):
                return known.answer, True
        answer, proved = answer_alone(instance, name, budget=Budget(within=self.budget))
        memory.append(_Known(who, key, answer, proved))
        del memory[:-KEPT]
        return answer, proved

    def _is_same(self, known: _Known, instance: Instance, name: str, key: frozenset[str]) -> bool:
        """Say whether what was taken away was not used, and what was added comes too late or is of no use."""
        gone, come = known.held - key, key - known.held
        used = known.answer.path.offerings if known.answer.path else frozenset()
        choice = self.season.choice
        if any(run.id in used for each in gone for run in choice[each].held):
            return False
        codes = _open_codes(instance, name)
        day = known.answer.graduation
        return not any(
            run.component in codes and (day is None or run.end < day) for each in come for run in choice[each].held
        )


def _open_codes(instance: Instance, name: str) -> frozenset[str]:
    """Return the components that a learner could still book: what is done counts once, unless it may be taken again."""
    done = {each.component for each in instance.initial_state[name].done}
    edition = instance.edition_of(name)
    return frozenset(code for code in edition.component if edition.may_recur(code) or code not in done)
