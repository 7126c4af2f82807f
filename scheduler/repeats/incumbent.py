"""The best answer while repeats are covered: who sits in what is held, what that is worth, and the bounds that hold of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scheduler.engines.budget import Budget
from scheduler.engines.highs import LinearOutcome
from scheduler.repeats.greedy import Held
from scheduler.repeats.master import Master
from scheduler.repeats.problem import Problem, Wait
from scheduler.repeats.seating import Seating, seat
from scheduler.repeats.stages import Known, uncovered_name
from scheduler.repeats.written import write_out


@dataclass(frozen=True, slots=True)
class CoverAnswer:
    """What is held and who sits where, with the goals' values."""

    held: Held
    seating: Seating
    values: Mapping[str, int]


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


def key_of(answer: CoverAnswer) -> tuple[int, ...]:
    """Return what answers are compared by: the values of the goals in order."""
    return tuple(answer.values.values())


def seated_in(problem: Problem, waits: Sequence[Wait], held: Held, budget: Budget) -> CoverAnswer | None:
    """Seat people in what is held, and give up what nobody sits in."""
    published = frozenset(k for wait in waits for k in wait.fits if not problem.options[k].added)
    seating = seat(problem, waits, published | frozenset(held), budget)
    if seating is None:
        return None
    used = set(seating.seats.values())
    held = {k: trainer for k, trainer in held.items() if k in used}
    return CoverAnswer(held, seating, value_of(problem, waits, held, seating))


def nothing_added(problem: Problem, waits: Sequence[Wait], budget: Budget) -> CoverAnswer:
    """Return the answer that adds no session."""
    answer = seated_in(problem, waits, {}, budget)
    if answer is None:
        seating = Seating({})
        return CoverAnswer({}, seating, value_of(problem, waits, {}, seating))
    return answer


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
        found = seated_in(master.problem, master.waits, master.chosen(outcome), Budget())
        if found is None:
            return True
        self.best = min(self.best, found, key=key_of)
        if all(found.values[name] <= value for name, value in wanted.items()):
            return True
        left = {wait.row.learner for wait in found.seating.uncovered(master.waits)} & master.problem.tangled
        people = [w.place for name in sorted(left) for w in master.problem.waits_of[name]]
        return not (write_out(master, people) or write_out(master, sorted(master.alone)))


def trusted(bounds: Mapping[str, int], best: CoverAnswer) -> dict[str, int]:
    """Keep the bounds up to the first goal that does not meet its own: later ones rest on it."""
    kept: dict[str, int] = {}
    for name, value in best.values.items():
        if name not in bounds:
            break
        kept[name] = bounds[name]
        if bounds[name] != value:
            break
    return kept
