"""Answers as pandas frames, one tidy table each, for analysts and notebooks: days are `datetime64`, absent is NaT or <NA>."""

from scheduler.frames.calendar import runs_frame
from scheduler.frames.goals import goals_frame
from scheduler.frames.paths import alternatives_frame, graduations_frame, plan_frame
from scheduler.frames.reasons import conflict_frame, missing_frame
from scheduler.frames.repeats import curve_frame, extras_frame, left_frame, seatings_frame
from scheduler.frames.sharing import prices_frame, seats_frame

__all__ = [
    "alternatives_frame",
    "conflict_frame",
    "curve_frame",
    "extras_frame",
    "goals_frame",
    "graduations_frame",
    "left_frame",
    "missing_frame",
    "plan_frame",
    "prices_frame",
    "runs_frame",
    "seatings_frame",
    "seats_frame",
]
