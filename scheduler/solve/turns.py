"""Learners together in turns of priority, each turn as early in sum or as fair as those before it allow."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from models.goal import Goal
from models.goals import all_goals
from models.programme.instance import Instance
from models.programme.plan import Plan
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.questions import GoalTurn, PathQuestion
from scheduler.solve.alone import Alone
from scheduler.solve.column_generation.cohort import is_supported
from scheduler.solve.column_generation.handled import are_limits_priced
from scheduler.solve.column_generation.in_turns import ColumnSearch
from scheduler.solve.flat_turns import Flat, FlatSearch
from scheduler.solve.initial_state import union
from scheduler.solve.lexicographic import Tell
from scheduler.solve.leximin import Fairness, Judge, leximin
from scheduler.solve.settling import settle
from scheduler.solve.together import Together, one_after_another


class TurnSearch(Protocol):
    """Looks for the best plan of one turn after the other; what a turn has reached is promised to the next ones."""

    def left_out(self, at: int) -> tuple[int, int]:
        """Begin a turn: leave out as few as possible; return how many, and a bound."""
        ...

    def days(self) -> tuple[int, int]:
        """Let those of the turn graduate as early as possible in sum; return the days, and a bound."""
        ...

    def waiting(self) -> Judge:
        """Return a judge of the delays of the turn."""
        ...

    def plan(self) -> Plan:
        """Return the best plan so far."""
        ...


@dataclass(slots=True)
class _Ledger:
    """Bounds of the goals in order: what comes after a goal that is not proved has none."""

    bounds: dict[str, int] = field(default_factory=dict)
    fairness: dict[str, Fairness] = field(default_factory=dict)
    proved: bool = True

    def note(self, goal: Goal, bound: int, *, proved: bool) -> None:
        """Note a goal's bound, unless it hangs on an earlier goal that is not proved."""
        if self.proved:
            self.bounds[goal.name] = bound
        self.proved = self.proved and proved


def solve_in_turns(
    instance: Instance,
    question: PathQuestion,
    alone: Mapping[str, Alone],
    settings: Settings,
    budget: Budget,
    tell: Tell | None = None,
) -> Together:
    """Plan learners who each have a path alone, those of the first turn first."""
    days = {learner: each.graduation for learner, each in alone.items() if each.graduation is not None}
    search: TurnSearch
    if is_supported(instance) and are_limits_priced(instance, question.learners):
        search = ColumnSearch(instance, question, days, settings, budget, tell)
    else:
        known = one_after_another(instance, question, alone, settings, budget)
        learners = question.learners
        flat = Flat(instance=instance, learners=learners, plan=known, settings=settings, budget=budget, tell=tell)
        search = FlatSearch(flat, question, days)
    ledger = _Ledger()
    for at, turn in enumerate(question.turns):
        _solve_turn(search, question, at, turn, days, budget, ledger)
    plan = search.plan()
    better = {path.learner: path for path in settle(instance, [path for path in plan.paths if path.graduates], budget)}
    return Together(
        kind="optimal" if ledger.proved else "feasible",
        plan=union([better.get(path.learner, path) for path in plan.paths]),
        bounds=ledger.bounds,
        fairness=ledger.fairness,
    )


def _solve_turn(
    search: TurnSearch,
    question: PathQuestion,
    at: int,
    turn: GoalTurn,
    days: Mapping[str, date],
    budget: Budget,
    ledger: _Ledger,
) -> None:
    missing, least = search.left_out(at)
    ledger.note(turn.called(all_goals()["not-graduating"]), least, proved=least >= missing)
    second = question.second(turn, days)
    if question.fair:
        found = leximin(search.waiting(), missing, budget)
        ledger.fairness[turn.whose] = found
        ledger.note(second, found.longest_bound, proved=found.is_proved)
    else:
        value, bound = search.days()
        ledger.note(second, bound, proved=bound >= value)
