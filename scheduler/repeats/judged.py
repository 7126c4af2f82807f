"""The proposal as an instance and a plan, judged by every rule and valued anew before anybody sees it."""

from collections.abc import Sequence
from dataclasses import replace

from models.formulation.held_variables import held_by
from models.goals import all_goals
from models.goals.uncovered import of_priority
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.plan import Booking, Path, Plan
from scheduler.repeats.cover import Cover
from scheduler.repeats.law import newly_broken
from scheduler.repeats.limits import limit_rules_of
from scheduler.repeats.lost import relost
from scheduler.repeats.problem import Problem
from scheduler.solve.initial_state import standing_path
from scheduler.solve.verify import DefectError


def proposed(problem: Problem, cover: Cover) -> tuple[Instance, Plan]:
    """Return the instance with what is held as candidates, and the plan that holds and books it."""
    instance = with_candidates(problem, [problem.options[k].offering for k in cover.held])
    held = tuple(sorted(held_by(problem.options[k].offering.id, cover.trainers_of(k)) for k in cover.held))
    return instance, Plan(paths=_paths(problem, cover), held=held)


def with_candidates(problem: Problem, runs: Sequence[Offering]) -> Instance:
    """Return the instance with some runs as candidates."""
    added = (replace(run, status="candidate") for run in runs)
    return replace(
        problem.instance, offerings=tuple(sorted((*problem.instance.offerings, *added), key=lambda run: run.id))
    )


def _paths(problem: Problem, cover: Cover) -> tuple[Path, ...]:
    paths = []
    for name, waits in sorted(problem.waits_of.items()):
        standing = standing_path(problem.instance, name, graduates=True)
        news = [
            Booking(offering=problem.options[cover.seats[wait.place]].offering.id)
            for wait in waits
            if wait.place in cover.seats
        ]
        bookings = tuple(sorted((*standing.bookings, *news), key=lambda booking: booking.offering))
        paths.append(Path(learner=name, bookings=bookings, tasks=standing.tasks))
    return tuple(paths)


def is_broken(problem: Problem, cover: Cover) -> bool:
    """Say whether a proposal breaks a rule: one that its search does not know, or there is a defect."""
    return bool(newly_broken(*proposed(problem, cover), limit_rules_of(problem)))


def verified(problem: Problem, cover: Cover, *, lost_anew: bool = False) -> tuple[Instance, Plan]:
    """Return the proposal; raise DefectError if it breaks a rule or is not worth what is claimed.

    `lost_anew` = the days of graduation lost are planned anew, too.
    """
    instance, plan = proposed(problem, cover)
    broken = newly_broken(instance, plan, limit_rules_of(problem))
    if broken:
        first = broken[0]
        raise DefectError(f"the proposal breaks the rule {first.rule}: {first.sentence} ({len(broken)} violations)")
    for name, claimed in cover.values.items():
        value = _value(name, instance, plan)
        if name == "graduation-days-lost" and lost_anew:
            value = relost(problem.instance, _seats(problem, cover))
        if value is not None and value != claimed:
            raise DefectError(f"the goal {name} is {value} in the proposal, and the search said {claimed}")
    return instance, plan


def _seats(problem: Problem, cover: Cover) -> dict[tuple[str, str], Offering]:
    rows = ((problem.waits[place].row, k) for place, k in cover.seats.items())
    return {(row.learner, row.component): problem.options[k].offering for row, k in rows}


def _value(name: str, instance: Instance, plan: Plan) -> int | None:
    """Return a goal's value as its own file reads it; None for the days of graduation lost, which no plan shows."""
    if name.startswith("uncovered-"):
        turn = name.removeprefix("uncovered-")
        priority = None if turn == "rest" else int(turn)
        return of_priority(priority).value(instance, plan)
    goal = all_goals().get(name)
    return goal.value(instance, plan) if goal else None
