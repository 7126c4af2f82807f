"""The blocking chain: why a learner cannot graduate earlier, as the few facts and rules that together forbid it."""

from dataclasses import dataclass
from datetime import date

from models.programme.instance import Instance
from models.rule import Fact
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.explain.cases import FeasibilityOracle, case_of
from scheduler.explain.conflicts import conflict_in
from scheduler.explain.naming import named


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One fact of a chain; `without` = the earliest day if it alone did not hold: the same day if more stands in the way.

    The planning day = nothing would be left to do. None = not settled: the question itself, or time ran out.
    """

    fact: Fact
    without: date | None = None


def chain_of(
    instance: Instance, learner: str, day: date, *, settings: Settings | None = None, budget: Budget | None = None
) -> tuple[Link, ...]:
    """Return why a learner cannot graduate before `day`, minimal and proved anew; empty if time ran out before the proof."""
    case = case_of(instance, learner, settings=settings, budget=budget)
    return tuple(_link(case, fact) for fact in _facts(case, day))


def facts_before(
    instance: Instance, learner: str, day: date, *, settings: Settings | None = None, budget: Budget | None = None
) -> tuple[Fact, ...]:
    """Return the facts of the chain alone, the question itself left out; empty if time ran out before the proof."""
    case = case_of(instance, learner, settings=settings, budget=budget)
    return tuple(fact for fact in _facts(case, day) if fact.rule != "earlier")


def _facts(case: FeasibilityOracle, day: date) -> tuple[Fact, ...]:
    asked = case.asking_before(day)
    conflict = conflict_in(asked)
    return named(asked, conflict, day) if conflict else ()


def _link(case: FeasibilityOracle, fact: Fact) -> Link:
    """Look for the earliest day without one fact; pairs that meet and whole rules are left to the proof of the chain."""
    if fact.without is None:
        return Link(fact=fact)
    kind, day = case.earliest([fact])
    settled = kind == "optimal" and day is not None
    return Link(fact=fact, without=max(day, case.instance.as_of) if settled and day else None)
