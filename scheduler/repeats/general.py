"""Repeats by one model of all rules: for what the search by cuts does not know. Slower, and right with any rule."""

from collections.abc import Sequence
from dataclasses import replace

from models.formulation.formulate import formulate
from models.formulation.learner_variables import LearnerVariables
from models.goal import Expression, Goal
from models.goals import all_goals
from models.goals.uncovered import of_priority
from models.programme.instance import Instance
from models.programme.plan import Plan
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.repeats.cover import Cover
from scheduler.repeats.incumbent import order_of, value_of
from scheduler.repeats.judged import with_candidates
from scheduler.repeats.law import law
from scheduler.repeats.limits import limit_rules_of
from scheduler.repeats.problem import Problem
from scheduler.repeats.question import Point
from scheduler.repeats.seating import Seating
from scheduler.solve.lexicographic import Tell, minimise


def cover_by_all_rules(
    problem: Problem, budget: Budget, tell: Tell | None = None, *, goals: int | None = None
) -> Cover:
    """Find which repeats to hold for whom under every rule, in order of the goals, or of the first few of them."""
    names = order_of(problem)[:goals]
    instance = with_candidates(problem, [option.offering for option in problem.options if option.added])
    formulation = formulate(instance, sorted(problem.waits_of), rules=law(limit_rules_of(problem)), certain=True)
    stages = [[_goal(problem, name)] for name in names]
    solved = minimise(formulation, stages, Settings(), budget, tell=tell)
    plan = formulation.plan(solved.values) if solved.values else Plan()
    found = Cover(names=tuple(names), bounds=dict(solved.bounds))
    place = {option.offering.id: option.place for option in problem.options}
    seated = _newly_seated(instance, plan)
    seats = {wait.place: seated.get((wait.row.learner, wait.row.component)) for wait in problem.waits}
    found.seats = {wait: place[each] for wait, each in seats.items() if each in place}
    used = set(found.seats.values())
    held = {place[each.offering]: each for each in plan.held if place[each.offering] in used}
    found.held = {k: each.trainer for k, each in held.items()}
    found.beside = {k: each.beside for k, each in held.items() if each.beside}
    values = value_of(problem, problem.waits, found.held, Seating(found.seats))
    found.values = {name: values[name] for name in names}
    return found


def _newly_seated(instance: Instance, plan: Plan) -> dict[tuple[str, str], str]:
    """Return where each learner newly sits for each component, beside what is booked already."""
    found: dict[tuple[str, str], str] = {}
    for path in plan.paths:
        stood = {each.offering for each in instance.initial_state[path.learner].bookings}
        found |= {(path.learner, instance.offering[each].component): each for each in path.offerings - stood}
    return found


def curve_by_all_rules(problem: Problem, cover: Cover, budget: Budget) -> tuple[Point, ...]:
    """Return how many waits so many added sessions cover, up to the proposal; fewer points where time runs out."""
    points: list[Point] = []
    waits = len(problem.waits)
    turns = sum(name.startswith("uncovered") for name in order_of(problem))
    for sessions in range(len(cover.held)):
        if turns > 1 or budget.is_over:
            break
        found = cover_by_all_rules(replace(problem, most_sessions=sessions), budget, goals=1)
        least = min(found.bounds.values(), default=0)
        points.append(Point(sessions=sessions, covered=len(found.seats), bound=waits - least))
    whole = len(cover.seats)
    proved = turns == 1 and cover.bounds.get(cover.names[0]) == cover.values[cover.names[0]]
    return (*points, Point(sessions=len(cover.held), covered=whole, bound=whole if proved else waits))


def _goal(problem: Problem, name: str) -> Goal:
    if name == "graduation-days-lost":
        return _days_lost(problem)
    if not name.startswith("uncovered-"):
        return all_goals()[name]
    turn = name.removeprefix("uncovered-")
    return of_priority(None if turn == "rest" else int(turn))


def _days_lost(problem: Problem) -> Goal:
    """Return the goal to lose few days of graduation by the seats; a day is lost as the problem says."""
    lost = {
        (wait.row.learner, problem.options[k].offering.id): days
        for wait in problem.waits
        for k, days in wait.loses.items()
    }

    def value(_instance: Instance, plan: Plan) -> int:
        return sum(lost.get((path.learner, each), 0) for path in plan.paths for each in path.offerings)

    def expression(everyone: Sequence[LearnerVariables]) -> Expression:
        return Expression(
            [
                (lost[choices.learner.id, run.offering.id], run.book)
                for choices in everyone
                for run in choices.all_open_runs()
                if (choices.learner.id, run.offering.id) in lost
            ]
        )

    return Goal(
        name="graduation-days-lost", sentence="Few days of graduation are lost.", value=value, expression=expression
    )
