"""Journey maps: one learner's steps along the calendar, a line for each step."""

from collections.abc import Mapping
from datetime import date
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
    coloured,
    dashed,
    days,
    drawable,
    finished,
)

STATES = {"done": GREY, "booked": BLUE, "planned": ORANGE, "tentative": GREEN}
MARKS = (GREEN, INK, RED)
SHORT = 0.007
"""A bar is drawn at least as long as this share of the whole, so that a single day can be seen."""


def journey_map(steps: pd.DataFrame, marks: Mapping[str, date | None], *, title: str) -> Drawing:
    """Draw one learner's steps (rows of `plan_frame`) in order of time; `marks` = days to be marked, by their names."""
    known = {name: day for name, day in marks.items() if day is not None}
    chart = alt.layer(_bars(drawable(steps)), *_marked(known), *_labels(known))
    return finished(
        chart.properties(width=WIDTH, height=alt.Step(ROW)),
        title=title,
        below="Each line is one step; a single day is drawn a little wider so that it can be seen.",
        told=_told(title, steps, known),
    )


def alternatives_map(steps: pd.DataFrame, *, title: str) -> Drawing:
    """Draw the steps to come of several paths (rows of `alternatives_frame`), one path below the other."""
    rows = drawable(steps).assign(
        path=[
            f"{'Best path' if number == 0 else f'Alternative {number}'}: {day:%Y-%m-%d}"
            for number, day in zip(steps["path"], steps["graduation"], strict=True)
        ]
    )
    order = list(rows["path"].unique())
    chart: Any = _bars(rows).properties(width=WIDTH - 60, height=alt.Step(ROW))
    faceted = chart.facet(
        row=alt.Row(
            "path:N", sort=order, title=None, header=alt.Header(orient="top", labelAnchor="start", labelFontSize=13)
        )
    ).resolve_scale(y="independent")
    told = f"{title}. " + " ".join(f"{each}, {int((rows['path'] == each).sum())} steps." for each in order)
    return finished(faceted, title=title, below="Only what is still to come; the day is that of graduation.", told=told)


def _bars(steps: pd.DataFrame) -> alt.Chart:
    least = (steps["end"].max() - steps["start"].min()) * SHORT
    rows = steps.assign(
        line=[
            f"{offering or component}: {name}{f' ({role})' if role else ''}"
            for offering, component, name, role in _words(steps)
        ],
        until=[
            max(end + pd.Timedelta(days=1), start + least)
            for start, end in zip(steps["start"], steps["end"], strict=True)
        ],
    ).drop(columns=["end", "component", "title", "role"])
    seen = [state for state in STATES if state in set(rows["state"])]
    bars: alt.Chart = (
        alt.Chart(rows)
        .mark_bar(height=ROW - 7, cornerRadius=2, stroke=INK, strokeWidth=0.5)
        .encode(
            x=days("start"),
            x2="until:T",
            y=alt.Y("line:N", sort=None, axis=LIST_ALL),
            color=coloured("state", {state: STATES[state] for state in seen}),
            strokeDash=dashed("state"),
        )
    )
    return bars


def _words(steps: pd.DataFrame) -> list[tuple[str | None, str, str, str | None]]:
    columns = (steps["offering"], steps["component"], steps["title"], steps["role"])
    return [
        (offering or None, component, "" if name is None else name, role or None)
        for offering, component, name, role in zip(*columns, strict=True)
    ]


def _marked(known: Mapping[str, date]) -> list[Any]:
    """Draw an upright line for each marked day."""
    return [
        alt.Chart(pd.DataFrame({"day": [pd.Timestamp(day)]}))
        .mark_rule(color=colour, strokeWidth=1.5, strokeDash=dash)
        .encode(x="day:T")
        for (_, day), colour, dash in zip(known.items(), MARKS, ((4, 3), (1, 0), (2, 2)), strict=False)
    ]


def _labels(known: Mapping[str, date]) -> list[Any]:
    """Write each marked day above the drawing, every other one higher, so that close ones do not collide."""
    return [
        alt.Chart(pd.DataFrame({"day": [pd.Timestamp(day)], "label": [f"{name} {day}"]}))
        .mark_text(align="center", baseline="bottom", fontSize=11, color=colour)
        .encode(x="day:T", y=alt.value(-4 - 13 * (number % 2)), text="label:N")
        for number, ((name, day), colour) in enumerate(zip(known.items(), MARKS, strict=False))
    ]


def _told(title: str, steps: pd.DataFrame, known: Mapping[str, date]) -> str:
    counted = ", ".join(f"{int(count)} {state}" for state, count in steps["state"].value_counts(sort=False).items())
    marked = ", ".join(f"{name} {day}" for name, day in known.items())
    span = f"from {steps['start'].min():%Y-%m-%d} to {steps['end'].max():%Y-%m-%d}"
    return f"{title}. {len(steps)} steps {span}: {counted}. Marked: {marked}."
