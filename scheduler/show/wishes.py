"""Wishes that a path does not meet, each with the reason as far as it is known."""

from collections.abc import Iterator, Sequence
from datetime import date

from models.programme.instance import Instance
from scheduler.report.steps import Step
from scheduler.show.fitting import fitting_runs

EARLY_FIRST = ": graduating early comes before wishes"


def unmet_wishes(
    instance: Instance, learner: str, steps: Sequence[Step], deadline: date | None, *, best: bool
) -> Iterator[str]:
    """Yield a sentence for each preferred component that is not taken, and each avoided one that is.

    `best` = no path is better, so that graduating early is what speaks against a wish.
    """
    reason = EARLY_FIRST if best else ""
    who = instance.learner[learner]
    taken = {step.component for step in steps} | {done.component for done in instance.initial_state[learner].done}
    for code in who.prefers:
        if code not in taken:
            yield f"{code} is wished for; {_why_not(instance, learner, code, deadline, reason)}."
    for code in who.avoids:
        if any(step.component == code and step.state in {"planned", "tentative"} for step in steps):
            yield f"{code} is to be avoided, and is part of this path{reason}."


def _why_not(instance: Instance, learner: str, code: str, deadline: date | None, reason: str) -> str:
    edition = instance.edition_of(learner)
    if code not in edition.component:
        return f"it is no component of edition {edition.id}"
    if edition.component[code].kind == "task" or fitting_runs(instance, learner, code, deadline):
        return f"it is not part of this path{reason}"
    fits = " that fits" if code in instance.offerings_of else ""
    return f"the calendar holds no {code} run{fits}"
