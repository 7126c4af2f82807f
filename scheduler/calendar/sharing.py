"""Everybody's paths on one calendar, seats and places shared: one learner after the other at first, then all together."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from models.goals import all_goals
from models.judging.violations import violations
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.plan import Path
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.solve.answers import Answers, answer_alone, answers_jointly
from scheduler.solve.initial_state import standing_path, union
from scheduler.solve.result import GoalReport, LearnerAnswer, Result
from scheduler.solve.verify import verify

GOALS = ("not-graduating", "graduation")


def shared(instance: Instance, alone: Answers, budget: Budget) -> Answers:
    """Return the best joint plan that is found within a budget, from what each could do alone; never worse than taking turns."""
    plan = union([path_of(instance, each) for each in alone.of.values()])
    if not violations(instance, plan):
        return alone
    turns = in_turns(instance, alone)
    if turns.proved or budget.is_over:
        return turns
    found = answers_jointly(instance, alone, budget=budget)
    return found if found.proved or value_of(found) < value_of(turns) else turns


def in_turns(instance: Instance, alone: Answers) -> Answers:
    """Give everybody the best path that is left, those first who could graduate first; proved only if nobody has to yield."""
    taken: Counter[tuple[str, str | None]] = Counter()
    found: dict[str, LearnerAnswer] = {}
    left = instance
    order = sorted(alone.of.values(), key=lambda each: (each.graduation is None, each.graduation, each.learner))
    for answer in order:
        name = answer.learner
        if answer.graduation is not None and violations(left, union([path_of(instance, answer)])):
            answer, _ = answer_alone(left, name)  # noqa: PLW2901 - the path that is left instead of the own best one
        found[name] = answer
        news = _news(instance, path_of(instance, answer))
        if news:
            taken.update(news)
            left = _less(instance, taken)
    whole = Answers(of={name: found[name] for name in alone.of})
    return replace(whole, proved=alone.proved and value_of(whole) == value_of(alone))


def value_of(answers: Answers) -> tuple[int, int]:
    """Return how many do not graduate, and the sum of the others' days as numbers."""
    days = [each.graduation for each in answers.of.values()]
    return sum(day is None for day in days), sum(day.toordinal() for day in days if day is not None)


def path_of(instance: Instance, answer: LearnerAnswer) -> Path:
    """Return an answer's path, what is booked anyway where there is none."""
    return answer.path or standing_path(instance, answer.learner)


def _news(instance: Instance, path: Path) -> list[tuple[str, str | None]]:
    """Return the seats and places that a path newly takes."""
    before = {booking.offering: booking.role for booking in standing_path(instance, path.learner).bookings}
    seats = [(booking.offering, None) for booking in path.bookings if booking.offering not in before]
    roles = [
        (booking.offering, booking.role)
        for booking in path.bookings
        if booking.role is not None and before.get(booking.offering) != booking.role
    ]
    return [*seats, *roles]


def _less(instance: Instance, taken: Mapping[tuple[str, str | None], int]) -> Instance:
    """Return an instance in which some seats and places are gone."""
    touched = {offering for offering, _ in taken}
    offerings = tuple(_fuller(run, taken) if run.id in touched else run for run in instance.offerings)
    return replace(instance, offerings=offerings)


def _fuller(run: Offering, taken: Mapping[tuple[str, str | None], int]) -> Offering:
    roles = tuple((role, max(0, places - taken.get((run.id, role), 0))) for role, places in run.roles)
    return replace(run, taken=run.taken + taken.get((run.id, None), 0), roles=roles)


def as_result(instance: Instance, answers: Answers, seconds: float) -> Result:
    """Return everybody's paths as the answer to `path` is made of them, verified; raise DefectError where a rule is broken."""
    plan = union([path_of(instance, each) for each in answers.of.values()])
    values = verify(instance, plan, [all_goals()[name] for name in GOALS], {})
    return Result(
        instance=instance,
        status="optimal" if answers.proved else "feasible",
        reason="proved optimal" if answers.proved else "stopped before proof: a better plan may exist",
        goals=tuple(
            GoalReport(name=name, value=values[name], bound=values[name] if answers.proved else None) for name in GOALS
        ),
        plan=plan,
        learners=tuple(answers.of[name] for name in sorted(answers.of)),
        settings=Settings(),
        seconds=seconds,
    )
