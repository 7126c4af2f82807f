"""Goals about waiting: how many learners, and who the longest, graduate later than if nobody else took another seat."""

from collections.abc import Mapping, Sequence
from datetime import date

from models.formulation.completion_day import finish_day
from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.goal import Expression, Goal
from models.judging.completion import graduation_of
from models.programme.instance import Instance
from models.programme.plan import Path, Plan

Alone = Mapping[str, date]
"""By learner: the day of graduation if nobody else took another seat; only learners who have one are looked at."""


def delay(instance: Instance, path: Path, alone: Alone) -> int | None:
    """Return how many days later than alone a path graduates, never below 0; None if it does not graduate."""
    day = graduation_of(instance, path) if path.graduates else None
    return None if day is None else max(0, (day - alone[path.learner]).days)


def delayed(alone: Alone, days: int) -> Goal:
    """Return the goal that few graduate more than so many days later than alone, or not at all."""

    def value(instance: Instance, plan: Plan) -> int:
        waits = [delay(instance, path, alone) for path in plan.paths if path.learner in alone]
        return sum(wait is None or wait > days for wait in waits)

    def expression(everyone: Sequence[LearnerVariables]) -> Expression:
        total = Expression()
        for choices in everyone:
            if choices.learner.id in alone:
                late = choices.model.literal("delayed", choices.learner.id, str(days))
                last = alone[choices.learner.id].toordinal() + days
                Poster(choices.model).require([(1, finish_day(choices))], high=last, given=[~late])
                _count_out(choices, late)
                total.terms.append((1, late))
        return total

    return Goal(
        name=f"delayed-over-{days}",
        sentence=f"As few learners as possible graduate more than {days} days later than alone, or not at all.",
        value=value,
        expression=expression,
        unit="learners",
    )


def _count_out(choices: LearnerVariables, late: int) -> None:
    """Count a learner who does not graduate as delayed."""
    if choices.graduates is not None:
        Poster(choices.model).require([(1, choices.graduates), (1, late)], low=1)


def longest_delay(alone: Alone) -> Goal:
    """Return the goal that whoever graduates the most days later than alone waits as few days as possible."""

    def value(instance: Instance, plan: Plan) -> int:
        waits = [delay(instance, path, alone) for path in plan.paths if path.learner in alone]
        return max((wait for wait in waits if wait is not None), default=0)

    def expression(everyone: Sequence[LearnerVariables]) -> Expression:
        asked = [choices for choices in everyone if choices.learner.id in alone]
        if not asked:
            return Expression()
        most = max((choices.horizon - alone[choices.learner.id]).days for choices in asked)
        most += max(sum(task.component.length for task in choices.tasks.values()) for choices in asked)
        longest = asked[0].model.integer(0, max(most, 0), "longest-delay")
        for choices in asked:
            terms = [(1, longest), (-1, finish_day(choices))]
            given = [] if choices.graduates is None else [choices.graduates]
            Poster(choices.model).require(terms, low=-alone[choices.learner.id].toordinal(), given=given)
        return Expression([(1, longest)])

    return Goal(
        name="longest-delay",
        sentence="Whoever waits longest for the seats of others, beyond the day alone, waits as few days as possible.",
        value=value,
        expression=expression,
        unit="days",
    )
