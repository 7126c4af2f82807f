"""The summary rows: what one scenario came to, beside the baseline; and what many samples of it say together."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from scheduler.studies.confidence import Estimate, mean
from scheduler.studies.outcome import Part, ScenarioOutcome
from scheduler.studies.parts import days_of
from scheduler.studies.ranges import day_by

Row = dict[str, Any]
GRADUATING = frozenset({"graduates", "graduated"})
NOT_DONE = "not-done"
MEANS = ("blocked", "newly_blocked", "newly_free", "learner_days", "seats_used", "waiting", "covered", "sessions_added")


def total(outcome: ScenarioOutcome | None, base: ScenarioOutcome | None, today: date) -> Row:
    """Return the summary of one outcome; an error has its words, and what was not reached says so."""
    if outcome is None:
        return {"status": NOT_DONE}
    if outcome.status == "error":
        return {"status": "error", "error": outcome.error, "seconds": outcome.seconds}
    row: Row = {
        "status": outcome.status,
        "seats_used": outcome.seats,
        "cost": None if outcome.cost is None else float(Decimal(outcome.cost)),
        "currency": outcome.currency,
        "unpriced": outcome.unpriced,
        "waiting": outcome.waiting,
        "covered": outcome.covered,
        "sessions_added": outcome.sessions,
        "bound": outcome.bound,
        "seconds": outcome.seconds,
    }
    return row if outcome.waiting is not None else row | _counted(outcome, base, today)


def _counted(outcome: ScenarioOutcome, base: ScenarioOutcome | None, today: date) -> Row:
    """Count who graduates, and compare with the baseline."""
    here = {part.learner: part for part in outcome.parts}
    there = {part.learner: part for part in base.parts} if base else {}
    pairs = [(part, there[name]) for name, part in here.items() if name in there]
    chances = [_chance(part) for part in outcome.parts]
    later = [difference for part, first in pairs if (difference := _later(part, first, today)) is not None]
    return {
        "graduates": _tidy(sum(chances)),
        "blocked": _tidy(sum(_stuck(part) for part in outcome.parts)),
        "newly_blocked": sum(part.status == "blocked" and first.status in GRADUATING for part, first in pairs),
        "newly_free": sum(part.status in GRADUATING and first.status == "blocked" for part, first in pairs),
        "learner_days": outcome.days if outcome.days is not None else _tidy(_expected(outcome.parts, today)),
        "learner_days_later": sum(later) if base else None,
    }


def _chance(part: Part) -> float:
    if part.spread:
        return sum(weight for weight, day in part.spread if day is not None)
    return float(part.status in GRADUATING)


def _stuck(part: Part) -> float:
    return 1 - _chance(part) if part.spread else float(part.status == "blocked")


def _later(part: Part, first: Part, today: date) -> int | None:
    here, there = days_of(_likely(part), today), days_of(_likely(first), today)
    return None if here is None or there is None else here - there


def _likely(part: Part) -> str | None:
    return day_by(part.spread, 0.5) if part.spread else part.day


def _expected(parts: Sequence[Part], today: date) -> float:
    return sum(weight * (days_of(day, today) or 0) for part in parts for weight, day in part.spread if day is not None)


def _tidy(number: float) -> int | float:
    """Return a whole number as one, and another without what rounding has left of it."""
    rounded = round(number, 9)
    return int(rounded) if rounded == int(rounded) else rounded


def sampled(rows: Sequence[Row]) -> Row:
    """Return the summary of all samples of a scenario: means, with 95 % confidence where it says so."""
    done = [row for row in rows if row["status"] not in {"error", NOT_DONE}]
    errors = [row["error"] for row in rows if row["status"] == "error"]
    if len(done) < len(rows):
        status = "error" if errors else NOT_DONE
        return {"status": status, "samples": len(done), "error": errors[0] if errors else None}
    found: Row = {"status": _worst([row["status"] for row in rows]), "samples": len(rows)}
    found |= _estimate([row.get("graduates") for row in rows], "graduates", "graduates_low", "graduates_high")
    found |= _estimate([row.get("learner_days_later") for row in rows], "learner_days_later", "later_low", "later_high")
    for name in MEANS:
        found |= _estimate([row.get(name) for row in rows], name)
    found["seconds"] = round(sum(row["seconds"] for row in rows), 6)
    return found


def _estimate(values: Sequence[float | None], name: str, low: str | None = None, high: str | None = None) -> Row:
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return {}
    found: Estimate = mean(known)
    row: Row = {name: round(found.value, 6)}
    if low is not None and high is not None and found.low is not None and found.high is not None:
        row |= {low: round(found.low, 6), high: round(found.high, 6)}
    return row


def _worst(statuses: Sequence[str]) -> str:
    """Return `optimal` where every sample is proved (some may have nobody who can graduate), else what is proved least."""
    for status in ("unknown", "feasible"):
        if status in statuses:
            return status
    return "optimal"
