"""Why an offering is not in a learner's plan: it is there, it cannot be booked, it forbids graduating, or it costs days."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from models.programme.instance import Instance
from models.programme.plan import Path
from models.rule import Fact
from models.rules.bookable import closed_because
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.explain.asked import holding
from scheduler.explain.cases import FeasibilityOracle, case_of
from scheduler.explain.conflicts import conflict_in
from scheduler.explain.naming import named

Verdict = Literal["done", "booked", "planned", "unbookable", "possible", "impossible", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot:
    """What becomes of a path that holds `offering`: `day` = the earliest graduation with it, `best` = without asking for it.

    `reason` = why it cannot be booked. `conflict` = what forbids it, or forbids it before `day`. `counts` = something of the
    learner's edition asks for its component.
    """

    offering: str
    verdict: Verdict
    best: date | None
    day: date | None = None
    reason: str | None = None
    conflict: tuple[Fact, ...] = ()
    counts: bool = True

    @property
    def cost(self) -> int | None:
        """Days that it costs; None where that cannot be said."""
        return None if self.day is None or self.best is None else (self.day - self.best).days


def why_not(
    instance: Instance,
    learner: str,
    offering: str,
    path: Path | None,
    best: date | None,
    *,
    settings: Settings | None = None,
    budget: Budget | None = None,
) -> WhyNot:
    """Say why an offering is not in a learner's best path, which graduates on `best`."""
    counts = instance.offering[offering].component in instance.edition_of(learner).asked_codes
    found = _without_search(instance, learner, offering, path)
    if found is not None:
        verdict, reason = found
        return WhyNot(offering=offering, verdict=verdict, best=best, reason=reason, counts=counts)
    case = case_of(instance, learner, holding(instance.offering[offering]), settings=settings, budget=budget)
    case = replace(case, taken=instance.offering[offering].component)
    kind, day = case.earliest()
    if kind == "infeasible":
        conflict = _proved(case, None)
        verdict = "impossible" if conflict else "unknown"
        return WhyNot(offering=offering, verdict=verdict, best=best, conflict=conflict, counts=counts)
    if kind != "optimal" or day is None:
        return WhyNot(offering=offering, verdict="unknown", best=best, counts=counts)
    conflict = () if day == best else _proved(case.asking_before(day), day)
    return WhyNot(offering=offering, verdict="possible", best=best, day=day, conflict=conflict, counts=counts)


def _proved(case: FeasibilityOracle, before: date | None) -> tuple[Fact, ...]:
    return named(case, conflict, before) if (conflict := conflict_in(case)) else ()


def _without_search(
    instance: Instance, learner: str, offering: str, path: Path | None
) -> tuple[Verdict, str | None] | None:
    """Return what can be said without a search, or None."""
    standing = instance.initial_state[learner]
    if any(done.offering == offering for done in standing.done):
        return "done", None
    if any(booking.offering == offering for booking in standing.bookings):
        return "booked", None
    if path is not None and offering in path.offerings:
        return "planned", None
    run = instance.offering[offering]
    if any(done.component == run.component for done in standing.done):
        edition = instance.edition_of(learner)
        if run.component in edition.component and not edition.may_recur(run.component):
            return "unbookable", f"{run.component} is done already, and counts once"
    closed = closed_because(instance, learner, run)
    return None if closed is None else ("unbookable", closed)
