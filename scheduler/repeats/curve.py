"""How many waits so many added sessions cover: 0, 1, 2 … up to the proposal, each with the most that it can be."""

from collections.abc import Iterator
from dataclasses import replace

from scheduler.engines.budget import Budget
from scheduler.repeats.cover import Cover
from scheduler.repeats.cover import cover as covered_by
from scheduler.repeats.demand import NO_PRIORITY
from scheduler.repeats.greedy import greedy
from scheduler.repeats.problem import Problem
from scheduler.repeats.question import Point
from scheduler.repeats.seating import seat


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
    for sessions in range(len(cover.held)):
        if sessions and budget.is_over:
            break
        yield _point(problem, sessions, _quickly(problem, sessions), budget)
    yield _point(problem, len(cover.held), len(cover.seats), budget, at_hand=True)


def _point(problem: Problem, sessions: int, covered: int, budget: Budget, *, at_hand: bool = False) -> Point:
    """Return a point, from so many that are known to be covered; `at_hand` = these are the proposal's and are told as they are.

    Where plain division does not settle it, the search of the proposal itself does, as far as time allows.
    """
    bound = min(sum(bool(wait.fits) for wait in problem.waits), _division(problem, sessions))
    if covered < bound and not budget.is_over:
        found, most = most_covered(replace(problem, most_sessions=sessions), budget)
        bound = min(bound, most)
        covered = covered if at_hand else max(covered, len(found.seats))
    return Point(sessions=sessions, covered=covered, bound=max(bound, covered))


def _quickly(problem: Problem, sessions: int) -> int:
    """Return how many a greedy plan covers; none where sessions need so many people that it may fall short of them."""
    if problem.least_attendance:
        return 0
    held = greedy(problem, problem.waits, sessions)
    published = frozenset(option.place for option in problem.options if not option.added)
    seating = seat(problem, problem.waits, published | frozenset(held), Budget())
    return len(seating.seats) if seating else 0


def _division(problem: Problem, sessions: int) -> int:
    """Return the seats of all published offerings and of the largest candidates."""
    published = sum(option.seats for option in problem.options if not option.added)
    largest = sorted((option.seats for option in problem.options if option.added), reverse=True)
    return published + sum(largest[:sessions])


def most_covered(problem: Problem, budget: Budget) -> tuple[Cover, int]:
    """Find as many waits as can be met, whoever has priority; return what is held for them, and the most that can be met."""
    alike = tuple(replace(wait, turn=NO_PRIORITY, days=0, loses={}) for wait in problem.waits)
    found = covered_by(replace(problem, waits=alike), budget, goals=1)
    least = min(found.bounds.values(), default=0)
    return found, len(problem.waits) - least
