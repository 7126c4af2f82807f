"""What all charts share: sizes, colours that survive print and colour-blindness, the finish, and SVG with alt text."""

from collections.abc import Mapping
from html import escape
from textwrap import wrap
from typing import Any

import pandas as pd

from scheduler.charts.available import alt, vl_convert
from scheduler.charts.margins import with_room

WIDTH = 580
ROW = 19
"""Pixels: the width of a drawing, and the height of a line in one that has a line for each offering or learner."""

LETTERS = 64
"""So many letters of a title go into a line: more would be wider than the drawing in a wide font."""

GREY, BLUE, ORANGE, GREEN, RED, INK = "#b8b8b8", "#0072b2", "#e69f00", "#009e73", "#d55e00", "#333333"
PALE = "#eef1f4"

LIST_ALL = alt.Axis(labelLimit=230, labelOverlap=False, ticks=False, domain=False, title=None)
"""An axis that names every line."""

MONTHS = alt.Axis(
    format="%b %Y",
    tickCount=alt.TimeIntervalStep(interval="month", step=1),
    labelOverlap=True,
    labelSeparation=9,
)
"""An axis of days that names months, none twice."""

Drawing = alt.Chart | alt.LayerChart | alt.FacetChart
"""A finished chart."""


def drawable(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame that holds something to draw; raise ValueError where it has no row."""
    if frame.empty:
        raise ValueError("there is nothing to draw: the frame has no row")
    return frame


def days(field: str, *, title: str = "Day") -> alt.X:
    """Return the axis of days on which a field is drawn."""
    return alt.X(f"{field}:T", title=title, axis=MONTHS, scale=alt.Scale(padding=10))


def whole_numbers(low: int, high: int, *, grid: bool = True) -> alt.Axis:
    """Return an axis of whole numbers, each written once, some eight of them at most; 0 is among them if it lies there."""
    step = next(
        step for power in range(10) for step in (10**power, 2 * 10**power, 5 * 10**power) if high - low <= 8 * step
    )
    ticks = list(range(-(-low // step) * step, high + 1, step))
    return alt.Axis(values=ticks, format="d", grid=grid)


def coloured(field: str, colours: Mapping[str, str]) -> alt.Color:
    """Return the colours of a field's values, in the order of the legend."""
    return alt.Color(f"{field}:N", title=None, scale=alt.Scale(domain=list(colours), range=list(colours.values())))


def dashed(field: str) -> Any:  # noqa: ANN401 - the drawing library names no type for it
    """Return the outline of what may be tentative: dashed, so that colour is not needed to tell it apart."""
    return alt.condition(f"datum.{field} == 'tentative'", alt.value([3, 2]), alt.value([1, 0]))


def shaped(field: str, shapes: Mapping[str, str]) -> alt.Shape:
    """Return the shapes of a field's values, so that colour is never needed to tell them apart."""
    return alt.Shape(f"{field}:N", title=None, scale=alt.Scale(domain=list(shapes), range=list(shapes.values())))


def finished(chart: Drawing, *, title: str, below: str, told: str) -> Drawing:
    """Return a chart with its title, a line below it, and `told`, the text for who cannot see it."""
    lines = wrap(title, LETTERS)
    text = lines if len(lines) > 1 else title
    heading = alt.Title(text, subtitle=below, anchor="start", fontSize=15, subtitleFontSize=12, offset=12)
    drawn: Any = chart.properties(title=heading, description=told)
    whole: Drawing = (
        drawn.configure_view(stroke=None)
        .configure_axis(labelFontSize=11, titleFontSize=12, titleFontWeight="normal", gridColor="#e4e4e4")
        .configure_legend(labelFontSize=12, titleFontSize=12, orient="bottom", direction="horizontal")
    )
    return whole


def svg(chart: Drawing) -> str:
    """Return the drawing as SVG text, with the chart's title and description inside for screen readers."""
    return _drawn(chart.to_dict())


def show_in_notebooks() -> None:
    """Let notebooks show charts as still SVG drawings, with their description as the plain text beside."""
    alt.renderers.register("scheduler", _rendered)
    alt.renderers.enable("scheduler")


def _rendered(spec: dict[str, Any], **_options: object) -> dict[str, str]:
    return {"image/svg+xml": _drawn(spec), "text/plain": str(spec.get("description", ""))}


def _drawn(spec: dict[str, Any]) -> str:
    """Draw a chart, and name and describe the drawing: the drawing library leaves both out."""
    drawing = with_room(str(vl_convert.vegalite_to_svg(spec)))
    head, _, rest = drawing.partition(">")
    title = spec.get("title", {})
    words = title.get("text", "") if isinstance(title, dict) else title
    named = words if isinstance(words, str) else " ".join(words)
    name, description = escape(named), escape(str(spec.get("description", "")))
    return f'{head} role="img" aria-label="{description}"><title>{name}</title><desc>{description}</desc>{rest}'
