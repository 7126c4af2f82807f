"""Stretches in which somebody is busy."""

from dataclasses import dataclass
from datetime import date, datetime

MOST_SPANS = 5_000
"""More spans than this are no calendar of a person: a recurrence by the minute, say."""

OVER = "over before the planning day"


@dataclass(frozen=True, slots=True)
class Busy:
    """One span: two days, both included, or two instants, the end not included."""

    start: date | datetime
    end: date | datetime
