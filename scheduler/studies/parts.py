"""What a table says of one learner in one scenario: from one outcome, from uncertain offerings, or from many samples."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import fmean
from typing import Any

from scheduler.studies.confidence import share
from scheduler.studies.outcome import Part
from scheduler.studies.ranges import day_by

DONE = frozenset({"graduates", "graduated", "varies"})
HOPEFUL, LIKELY, CERTAIN = 0.1, 0.5, 1.0


@dataclass(frozen=True, slots=True)
class LearnerCells:
    """One learner's cells; `days` = from the planning day to graduation, the likely one where it is uncertain."""

    status: str
    days: int | None
    row: dict[str, Any] = field(default_factory=dict)


def days_of(day: str | None, today: date) -> int | None:
    """Return the days from the planning day to a day; a graduation that lies back counts as none."""
    return None if day is None else max((date.fromisoformat(day) - today).days, 0)


def person_of(part: Part, today: date) -> LearnerCells:
    """Return what one outcome says of a learner."""
    if part.spread:
        chance = sum(weight for weight, day in part.spread if day is not None)
        cells = {"chance": round(min(chance, 1.0), 12)}
        return _with_days(_status(part.status, chance), part.spread, cells, today)
    days = days_of(part.day, today)
    row = {"status": part.status, "graduation": part.day, "days": days}
    return LearnerCells(part.status, days, row)


def samples_of(parts: Sequence[Part | None], base: Sequence[Part | None], today: date) -> LearnerCells:
    """Return what many samples say of a learner, each paired with the same sample of the baseline."""
    total = len(parts)
    days = sorted(part.day for part in parts if part is not None and part.day is not None)
    spread = (*((1 / total, day) for day in days), ((total - len(days)) / total, None))
    chance = share(len(days), total)
    cells: dict[str, Any] = {"chance": chance.value, "chance_low": chance.low, "chance_high": chance.high}
    pairs = [
        (days_of(one.day, today) or 0) - (days_of(other.day, today) or 0)
        for one, other in zip(parts, base, strict=True)
        if one and other and one.day and other.day
    ]
    cells["days_later"] = round(fmean(pairs), 6) if pairs else None
    said = {part.status for part in parts if part is not None}
    status = said.pop() if len(said) == 1 else "varies"
    return _with_days(status, spread, cells, today)


def _status(status: str, chance: float) -> str:
    return status if chance == 0 or math.isclose(chance, 1.0) else "varies"


def _with_days(
    status: str, spread: tuple[tuple[float, str | None], ...], cells: dict[str, Any], today: date
) -> LearnerCells:
    likely = day_by(spread, LIKELY)
    days = days_of(likely, today)
    row = {
        "status": status,
        "graduation": likely,
        "days": days,
        **cells,
        "hopeful": day_by(spread, HOPEFUL),
        "likely": likely,
        "certain": day_by(spread, CERTAIN),
    }
    return LearnerCells(status, days, row)
