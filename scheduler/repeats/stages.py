"""The goals of the master in order, each solved by cutting: linear first, then whole, until everybody covered has a seat."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scheduler.repeats.master import Master, Stage
from scheduler.repeats.milp import Outcome, minimise, whole_bound
from scheduler.solve.budget import Budget

LINEAR_ROUNDS = 40
ROUNDS = 200


@dataclass(slots=True)
class Solved:
    """What the master found: the last whole outcome, a proved bound for each goal reached, and whether all are proved."""

    outcome: Outcome | None = None
    bounds: dict[str, int] = field(default_factory=dict)
    values: dict[str, int] = field(default_factory=dict)
    proved: bool = True


def stages_of(master: Master) -> list[Stage]:
    """Return the goals: covers by turn, days waited, sessions added, days of graduation lost, soonest."""
    stages = []
    for turn in sorted({wait.turn for wait in master.problem.waits}):
        costs = {master.covers[group.place]: -1.0 for group in master.groups if group.turn == turn}
        stages.append(Stage(uncovered_name(turn), costs, sum(wait.turn == turn for wait in master.waits)))
    costs = {master.covers[group.place]: -float(group.days) for group in master.groups if group.days}
    stages.append(Stage("days-waited", costs, sum(wait.days for wait in master.waits)))
    stages.append(Stage("sessions-added", dict.fromkeys(master.held.values(), 1.0)))
    lost = {
        variable: float(days)
        for (place, k), variable in master.sits.items()
        if (days := master.problem.waits[master.members[place]].loses.get(k, 0))
    }
    if any(wait.loses for wait in master.problem.waits):
        stages.append(Stage("graduation-days-lost", lost))
    soonest = {variable: float(master.problem.options[k].day) for k, variable in master.held.items()}
    return [*stages, Stage("soonest", soonest)]


def uncovered_name(turn: int) -> str:
    """Return the name of the goal to cover those of one priority."""
    return "uncovered-rest" if turn == 1 << 30 else f"uncovered-{turn}"


def solve(master: Master, budget: Budget, known: Mapping[str, int], floors: Mapping[str, int]) -> Solved:
    """Minimise the goals in order. `known` = values of a plan at hand, `floors` = bounds proved elsewhere."""
    solved = Solved()
    leads = True
    for stage in stages_of(master):
        floor = max(floors.get(stage.name, 0), _least(master, stage))
        best = known.get(stage.name) if leads else None
        if not stage.costs:
            solved.bounds[stage.name] = solved.values[stage.name] = stage.constant
            continue
        if best is not None and best <= floor:
            _take_known(solved, master, stage, best)
            continue
        outcome, bound = _solve_stage(master, stage, budget, floor, best)
        solved.bounds[stage.name] = max(bound, floor)
        if outcome is None:
            if best is not None and best <= solved.bounds[stage.name]:
                _take_known(solved, master, stage, best)
                continue
            solved.proved = False
            return solved
        solved.outcome = outcome
        value = stage.constant + round(outcome.value)
        solved.values[stage.name] = value
        leads = leads and best == value
        if value > solved.bounds[stage.name]:
            solved.proved = False
            return solved
        _keep(master, stage, value)
    return solved


def _take_known(solved: Solved, master: Master, stage: Stage, best: int) -> None:
    """Hold a goal at the value of the plan at hand, which meets its bound."""
    solved.outcome = None
    solved.bounds[stage.name] = solved.values[stage.name] = best
    _keep(master, stage, best)


def _least(master: Master, stage: Stage) -> int:
    """Return the least value that the variables' own bounds allow."""
    least = sum(min(cost * master.program.highs[place], 0.0) for place, cost in stage.costs.items())
    return stage.constant + round(least)


def _keep(master: Master, stage: Stage, value: int) -> None:
    """Hold a goal at the value found."""
    master.program.require([(cost, place) for place, cost in stage.costs.items()], high=value - stage.constant + 1e-5)


def _solve_stage(
    master: Master, stage: Stage, budget: Budget, floor: int, best: int | None
) -> tuple[Outcome | None, int]:
    """Return an outcome in which everybody covered has a seat, or None, and a bound."""
    bound = _linear(master, stage, budget, floor)
    if best is not None and best <= bound:
        return None, bound
    for _ in range(ROUNDS):
        outcome = minimise(master.program, stage.costs, budget)
        found = whole_bound(outcome.bound)
        bound = max(bound, floor if found is None else stage.constant + found)
        if outcome.kind not in {"optimal", "feasible"}:
            return None, bound
        if not master.cuts(outcome):
            return outcome, bound
        if outcome.kind == "feasible":
            return None, bound
    return None, bound


def _linear(master: Master, stage: Stage, budget: Budget, floor: int) -> int:
    """Cut the linear relaxation until nothing is short, and return its bound."""
    bound = floor
    for _ in range(LINEAR_ROUNDS):
        outcome = minimise(master.program, stage.costs, budget, relaxed=True)
        if outcome.kind != "optimal":
            return bound
        found = whole_bound(outcome.value)
        bound = max(bound, floor if found is None else stage.constant + found)
        if not master.cuts(outcome):
            return bound
    return bound


def goal_order(problem_turns: Sequence[int], *, for_graduation: bool) -> list[str]:
    """Return the names of all goals in order."""
    lost = ["graduation-days-lost"] if for_graduation else []
    return [
        *(uncovered_name(turn) for turn in sorted(set(problem_turns))),
        "days-waited",
        "sessions-added",
        *lost,
        "soonest",
    ]
