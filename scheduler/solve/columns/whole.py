"""Whole numbers from columns: the best plan among those whose columns cost little more than the bound."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
from ortools.math_opt.python import mathopt

from scheduler.solve.columns.grid import Numbers
from scheduler.solve.columns.linear import Market
from scheduler.solve.columns.measures import Measure
from scheduler.solve.columns.pool import Pool

Share = dict[int, int]
"""How many learners take each column."""


def whole(pool: Pool, market: Market, columns: Numbers, seconds: float) -> Share | None:
    """Return the best plan that takes only some columns; None if none was found in time."""
    model = mathopt.Model()
    rows: dict[int, list[mathopt.Variable]] = {}
    takers: dict[int, list[mathopt.Variable]] = {}
    variables: dict[int, mathopt.Variable] = {}
    for column in columns.tolist():
        owner = int(pool.owner[column])
        variable = model.add_integer_variable(lb=0, ub=float(market.count[owner]))
        variables[column] = variable
        takers.setdefault(owner, []).append(variable)
        for thing in pool.used(column).tolist():
            rows.setdefault(thing, []).append(variable)
    left_out = _choose_once(model, market, takers)
    for thing, using in rows.items():
        model.add_linear_constraint(mathopt.fast_sum(using) <= float(market.limits[thing]))
    for promise in market.promises:
        total = _measured(pool, promise.measure, variables, left_out)
        model.add_linear_constraint(total <= float(promise.most))
    model.minimize(_measured(pool, market.goal, variables, left_out))
    parameters = mathopt.SolveParameters(time_limit=timedelta(seconds=max(min(seconds, 1e6), 0.01)))
    result = mathopt.solve(model, mathopt.SolverType.HIGHS, params=parameters)
    if not result.has_primal_feasible_solution():
        return None
    values = result.variable_values()
    return {column: round(values[each]) for column, each in variables.items() if values[each] > 0.5}  # noqa: PLR2004 - whole


def _choose_once(
    model: mathopt.Model, market: Market, takers: dict[int, list[mathopt.Variable]]
) -> dict[int, mathopt.Variable]:
    left_out = {}
    for owner, count in enumerate(market.count.tolist()):
        if not count:
            continue
        none = model.add_integer_variable(lb=0, ub=float(count))
        left_out[owner] = none
        model.add_linear_constraint(mathopt.fast_sum([*takers.get(owner, ()), none]) == float(count))
    return left_out


def _measured(
    pool: Pool, measure: Measure, variables: dict[int, mathopt.Variable], left_out: dict[int, mathopt.Variable]
) -> mathopt.LinearSum:
    at = np.array(list(variables), np.int64)
    counts = measure.of(pool.owner[at], pool.days[at]).tolist()
    terms = [count * variable for count, variable in zip(counts, variables.values(), strict=True) if count]
    terms += [int(measure.out[owner]) * none for owner, none in left_out.items() if measure.out[owner]]
    return mathopt.fast_sum(terms)


def amount(pool: Pool, count: Numbers, measure: Measure, share: Share) -> int:
    """Return what a plan counts towards a measure; `count` = learners by class."""
    at, times = np.array(list(share), np.int64), np.array(list(share.values()), np.int64)
    owner = pool.owner[at]
    seated = np.bincount(owner, times, len(count)).astype(np.int64)
    return int((measure.of(owner, pool.days[at]) * times).sum() + ((count - seated) * measure.out).sum())


def is_within(pool: Pool, market: Market, share: Share) -> bool:
    """Say whether a plan exceeds no limit, takes nobody twice, and keeps every promise."""
    used = np.zeros(len(market.limits), np.int64)
    seated = np.zeros(len(market.count), np.int64)
    for column, times in share.items():
        np.add.at(used, pool.used(column), times)
        seated[pool.owner[column]] += times
    fits = (used <= market.limits).all() and (seated <= market.count).all()
    kept = (amount(pool, market.count, each.measure, share) <= each.most for each in market.promises)
    return bool(fits) and all(kept)


def remainder(pool: Pool, market: Market, share: Share) -> Market:
    """Return who and what is left when a part of a plan is kept."""
    count, limits = market.count.copy(), market.limits.copy()
    for column, times in share.items():
        count[pool.owner[column]] -= times
        np.subtract.at(limits, pool.used(column), times)
    promises = tuple(
        replace(each, most=each.most - amount(pool, np.zeros_like(count), _of_paths(each.measure), share))
        for each in market.promises
    )
    return replace(market, count=count, limits=limits, promises=promises)


def _of_paths(measure: Measure) -> Measure:
    """Return what only the paths count, and nobody who is left out."""
    return replace(measure, out=np.zeros_like(measure.out))
