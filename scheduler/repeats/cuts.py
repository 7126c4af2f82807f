"""Whether people can be seated in what is held, by a maximum flow; and if not, the people and dates that prove it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ortools.graph.python import max_flow

SCALE = 1 << 16


@dataclass(frozen=True, slots=True)
class Short:
    """Some groups that fit only some options, which hold too little: `lack` = how much is missing."""

    groups: tuple[int, ...]
    lack: float


def shortage(
    wanted: Mapping[int, float], fits: Mapping[int, Sequence[int]], seats: Mapping[int, float]
) -> Short | None:
    """Find groups whose wanted seats exceed what their options hold together; None where everybody can be seated.

    `wanted` = seats by group, `fits` = the options of each group, `seats` = free seats by option (0 where not listed).
    """
    groups = [group for group, amount in wanted.items() if amount > 0]
    options = sorted({k for group in groups for k in fits[group] if seats.get(k, 0) > 0})
    node = {k: 2 + len(groups) + number for number, k in enumerate(options)}
    flow = max_flow.SimpleMaxFlow()
    source, sink = 0, 1
    total = 0
    for number, group in enumerate(groups):
        amount = round(wanted[group] * SCALE)
        total += amount
        flow.add_arc_with_capacity(source, 2 + number, amount)
        for k in fits[group]:
            if k in node:
                flow.add_arc_with_capacity(2 + number, node[k], amount)
    for k in options:
        flow.add_arc_with_capacity(node[k], sink, round(seats[k] * SCALE))
    if not groups or (
        options and flow.solve(source, sink) == flow.OPTIMAL and flow.optimal_flow() >= total - len(groups)
    ):
        return None
    if not options:
        return Short(tuple(groups), total / SCALE)
    reached = set(flow.get_source_side_min_cut())
    short = tuple(group for number, group in enumerate(groups) if 2 + number in reached)
    return Short(short, (total - flow.optimal_flow()) / SCALE)


def seated_at_most(counts: Mapping[int, int], fits: Mapping[int, Sequence[int]], seats: Mapping[int, int]) -> int:
    """Return how many people of some groups can be seated in what is held: the value of a maximum flow."""
    groups = [group for group, count in counts.items() if count > 0]
    options = sorted({k for group in groups for k in fits[group] if seats.get(k, 0) > 0})
    if not options:
        return 0
    node = {k: 2 + len(groups) + number for number, k in enumerate(options)}
    flow = max_flow.SimpleMaxFlow()
    for number, group in enumerate(groups):
        flow.add_arc_with_capacity(0, 2 + number, counts[group])
        for k in fits[group]:
            if k in node:
                flow.add_arc_with_capacity(2 + number, node[k], counts[group])
    for k in options:
        flow.add_arc_with_capacity(node[k], 1, seats[k])
    flow.solve(0, 1)
    return int(flow.optimal_flow())
