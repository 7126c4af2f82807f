"""The goals of the master in order, each solved by cutting: linear first, then whole, until everybody covered has a seat."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from scheduler.engines.budget import Budget
from scheduler.engines.highs import LinearOutcome, minimise, whole_bound
from scheduler.engines.in_order import Reached, minimise_in_order
from scheduler.repeats.demand import NO_PRIORITY
from scheduler.repeats.master import Master

LINEAR_ROUNDS = 40
ROUNDS = 100


@dataclass(frozen=True, slots=True)
class Stage:
    """One goal of the master: the sum of `costs` plus a constant."""

    name: str
    costs: Mapping[int, float]
    constant: int = 0


@dataclass(slots=True)
class Known:
    """The best answer at hand, whose `values` are those of real seats; `hint` puts it in the master's variables."""

    values: Mapping[str, int]
    hint: Callable[[], Mapping[int, float]]


Judge = Callable[[LinearOutcome, Mapping[str, int]], bool]
"""Seats people in what an outcome holds; says whether that is final: goals so far reached, or nothing to refine."""


@dataclass
class Ladder:
    """Climbs from goal to goal. `judge` may better `known`; `floors` = bounds proved elsewhere; `goals` = so many alone."""

    master: Master
    budget: Budget
    known: Callable[[], Known | None]
    judge: Judge
    floors: Mapping[str, int] = field(default_factory=dict)
    goals: int | None = None
    bounds: dict[str, int] = field(default_factory=dict)
    values: dict[str, int] = field(default_factory=dict)

    def climb(self) -> bool:
        """Minimise the goals in order; say whether all are proved. The answer is what `known` then returns."""
        return minimise_in_order(self, stages_of(self.master)[: self.goals])

    def minimise(self, goal: Stage) -> Reached | None:
        """Better the answer at hand and the bound; None where it does not reach the goals before."""
        self._settle(goal)
        known = self._leading(goal.name)
        return None if known is None else Reached(known, self.bounds[goal.name])

    def keep(self, goal: Stage, value: float) -> None:
        """Require that a goal comes to no more."""
        self.values[goal.name] = int(value)
        terms = [(cost, place) for place, cost in goal.costs.items()]
        self.master.program.require(terms, high=value - goal.constant)

    def _leading(self, name: str) -> int | None:
        """Return the goal's value in the answer at hand if that reaches all goals before it."""
        known = self.known()
        if known is None or any(known.values[each] > value for each, value in self.values.items()):
            return None
        return known.values[name]

    def _settle(self, stage: Stage) -> None:
        """Better the answer at hand and the bound until they meet, or time runs out."""
        least = sum(min(cost * self.master.program.highs[place], 0.0) for place, cost in stage.costs.items())
        self.bounds[stage.name] = max(self.floors.get(stage.name, 0), stage.constant + round(least))
        if stage.name == "sessions-added":
            self.bounds[stage.name] = max(self.bounds[stage.name], self._fewest())
        if self._is_settled(stage):
            return
        self._linear(stage)
        for _ in range(ROUNDS):
            if self._is_settled(stage):
                return
            outcome = minimise(self.master.program, stage.costs, self.budget, hint=self._hint())
            self._raise(stage, outcome.bound)
            if outcome.kind not in {"optimal", "feasible"}:
                return
            if self.master.cuts(outcome):
                self.judge(outcome, {})
            elif self.judge(outcome, self.values | {stage.name: stage.constant + round(outcome.value)}):
                return

    def _fewest(self) -> int:
        """Return how many sessions the people covered need at least: plain division by the largest number of seats."""
        covered = len(self.master.waits) - sum(value for name, value in self.values.items() if name != "days-waited")
        options = self.master.problem.options
        fitting = {k for group in self.master.groups for k in group.fits}
        published = sum(options[k].seats for k in fitting if not options[k].added)
        largest = max((options[k].seats for k in fitting if options[k].added), default=1)
        return max(0, -(-(covered - published) // largest))

    def _hint(self) -> Mapping[int, float]:
        known = self.known()
        return known.hint() if known else {}

    def _is_settled(self, stage: Stage) -> bool:
        best = self._leading(stage.name)
        return best is not None and best <= self.bounds[stage.name]

    def _raise(self, stage: Stage, bound: float) -> None:
        found = whole_bound(bound)
        if found is not None:
            self.bounds[stage.name] = max(self.bounds[stage.name], stage.constant + found)

    def _linear(self, stage: Stage) -> None:
        """Cut the linear relaxation until nothing is short."""
        for _ in range(LINEAR_ROUNDS):
            outcome = minimise(self.master.program, stage.costs, self.budget, relaxed=True)
            if outcome.kind != "optimal":
                return
            self._raise(stage, outcome.value)
            if not self.master.cuts(outcome):
                return


def stages_of(master: Master) -> list[Stage]:
    """Return the goals: covers by turn, days waited, sessions added, days of graduation lost, soonest."""
    stages = []
    for turn in sorted({wait.turn for wait in master.problem.waits}):
        costs = {master.covers[group.place]: -1.0 for group in master.groups if group.turn == turn}
        stages.append(Stage(uncovered_name(turn), costs, sum(wait.turn == turn for wait in master.waits)))
    costs = {master.covers[group.place]: -float(group.days) for group in master.groups if group.days}
    stages.append(Stage("days-waited", costs, sum(wait.days for wait in master.waits)))
    stages.append(Stage("sessions-added", dict.fromkeys(master.held.values(), 1.0)))
    if any(wait.loses for wait in master.problem.waits):
        first = {group.place: master.problem.waits[group.members[0]] for group in master.groups}
        lost = {variable: float(first[place].loses.get(k, 0)) for (place, k), variable in master.sits.items()}
        stages.append(Stage("graduation-days-lost", {variable: days for variable, days in lost.items() if days}))
    soonest = {variable: float(master.problem.options[k].day) for k, variable in master.held.items()}
    return [*stages, Stage("soonest", soonest)]


def uncovered_name(turn: int) -> str:
    """Return the name of the goal to cover those of one priority."""
    return "uncovered-rest" if turn == NO_PRIORITY else f"uncovered-{turn}"
