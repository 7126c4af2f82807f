"""Turns of priority by columns: the goals of a turn count only its learners, and keep the promises to those before."""

from collections.abc import Mapping
from datetime import date

import numpy as np

from models.programme.instance import Instance
from models.programme.plan import Plan
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.questions import PathQuestion
from scheduler.solve.column_generation.answer import paths_of
from scheduler.solve.column_generation.cohort import Cohort
from scheduler.solve.column_generation.linear import Market
from scheduler.solve.column_generation.optimum import Optimum, Turn, optimum
from scheduler.solve.column_generation.seating import seat
from scheduler.solve.column_generation.waiting import DelayLevels
from scheduler.solve.column_generation.whole import Share, remainder
from scheduler.solve.initial_state import standing_path, union
from scheduler.solve.lexicographic import Tell


class ColumnSearch:
    """Looks for the best plan of one turn after the other."""

    def __init__(
        self,
        instance: Instance,
        question: PathQuestion,
        days: Mapping[str, date],
        settings: Settings,
        budget: Budget,
        tell: Tell | None,
    ) -> None:
        """Group the learners by turn and day alone; `days` = everybody's day if nobody else took another seat."""
        self.instance, self.learners, self.is_fair = instance, question.learners, question.fair
        self.budget, self.tell = budget, tell
        number = {learner: at for at, turn in enumerate(question.turns) for learner in turn.learners}
        waits = {learner: (days[learner] - instance.as_of).days for learner in question.learners}
        apart = {learner: (number[learner], waits[learner]) for learner in question.learners}
        self.cohort = Cohort(instance, question.learners, settings, budget, apart)
        firsts = [self.cohort.learners(each)[0] for each in range(len(self.cohort.count))]
        self.number = np.array([number[learner] for learner in firsts], np.int64)
        self.alone = np.array([waits[learner] for learner in firsts], np.int64)
        self.share: Share = {}
        self.turn = Turn(who=np.zeros_like(self.number))
        self.judge: DelayLevels | None = None
        self.found: Optimum | None = None

    def left_out(self, at: int) -> tuple[int, int]:
        """Begin a turn: leave out as few as possible, and of such plans take early days."""
        self._close_turn()
        self.turn = Turn(who=(self.number == at).astype(np.int64), promises=self.turn.promises)
        if at:
            self._seat_those()
        cohort = self.cohort
        self.found = optimum(cohort, cohort.limits, self.share, self.budget, self.tell, self.turn)
        self.share = self.found.days.best
        return self.found.missing, self.found.least

    def days(self) -> tuple[int, int]:
        """Return the days of the turn, and a bound."""
        found = self._optimum()
        return found.total, found.least_total

    def waiting(self) -> DelayLevels:
        """Return a judge of the delays of the turn."""
        self.turn = Turn(who=self.turn.who, promises=self._optimum().kept(days=False))
        self.judge = DelayLevels(self.cohort, self.turn, self.alone, self.share, self.budget, self.tell)
        return self.judge

    def plan(self) -> Plan:
        """Return the best plan so far."""
        self._close_turn()
        paths = {path.learner: path for path in paths_of(self.cohort, self.share)}
        return union([paths.get(learner) or standing_path(self.instance, learner) for learner in self.learners])

    def _optimum(self) -> Optimum:
        if self.found is None:
            raise ValueError("a turn begins with the fewest left out")
        return self.found

    def _close_turn(self) -> None:
        """Promise to later turns what this one has reached."""
        if self.judge is not None:
            self.share, promises = self.judge.share, self.judge.promises
        elif self.found is not None:
            promises = self.found.kept()
        else:
            return
        self.turn = Turn(who=self.turn.who, promises=promises)
        self.judge = self.found = None

    def _seat_those(self) -> None:
        """Seat those of the turn on what the plan leaves: a plan from which the search starts."""
        cohort = self.cohort
        market = Market(count=cohort.count, limits=cohort.limits, goal=self.turn.days)
        rest = remainder(cohort.pool, market, self.share)
        for column, times in seat(cohort, rest, np.zeros(len(cohort.limits), np.int64), self.budget).items():
            self.share[column] = self.share.get(column, 0) + times
