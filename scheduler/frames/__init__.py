"""Answers as pandas frames, one tidy table each, for analysts and notebooks: days are `datetime64`, absent is NaT or <NA>."""

from scheduler.frames.calendar import runs_frame
from scheduler.frames.effects import (
    critical_frame,
    missed_frame,
    progress_frame,
    readings_frame,
    seats_worth_frame,
    value_frame,
)
from scheduler.frames.events import events_frame
from scheduler.frames.goals import goals_frame
from scheduler.frames.judged import promises_frame, proof_frame, violations_frame
from scheduler.frames.paths import alternatives_frame, graduations_frame, plan_frame
from scheduler.frames.reasons import chain_frame, conflict_frame, explanation_frame, missing_frame, repairs_frame
from scheduler.frames.repeats import curve_frame, extras_frame, left_frame, seatings_frame
from scheduler.frames.sharing import bottlenecks_frame, prices_frame, seats_frame, shortages_frame
from scheduler.frames.studies import learners_frame, overbooking_frame, spread_frame
from scheduler.frames.year import closed_frame, year_frame
from scheduler.frames.year_tables import added_frame, compared_frame, ledger_frame

__all__ = [
    "added_frame",
    "alternatives_frame",
    "bottlenecks_frame",
    "chain_frame",
    "closed_frame",
    "compared_frame",
    "conflict_frame",
    "critical_frame",
    "curve_frame",
    "events_frame",
    "explanation_frame",
    "extras_frame",
    "goals_frame",
    "graduations_frame",
    "learners_frame",
    "ledger_frame",
    "left_frame",
    "missed_frame",
    "missing_frame",
    "overbooking_frame",
    "plan_frame",
    "prices_frame",
    "progress_frame",
    "promises_frame",
    "proof_frame",
    "readings_frame",
    "repairs_frame",
    "runs_frame",
    "seatings_frame",
    "seats_frame",
    "seats_worth_frame",
    "shortages_frame",
    "spread_frame",
    "value_frame",
    "violations_frame",
    "year_frame",
]
