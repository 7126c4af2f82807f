"""The year at a glance: months across, components down, who teaches by colour and shape, closed days grey."""

from typing import Any

import pandas as pd

from scheduler.charts.available import alt
from scheduler.charts.drawing import (
    BLUE,
    GREEN,
    GREY,
    INK,
    LIST_ALL,
    ORANGE,
    RED,
    ROW,
    WIDTH,
    Drawing,
    drawable,
    finished,
)

COLOURS = (BLUE, ORANGE, GREEN, RED, "#cc79a7", "#56b4e9", INK)
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right", "triangle-left")
NOBODY = "nobody named"
SIZE = 70

MONTHS = alt.Axis(
    format="%b",
    tickCount=alt.TimeIntervalStep(interval="month", step=1),
    orient="top",
    title=None,
    grid=True,
    tickSize=0,
    gridDash=[2, 3],
)
"""An axis of one year, its months above."""

LEGEND = alt.Legend(symbolOpacity=1)


def year_chart(runs: pd.DataFrame, closed: pd.DataFrame, *, title: str) -> Drawing:
    """Draw rows of `year_frame`, and those of `closed_frame` behind them: filled marks are added, hollow ones stood before."""
    rows = drawable(runs).assign(
        trainers=runs["trainers"].fillna(NOBODY),
        until=runs["end"] + pd.Timedelta(days=1),
        long=runs["end"] > runs["start"],
    )
    who = sorted(rows["trainers"].unique())
    colour = alt.Color(
        "trainers:N", title="Trainer", legend=LEGEND, scale=alt.Scale(domain=who, range=_turns(COLOURS, len(who)))
    )
    shape = alt.Shape(
        "trainers:N", title="Trainer", legend=LEGEND, scale=alt.Scale(domain=who, range=_turns(SHAPES, len(who)))
    )
    line = alt.Y("component:N", axis=LIST_ALL, sort=list(dict.fromkeys(rows["component"])))
    day = alt.X("start:T", axis=MONTHS, scale=alt.Scale(domain=_months(rows, closed)))
    base = alt.Chart(rows.drop(columns=["end", "seats", "seated"])).encode(x=day, y=line, color=colour)
    spans = base.transform_filter("datum.long").mark_bar(height=5, opacity=0.55).encode(x2="until:T")
    new, old = "datum.state == 'added' || datum.state == 'moved'", "datum.state == 'kept'"
    marks = [
        base.transform_filter(new).mark_point(size=SIZE, filled=True, opacity=1).encode(shape=shape),
        base.transform_filter(old).mark_point(size=SIZE, filled=False, strokeWidth=2, opacity=1).encode(shape=shape),
    ]
    chart = alt.layer(*_bands(closed), spans, *marks).properties(width=WIDTH, height=alt.Step(ROW + 3))
    below = (
        "Each mark is the first day of a run, a bar its length; filled = added, hollow = stood before. Grey: closed."
    )
    return finished(chart, title=title, below=below, told=_told(title, rows, closed))


def _turns(of: tuple[str, ...], count: int) -> list[str]:
    """Return so many, beginning anew where there are not enough: colours and shapes repeat at different places."""
    return [of[number % len(of)] for number in range(count)]


def _months(rows: pd.DataFrame, closed: pd.DataFrame) -> list[dict[str, int]]:
    """Return the first day of the first month and that after the last one, of all runs and closed days."""
    days = pd.concat([rows["start"], rows["end"], closed["start"], closed["end"]])
    first, last = days.min(), days.max() + pd.offsets.MonthBegin()
    return [{"year": day.year, "month": day.month, "date": 1} for day in (first, last)]


def _bands(closed: pd.DataFrame) -> list[Any]:
    if closed.empty:
        return []
    rows = closed.assign(until=closed["end"] + pd.Timedelta(days=1)).drop(columns="end")
    return [alt.Chart(rows).mark_rect(color=GREY, opacity=0.9).encode(x=alt.X("start:T", axis=MONTHS), x2="until:T")]


def _told(title: str, rows: pd.DataFrame, closed: pd.DataFrame) -> str:
    listed = "; ".join(
        f"{code}: " + ", ".join(f"{run.start:%Y-%m-%d} {run.trainers} ({run.state})" for run in mine.itertuples())
        for code, mine in rows.groupby("component", sort=False)
    )
    shut = ", ".join(f"{row.start:%Y-%m-%d} {row.why}" for row in closed.itertuples())
    return f"{title}. First days of runs. {listed}. Closed: {shut or 'no day'}."
