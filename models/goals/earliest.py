"""Every step comes as early as possible; a fixed small weight decides between equal days, so that the answer is one."""

from collections.abc import Mapping, Sequence

from models.formulation.learner_variables import LearnerVariables, TaskVariables
from models.goal import Expression, Goal
from models.programme.edition import Edition
from models.programme.instance import Instance
from models.programme.plan import Plan

DAY = 1024
"""Parts of a day: the ties are broken by less than one day."""

WORD = (1 << 64) - 1


def weights(instance: Instance, edition: Edition) -> Mapping[str, int]:
    """Return the weight of each offering: the days from the planning day to its end, in parts, plus its tie-break."""
    return instance.once(f"weights of {edition.id}", lambda: _weights(instance, edition))


def _weights(instance: Instance, edition: Edition) -> dict[str, int]:
    found: dict[str, int] = {}
    today = instance.as_of.toordinal()
    for code, runs in instance.offerings_of.items():
        place = edition.position.get(code)
        twins: dict[tuple[int, int], int] = {}
        for run in runs:
            first, last = run.start.toordinal() - today, run.end.toordinal() - today
            if place is None or first <= 0:
                found[run.id] = 0
            else:
                twin = twins[first, last] = twins.get((first, last), -1) + 1
                found[run.id] = _weight(last, (place, first, last, twin))
    return found


def _weight(days: int, key: tuple[int, ...]) -> int:
    return max(days, 0) * DAY + _mixed(key) % DAY


def _mixed(key: tuple[int, ...]) -> int:
    """Scatter a few small numbers over a word (the finaliser of SplitMix64)."""
    state = 0x9E3779B97F4A7C15
    for part in key:
        state = state * 65_599 + part
    state &= WORD
    state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & WORD
    state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & WORD
    return state ^ (state >> 31)


def value(instance: Instance, plan: Plan) -> int:
    """Add up the weights of all new bookings, roles and tasks."""
    total = 0
    for path in plan.paths:
        weight = weights(instance, instance.edition_of(path.learner))
        standing = instance.initial_state[path.learner]
        kept = {booking.offering: booking.role for booking in standing.bookings}
        for booking in path.bookings:
            total += weight[booking.offering] * (booking.offering not in kept)
            total += weight[booking.offering] * (
                booking.role is not None and booking.role != kept.get(booking.offering)
            )
        for start in path.tasks:
            if start not in standing.tasks:
                component = instance.edition_of(path.learner).component[start.component]
                total += ((start.day - instance.as_of).days + component.length - 1) * DAY
    return total


def expression(everyone: Sequence[LearnerVariables]) -> Expression:
    """Charge each new booking, role and task its weight."""
    total = Expression()
    for choices in everyone:
        weight = weights(choices.instance, choices.edition)
        for run in choices.all_open_runs():
            own = weight[run.offering.id]
            held = choices.kept[run.offering.id].role if run.kept else None
            total.terms += [] if run.kept else [(own, run.book)]
            total.terms += [(own, literal) for role, literal in run.plays.items() if role != held]
        for task in choices.tasks.values():
            _charge(choices, task, total)
    return total


def _charge(choices: LearnerVariables, task: TaskVariables, total: Expression) -> None:
    """Charge a new task the days to its end: what its start is later than the first day, and the rest if it is done."""
    if task.kept:
        return
    first = choices.model.lows[task.start]
    rest = first - choices.instance.as_of.toordinal() + task.component.length - 1
    total.terms += [(DAY, task.start), (rest * DAY, task.does)]
    total.constant -= first * DAY


GOAL = Goal(
    name="earliest",
    sentence="Every step comes as early as possible (the sum of days from the planning day to the end of each new step).",
    value=value,
    expression=expression,
    unit="days",
    scale=DAY,
)
