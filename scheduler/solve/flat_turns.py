"""Turns of priority and delays by one model of all learners: for questions that the columns do not price."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from models.formulation.formulate import formulate
from models.formulation.linear import Poster
from models.goal import Goal
from models.goals import all_goals
from models.goals.delays import delay, delayed
from models.programme.instance import Instance
from models.programme.plan import Plan
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.questions import PathQuestion
from scheduler.solve.hints import hint_of
from scheduler.solve.lexicographic import Tell, minimise
from scheduler.solve.leximin import NEVER


@dataclass(slots=True, kw_only=True)
class Flat:
    """The best plan so far and what it promises: goals with the most that they may come to."""

    instance: Instance
    learners: Sequence[str]
    plan: Plan
    settings: Settings
    budget: Budget
    tell: Tell | None = None
    promises: list[tuple[Goal, int]] = field(default_factory=list)

    def least(self, goal: Goal) -> tuple[int, int]:
        """Make a goal as small as the promises allow; return its value and a bound."""
        formulation = formulate(self.instance, self.learners)
        poster = Poster(formulation.model)
        for promised, most in self.promises:
            expression = promised.expression(formulation.everyone)
            poster.require(expression.terms, high=most - expression.constant)
        hint = hint_of(formulation, self.plan)
        solved = minimise(formulation, [[goal]], self.settings, self.budget, tell=self.tell, hint=hint)
        value = goal.value(self.instance, self.plan)
        if solved.values:
            found = formulation.plan(solved.values)
            if goal.value(self.instance, found) < value:
                self.plan, value = found, goal.value(self.instance, found)
        return value, solved.bounds.get(goal.name, 0)

    def keep(self, goal: Goal, most: int) -> None:
        """Promise that a goal comes to no more."""
        self.promises.append((goal, most))


@dataclass(slots=True, kw_only=True)
class FlatWaiting:
    """Judges the delays of those who have a day in `alone`."""

    flat: Flat
    alone: Mapping[str, date]

    def waits(self) -> list[int]:
        """Return the delays in the best plan, the longest first; NEVER for who does not graduate."""
        flat = self.flat
        paths = [path for path in flat.plan.paths if path.learner in self.alone]
        found = [delay(flat.instance, path, self.alone) for path in paths]
        return sorted((NEVER if wait is None else wait for wait in found), reverse=True)

    def fewest(self, days: int, enough: int | None = None) -> tuple[int, int]:  # noqa: ARG002 - proved either way
        """Let as few as possible wait more than `days`."""
        return self.flat.least(delayed(self.alone, days))

    def keep(self, days: int, most: int) -> None:
        """Promise that no more than `most` wait more than `days`."""
        self.flat.keep(delayed(self.alone, days), most)


class FlatSearch:
    """Looks for the best plan of one turn after the other."""

    def __init__(self, flat: Flat, question: PathQuestion, days: Mapping[str, date]) -> None:
        """Start from the plan of `flat`; `days` = everybody's day if nobody else took another seat."""
        self.flat, self.turns, self.alone = flat, question.turns, days
        self.turn = self.turns[0]

    def left_out(self, at: int) -> tuple[int, int]:
        """Begin a turn: leave out as few as possible."""
        self.turn = self.turns[at]
        return self._reach("not-graduating")

    def days(self) -> tuple[int, int]:
        """Let those of the turn graduate as early as possible in sum."""
        return self._reach("graduation")

    def waiting(self) -> FlatWaiting:
        """Return a judge of the delays of the turn."""
        asked = set(self.turn.learners)
        return FlatWaiting(flat=self.flat, alone={each: day for each, day in self.alone.items() if each in asked})

    def plan(self) -> Plan:
        """Return the best plan so far."""
        return self.flat.plan

    def _reach(self, name: str) -> tuple[int, int]:
        goal = self.turn.called(all_goals()[name])
        value, bound = self.flat.least(goal)
        self.flat.keep(goal, value)
        return value, bound
