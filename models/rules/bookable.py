"""A new booking takes a published offering of the learner's edition that starts after the planning day and is open."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from models.changes.eased import as_if_had
from models.formulation.learner_variables import LearnerVariables, OfferingVariables
from models.formulation.linear import Poster
from models.judging.reachability import is_missed
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.plan import Booking, Plan
from models.programme.words import runs_in_words
from models.rule import Fact, Rule, Violation


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Judge every booking that is not kept, and every role that is newly taken."""
    for path in plan.paths:
        kept = {booking.offering: booking for booking in instance.initial_state[path.learner].bookings}
        for booking in path.bookings:
            why = _why_not(instance, path.learner, booking, kept.get(booking.offering))
            if why:
                yield Violation(
                    rule="bookable", learner=path.learner, offerings=(booking.offering,), sentence=why, source=None
                )


def _why_not(instance: Instance, learner: str, booking: Booking, kept: Booking | None) -> str | None:
    """Return why a booking cannot be made, or None."""
    offering = instance.offering[booking.offering]
    if kept is None:
        return closed_because(instance, learner, offering)
    takes_role = booking.role is not None and booking.role != kept.role
    if takes_role and offering.start <= instance.as_of:
        return f"{offering.id} started on {offering.start}: no role in it can be taken any more"
    return None


def closed_because(instance: Instance, learner: str, offering: Offering) -> str | None:
    """Return why a learner cannot newly book an offering, or None if it is open."""
    enrolled = instance.learner[learner].enrolled
    closes = offering.registration_closes
    holds = (
        enrolled is None,
        offering.component not in instance.edition_of(learner).component,
        offering.status == "cancelled",
        offering.status == "tentative" and not instance.tentative,
        offering.start <= instance.as_of,
        enrolled is not None and offering.start < enrolled,
        closes is not None and closes < instance.as_of,
    )
    if not any(holds):
        return None
    sentences = (
        f"{learner} is not in the programme",
        _unknown(instance, learner, offering),
        f"{offering.id} is cancelled",
        f"{offering.id} is tentative, and tentative offerings are not in use",
        f"{offering.id} started on {offering.start}, not after {instance.as_of}",
        f"{offering.id} starts on {offering.start}, before the enrolment on {enrolled}",
        f"registration of {offering.id} closed on {closes}",
    )
    return sentences[holds.index(True)]


def _unknown(instance: Instance, learner: str, offering: Offering) -> str:
    edition = instance.edition_of(learner)
    return f"{offering.component} is no component of edition {edition.id}"


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Forbid what cannot be booked newly, and roles in what has started, to those who do not graduate too."""
    always = Poster(poster.model)
    for choices in everyone:
        today = choices.instance.as_of
        for run in (run for runs in choices.runs.values() for run in runs):
            if run.kept:
                _post_kept(choices, run, today, always)
            elif not _open(choices, run, today):
                always.forbid(run.book)


def _post_kept(choices: LearnerVariables, run: OfferingVariables, today: date, poster: Poster) -> None:
    if run.offering.start <= today:
        held = choices.kept[run.offering.id].role
        for role, literal in run.plays.items():
            if role != held:
                poster.forbid(literal)


def _open(choices: LearnerVariables, run: OfferingVariables, today: date) -> bool:
    offering = run.offering
    in_use = {"published", "candidate"} | ({"tentative"} if choices.instance.tentative else set())
    if offering.status not in in_use:
        return False
    if offering.start < choices.earliest_start or choices.learner.enrolled is None:
        return False
    return offering.registration_closes is None or today <= offering.registration_closes


def facts(instance: Instance, learner: str) -> Iterable[Fact]:
    """Name what the calendar holds of each component that the learner has not yet done."""
    done = {thing.component for thing in instance.initial_state[learner].done}
    for component in instance.edition_of(learner).components:
        runs = instance.offerings_of.get(component.code, ())
        again = instance.edition_of(learner).may_recur(component.code)
        if component.kind == "task" or (component.code in done and not again):
            continue
        if is_missed(instance, learner, component.code):
            yield Fact(
                rule="bookable",
                sentence=f"the calendar holds no run of {component.code}",
                source="offerings.csv",
                without=as_if_had(learner, component.code),
                about=component.code,
            )
        elif runs:
            yield Fact(
                rule="bookable",
                sentence=_calendar(instance, learner, component.code, runs),
                source="offerings.csv",
                without=as_if_had(learner, component.code),
                about=component.code,
                since=min(run.start for run in runs_for(instance, learner, component.code) or runs),
            )


def runs_for(instance: Instance, learner: str, code: str) -> list[Offering]:
    """Return the runs of a component that a learner has booked or can still book."""
    mine = {booking.offering for booking in instance.initial_state[learner].bookings}
    runs = instance.offerings_of.get(code, ())
    return [run for run in runs if run.id in mine or closed_because(instance, learner, run) is None]


def _calendar(instance: Instance, learner: str, code: str, runs: Sequence[Offering]) -> str:
    """Say which runs of a component can still be had."""
    usable = runs_for(instance, learner, code)
    if not usable:
        latest = max(runs, key=lambda run: (run.start, run.id))
        why = closed_because(instance, learner, latest)
        return f"no {code} run can be booked any more: {why}"
    return runs_in_words(code, usable)


RULE = Rule(
    name="bookable",
    sentence="A new booking takes a published offering of the learner's edition that starts after the planning day, "
    "not before the enrolment, and whose registration is open.",
    scope="booking",
    rows=r"$x_{lo} = 0$ for all others",
    keep=5,
    place=6,
    monotone=True,
    check=check,
    post=post,
    facts=facts,
)
