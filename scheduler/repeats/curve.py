"""How many waits so many added sessions cover: 1, 2, 3 … up to the proposal, each with a bound."""

from collections.abc import Iterator
from dataclasses import replace

from scheduler.engines.budget import Budget
from scheduler.repeats.cover import Cover
from scheduler.repeats.greedy import greedy
from scheduler.repeats.master import Master
from scheduler.repeats.milp import minimise, whole_bound
from scheduler.repeats.problem import Problem
from scheduler.repeats.question import Point
from scheduler.repeats.seating import seat

ROUNDS = 25


def curve_of(problem: Problem, cover: Cover, budget: Budget) -> tuple[Point, ...]:
    """Return a point for no added session, then for each number up to that of the proposal; fewer where time runs out."""
    points: list[Point] = []
    for point in _points(problem, cover, budget):
        least = points[-1].covered if points else 0
        points.append(replace(point, covered=max(point.covered, least)))
    for place in range(len(points) - 2, -1, -1):
        points[place] = replace(points[place], bound=min(points[place].bound, points[place + 1].bound))
    return tuple(points)


def _points(problem: Problem, cover: Cover, budget: Budget) -> Iterator[Point]:
    fitting = sum(bool(wait.fits) for wait in problem.waits)
    free = replace(problem, least_attendance=None)
    for sessions in range(len(cover.held)):
        if sessions and budget.is_over:
            break
        held = greedy(free, problem.waits, sessions)
        published = frozenset(option.place for option in problem.options if not option.added)
        seating = seat(free, problem.waits, published | frozenset(held), Budget())
        covered = len(seating.seats) if seating else 0
        bound = min(fitting, _division(problem, sessions))
        if covered < bound and not budget.is_over:
            covered, bound = _exactly(problem, sessions, covered, bound, budget)
        yield Point(sessions=sessions, covered=covered, bound=bound)
    whole = len(cover.seats)
    names = [name for name in cover.names if name.startswith("uncovered")]
    one_class = len(names) == 1 and cover.bounds.get(names[0]) == cover.values[names[0]]
    yield Point(sessions=len(cover.held), covered=whole, bound=whole if one_class else fitting)


def _division(problem: Problem, sessions: int) -> int:
    """Return the seats of all published offerings and of the largest candidates."""
    published = sum(option.seats for option in problem.options if not option.added)
    largest = sorted((option.seats for option in problem.options if option.added), reverse=True)
    return published + sum(largest[:sessions])


def _exactly(problem: Problem, sessions: int, covered: int, bound: int, budget: Budget) -> tuple[int, int]:
    """Better both the number and its bound by the master, as far as time allows."""
    usable = frozenset(k for wait in problem.waits for k in wait.fits)
    alone = frozenset(wait.place for wait in problem.waits if wait.row.learner in problem.tangled)
    master = Master(problem, problem.waits, usable, alone=alone, most=sessions)
    costs = dict.fromkeys(master.covers.values(), -1.0)
    relaxed = True
    for _ in range(ROUNDS):
        outcome = minimise(master.program, costs, budget, relaxed=relaxed)
        found = whole_bound(outcome.bound)
        if outcome.kind not in {"optimal", "feasible"} or found is None:
            break
        bound = min(bound, -found)
        if covered >= bound:
            break
        if not master.cuts(outcome):
            if not relaxed:
                published = frozenset(option.place for option in problem.options if not option.added)
                held = published | frozenset(master.chosen(outcome))
                seating = seat(replace(problem, least_attendance=None), problem.waits, held, Budget())
                covered = max(covered, len(seating.seats) if seating else 0)
                break
            relaxed = False
    return covered, bound
