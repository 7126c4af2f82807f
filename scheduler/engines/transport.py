"""Shares out places among groups of people who are alike: a flow of least cost, found by ortools."""

from collections.abc import Sequence

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow


def shared_out(costs: Sequence[Sequence[int | None]], people: Sequence[int], places: Sequence[int]) -> list[list[int]]:
    """Return how many of each group get which places: as many as can be, and among such ways one of least cost.

    `costs` = by group and place what it costs that one of the group gets it; None = that cannot be.
    """
    arcs = [
        (group, place, cost) for group, row in enumerate(costs) for place, cost in enumerate(row) if cost is not None
    ]
    found = [[0] * len(places) for _ in people]
    if not arcs:
        return found
    flow = SimpleMinCostFlow()
    groups, ends, weights = (np.array(each) for each in zip(*arcs, strict=True))
    numbers = flow.add_arcs_with_capacity_and_unit_cost(groups, len(people) + ends, np.array(people)[groups], weights)
    supplies = np.array([*people, *(-each for each in places)])
    flow.set_nodes_supplies(np.arange(len(supplies)), supplies)
    if flow.solve_max_flow_with_min_cost() != SimpleMinCostFlow.OPTIMAL:
        raise ArithmeticError("a flow without lower bounds has an optimum")
    for (group, place, _), count in zip(arcs, flow.flows(numbers).tolist(), strict=True):
        found[group][place] = count
    return found
