"""The busiest week of each learner is as light as possible."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster, Term
from models.goal import Expression, Goal
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.plan import Path, Plan
from models.programme.time import local, monday_of


def value(instance: Instance, plan: Plan) -> int:
    """Add up the minutes of each learner's busiest week."""
    return sum(heaviest_week(instance, path)[1] for path in plan.paths if path.graduates)


def heaviest_week(instance: Instance, path: Path) -> tuple[date | None, int]:
    """Return the Monday and the minutes of a path's busiest week."""
    minutes: dict[date, int] = {}
    for booking in path.bookings:
        for monday, load in week_loads(instance.offering[booking.offering]):
            minutes[monday] = minutes.get(monday, 0) + load
    busiest = min(minutes, key=lambda monday: (-minutes[monday], monday), default=None)
    return busiest, minutes[busiest] if busiest else 0


def week_loads(offering: Offering) -> Iterator[tuple[date, int]]:
    """Yield the Mondays of an offering's weeks with its minutes: the stated weekly hours, else those of the live sessions."""
    monday = monday_of(offering.start)
    days = [local(session.start, offering.zone).date() for session in offering.sessions]
    while monday <= offering.end:
        if offering.weekly_minutes is not None:
            yield monday, offering.weekly_minutes
        else:
            inside = (s for s, day in zip(offering.sessions, days, strict=True) if 0 <= (day - monday).days < 7)  # noqa: PLR2004 - days of a week
            yield monday, sum(session.minutes or 0 for session in inside)
        monday += timedelta(days=7)


def expression(everyone: Sequence[LearnerVariables]) -> Expression:
    """Bound the busiest week from below by every week; of a learner who does not graduate it counts as none."""
    total = Expression()
    for choices in everyone:
        weeks: dict[date, list[Term]] = {}
        for run in choices.all_open_runs():
            for monday, load in week_loads(run.offering):
                if load:
                    weeks.setdefault(monday, []).append((load, run.book))
        most = max((sum(load for load, _ in terms) for terms in weeks.values()), default=0)
        busiest = choices.model.integer(0, most, "heaviest-week", choices.learner.id)
        poster = Poster(choices.model, () if choices.graduates is None else (choices.graduates,))
        for terms in weeks.values():
            poster.require([(1, busiest), *((-load, literal) for load, literal in terms)], low=0)
        total.terms.append((1, busiest))
    return total


GOAL = Goal(
    name="heaviest-week",
    sentence="The busiest week of each learner is as light as possible.",
    value=value,
    expression=expression,
    unit="minutes",
)
