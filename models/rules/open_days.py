"""Nothing is held on a closed day, nor on a public holiday of the places that `year` names."""

from collections.abc import Iterator, Sequence

from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.judging.calendar import runs_held, sessions_ahead_of
from models.programme.days_off import closed_on, holiday_on
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.plan import Plan
from models.programme.time import local
from models.rule import Rule, Violation


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Find sessions, or whole offerings of one day, on a day off."""
    for run in runs_held(instance, plan):
        why = _why_not(instance, run.offering)
        if why is not None:
            source, sentence = why
            yield Violation(
                rule="open_days", learner=None, offerings=(run.offering.id,), sentence=sentence, source=source
            )


def _why_not(instance: Instance, run: Offering) -> tuple[str, str] | None:
    """Return where it stands that an offering lies on a day off, and a sentence; None if it does not."""
    days = sorted({local(session.start, run.zone).date() for session in sessions_ahead_of(instance, run)})
    if not run.sessions and run.start == run.end:
        days = [run.start]
    for day in days:
        for closure in instance.closures:
            if closure.start <= day <= closure.end:
                note = f" ({closure.note})" if closure.note else ""
                closed = f"{closure.start} to {closure.end}" if closure.start != closure.end else f"{closure.start}"
                return "closures.csv", f"{run.id} meets on {day}, and nothing is held {closed}{note}"
        name = holiday_on(_places(instance), day)
        if name:
            return "instance.yaml", f"{run.id} meets on {day}, which is a public holiday ({name})"
    return None


def _places(instance: Instance) -> tuple[str, ...]:
    """Return the places whose public holidays are days off for everything: those of `candidates` say where repeats may be."""
    return instance.year.holidays if instance.year is not None else ()


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Forbid candidates that meet on a day off."""
    holding = everyone[0].holding if everyone else None
    for offering, held in holding.held.items() if holding else ():
        instance = everyone[0].instance
        if is_off(instance, instance.offering[offering]):
            poster.forbid(held)


def is_off(instance: Instance, run: Offering) -> bool:
    """Say whether something that is not held yet would meet on a day off; of what has no sessions its first day counts."""
    days = {local(session.start, run.zone).date() for session in run.sessions} or {run.start}
    return any(closed_on(instance.closures, day) or holiday_on(_places(instance), day) for day in days)


RULE = Rule(
    name="open_days",
    sentence="Nothing is held on a closed day, nor on a public holiday of the places that `year` names.",
    scope="calendar",
    rows=r"$h_o = 0$ where a session of $o$ lies on a day off",
    check=check,
    post=post,
)
