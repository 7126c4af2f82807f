"""Which repeats to hold: a greedy plan, bounds, and the exact master for each part that shares neither trainers nor people."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from scheduler.engines.budget import Budget
from scheduler.repeats.greedy import Held, able, fresh, greedy, teach
from scheduler.repeats.incumbent import (
    CoverAnswer,
    IncumbentTracker,
    key_of,
    nothing_added,
    order_of,
    seated_in,
    trusted,
)
from scheduler.repeats.master import Master
from scheduler.repeats.parts import parts_of
from scheduler.repeats.problem import Problem, Wait
from scheduler.repeats.staff import Calendar
from scheduler.repeats.stages import Ladder
from scheduler.repeats.written import require_attendance, write_out

LARGE = 6_000
"""Candidates beyond which the components are first solved one by one."""

Tell = Callable[[str, float, float], None]


@dataclass(slots=True)
class Cover:
    """The best answer found and how far it is proved: bounds of the goals in order, as far as they are known.

    `beside` = who teaches an option together with its trainer.
    """

    held: Held = field(default_factory=dict)
    seats: dict[int, int] = field(default_factory=dict)
    values: dict[str, int] = field(default_factory=dict)
    bounds: dict[str, int] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    beside: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def trainers_of(self, k: int) -> tuple[str, ...]:
        """Return everybody who teaches an option that is held."""
        trainer = self.held.get(k)
        return (*((trainer,) if trainer else ()), *self.beside.get(k, ()))

    @property
    def proved(self) -> bool:
        """Say whether every goal meets its bound."""
        return all(self.bounds.get(name) == self.values.get(name) for name in self.names)


def cover(problem: Problem, budget: Budget, tell: Tell | None = None, *, goals: int | None = None) -> Cover:
    """Find which repeats to hold for whom, in order of the goals, or of the first few of them."""
    names = order_of(problem)[:goals]
    whole = Cover(names=tuple(names), values=dict.fromkeys(names, 0), bounds=dict.fromkeys(names, 0))
    for waits in parts_of(problem):
        answer, bounds = _solve_part(problem, waits, budget, goals)
        whole.held |= answer.held
        whole.seats |= answer.seating.seats
        is_trusted = True
        for name in names:
            whole.values[name] += answer.values.get(name, 0)
            if is_trusted and name in bounds and name in whole.bounds:
                whole.bounds[name] += bounds[name]
            else:
                whole.bounds.pop(name, None)
            is_trusted = is_trusted and bounds.get(name) == answer.values.get(name, 0)
            if tell:
                tell(name, whole.values[name], whole.bounds.get(name, 0))
    return whole


def _solve_part(
    problem: Problem, waits: Sequence[Wait], budget: Budget, goals: int | None = None
) -> tuple[CoverAnswer, dict[str, int]]:
    """Return the best answer for some waits, and bounds of its goals."""
    unlimited = Budget()
    answer = seated_in(problem, waits, greedy(problem, waits, problem.most_sessions), unlimited)
    best = answer or nothing_added(problem, waits, unlimited)
    usable = frozenset(k for wait in waits for k in wait.fits)
    size = sum(problem.options[k].added for k in usable)
    floors: dict[str, int] = {}
    if size > LARGE and problem.most_sessions is None and not problem.least_attendance:
        best, floors = _one_by_one(problem, waits, budget, best)
        if all(floors.get(name) == value for name, value in best.values.items()) or size > 3 * LARGE:
            return best, floors
    return _jointly(problem, waits, budget, best, floors, goals)


def _jointly(
    problem: Problem,
    waits: Sequence[Wait],
    budget: Budget,
    best: CoverAnswer,
    floors: Mapping[str, int],
    goals: int | None = None,
) -> tuple[CoverAnswer, dict[str, int]]:
    """Solve the master for all waits at once; write out seats where people's own clashes turn out to matter."""
    usable = frozenset(k for wait in waits for k in wait.fits)
    ordered = {problem.waits[order.wait].row.learner for order in problem.orders}
    alone = frozenset(w.place for w in waits if w.row.learner in problem.tangled or w.loses or problem.least_attendance)
    master = Master(problem, waits, usable, alone=alone, most=problem.most_sessions)
    write_out(master, [w.place for w in waits if problem.least_attendance or w.row.learner in ordered or w.loses])
    if problem.least_attendance:
        require_attendance(master, problem.least_attendance)
    climb = IncumbentTracker(master, best)
    ladder = Ladder(master, budget, climb.known, climb.judge, floors, goals=goals)
    ladder.climb()
    return climb.best, trusted(ladder.bounds, climb.best)


def _one_by_one(
    problem: Problem, waits: Sequence[Wait], budget: Budget, best: CoverAnswer
) -> tuple[CoverAnswer, dict[str, int]]:
    """Solve each component alone: the sum of what each could reach alone is a bound, one after the other is an answer."""
    codes = sorted({wait.row.component for wait in waits})
    calendars = fresh(problem.calendars)
    held: Held = {}
    total: dict[str, int] = dict.fromkeys(best.values, 0)
    for code in codes:
        mine = [wait for wait in waits if wait.row.component == code]
        seconds = None if budget.seconds is None else budget.left / max(1, len(codes) - codes.index(code))
        share = Budget(seconds, within=budget)
        alone, bounds = _component(problem, mine, share)
        for name in list(total):
            total[name] += bounds.get(name, 0)
        if not _enter(problem, alone, calendars):
            left = replace(problem, calendars=calendars)
            alone, _ = _component(left, mine, share)
            _enter(left, alone, calendars)
        held |= alone
    found = seated_in(problem, waits, held, Budget())
    best = min(filter(None, (best, found)), key=key_of)
    return best, trusted(total, best)


def _component(problem: Problem, waits: Sequence[Wait], budget: Budget) -> tuple[Held, dict[str, int]]:
    """Return what one component would hold, and bounds."""
    usable = frozenset(
        k
        for k in {k for wait in waits for k in wait.fits}
        if not problem.options[k].trainers or able(problem.options[k], problem.calendars) is not None
    )
    first = seated_in(problem, waits, greedy(problem, waits, None), Budget()) or nothing_added(problem, waits, Budget())
    climb = IncumbentTracker(Master(problem, waits, usable), first)
    ladder = Ladder(climb.master, budget, climb.known, climb.judge)
    ladder.climb()
    return climb.best.held, trusted(ladder.bounds, climb.best)


def _enter(problem: Problem, held: Held, calendars: dict[str, Calendar]) -> bool:
    """Enter sessions in the trainers' calendars if all are free; say whether they were."""
    trial = fresh(calendars)
    for k, trainer in held.items():
        option = problem.options[k]
        name = trainer
        if option.trainers and (name is None or trial[name].why_not(option.offering.sessions)):
            name = able(option, trial)
            if name is None:
                return False
        teach(option, name, trial)
        held[k] = name
    calendars.update(trial)
    return True
