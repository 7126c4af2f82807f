"""Why a learner cannot graduate: a minimal set of facts and rules that cannot hold together, proved by fresh solves."""

from collections.abc import Sequence

from models.changes import only_learner
from models.formulation import all_rules, formulate
from models.instance import Instance
from models.rule import Fact
from scheduler.solve.budget import Budget
from scheduler.solve.cpsat import Kind, Settings
from scheduler.solve.lexicographic import minimise

BACKGROUND = ("once",)
"""Rules that no conflict does without: they say what counting distinct components means."""

KEEP_LAST = ("window", "bookable", "requirements", "prerequisites", "first", "last")
"""Facts of these rules are dropped only when the others are gone, so that a conflict speaks of them if it can."""


def facts_of(instance: Instance, learner: str) -> list[Fact]:
    """Return everything that can stand in a learner's way, in the order in which it is tried to do without."""
    found: list[Fact] = []
    for rule in (rule for rule in all_rules() if rule.name not in BACKGROUND):
        facts = list(rule.facts(instance, learner))
        found += facts or [Fact(rule=rule.name, sentence=rule.sentence)]
    return sorted(found, key=lambda fact: -KEEP_LAST.index(fact.rule) if fact.rule in KEEP_LAST else -len(KEEP_LAST))


def verdict(instance: Instance, learner: str, dropped: Sequence[Fact], settings: Settings, budget: Budget) -> Kind:
    """Say whether a learner could graduate if some facts did not hold; nothing is posted once the budget is over."""
    if budget.is_over:
        return "unknown"
    for fact in dropped:
        if fact.without is not None:
            instance = fact.without(instance)
    gone = {fact.rule for fact in dropped if fact.without is None}
    rules = [rule for rule in all_rules() if rule.name not in gone]
    formulation = formulate(instance, [learner], rules=rules, certain=True)
    return minimise(formulation, [], settings, budget).kind


def conflict_of(
    instance: Instance, learner: str, *, settings: Settings | None = None, budget: Budget | None = None
) -> tuple[Fact, ...]:
    """Return a minimal conflict of a learner who cannot graduate; empty if time ran out before one was proved.

    Each member is needed: without any one of them the learner could graduate, whatever the others say.
    """
    settings, budget = settings or Settings(), budget or Budget()
    single = only_learner(instance, learner)
    everything = facts_of(instance, learner)
    needed = _shrink(single, learner, everything, settings, budget)
    if budget.is_over:
        return ()
    again = Settings(settings.seed + 1, settings.workers)
    return tuple(_in_order(needed)) if is_minimal(single, learner, everything, needed, again, budget) else ()


def _shrink(
    instance: Instance, learner: str, everything: Sequence[Fact], settings: Settings, budget: Budget
) -> list[Fact]:
    """Drop facts, in halving pieces, as long as the rest still forbids every path."""
    dropped: list[Fact] = []
    kept: list[Fact] = []
    pieces = [list(everything)]
    while pieces and not budget.is_over:
        piece = pieces.pop(0)
        if verdict(instance, learner, [*dropped, *piece], settings, budget) == "infeasible":
            dropped += piece
        elif len(piece) == 1:
            kept += piece
        else:
            half = len(piece) // 2
            pieces[:0] = [piece[:half], piece[half:]]
    return kept


def is_minimal(
    instance: Instance,
    learner: str,
    everything: Sequence[Fact],
    needed: Sequence[Fact],
    settings: Settings,
    budget: Budget,
) -> bool:
    """Prove anew that some facts forbid every path, and that dropping any one of them frees the learner."""
    others = [fact for fact in everything if fact not in needed]
    if not needed or verdict(instance, learner, others, settings, budget) != "infeasible":
        return False
    return all(
        verdict(instance, learner, [*others, fact], settings, budget) in {"optimal", "feasible"} for fact in needed
    )


def frees(
    instance: Instance, learner: str, conflict: Sequence[Fact], *, settings: Settings, budget: Budget
) -> bool | None:
    """Say whether dropping any one fact of a conflict, and nothing else, opens a path; None where time ran out."""
    single = only_learner(instance, learner)
    kinds = [verdict(single, learner, [fact], settings, budget) for fact in conflict]
    if not kinds or "unknown" in kinds:
        return None
    return "infeasible" not in kinds


def _in_order(facts: Sequence[Fact]) -> list[Fact]:
    """Sort as one would tell it: what is required, what the calendar and the learner allow, when the time is over."""
    order = ("requirements", "first", "prerequisites", "gate", "last", "bookable")
    return sorted(
        facts, key=lambda fact: order.index(fact.rule) if fact.rule in order else 90 + (fact.rule == "window")
    )
