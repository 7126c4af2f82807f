"""The runs of some components along the calendar, and the longest wait between two starts."""

import pandas as pd

from scheduler.charts.available import alt
from scheduler.charts.drawing import (
    BLUE,
    INK,
    LIST_ALL,
    ORANGE,
    RED,
    ROW,
    WIDTH,
    Drawing,
    coloured,
    dashed,
    days,
    drawable,
    finished,
)

STATUS = {"published": BLUE, "tentative": ORANGE}
SHORT = 8


def gaps_chart(runs: pd.DataFrame, *, title: str) -> Drawing:
    """Draw rows of `runs_frame`, a line for each component, with its longest wait from start to start in days."""
    rows = drawable(runs).assign(
        until=(runs["end"] + pd.Timedelta(days=1)).clip(lower=runs["start"] + pd.Timedelta(days=SHORT))
    )
    line = alt.Y("component:N", axis=LIST_ALL, sort=None)
    seen = [status for status in STATUS if status in set(rows["status"])]
    bars = (
        alt.Chart(rows[["component", "offering", "start", "until", "status"]])
        .mark_bar(height=12, stroke=INK, strokeWidth=0.4)
        .encode(
            x=days("start"),
            x2="until:T",
            y=line,
            color=coloured("status", {each: STATUS[each] for each in seen}),
            strokeDash=dashed("status"),
        )
    )
    longest = _longest(runs)
    base = alt.Chart(longest).encode(y=line)
    waits = base.mark_rule(color=RED, strokeWidth=1.5, strokeDash=[4, 2]).encode(x="since:T", x2="start:T")
    labels = base.mark_text(dy=-7, fontSize=11, color=INK).encode(x="middle:T", text="label:N")
    told = f"{title}. Longest waits: " + "; ".join(
        f"{row.component} {row.waited} days, from {row.after} to {row.offering}" for row in longest.itertuples()
    )
    return finished(
        alt.layer(bars, waits, labels).properties(width=WIDTH, height=alt.Step(ROW + 11)),
        title=title,
        below="Bars are runs; red is the longest wait from one start to the next, in days.",
        told=f"{told}.",
    )


def _longest(runs: pd.DataFrame) -> pd.DataFrame:
    """Return, for each component that ran twice, the run that was waited for longest, and since when."""
    waited = runs.dropna(subset=["waited"])
    rows = waited.loc[waited.groupby("component", sort=False)["waited"].idxmax()]
    since = rows["start"] - pd.to_timedelta(rows["waited"].astype(int), unit="D")
    return rows.assign(
        since=since, middle=since + (rows["start"] - since) / 2, label=rows["waited"].astype(str) + " days"
    )
