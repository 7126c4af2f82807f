"""Chances: how probable it is that each learner graduates, and that a session overflows if more seats are sold."""

from typing import Any

import pandas as pd

from scheduler.charts.available import alt
from scheduler.charts.drawing import BLUE, GREY, INK, LIST_ALL, ORANGE, RED, ROW, WIDTH, Drawing, drawable, finished

PERCENT = alt.Axis(format="%")


def chances_chart(learners: pd.DataFrame, *, title: str) -> Drawing:
    """Draw each learner's chance to graduate with its 95 % interval (rows of `learners_frame` of one scenario)."""
    rows = drawable(learners)[["learner", "chance", "chance_low", "chance_high"]].sort_values(["chance", "learner"])
    line = alt.Y("learner:N", sort=list(rows["learner"]), axis=LIST_ALL)
    base: Any = alt.Chart(rows)
    spans = base.mark_rule(color=GREY, strokeWidth=3).encode(
        x=alt.X(
            "chance_low:Q",
            title="Chance to graduate in time",
            axis=PERCENT,
            scale=alt.Scale(domain=[0, 1], padding=10, nice=False),
        ),
        x2="chance_high:Q",
        y=line,
    )
    points = base.mark_point(size=70, filled=True, color=BLUE, opacity=1, stroke=INK, strokeWidth=0.4).encode(
        x="chance:Q", y=line
    )
    told = f"{title}. " + "; ".join(f"{row.learner} {row.chance:.0%}" for row in rows.itertuples()) + "."
    below = "The point is the share of random draws, the bar its 95 % confidence interval."
    return finished(
        alt.layer(spans, points).properties(width=WIDTH, height=alt.Step(ROW - 4)), title=title, below=below, told=told
    )


def overbooking_chart(sales: pd.DataFrame, *, accepted: float, title: str) -> Drawing:
    """Draw the risk that too many come by seats sold (rows of `overbooking_frame`), with the risk that is accepted (0 to 1)."""
    base: Any = alt.Chart(
        drawable(sales).assign(fits=sales["risk"] <= accepted, words=[f"{risk:.1%}" for risk in sales["risk"]])
    )
    sold = alt.X("sold:O", title="Seats sold", axis=alt.Axis(labelAngle=0))
    risk = alt.Y("risk:Q", title="Risk that more come than there are seats", axis=PERCENT)
    tint = alt.condition("datum.fits", alt.value(BLUE), alt.value(ORANGE))
    bars = base.mark_bar(stroke=INK, strokeWidth=0.4).encode(x=sold, y=risk, color=tint)
    words = base.mark_text(dy=-8, fontSize=11).encode(x=sold, y=risk, text="words:N")
    limit: Any = alt.Chart(pd.DataFrame({"risk": [accepted]}))
    rule = limit.mark_rule(color=RED, strokeDash=[5, 3]).encode(y="risk:Q")
    most = sales.loc[sales["risk"] <= accepted, "sold"].max()
    told = f"{title}. Up to {most} seats can be sold for a risk of at most {accepted:.0%}: "
    told += "; ".join(f"{row.sold} sold, {row.risk:.1%}" for row in sales.itertuples()) + "."
    below = f"Blue keeps within the accepted risk of {accepted:.0%} (dashed): up to {most} seats."
    return finished(
        alt.layer(bars, words, rule).properties(width=alt.Step(56), height=240), title=title, below=below, told=told
    )
