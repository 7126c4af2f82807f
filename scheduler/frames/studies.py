"""What many scenarios and sales come to, as frames."""

from collections.abc import Iterable

import pandas as pd

from scheduler.frames.columns import Columns, frame_with
from scheduler.studies.overbooking import Sale
from scheduler.studies.study import BASELINE

SOLD: Columns = {"sold": "number", "risk": "measure"}
DAYS = ("graduation", "hopeful", "likely", "certain")


def overbooking_frame(sales: Iterable[Sale]) -> pd.DataFrame:
    """Return seats `sold`, and the `risk` (0 to 1) that more people show up than there are seats."""
    return frame_with(({"sold": each.sold, "risk": float(each.risk)} for each in sales), SOLD)


def learners_frame(study: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a study's table that are about learners in the programme, with days as `datetime64`."""
    rows = study.loc[(study["kind"] == "learner") & (study["status"] != "not-enrolled")]
    return rows.assign(**{name: pd.to_datetime(rows[name]).astype("datetime64[s]") for name in DAYS})


def spread_frame(study: pd.DataFrame) -> pd.DataFrame:
    """Return how each learner's day of graduation is distributed over the scenarios of a study, the earliest baseline first.

    `learner`, `first` and `last` (the earliest and the latest day), `low` and `high` (the days that the middle 80 % lie between),
    `baseline` (absent = not in time there), `never` (in how many scenarios there is no day in time), `scenarios` (how many).
    """
    learners = learners_frame(study)
    known = learners.groupby("learner")["graduation"]
    rows = pd.DataFrame(
        {
            "first": known.min(),
            "low": known.quantile(0.1, interpolation="nearest"),
            "high": known.quantile(0.9, interpolation="nearest"),
            "last": known.max(),
            "baseline": learners[learners["scenario"] == BASELINE].set_index("learner")["graduation"],
            "never": known.size() - known.count(),
            "scenarios": known.size(),
        }
    )
    return rows.reset_index().sort_values(["baseline", "learner"], ignore_index=True)
