"""Everybody's paths on one calendar, seats and places shared: one learner after the other at first, then all together."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from models.goals import all_goals
from models.judging.violations import violations
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.plan import Path, Plan
from models.rules.window import last_day
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.solve.answers import Answers, answer_alone, answers_jointly
from scheduler.solve.initial_state import standing_path, union
from scheduler.solve.paths import planned_in
from scheduler.solve.result import GoalReport, LearnerAnswer, Result
from scheduler.solve.verify import verify

GOALS = ("not-graduating", "graduation")


def shared(instance: Instance, alone: Answers, budget: Budget) -> Answers:
    """Return the best joint plan that is found within a budget, from what each could do alone; never worse than taking turns."""
    if not violations(instance, _plan(instance, alone)):
        return alone
    turns = with_responses(instance, best_turns(instance, alone, budget), alone, budget)
    if turns.proved or budget.is_over:
        return turns
    found = answers_jointly(instance, alone, budget=budget)
    return found if found.proved or value_of(found) < value_of(turns) else turns


ROUNDS = 3
"""So often whoever came off badly in turns is asked sooner."""


def best_turns(instance: Instance, alone: Answers, budget: Budget) -> Answers:
    """Return the best of some rounds of turns: whoever lost much in one comes before the others in the next."""
    urgent: dict[str, int] = {}
    best = here = in_turns(instance, alone, urgent)
    for _ in range(ROUNDS):
        if best.proved or budget.is_over:
            break
        for name, answer in here.of.items():
            own = alone.of[name].graduation
            if own is not None:
                urgent[name] = urgent.get(name, 0) + lateness(own, answer.graduation)
        here = in_turns(instance, alone, urgent)
        if value_of(here) < value_of(best):
            best = here
    return best


def lateness(own: date, given: date | None) -> int:
    """Return by how many days a path is later than the own best one; who has none counts as very late."""
    return NEVER if given is None else (given - own).days


NEVER = 100_000
"""Days that count for nobody graduating."""


def in_turns(instance: Instance, alone: Answers, urgent: Mapping[str, int]) -> Answers:
    """Give everybody the best path that is left; proved only if nobody has to yield.

    First come those with the largest number in `urgent`, then those who could graduate first.
    """
    taken: Counter[tuple[str, str | None]] = Counter()
    found: dict[str, LearnerAnswer] = {}
    left = instance
    order = sorted(
        alone.of.values(),
        key=lambda each: (-urgent.get(each.learner, 0), each.graduation is None, each.graduation, each.learner),
    )
    for answer in order:
        name = answer.learner
        if answer.graduation is not None and violations(left, union([path_of(instance, answer)])):
            answer, _ = answer_alone(left, name)  # noqa: PLW2901 - the path that is left instead of the own best one
        found[name] = answer
        news = news_of(instance, path_of(instance, answer))
        if news:
            taken.update(news)
            left = less(instance, taken)
    whole = Answers(of={name: found[name] for name in alone.of})
    return replace(whole, proved=alone.proved and value_of(whole) == value_of(alone))


def with_responses(instance: Instance, answers: Answers, alone: Answers, budget: Budget) -> Answers:
    """Return paths that are no worse for anybody: who could do better alone is asked again, with the others' places taken."""
    news = {name: Counter(news_of(instance, path_of(instance, each))) for name, each in answers.of.items()}
    taken = sum(news.values(), Counter[tuple[str, str | None]]())
    found = dict(answers.of)
    changed = not answers.proved
    while changed and not budget.is_over:
        changed = False
        for name, answer in sorted(found.items()):
            if budget.is_over or not _is_better(alone.of[name], answer):
                continue
            other, _ = answer_alone(less(instance, taken - news[name]), name, budget=Budget(within=budget))
            if _is_better(other, answer) and other.path is not None:
                found[name], changed = other, True
                taken -= news[name]
                news[name] = Counter(news_of(instance, other.path))
                taken += news[name]
    whole = replace(answers, of=found)
    return (
        whole if value_of(whole) < value_of(answers) and not violations(instance, _plan(instance, whole)) else answers
    )


def _is_better(new: LearnerAnswer, old: LearnerAnswer) -> bool:
    return new.graduation is not None and (old.graduation is None or new.graduation < old.graduation)


def _plan(instance: Instance, answers: Answers) -> Plan:
    return union([path_of(instance, each) for each in answers.of.values()])


def carried_over(instance: Instance, known: Answers) -> Answers | None:
    """Return the same paths as they stand on another calendar; None where one of them uses what is not on it or breaks a rule."""
    if set(known.of) != set(planned_in(instance)):
        return None
    paths = [path_of(instance, each) for each in known.of.values()]
    if not all(run in instance.offering for path in paths for run in path.offerings):
        return None
    if violations(instance, union(paths)):
        return None
    of = {name: replace(each, deadline=last_day(instance, path_of(instance, each))) for name, each in known.of.items()}
    return Answers(of=of, proved=False)


def value_of(answers: Answers) -> tuple[int, int]:
    """Return how many do not graduate, and the sum of the others' days as numbers."""
    days = [each.graduation for each in answers.of.values()]
    return sum(day is None for day in days), sum(day.toordinal() for day in days if day is not None)


def path_of(instance: Instance, answer: LearnerAnswer) -> Path:
    """Return an answer's path, what is booked anyway where there is none."""
    return answer.path or standing_path(instance, answer.learner)


def news_of(instance: Instance, path: Path) -> list[tuple[str, str | None]]:
    """Return the seats and places that a path newly takes."""
    before = {booking.offering: booking.role for booking in standing_path(instance, path.learner).bookings}
    seats = [(booking.offering, None) for booking in path.bookings if booking.offering not in before]
    roles = [
        (booking.offering, booking.role)
        for booking in path.bookings
        if booking.role is not None and before.get(booking.offering) != booking.role
    ]
    return [*seats, *roles]


def less(instance: Instance, taken: Mapping[tuple[str, str | None], int]) -> Instance:
    """Return an instance in which some seats and places are gone."""
    touched = {offering for offering, _ in taken}
    offerings = tuple(_fuller(run, taken) if run.id in touched else run for run in instance.offerings)
    return replace(instance, offerings=offerings)


def _fuller(run: Offering, taken: Mapping[tuple[str, str | None], int]) -> Offering:
    roles = tuple((role, max(0, places - taken.get((run.id, role), 0))) for role, places in run.roles)
    return replace(run, taken=run.taken + taken.get((run.id, None), 0), roles=roles)


def as_result(instance: Instance, answers: Answers, seconds: float) -> Result:
    """Return everybody's paths as the answer to `path` is made of them, verified; raise DefectError where a rule is broken."""
    plan = _plan(instance, answers)
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
