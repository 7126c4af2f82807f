"""Which repeats to hold: a greedy plan, bounds, and the exact master for each part that shares neither trainers nor people."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from scheduler.engines.budget import Budget
from scheduler.engines.highs import LinearOutcome
from scheduler.repeats.greedy import Held, able, fresh, greedy, teach
from scheduler.repeats.master import Master
from scheduler.repeats.parts import parts_of
from scheduler.repeats.problem import Problem, Wait
from scheduler.repeats.seating import Seating, seat
from scheduler.repeats.staff import Calendar
from scheduler.repeats.stages import Known, Ladder, uncovered_name
from scheduler.repeats.written import require_attendance, write_out

LARGE = 6_000
"""Candidates beyond which the components are first solved one by one."""

Tell = Callable[[str, float, float], None]


@dataclass(frozen=True, slots=True)
class CoverAnswer:
    """What is held and who sits where, with the goals' values."""

    held: Held
    seating: Seating
    values: Mapping[str, int]


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
        trusted = True
        for name in names:
            whole.values[name] += answer.values.get(name, 0)
            if trusted and name in bounds and name in whole.bounds:
                whole.bounds[name] += bounds[name]
            else:
                whole.bounds.pop(name, None)
            trusted = trusted and bounds.get(name) == answer.values.get(name, 0)
            if tell:
                tell(name, whole.values[name], whole.bounds.get(name, 0))
    return whole


def order_of(problem: Problem) -> list[str]:
    """Return the goals' names in order."""
    lost = ["graduation-days-lost"] if any(wait.loses for wait in problem.waits) else []
    turns = sorted({wait.turn for wait in problem.waits})
    return [*(uncovered_name(turn) for turn in turns), "days-waited", "sessions-added", *lost, "soonest"]


def value_of(problem: Problem, waits: Sequence[Wait], held: Held, seating: Seating) -> dict[str, int]:
    """Return the goals' values of an answer."""
    left = seating.uncovered(waits)
    values = dict.fromkeys(order_of(problem), 0)
    for wait in left:
        values[uncovered_name(wait.turn)] += 1
    values["days-waited"] = sum(wait.days for wait in left)
    values["sessions-added"] = len(held)
    values["soonest"] = sum(problem.options[k].day for k in held)
    if "graduation-days-lost" in values:
        lost = (wait.loses.get(seating.seats[wait.place], 0) for wait in waits if wait.place in seating.seats)
        values["graduation-days-lost"] = sum(lost)
    return values


def _key(answer: CoverAnswer) -> tuple[int, ...]:
    return tuple(answer.values.values())


def _seated(problem: Problem, waits: Sequence[Wait], held: Held, budget: Budget) -> CoverAnswer | None:
    """Seat people in what is held, and give up what nobody sits in."""
    published = frozenset(k for wait in waits for k in wait.fits if not problem.options[k].added)
    seating = seat(problem, waits, published | frozenset(held), budget)
    if seating is None:
        return None
    used = set(seating.seats.values())
    held = {k: trainer for k, trainer in held.items() if k in used}
    return CoverAnswer(held, seating, value_of(problem, waits, held, seating))


def _solve_part(
    problem: Problem, waits: Sequence[Wait], budget: Budget, goals: int | None = None
) -> tuple[CoverAnswer, dict[str, int]]:
    """Return the best answer for some waits, and bounds of its goals."""
    unlimited = Budget()
    answer = _seated(problem, waits, greedy(problem, waits, problem.most_sessions), unlimited)
    best = answer or _nothing(problem, waits, unlimited)
    usable = frozenset(k for wait in waits for k in wait.fits)
    size = sum(problem.options[k].added for k in usable)
    floors: dict[str, int] = {}
    if size > LARGE and problem.most_sessions is None and not problem.least_attendance:
        best, floors = _one_by_one(problem, waits, budget, best)
        if all(floors.get(name) == value for name, value in best.values.items()) or size > 3 * LARGE:
            return best, floors
    return _jointly(problem, waits, budget, best, floors, goals)


def _nothing(problem: Problem, waits: Sequence[Wait], budget: Budget) -> CoverAnswer:
    """Return the answer that adds no session."""
    answer = _seated(problem, waits, {}, budget)
    if answer is None:
        seating = Seating({})
        return CoverAnswer({}, seating, value_of(problem, waits, {}, seating))
    return answer


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
    return climb.best, _trusted(ladder.bounds, climb.best)


@dataclass
class IncumbentTracker:
    """The best answer so far while a master is solved."""

    master: Master
    best: CoverAnswer

    def known(self) -> Known:
        """Return the best answer as the ladder sees it."""
        return Known(self.best.values, lambda: self.master.hint(self.best.held, self.best.seating.seats))

    def judge(self, outcome: LinearOutcome, wanted: Mapping[str, int]) -> bool:
        """Seat people in what is held; write out the seats of those who should have one and do not get it."""
        master = self.master
        found = _seated(master.problem, master.waits, master.chosen(outcome), Budget())
        if found is None:
            return True
        self.best = min(self.best, found, key=_key)
        if all(found.values[name] <= value for name, value in wanted.items()):
            return True
        left = {wait.row.learner for wait in found.seating.uncovered(master.waits)} & master.problem.tangled
        people = [w.place for name in sorted(left) for w in master.problem.waits_of[name]]
        return not (write_out(master, people) or write_out(master, sorted(master.alone)))


def _trusted(bounds: Mapping[str, int], best: CoverAnswer) -> dict[str, int]:
    """Keep the bounds up to the first goal that does not meet its own: later ones rest on it."""
    kept: dict[str, int] = {}
    for name, value in best.values.items():
        if name not in bounds:
            break
        kept[name] = bounds[name]
        if bounds[name] != value:
            break
    return kept


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
    found = _seated(problem, waits, held, Budget())
    best = min(filter(None, (best, found)), key=_key)
    return best, _trusted(total, best)


def _component(problem: Problem, waits: Sequence[Wait], budget: Budget) -> tuple[Held, dict[str, int]]:
    """Return what one component would hold, and bounds."""
    usable = frozenset(
        k
        for k in {k for wait in waits for k in wait.fits}
        if not problem.options[k].trainers or able(problem.options[k], problem.calendars) is not None
    )
    first = _seated(problem, waits, greedy(problem, waits, None), Budget()) or _nothing(problem, waits, Budget())
    climb = IncumbentTracker(Master(problem, waits, usable), first)
    ladder = Ladder(climb.master, budget, climb.known, climb.judge)
    ladder.climb()
    return climb.best.held, _trusted(ladder.bounds, climb.best)


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
