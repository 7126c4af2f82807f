"""Whoever teaches an offering is there at each of its sessions: not away, not on holiday, on days of the week that suit."""

from collections.abc import Iterator, Sequence

from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.judging.calendar import off_day, runs_held, sessions_ahead_of, trainer_of
from models.programme.instance import Instance
from models.programme.offering import Session
from models.programme.plan import Plan
from models.rule import Rule, Violation


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Find sessions at which a trainer is away."""
    for run in runs_held(instance, plan):
        for name in run.trainers:
            why = next(
                (why for each in sessions_ahead_of(instance, run.offering) if (why := absence(instance, name, each))),
                None,
            )
            if why is not None:
                yield Violation(
                    rule="trainer_there",
                    learner=None,
                    offerings=(run.offering.id,),
                    sentence=f"{name} cannot teach {run.offering.id}: {why}",
                    source="trainers.csv and unavailable.csv",
                )


def absence(instance: Instance, name: str, session: Session) -> str | None:
    """Return why a trainer is not there at a session, or None."""
    trainer = trainer_of(instance, name)
    for away in instance.unavailable_of.get(name, ()):
        if away.span.overlaps(session.span):
            return f"away {away.words}" + (f" ({away.note})" if away.note else "")
    return off_day(trainer, session)


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Forbid whom a candidate's sessions do not suit."""
    holding = everyone[0].holding if everyone else None
    if holding is None:
        return
    instance = holding.instance
    for (offering, name), literal in holding.teaches.items():
        trainer = instance.trainer.get(name)
        away = [(row.span.start, row.span.end) for row in instance.unavailable_of.get(name, ())]
        for session in instance.offering[offering].sessions:
            span = session.span
            is_away = any(start < span.end and span.start < end for start, end in away)
            if is_away or (trainer is not None and off_day(trainer, session)):
                poster.forbid(literal)
                break


RULE = Rule(
    name="trainer_there",
    sentence="Whoever teaches an offering is there at each of its sessions: not away, and on a day that suits.",
    scope="calendar",
    rows=r"$u_{oi} = 0$ where $i$ is away at a session of $o$",
    check=check,
    post=post,
)
