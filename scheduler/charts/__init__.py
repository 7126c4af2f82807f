"""Charts of the frames: each with a title, units on its axes and a text that says what it shows; needs the extra `notebooks`."""

from scheduler.charts.calendar import gaps_chart
from scheduler.charts.drawing import show_in_notebooks, svg
from scheduler.charts.graduations import graduations_chart
from scheduler.charts.journey import alternatives_map, journey_map
from scheduler.charts.repeats import curve_chart
from scheduler.charts.seats import seats_chart

__all__ = [
    "alternatives_map",
    "curve_chart",
    "gaps_chart",
    "graduations_chart",
    "journey_map",
    "seats_chart",
    "show_in_notebooks",
    "svg",
]
