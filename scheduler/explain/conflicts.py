"""Why a learner cannot graduate: a minimal set of facts and rules that cannot hold together, proved by fresh solves."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from models.programme.instance import Instance
from models.rule import Fact
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Kind, Settings
from scheduler.explain.by_arrays import suspects
from scheduler.explain.cases import FeasibilityOracle, after_changes, case_of


def facts_of(instance: Instance, learner: str) -> list[Fact]:
    """Return everything that can stand in a learner's way, in the order in which it is tried to do without."""
    return case_of(instance, learner).facts


def kind_without(instance: Instance, learner: str, dropped: Sequence[Fact], settings: Settings, budget: Budget) -> Kind:
    """Say whether a learner could graduate if some facts did not hold; nothing is posted once the budget is over."""
    return case_of(instance, learner, settings=settings, budget=budget).kind(dropped)


def conflict_of(
    instance: Instance, learner: str, *, settings: Settings | None = None, budget: Budget | None = None
) -> tuple[Fact, ...]:
    """Return a minimal conflict of a learner who cannot graduate; empty if time ran out before one was proved.

    Each member is needed: without any one of them the learner could graduate, whatever the others say.
    """
    return conflict_in(case_of(instance, learner, settings=settings, budget=budget))


def conflict_in(case: FeasibilityOracle) -> tuple[Fact, ...]:
    """Return a minimal conflict of a case that has no path; empty if time ran out before one was proved."""
    everything = case.facts
    suspected = _suspected(case, everything)
    if suspected:
        return tuple(in_order(suspected))
    needed = shrunk(case, everything)
    if case.budget.is_over or not is_minimal(case.again(), everything, needed):
        return ()
    return tuple(in_order(needed))


def _suspected(case: FeasibilityOracle, everything: Sequence[Fact]) -> list[Fact]:
    """Return the conflict that remains when facts are dropped one after the other, if it lies among those under suspicion.

    Whatever is not suspected is taken to be dropped; of a suspect that is kept there is a judged path without it, though all
    that follows still stands. That what is kept forbids every path is proved by the solver. Empty = no such proof.
    """
    for group in suspects(case.instance, case.learner, case.before, everything):
        if case.budget.is_over:
            break
        kept = _kept_of(case, group, everything)
        if kept:
            return kept
    return []


def _kept_of(case: FeasibilityOracle, group: Sequence[Fact], everything: Sequence[Fact]) -> list[Fact]:
    """Return those of a group that remain when facts are dropped one by one; empty where they do not forbid every path."""
    kept: list[Fact] = []
    gone: list[Fact] = []
    standing = replace(case, by="arrays")
    if _without(standing, [fact for fact in everything if fact not in group]).kind() == "feasible":
        return []
    for fact in everything:
        asked = replace(standing, by="both") if fact.without is None else standing
        if fact in group and asked.kind([fact]) in {"optimal", "feasible"}:
            kept.append(fact)
            continue
        gone.append(fact)
        standing = _without(standing, [fact])
    if standing.kind() != "feasible" and case.again().kind(gone) == "infeasible":
        return kept
    return []


def shrunk(case: FeasibilityOracle, facts: Sequence[Fact], gone: Sequence[Fact] = ()) -> list[Fact]:
    """Drop facts, in halving pieces, as long as the rest (without those that are `gone`) still forbids every path."""
    standing, whole = _without(case, gone), _whole(gone)
    kept: list[Fact] = []
    pieces = [list(facts)]
    while pieces and not case.budget.is_over:
        piece = pieces.pop(0)
        freer = _without(standing, piece)
        if freer.kind([*whole, *_whole(piece)]) == "infeasible":
            standing, whole = freer, [*whole, *_whole(piece)]
        elif len(piece) == 1:
            kept += piece
        else:
            half = len(piece) // 2
            pieces[:0] = [piece[:half], piece[half:]]
    return kept


def _without(case: FeasibilityOracle, facts: Iterable[Fact]) -> FeasibilityOracle:
    """Return a case in which some facts do not hold; whole rules stay."""
    return replace(
        case, instance=after_changes(case.instance, [fact.without for fact in facts if fact.without is not None])
    )


def _whole(facts: Iterable[Fact]) -> list[Fact]:
    return [fact for fact in facts if fact.without is None]


def is_minimal(case: FeasibilityOracle, everything: Sequence[Fact], needed: Sequence[Fact]) -> bool:
    """Prove anew that some facts forbid every path, and that dropping any one of them frees the learner."""
    others = [fact for fact in everything if fact not in needed]
    if not needed or case.kind(others) != "infeasible":
        return False
    return all(case.kind([*others, fact]) in {"optimal", "feasible"} for fact in needed)


def frees(
    instance: Instance, learner: str, conflict: Sequence[Fact], *, settings: Settings, budget: Budget
) -> bool | None:
    """Say whether dropping any one fact of a conflict, and nothing else, opens a path; None where time ran out."""
    case = case_of(instance, learner, settings=settings, budget=budget)
    kinds = [case.kind([fact]) for fact in conflict]
    if not kinds or "unknown" in kinds:
        return None
    return "infeasible" not in kinds


def in_order(facts: Sequence[Fact]) -> list[Fact]:
    """Sort as one would tell it: what is required, what the calendar and the learner allow by day, when the time is over."""
    return sorted(facts, key=lambda fact: (fact.place, fact.since or date.max))
