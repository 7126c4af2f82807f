"""The heat map of value: in which month one more run of which component would save most learner-days."""

from typing import Any

import pandas as pd

from scheduler.charts.available import alt
from scheduler.charts.drawing import INK, LIST_ALL, PALE, Drawing, drawable, finished

CELL = 29
"""Pixels: the side of a cell."""


def value_chart(value: pd.DataFrame, *, title: str) -> Drawing:
    """Draw rows of `value_frame`: components by months, the darker the more days; + marks each graduation gained."""
    helps = drawable(value).groupby("component", sort=False)[["days_saved", "graduations_gained"]].max().max(axis=1) > 0
    useful = [code for code in helps.index if helps[code]]
    rows = value.loc[value["component"].isin(useful), ["component", "month", "days_saved", "graduations_gained"]]
    rows = rows.assign(
        words=[
            f"{days}{'+' * gained}" if days or gained > 0 else ""
            for days, gained in zip(rows["days_saved"].fillna(0), rows["graduations_gained"], strict=True)
        ]
    )
    best = value.sort_values(["days_saved", "month", "component"], ascending=[False, True, True]).head(1)
    told = f"{title}. " + "".join(
        f"Most is saved by one more {row.component} in {row.month}: {row.days_saved} learner-days. "
        for row in best.itertuples()
    )
    idle = [code for code in helps.index if not helps[code]]
    told += f"Nothing is saved by one more of {', '.join(idle)}." if idle else ""
    below = f"Learner-days saved; + = one more learner in time. {len(idle)} components that never help are left out."
    return finished(_cells(rows, useful), title=title, below=below, told=told.strip())


def _cells(rows: pd.DataFrame, order: list[str]) -> Drawing:
    months = sorted(set(rows["month"]))
    half = int(rows["days_saved"].max() or 0) * 0.55
    base: Any = alt.Chart(rows).encode(
        x=alt.X("month:N", sort=months, title="Month in which the run starts", axis=alt.Axis(labelAngle=-60)),
        y=alt.Y("component:N", sort=order, axis=LIST_ALL),
    )
    shade = alt.Color(
        "days_saved:Q",
        title="Learner-days saved",
        scale=alt.Scale(range=[PALE, "#8fbfdc", "#084a8c"], interpolate="lab", domainMin=0),
        legend=alt.Legend(gradientLength=220, titleLimit=220),
    )
    cells = base.mark_rect(stroke="white").encode(color=shade)
    tint = alt.condition(f"datum.days_saved > {half}", alt.value("white"), alt.value(INK))
    words = base.mark_text(fontSize=10).encode(text="words:N", color=tint)
    whole: Drawing = alt.layer(cells, words).properties(width=alt.Step(CELL + 4), height=alt.Step(CELL - 5))
    return whole
