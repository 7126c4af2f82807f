"""Many scenarios in one picture: what each comes to, and how far each learner's day of graduation moves."""

from typing import Any

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
    whole_numbers,
)

BASELINE = "baseline"
RANGES = {"hopeful": BLUE, "likely": ORANGE, "certain": RED}


def scenarios_chart(study: pd.DataFrame, *, title: str) -> Drawing:
    """Draw a point for each scenario (rows of a study's table of the kind scenario): days lost, and who graduates."""
    rows = study.loc[study["kind"] == "scenario", ["scenario", "learner_days_later", "graduates"]]
    rows = drawable(rows.dropna())
    alike = rows.groupby(["learner_days_later", "graduates"], as_index=False).agg(scenarios=("scenario", "size"))
    base: Any = alt.Chart(alike)
    later = alt.X(
        "learner_days_later:Q",
        title="Learner-days later than in the baseline (below 0 = earlier)",
        scale=alt.Scale(padding=18, nice=False),
        axis=whole_numbers(int(alike["learner_days_later"].min()), int(alike["learner_days_later"].max())),
    )
    graduates = alt.Y(
        "graduates:Q",
        title="Learners who graduate in time",
        scale=alt.Scale(zero=False, padding=12),
        axis=whole_numbers(int(alike["graduates"].min()), int(alike["graduates"].max())),
    )
    size = alt.Size(
        "scenarios:Q",
        title="Scenarios with the same outcome",
        scale=alt.Scale(range=[30, 420]),
        legend=alt.Legend(format="d", values=[1, 5, 10], titleLimit=300),
    )
    points = base.mark_circle(color=BLUE, opacity=0.5, stroke=INK, strokeWidth=0.3).encode(
        x=later, y=graduates, size=size
    )
    start: Any = alt.Chart(rows.loc[rows["scenario"] == BASELINE])
    mark = start.mark_point(shape="cross", size=160, color=RED, filled=True, opacity=1).encode(x=later, y=graduates)
    span = rows["learner_days_later"]
    best = rows.sort_values(["graduates", "learner_days_later", "scenario"], ascending=[False, True, True]).iloc[0]
    told = f"{title}. {len(rows)} scenarios: from {span.min()} to {span.max()} learner-days later; "
    told += f"{rows['graduates'].min()} to {rows['graduates'].max()} learners graduate. Best: {best['scenario']}."
    below = f"{len(rows)} scenarios, the calendar as it is among them (red cross). Up and left is better."
    return finished(alt.layer(points, mark).properties(width=WIDTH, height=300), title=title, below=below, told=told)


def spread_chart(spread: pd.DataFrame, *, title: str) -> Drawing:
    """Draw how each learner's day of graduation is distributed over the scenarios of a study (rows of `spread_frame`)."""
    rows = drawable(spread).assign(
        words=[
            f"not in time in {never} of {scenarios}" if never else ""
            for never, scenarios in zip(spread["never"], spread["scenarios"], strict=True)
        ]
    )
    base: Any = alt.Chart(rows).encode(y=alt.Y("learner:N", sort=list(rows["learner"]), axis=LIST_ALL))
    layers = alt.layer(
        base.mark_rule(color=GREY, strokeWidth=2).encode(x=days("first", title="Day of graduation"), x2="last:T"),
        base.mark_bar(color=ORANGE, height=8).encode(x="low:T", x2="high:T"),
        base.mark_point(color=BLUE, filled=True, size=60, opacity=1, stroke=INK, strokeWidth=0.4).encode(
            x="baseline:T"
        ),
        base.mark_text(align="left", fontSize=10, color=RED).encode(x=alt.value(WIDTH + 6), text="words:N"),
    )
    moved, late = int((rows["last"] > rows["first"]).sum()), int((rows["never"] > 0).sum())
    told = f"{title}. The day of {moved} of {len(rows)} learners depends on the scenario; "
    told += f"{late} learners do not graduate in time in some of {rows['scenarios'].max()} scenarios."
    below = "Blue = the calendar as it is; grey = earliest to latest; orange = the middle 80 % of the days."
    return finished(layers.properties(width=WIDTH, height=alt.Step(ROW - 3)), title=title, below=below, told=told)


def ranges_chart(learners: pd.DataFrame, *, title: str) -> Drawing:
    """Draw hopeful, likely and certain days of graduation (rows of `learners_frame` with chances or samples)."""
    rows = drawable(learners).sort_values(["likely", "learner"])
    known = rows.melt(id_vars="learner", value_vars=list(RANGES), var_name="how", value_name="day").dropna()
    line = alt.Y("learner:N", sort=list(rows["learner"]), axis=LIST_ALL)
    spans: Any = alt.Chart(rows).mark_rule(color=GREY, strokeWidth=3).encode(x="hopeful:T", x2="certain:T", y=line)
    points: Any = alt.Chart(known).mark_point(filled=True, opacity=1, stroke=INK, strokeWidth=0.4)
    points = points.encode(
        x=days("day", title="Day of graduation"),
        y=line,
        color=coloured("how", RANGES),
        shape=shaped("how", dict(zip(RANGES, ("triangle-right", "circle", "triangle-left"), strict=True))),
        size=alt.condition("datum.how == 'hopeful'", alt.value(230), alt.value(90)),  # seen behind a likely day too
    )
    told = f"{title}. " + "; ".join(
        f"{row.learner}: hopeful {_day(row.hopeful)}, likely {_day(row.likely)}, certain {_day(row.certain)}"
        for row in rows.itertuples()
    )
    below = "Hopeful: by then in 1 of 10 cases; likely: in half of all; certain: in every case."
    whole = alt.layer(spans, points).properties(width=WIDTH, height=alt.Step(ROW))
    return finished(whole, title=title, below=below, told=f"{told}.")


def _day(day: Any) -> str:  # noqa: ANN401 - pandas has a word of its own for a day that is absent
    return "never" if pd.isna(day) else f"{day:%Y-%m-%d}"
