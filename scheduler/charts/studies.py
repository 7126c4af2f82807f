"""Many scenarios in one picture: what each comes to, and how far each learner's day of graduation moves."""

from typing import Any

import pandas as pd

from scheduler.charts.available import alt
from scheduler.charts.drawing import BLUE, GREY, INK, LIST_ALL, MONTHS, ORANGE, RED, ROW, WIDTH, Drawing, finished

BASELINE = "baseline"


def scenarios_chart(study: pd.DataFrame, *, title: str) -> Drawing:
    """Draw a point for each scenario (rows of a study's table of the kind scenario): days lost, and who graduates."""
    rows = study.loc[study["kind"] == "scenario", ["scenario", "learner_days_later", "graduates"]]
    alike = rows.groupby(["learner_days_later", "graduates"], as_index=False).agg(scenarios=("scenario", "size"))
    base: Any = alt.Chart(alike)
    later = alt.X("learner_days_later:Q", title="Learner-days later than in the baseline (below 0 = earlier)")
    graduates = alt.Y(
        "graduates:Q",
        title="Learners who graduate in time",
        scale=alt.Scale(zero=False, padding=12),
        axis=alt.Axis(tickMinStep=1, format="d"),
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
    days, best = rows["learner_days_later"], rows.sort_values("learner_days_later").iloc[0]
    told = f"{title}. {len(rows)} scenarios: from {days.min()} to {days.max()} learner-days later; "
    told += (
        f"{rows['graduates'].min()} to {rows['graduates'].max()} learners graduate. Best in days: {best['scenario']}."
    )
    below = f"{len(rows)} scenarios, the calendar as it is among them (red cross). Up and left is better."
    return finished(alt.layer(points, mark).properties(width=WIDTH, height=300), title=title, below=below, told=told)


def spread_chart(learners: pd.DataFrame, *, title: str) -> Drawing:
    """Draw how each learner's day of graduation is distributed over the scenarios of a study (rows of `learners_frame`)."""
    whole = learners.groupby("learner")["graduation"]
    rows = pd.DataFrame(
        {
            "first": whole.min(),
            "low": whole.quantile(0.1),
            "high": whole.quantile(0.9),
            "last": whole.max(),
            "never": learners["graduation"].isna().groupby(learners["learner"]).sum(),
        }
    ).reset_index()
    base = learners.loc[learners["scenario"] == BASELINE, ["learner", "graduation"]]
    rows = rows.merge(base, on="learner").sort_values(["graduation", "learner"], na_position="last", ignore_index=True)
    scenarios = learners["scenario"].nunique()
    rows["words"] = [f"not in time in {count} of {scenarios}" if count else "" for count in rows["never"]]
    line = alt.Y("learner:N", sort=list(rows["learner"]), axis=LIST_ALL)
    day = alt.X("first:T", title="Day of graduation", axis=MONTHS, scale=alt.Scale(padding=10))
    chart: Any = alt.Chart(rows)
    layers = alt.layer(
        chart.mark_rule(color=GREY, strokeWidth=2).encode(x=day, x2="last:T", y=line),
        chart.mark_bar(color=ORANGE, height=8).encode(x="low:T", x2="high:T", y=line),
        chart.mark_point(color=BLUE, filled=True, size=60, opacity=1, stroke=INK, strokeWidth=0.4).encode(
            x="graduation:T", y=line
        ),
        chart.mark_text(align="left", fontSize=10, color=RED).encode(x=alt.value(WIDTH + 6), y=line, text="words:N"),
    )
    moved = int((rows["last"] > rows["first"]).sum())
    told = f"{title}. The day of {moved} of {len(rows)} learners depends on the scenario; "
    told += f"{int((rows['never'] > 0).sum())} learners do not graduate in time in some of {scenarios} scenarios."
    below = "Blue = the calendar as it is; grey = earliest to latest; orange = the middle 80 % of scenarios."
    return finished(layers.properties(width=WIDTH, height=alt.Step(ROW - 3)), title=title, below=below, told=told)


def ranges_chart(learners: pd.DataFrame, *, title: str) -> Drawing:
    """Draw hopeful, likely and certain days of graduation (rows of `learners_frame` with chances or samples)."""
    names = {"hopeful": BLUE, "likely": ORANGE, "certain": RED}
    days = learners.melt(id_vars="learner", value_vars=list(names), var_name="how", value_name="day").dropna()
    order = list(learners.sort_values(["likely", "learner"])["learner"])
    line = alt.Y("learner:N", sort=order, axis=LIST_ALL)
    spans: Any = alt.Chart(learners).mark_rule(color=GREY, strokeWidth=3).encode(x="hopeful:T", x2="certain:T", y=line)
    points: Any = (
        alt.Chart(days)
        .mark_point(filled=True, opacity=1, stroke=INK, strokeWidth=0.4)
        .encode(
            x=alt.X("day:T", title="Day of graduation", axis=MONTHS, scale=alt.Scale(padding=12)),
            y=line,
            color=alt.Color("how:N", title=None, scale=alt.Scale(domain=list(names), range=list(names.values()))),
            size=alt.Size("how:N", scale=alt.Scale(domain=list(names), range=[230, 80, 110]), legend=None),
            shape=alt.Shape(
                "how:N",
                title=None,
                scale=alt.Scale(domain=list(names), range=["triangle-right", "circle", "triangle-left"]),
            ),
        )
    )
    told = f"{title}. " + "; ".join(
        f"{row.learner}: hopeful {_day(row.hopeful)}, likely {_day(row.likely)}, certain {_day(row.certain)}"
        for row in learners.itertuples()
    )
    return finished(
        alt.layer(spans, points).properties(width=WIDTH, height=alt.Step(ROW)),
        title=title,
        below="Hopeful: by then in 1 of 10 cases; likely: in half of all; certain: in every case.",
        told=f"{told}.",
    )


def _day(day: Any) -> str:  # noqa: ANN401 - pandas has a word of its own for a day that is absent
    return "never" if pd.isna(day) else f"{day:%Y-%m-%d}"
