"""A learner takes a role in an event only after having attended one before."""

from collections.abc import Sequence

from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.goal import Expression, Goal
from models.judging.activities import activities_of
from models.programme.instance import Instance
from models.programme.plan import Plan


def value(instance: Instance, plan: Plan) -> int:
    """Count new roles of learners who have attended no earlier offering of the component."""
    total = 0
    for path in plan.paths:
        kept = instance.initial_state[path.learner].bookings
        activities = activities_of(instance, path)
        for booking in path.bookings:
            run = instance.offering[booking.offering]
            if booking.role is not None and booking not in kept:
                earlier = (one for one in activities if one.component == run.component and one.last < run.start)
                total += not any(True for _ in earlier)
    return total


def expression(everyone: Sequence[LearnerVariables]) -> Expression:
    """Charge each new role that no booked offering of the component precedes."""
    terms = []
    for choices in everyone:
        definition = Poster(choices.model)
        for code in choices.runs:
            if choices.done(code):
                continue
            runs = [run for run in choices.open_runs(code) if run.plays]
            for run in runs:
                held = choices.kept[run.offering.id].role if run.kept else None
                new = [plays for role, plays in run.plays.items() if role != held and choices.model.is_open(plays)]
                if not new:
                    continue
                earlier = [(1, one.book) for one in choices.open_runs(code) if one.last_day < run.first_day]
                debut = choices.model.literal("debut", choices.learner.id, run.offering.id)
                definition.require([(1, debut), *earlier, *((-1, plays) for plays in new)], low=0)
                terms.append((1, debut))
    return Expression(terms)


GOAL = Goal(
    name="debuts",
    sentence="A role in an event is taken, if possible, after having attended one before.",
    value=value,
    expression=expression,
    unit="roles at a first attendance",
)
