"""What hangs on single offerings: a bar of days for each, and a word where a graduation is lost."""

from typing import Any

import pandas as pd

from scheduler.charts.available import alt
from scheduler.charts.drawing import INK, LIST_ALL, ORANGE, RED, ROW, WIDTH, Drawing, drawable, finished, whole_numbers


def missed_chart(missed: pd.DataFrame, *, title: str) -> Drawing:
    """Draw the days by which graduation is later if a step is missed (rows of `missed_frame`), in order of time."""
    rows = drawable(missed).assign(
        line=missed["offering"] + "  " + missed["start"].dt.strftime("%Y-%m-%d"),
        lost=missed["days_lost"].fillna(0).astype(int),
        words=[
            "no path then" if days is pd.NA else f"{days} days" if days else "no day lost"
            for days in missed["days_lost"]
        ],
    )
    stuck = int(missed["days_lost"].isna().sum())
    told = f"{title}. " + "; ".join(f"{row.offering}: {row.words}" for row in rows.itertuples()) + "."
    below = "Each step is missed by itself, and the rest is planned anew on that day."
    if stuck:
        below += f" Red: no path then ({stuck})."
    return _bars(rows, title=title, below=below, told=told, axis="Days by which graduation is later")


def critical_chart(critical: pd.DataFrame, *, title: str) -> Drawing:
    """Draw the learner-days lost if an offering is cancelled (rows of `critical_frame`), the most critical first.

    Offerings that could be cancelled without a loss are counted below, and drawn only where there is no other.
    """
    loses = drawable(critical)["days_lost"].fillna(0).ne(0) | critical["graduations_lost"].ne(0)
    spared = int((~loses).sum()) if loses.any() else 0
    critical = critical[loses] if spared else critical
    rows = critical.assign(
        line=critical["offering"] + "  " + critical["start"].dt.strftime("%Y-%m-%d"),
        lost=critical["days_lost"].fillna(0).astype(int),
        words=[
            f"{days} days" + (f", {stuck} not in time" if stuck else "")
            for days, stuck in zip(critical["days_lost"].fillna(0), critical["graduations_lost"], strict=True)
        ],
    )
    told = f"{title}. " + "; ".join(f"{row.offering}: {row.words}" for row in rows.itertuples()) + "."
    below = "Learner-days lost by those who still graduate; beside them how many no longer do in time."
    if spared:
        told += f" {spared} could be cancelled without a loss."
        below += f" Left out, for nothing is lost: {spared}."
    return _bars(rows, title=title, below=below, told=told, axis="Learner-days lost")


def _bars(rows: pd.DataFrame, *, title: str, below: str, told: str, axis: str) -> Drawing:
    base: Any = alt.Chart(rows[["line", "lost", "words"]]).encode(y=alt.Y("line:N", sort=None, axis=LIST_ALL))
    most = max(int(rows["lost"].max()), 1)
    length = alt.X("lost:Q", title=axis, scale=alt.Scale(domain=[0, most * 1.3]), axis=whole_numbers(0, most))
    bars = base.mark_bar(height=ROW - 7, color=ORANGE, stroke=INK, strokeWidth=0.4).encode(x=length)
    urgent = alt.condition("test(/path|time/, datum.words)", alt.value(RED), alt.value(INK))
    words = base.mark_text(align="left", dx=5, fontSize=11).encode(x=length, text="words:N", color=urgent)
    chart = alt.layer(bars, words).properties(width=WIDTH, height=alt.Step(ROW))
    return finished(chart, title=title, below=below, told=told)
