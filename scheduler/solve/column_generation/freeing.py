"""Freeing: some learners of the best plan leave their paths, and they and whoever is left out are seated anew; all others stay.

A program of few learners is soon settled where that of all is not (Pisinger and Ropke, *Large neighborhood search*, 2010).
"""

from typing import TYPE_CHECKING

import numpy as np

from scheduler.solve.column_generation.rounding import extra_of, offer_completed
from scheduler.solve.column_generation.whole import Share, remainder

if TYPE_CHECKING:
    from scheduler.solve.column_generation.joint import Exchange

FAILURES = 6
"""So often nothing better is found, one after the other, before it ends."""

FREED, LEAST = 4, 12
"""One in so many learners is freed at a time, and so many at least."""

COLUMNS = 1_200
"""So many columns are looked at each time, those that cost least more than the cheapest of their class."""

EFFORT = 16
"""So many branches each look may take."""


def free_some(known: "Exchange") -> None:
    """Offer better plans than the best one, as long as freeing some of its learners leads to one."""
    chance = np.random.default_rng(len(known.best))
    failures = 0
    while failures < FAILURES and known.best and not known.is_done:
        before = known.value
        kept = _kept(known, chance)
        offer_completed(known, kept, _slack(known, kept), EFFORT)
        failures = 0 if known.value < before else failures + 1


def _kept(known: "Exchange", chance: np.random.Generator) -> Share:
    """Return the best plan without some learners, who share what somebody drawn uses, directly or through others."""
    pool = known.cohort.pool
    columns = sorted(known.best)
    many = max(LEAST, sum(known.best.values()) // FREED)
    uses = [set(pool.used(column).tolist()) for column in columns]
    order = [int(each) for each in chance.permutation(len(columns))]
    freed, touched = {order[0]}, set(uses[order[0]])
    while sum(known.best[columns[each]] for each in freed) < many and len(freed) < len(columns):
        near = [each for each in order if each not in freed]
        each = max(near, key=lambda other: len(uses[other] & touched))
        freed.add(each)
        touched |= uses[each]
    return {column: known.best[column] for each, column in enumerate(columns) if each not in freed}


def _slack(known: "Exchange", kept: Share) -> int:
    """Return how much a column may cost more than the cheapest of its class, so that so many are looked at."""
    pool = known.cohort.pool
    extra = extra_of(known)[(remainder(pool, known.market, kept).count > 0)[pool.owner]]
    if len(extra) <= COLUMNS:
        return known.value - known.bound
    return int(np.partition(extra, COLUMNS)[COLUMNS])
