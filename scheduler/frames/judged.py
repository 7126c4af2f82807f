"""What is judged, as frames: the broken rules of a plan, what a certificate proves, and supply promises."""

from dataclasses import asdict

import pandas as pd

from models.programme.words import listed
from scheduler.answers.audit import Audited
from scheduler.answers.check import Checked
from scheduler.frames.columns import Columns, frame_with
from scheduler.show.promises import promise_rows

BROKEN: Columns = {"learner": "text", "offerings": "text", "rule": "text", "sentence": "text", "source": "text"}
PROOF: Columns = {
    "left_out": "number",
    "least_left_out": "number",
    "days": "number",
    "least_days": "number",
    "faults": "text",
    "is_proved": "flag",
}
PROMISES: Columns = {
    "edition": "text",
    "component": "text",
    "promise": "text",
    "period": "text",
    "from": "day",
    "to": "day",
    "found": "number",
    "needed": "number",
    "verdict": "text",
    "starts": "text",
    "source": "text",
}


def violations_frame(found: Checked) -> pd.DataFrame:
    """Return a row for each broken rule: `learner` (absent = about everybody), `offerings`, `rule`, `sentence`, `source`."""
    rows = (
        {
            "learner": each.learner,
            "offerings": listed(each.offerings) or None,
            "rule": each.rule,
            "sentence": each.sentence,
            "source": each.source,
        }
        for each in found.broken
    )
    return frame_with(rows, BROKEN)


def proof_frame(found: Checked) -> pd.DataFrame:
    """Return what a certificate proves of a plan, in one row; none where no certificate was given.

    `left_out` and `days` of the plan beside `least_left_out` and `least_days` (no plan has less), `faults`, `is_proved`.
    """
    proofs = () if found.proof is None else (found.proof,)
    rows = ({**asdict(each), "faults": listed(each.faults) or None, "is_proved": each.is_proved} for each in proofs)
    return frame_with(rows, PROOF)


def promises_frame(found: Audited) -> pd.DataFrame:
    """Return a row for each promise, component and period.

    `edition`, `component`, `promise`, `period`, `from`, `to`, `found` and `needed` (offerings), `verdict`, `starts`, `source`.
    """
    rows = ({**row, "starts": listed(_names(row["starts"])) or None} for row in promise_rows(found.judged))
    return frame_with(rows, PROMISES)


def _names(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, tuple) else ()
