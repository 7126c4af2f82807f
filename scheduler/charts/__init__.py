"""Charts of the frames: each with a title, units on its axes and a text that says what it shows; needs the extra `notebooks`."""

from scheduler.charts.calendar import gaps_chart
from scheduler.charts.chances import chances_chart, overbooking_chart
from scheduler.charts.drawing import show_in_notebooks, svg
from scheduler.charts.effects import critical_chart, missed_chart
from scheduler.charts.graduations import graduations_chart
from scheduler.charts.journey import alternatives_map, journey_map
from scheduler.charts.repeats import curve_chart
from scheduler.charts.seats import seats_chart
from scheduler.charts.studies import ranges_chart, scenarios_chart, spread_chart
from scheduler.charts.value import value_chart
from scheduler.charts.year import year_chart

__all__ = [
    "alternatives_map",
    "chances_chart",
    "critical_chart",
    "curve_chart",
    "gaps_chart",
    "graduations_chart",
    "journey_map",
    "missed_chart",
    "overbooking_chart",
    "ranges_chart",
    "scenarios_chart",
    "seats_chart",
    "show_in_notebooks",
    "spread_chart",
    "svg",
    "value_chart",
    "year_chart",
]
