"""What must be said beside a path: prices, extra fees, unmet wishes, unknown times, odd hours, tentative dates."""

from collections.abc import Iterator, Sequence
from datetime import date

from models.programme.instance import Instance
from models.programme.words import listed
from scheduler.report.steps import Step, exemptions_of, waivers_of
from scheduler.show.fees import extra_fees, prices_in_total
from scheduler.show.times import odd_starts
from scheduler.show.wishes import unmet_wishes


def notes_of(
    instance: Instance, learner: str, steps: Sequence[Step], deadline: date | None, *, best: bool = True
) -> list[str]:
    """Return the notes of one learner's path, in one sentence each; `best` = it is no mere alternative."""
    return [
        *_exemptions(instance, learner),
        *_odd_hours(instance, learner, steps),
        *_without_times(steps),
        *_tentative(steps),
        *_given_up(instance, learner, steps),
        *unmet_wishes(instance, learner, steps, deadline, best=best),
        *(sentence for _, sentence in extra_fees(instance.edition_of(learner), steps)),
        *filter(None, [prices_in_total(steps)]),
    ]


def _exemptions(instance: Instance, learner: str) -> Iterator[str]:
    for code, reason in exemptions_of(instance, learner):
        yield f"Exempt from {code}: {reason}."
    for code, reason in waivers_of(instance, learner):
        yield f"{code} may be started without what it requires: {reason}."


def _odd_hours(instance: Instance, learner: str, steps: Sequence[Step]) -> Iterator[str]:
    who = instance.learner[learner]
    odd = {step.label: odd_starts(step.run, who) for step in steps if step.run and step.lies_ahead}
    found = [label for label, starts in odd.items() if starts]
    if found:
        starts = sorted({start for label in found for start in odd[label]})
        when = f"at {starts[0]}" if len(starts) == 1 else f"between {starts[0]} and {starts[-1]}"
        yield f"Odd hours, before 07:00 or after 22:00 local time: {listed(found)} (sessions start {when})."


def _without_times(steps: Sequence[Step]) -> Iterator[str]:
    silent = [step.label for step in steps if step.lies_ahead and step.run and not step.run.sessions]
    if silent:
        words = "has no session times: it is" if len(silent) == 1 else "have no session times: they are"
        yield f"{listed(silent)} {words} planned by days, and no clash is claimed."


def _tentative(steps: Sequence[Step]) -> Iterator[str]:
    found = [step.label for step in steps if step.lies_ahead and step.run and step.run.status == "tentative"]
    if found:
        yield f"Tentative, planned but not announced: {listed(found)}."


def _given_up(instance: Instance, learner: str, steps: Sequence[Step]) -> Iterator[str]:
    here = {step.run.id for step in steps if step.run}
    gone = [each.offering for each in instance.initial_state[learner].bookings if each.offering not in here]
    if gone:
        yield f"Given up: the booking of {listed(gone)}."
