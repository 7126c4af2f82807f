"""What one more place would save: for each shared thing that has run out the whole question is solved again with one more.

Prices only decide which are tried first; what is said comes from the new answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from models.rule import Resource
from scheduler.engines.budget import Budget

if TYPE_CHECKING:
    from scheduler.solve.column_generation.answer import Joint
    from scheduler.solve.column_generation.grid import Numbers
    from scheduler.solve.column_generation.joint import Exchange
    from scheduler.solve.column_generation.whole import Share

MOST, HALF = 8, 60
"""So many things are tried at most: those with the highest prices; half as many with more classes of learners than `HALF`."""

WORK = 5_000
"""Classes of learners that are solved again in all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bottleneck:
    """With one more place in `thing`, `more` learners graduate, or as many and together `days` earlier.

    `days` is None where more graduate: then the days of different people would be compared. Where it is not proved that no plan
    wins more, both say what a plan that was found wins at least.
    """

    thing: Resource
    more: int
    days: int | None
    is_proved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bottlenecks:
    """The things tried, best first, and how many that may bind were not tried, or neither win nor are proved to win nothing."""

    tried: tuple[Bottleneck, ...]
    untried: int


def bottlenecks(joint: "Joint", budget: Budget) -> Bottlenecks:
    """Solve again with one more place in each of the dearest things; nothing is said of a plan that is not proved.

    Each time it starts from the columns and the plan of the first answer, and looks briefly: mostly that is a proof.
    """
    if not joint.is_proved:
        return Bottlenecks(tried=(), untried=0)
    dear = _dearest(joint)
    classes = max(1, len(joint.cohort.count))
    most = min(MOST if classes <= HALF else MOST // 2, WORK // classes)
    tried = [each for thing in dear[:most] if (each := _with_one_more(joint, thing, budget)) is not None]
    tried.sort(key=lambda each: (-each.more, -(each.days or 0), each.thing))
    return Bottlenecks(tried=tuple(tried), untried=len(dear) - len(tried))


def _dearest(joint: "Joint") -> Sequence[Resource]:
    """Return what has a price in some proof, or has run out, the dearest first."""
    prices: dict[Resource, int] = {}
    for proof in joint.proofs:
        scale = 1 if proof.day else proof_scale(joint)
        for thing, price in proof.prices.items():
            prices[thing] = max(prices.get(thing, 0), price * scale)
    return sorted(prices, key=lambda thing: (-prices[thing], thing))


def proof_scale(joint: "Joint") -> int:
    """Return what a learner left out costs in days: it makes the prices of two proofs comparable."""
    return max(1, (joint.cohort.instance.last_day - joint.cohort.instance.as_of).days)


def _with_one_more(joint: "Joint", thing: Resource, budget: Budget) -> Bottleneck | None:
    """Solve again with one more place; None where nothing was won, and that nothing can be is not proved."""
    if budget.is_over:
        return None
    before = joint.optimum
    limits = joint.cohort.limits.copy()
    limits[joint.cohort.things[thing]] += 1
    fewest = None
    if before.fewest is not None:
        fewest = _looked_again(before.fewest, limits, before.days.best, budget)
        more = before.missing - before.turn.missing(fewest)
        if more:
            return Bottleneck(thing=thing, more=more, days=None, is_proved=fewest.is_proved)
    days = _looked_again(before.days, limits, before.days.best, budget)
    after = replace(before, days=days, fewest=fewest, missing=before.turn.missing(days))
    more, won = before.missing - after.missing, before.total - after.total
    if not after.is_proved and (more, won) <= (0, 0):
        return None
    return Bottleneck(thing=thing, more=more, days=None if more else won, is_proved=after.is_proved)


def _looked_again(before: "Exchange", limits: "Numbers", known: "Share", budget: Budget) -> "Exchange":
    """Look briefly under other limits, from a plan and from the prices before, which bound what can be won at once."""
    from scheduler.solve.column_generation.joint import Exchange

    again = Exchange(before.cohort, replace(before.market, limits=limits))
    again.glance(budget, known, before)
    return again
