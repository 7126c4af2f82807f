"""Reasons as frames: why no day is earlier, why there is none, and what is missing with its last day."""

from collections.abc import Iterable

import pandas as pd

from scheduler.answers.explain import Explanation
from scheduler.answers.repair import RepairAnswer
from scheduler.explain.chain import Link
from scheduler.explain.sheets import Missing
from scheduler.frames.columns import Columns, frame_with
from scheduler.solve.result import LearnerAnswer

EXPLAINED: Columns = {
    "reason": "number",
    "says": "text",
    "fact": "text",
    "source": "text",
    "rule": "text",
    "without": "day",
}
REPAIR: Columns = {
    "repair": "number",
    "cost": "number",
    "kind": "text",
    "about": "text",
    "learner": "text",
    "role": "text",
    "amount": "number",
    "change_cost": "number",
    "words": "text",
}
CONFLICT: Columns = {"fact": "text", "source": "text", "rule": "text"}
CHAIN: Columns = {"fact": "text", "source": "text", "without": "day"}
MISSING: Columns = {
    "requirement": "text",
    "needed": "number",
    "done": "number",
    "booked": "number",
    "start_by": "day",
    "what": "text",
}


def conflict_frame(answer: LearnerAnswer) -> pd.DataFrame:
    """Return the facts that together block a learner, `fact`, `source`, `rule`; no row for who is not blocked."""
    facts = ({"fact": each.sentence, "source": each.source, "rule": each.rule} for each in answer.conflict or ())
    return frame_with(facts, CONFLICT)


def chain_frame(chain: Iterable[Link]) -> pd.DataFrame:
    """Return the facts that together forbid an earlier day: `fact`, `source`, and `without`.

    `without` = the earliest day if this fact alone did not hold (absent for the question itself).
    """
    rows = ({"fact": each.fact.sentence, "source": each.fact.source, "without": each.without} for each in chain)
    return frame_with(rows, CHAIN)


def missing_frame(missing: Iterable[Missing]) -> pd.DataFrame:
    """Return the requirements that are not met yet.

    `requirement` (its title), `needed`, `done`, `booked` (counts), `start_by` (the last day on which the rest can be started;
    absent where there is none), `what` (starts on that day, or says why there is no day).
    """
    rows = (
        {
            "requirement": each.requirement.title,
            "needed": each.requirement.count,
            "done": each.done,
            "booked": each.booked,
            "start_by": each.start_by,
            "what": each.what,
        }
        for each in missing
    )
    return frame_with(rows, MISSING)


def explanation_frame(found: Explanation) -> pd.DataFrame:
    """Return the facts behind an explanation, those of one reason together.

    `reason` (counted from 1), `says` ("no earlier day" or "no path"), `fact`, `source`, `rule`, `without` (the earliest day if
    this fact alone did not hold; absent where that is not asked, or there is none).
    """
    conflicts = found.conflicts.found if found.conflicts else ()
    facts = [(1, "no earlier day", link.fact, link.without) for link in found.chain]
    facts += [(number, "no path", fact, None) for number, each in enumerate(conflicts, start=1) for fact in each]
    rows = (
        {"reason": number, "says": says, "fact": f.sentence, "source": f.source, "rule": f.rule, "without": without}
        for number, says, f, without in facts
    )
    return frame_with(rows, EXPLAINED)


def repairs_frame(found: RepairAnswer) -> pd.DataFrame:
    """Return each change of each repair, the cheapest repair first.

    `repair` (counted from 1), `cost` (of the whole repair), `kind`, `about` (a component, an offering, a rule), `learner` and
    `role` (absent where it is about none), `amount` (seats, places, offerings or days), `change_cost`, `words`.
    """
    repairs = found.repairs.found if found.repairs else ()
    rows = (
        {
            "repair": number,
            "cost": repair.cost,
            "kind": step.kind,
            "about": step.about,
            "learner": step.learner,
            "role": step.role,
            "amount": step.amount,
            "change_cost": step.cost,
            "words": step.words,
        }
        for number, repair in enumerate(repairs, start=1)
        for step in repair.steps
    )
    return frame_with(rows, REPAIR)
