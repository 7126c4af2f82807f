"""Whole numbers from columns: the best plan among those whose columns cost little more than the bound."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
from ortools.math_opt.python import mathopt

from scheduler.solve.columns.blocks import PART
from scheduler.solve.columns.grid import Numbers
from scheduler.solve.columns.linear import Market
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
    cost = [int(pool.days[column]) * market.day / PART * variable for column, variable in variables.items()]
    if market.missing is None:
        cost += [market.left_out / PART * variable for variable in left_out]
    else:
        model.add_linear_constraint(mathopt.fast_sum(left_out) == float(market.missing))
    model.minimize(mathopt.fast_sum(cost))
    parameters = mathopt.SolveParameters(time_limit=timedelta(seconds=max(min(seconds, 1e6), 0.01)))
    result = mathopt.solve(model, mathopt.SolverType.HIGHS, params=parameters)
    if not result.has_primal_feasible_solution():
        return None
    values = result.variable_values()
    return {column: round(values[each]) for column, each in variables.items() if values[each] > 0.5}  # noqa: PLR2004 - whole


def _choose_once(
    model: mathopt.Model, market: Market, takers: dict[int, list[mathopt.Variable]]
) -> list[mathopt.Variable]:
    left_out = []
    for owner, count in enumerate(market.count.tolist()):
        if not count:
            continue
        none = model.add_integer_variable(lb=0, ub=float(count))
        left_out.append(none)
        model.add_linear_constraint(mathopt.fast_sum([*takers.get(owner, ()), none]) == float(count))
    return left_out


def value_of(pool: Pool, market: Market, share: Share) -> int:
    """Return what a plan costs, in parts of a day."""
    seated = np.zeros(len(market.count), np.int64)
    total = 0
    for column, times in share.items():
        seated[pool.owner[column]] += times
        total += int(pool.days[column]) * market.day * times
    return total + (int((market.count - seated).sum()) * market.left_out if market.missing is None else 0)


def is_within(pool: Pool, market: Market, share: Share) -> bool:
    """Say whether a plan exceeds no limit, takes nobody twice, and leaves out as many as it is to leave out."""
    used = np.zeros(len(market.limits), np.int64)
    seated = np.zeros(len(market.count), np.int64)
    for column, times in share.items():
        np.add.at(used, pool.used(column), times)
        seated[pool.owner[column]] += times
    missing = int((market.count - seated).sum())
    fits = (used <= market.limits).all() and (seated <= market.count).all()
    return bool(fits) and market.missing in {None, missing}


def remainder(pool: Pool, market: Market, share: Share) -> Market:
    """Return who and what is left when a part of a plan is kept."""
    count, limits = market.count.copy(), market.limits.copy()
    for column, times in share.items():
        count[pool.owner[column]] -= times
        np.subtract.at(limits, pool.used(column), times)
    return replace(market, count=count, limits=limits)
