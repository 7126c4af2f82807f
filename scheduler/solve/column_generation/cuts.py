"""Cuts: rows that no plan breaks and linear plans do, found where all columns of use are listed, so that none needs a price.

Half the sum of three rows, rounded down on both sides: of three things of one place each, whoever uses two takes one of one
(subset rows: Jepsen, Petersen, Spoorendonk and Pisinger, *Subset-row inequalities*, 2008). Classes are rows as things are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from math import ceil

import numpy as np

from scheduler.engines.budget import Budget
from scheduler.solve.column_generation.grid import Flags, Numbers
from scheduler.solve.column_generation.linear import Cut, Linear, Market
from scheduler.solve.column_generation.pool import ColumnPool

ROUNDS, AT_ONCE = 12, 40
"""So often cuts are looked for, and so many are taken at once."""

ROWS = 70
"""Of so many rows three are tried, those first that most fractions of columns use."""

BROKEN = 0.02
"""A cut is broken by a linear plan that exceeds it by so much."""

SLACK, ROUNDING = 1e-6, 0.01
"""A row is full to within the first; a linear optimum is rounded up but for the second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strengthened:
    """Cuts of a program in whole numbers, and what every plan of its columns costs at least by them."""

    cuts: tuple[Cut, ...]
    least: int


def strengthened(pool: ColumnPool, market: Market, columns: Numbers, enough: int, budget: Budget) -> Strengthened:
    """Cut off linear plans of some columns until none that is cut off is found, or all plans cost `enough`."""
    linear = Linear(pool, market)
    linear.add(columns)
    cuts: dict[tuple[int, ...], Cut] = {}
    least = 0
    for _ in range(ROUNDS):
        relaxed = linear.solve(budget)
        if relaxed is None:
            break
        least = max(least, ceil(linear.objective.Value() - ROUNDING))
        if least >= enough:
            break
        fresh = [rows for rows in _broken(pool, market, relaxed.weights) if rows not in cuts][:AT_ONCE]
        if not fresh:
            break
        for rows in fresh:
            cuts[rows] = _cut(pool, market, columns, rows)
            linear.cut(cuts[rows])
    return Strengthened(cuts=tuple(cuts.values()), least=least)


def _broken(pool: ColumnPool, market: Market, weights: Mapping[int, float]) -> list[tuple[int, ...]]:
    """Return three rows each whose cut a linear plan breaks, those first that it breaks most; a class follows all things."""
    columns, parts = np.array(list(weights), np.int64), np.array(list(weights.values()))
    counts = np.concatenate([market.limits, market.count])
    used = _used(pool, columns, len(counts))
    is_fraction = np.abs(parts - np.round(parts)) > SLACK
    weight = used[:, is_fraction].sum(axis=1)
    full = np.flatnonzero((weight > 0) & (used @ parts >= counts - SLACK))
    rows = np.sort(full[np.argsort(-weight[full], kind="stable")][:ROWS])
    triples = np.array(list(combinations(rows.tolist(), 3)), np.int64).reshape(-1, 3)
    triples = triples[counts[triples].sum(axis=1) % 2 == 1]
    halves = sum((used[triples[:, at]] for at in range(3)), np.zeros((len(triples), len(columns)), np.int64)) // 2
    excess = halves @ parts - counts[triples].sum(axis=1) // 2
    order = np.argsort(-excess, kind="stable")
    return [tuple(triples[at].tolist()) for at in order[: int((excess > BROKEN).sum())].tolist()]


def _used(pool: ColumnPool, columns: Numbers, rows: int) -> Numbers:
    """Return by row and column how often a column stands in each row: that of a thing that it uses, or of its class."""
    found = np.zeros((rows, len(columns)), np.int64)
    for at, column in enumerate(columns.tolist()):
        found[pool.used(column), at] += 1
    found[pool.things + pool.owner[columns], np.arange(len(columns))] += 1
    return found


def _cut(pool: ColumnPool, market: Market, columns: Numbers, rows: tuple[int, ...]) -> Cut:
    """Return the cut of three rows over some columns."""
    things = [row for row in rows if row < pool.things]
    classes = [row - pool.things for row in rows if row >= pool.things]
    times = (np.isin(pool.uses[columns], things).sum(axis=1) + np.isin(pool.owner[columns], classes)) // 2
    most = int(market.limits[things].sum() + market.count[classes].sum()) // 2
    at: Flags = times > 0
    return Cut(factors=dict(zip(columns[at].tolist(), times[at].tolist(), strict=True)), most=most)
