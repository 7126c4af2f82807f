"""Days of graduation: a line for each learner, from the day alone to the day in the plan, and the last day allowed."""

import pandas as pd

from scheduler.charts.available import alt
from scheduler.charts.drawing import (
    BLUE,
    GREY,
    INK,
    LIST_ALL,
    ORANGE,
    RED,
    ROW,
    WIDTH,
    Drawing,
    coloured,
    days,
    drawable,
    finished,
    shaped,
)

WORDS = {"alone": "if alone", "graduation": "in this plan", "deadline": "last day allowed"}
COLOURS = {"if alone": GREY, "in this plan": BLUE, "last day allowed": RED}
SHAPES = {"if alone": "circle", "in this plan": "circle", "last day allowed": "triangle-left"}


def graduations_chart(graduations: pd.DataFrame, *, title: str) -> Drawing:
    """Draw rows of `graduations_frame`, the earliest first; who has no day has none."""
    rows = drawable(graduations).sort_values(["graduation", "learner"], na_position="last", ignore_index=True)
    known = rows.melt(id_vars=["learner"], value_vars=list(WORDS), var_name="kind", value_name="day").dropna(
        subset=["day"]
    )
    order = list(rows["learner"])
    line = alt.Y("learner:N", sort=order, scale=alt.Scale(domain=order), axis=LIST_ALL)
    points = (
        alt.Chart(known.assign(what=known["kind"].map(WORDS)))
        .mark_point(size=75, filled=True, opacity=1, stroke=INK, strokeWidth=0.4)
        .encode(
            x=days("day"),
            y=line,
            color=coloured("what", COLOURS),
            shape=shaped("what", SHAPES),
        )
    )
    waits = alt.Chart(rows).mark_rule(color=ORANGE, strokeWidth=3).encode(x="alone:T", x2="graduation:T", y=line)
    late = rows.loc[rows["delay"].fillna(0) > 0]
    none = rows.loc[rows["graduation"].isna(), "learner"]
    below = f"Orange = days lost to shared seats and places ({int(late['delay'].sum())} learner-days, {len(late)} learners)."
    told = f"{title}. {len(rows) - len(none)} of {len(rows)} learners have a day of graduation. {below} "
    told += f"Without a path: {', '.join(none)}." if len(none) else ""
    return finished(
        alt.layer(waits, points).properties(width=WIDTH, height=alt.Step(ROW - 3)),
        title=title,
        below=below,
        told=told.strip(),
    )
