"""Whole numbers from columns: the best plan among those whose columns cost little more than the bound."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from scheduler.engines.budget import Budget
from scheduler.engines.highs import LinearProgram, whole_bound
from scheduler.engines.whole_numbers import minimise
from scheduler.solve.column_generation.grid import Flags, Numbers
from scheduler.solve.column_generation.linear import Cut, Market
from scheduler.solve.column_generation.measures import Measure
from scheduler.solve.column_generation.pool import ColumnPool

Share = dict[int, int]
"""How many learners take each column."""

Times = TypeVar("Times", int, float)

ROUNDING = 1e-5
"""How far from a whole number the linear solver's whole numbers are."""

EFFORT = 20
"""So many branches one look for whole numbers may take."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look for whole numbers found: a plan (None = none), and what every plan of these columns costs at least."""

    share: Share | None
    least: int


def whole(
    pool: ColumnPool,
    market: Market,
    columns: Numbers,
    reach: tuple[int, int],
    budget: Budget,
    effort: int = EFFORT,
    cuts: Sequence[Cut] = (),
) -> Looked:
    """Look for the best plan that takes only some columns and costs as `reach` says, from and to; `cuts` exclude none.

    What costs more than `reach` may be found too, and is of no use.
    """
    owners = pool.owner[columns]
    here = np.flatnonzero(market.count)
    program = LinearProgram()
    chosen = [program.variable(float(market.count[owner]), whole=True) for owner in owners.tolist()]
    left_out = {owner: program.variable(float(market.count[owner]), whole=True) for owner in here.tolist()}
    takers: dict[int, list[tuple[float, int]]] = {owner: [(1.0, none)] for owner, none in left_out.items()}
    using: dict[int, list[tuple[float, int]]] = {}
    for column, owner, variable in zip(columns.tolist(), owners.tolist(), chosen, strict=True):
        takers[owner].append((1.0, variable))
        for thing in pool.used(column).tolist():
            using.setdefault(thing, []).append((1.0, variable))
    for owner, terms in takers.items():
        program.require(terms, low=float(market.count[owner]), high=float(market.count[owner]))
    for thing, terms in using.items():
        program.require(terms, high=float(market.limits[thing]))
    for promise in market.promises:
        program.require(_measured(pool, promise.measure, columns, chosen, left_out), high=float(promise.most))
    _require_cuts(program, cuts, dict(zip(columns.tolist(), chosen, strict=True)))
    cost = _measured(pool, market.goal, columns, chosen, left_out)
    outcome = minimise(program, {variable: int(factor) for factor, variable in cost}, reach[1], budget, effort)
    if outcome.kind == "infeasible":
        return Looked(None, reach[1] + 1)
    least = min(reach[1] + 1, max(reach[0], whole_bound(outcome.bound) or reach[0]))
    if not outcome.values:
        return Looked(None, least)
    taken = zip(columns.tolist(), (round(outcome.values[variable]) for variable in chosen), strict=True)
    return Looked({column: times for column, times in taken if times}, least)


def _require_cuts(program: LinearProgram, cuts: Sequence[Cut], chosen: Mapping[int, int]) -> None:
    for cut in cuts:
        terms = [(float(factor), chosen[column]) for column, factor in cut.factors.items()]
        program.require(terms, high=float(cut.most))


def _measured(
    pool: ColumnPool, measure: Measure, columns: Numbers, chosen: list[int], left_out: Mapping[int, int]
) -> list[tuple[float, int]]:
    counts = measure.of(pool.owner[columns], pool.days[columns]).tolist()
    terms = [(float(count), variable) for count, variable in zip(counts, chosen, strict=True) if count]
    return terms + [(float(measure.out[owner]), none) for owner, none in left_out.items() if measure.out[owner]]


def amount(pool: ColumnPool, count: Numbers, measure: Measure, share: Share) -> int:
    """Return what a plan counts towards a measure; `count` = learners by class."""
    at, times = np.array(list(share), np.int64), np.array(list(share.values()), np.int64)
    owner = pool.owner[at]
    seated = np.bincount(owner, times, len(count)).astype(np.int64)
    return int((measure.of(owner, pool.days[at]) * times).sum() + ((count - seated) * measure.out).sum())


def is_within(pool: ColumnPool, market: Market, share: Share) -> bool:
    """Say whether a plan exceeds no limit, takes nobody twice, and keeps every promise."""
    used = np.zeros(len(market.limits), np.int64)
    seated = np.zeros(len(market.count), np.int64)
    for column, times in share.items():
        np.add.at(used, pool.used(column), times)
        seated[pool.owner[column]] += times
    fits = (used <= market.limits).all() and (seated <= market.count).all()
    kept = (amount(pool, market.count, each.measure, share) <= each.most for each in market.promises)
    return bool(fits) and all(kept)


def exceeded(pool: ColumnPool, market: Market, share: Share) -> Flags:
    """Say of which things a plan uses more than there is."""
    used = np.zeros(len(market.limits), np.int64)
    for column, times in share.items():
        np.add.at(used, pool.used(column), times)
    found: Flags = used > market.limits
    return found


def remainder(pool: ColumnPool, market: Market, share: Share) -> Market:
    """Return who and what is left when a part of a plan is kept."""
    count, limits = market.count.copy(), market.limits.copy()
    for column, times in share.items():
        count[pool.owner[column]] -= times
        np.subtract.at(limits, pool.used(column), times)
    promises = tuple(
        replace(each, most=each.most - amount(pool, np.zeros_like(count), of_paths(each.measure), share))
        for each in market.promises
    )
    return replace(market, count=count, limits=limits, promises=promises)


def joined(one: Share, other: Share) -> Share:
    """Return two parts of a plan as one."""
    both = dict(one)
    for column, times in other.items():
        both[column] = both.get(column, 0) + times
    return both


def taken_over(source: ColumnPool, share: Mapping[int, Times], pool: ColumnPool) -> dict[int, Times]:
    """Return a plan of the columns of one pool as one of another, to which they are added."""
    at = np.array(list(share), np.int64)
    drafts = [source.drafts[column] for column in share]
    return dict(
        zip(pool.numbers(source.owner[at], source.days[at], source.uses[at], drafts), share.values(), strict=True)
    )


def of_paths(measure: Measure) -> Measure:
    """Return what only the paths count, and nobody who is left out."""
    return replace(measure, out=np.zeros_like(measure.out))


def floored(weights: Mapping[int, float]) -> Share:
    """Return the whole parts of a linear plan."""
    return {column: int(weight + ROUNDING) for column, weight in weights.items() if weight >= 1 - ROUNDING}
