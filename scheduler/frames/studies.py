"""What many scenarios and sales come to, as frames."""

from collections.abc import Iterable

import pandas as pd

from scheduler.frames.columns import Columns, frame_of
from scheduler.studies.overbooking import Sale

SOLD: Columns = {"sold": "number", "risk": "measure"}
DAYS = ("graduation", "hopeful", "likely", "certain")


def overbooking_frame(sales: Iterable[Sale]) -> pd.DataFrame:
    """Return seats `sold`, and the `risk` (0 to 1) that more people show up than there are seats."""
    return frame_of(({"sold": each.sold, "risk": float(each.risk)} for each in sales), SOLD)


def learners_frame(study: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a study's table that are about learners in the programme, with days as `datetime64`."""
    rows = study.loc[(study["kind"] == "learner") & (study["status"] != "not-enrolled")]
    return rows.assign(**{name: pd.to_datetime(rows[name]).astype("datetime64[s]") for name in DAYS})
