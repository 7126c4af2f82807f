"""Who plays a role in which event, as a year is sketched: groups of learners who go the same way share out the places."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from scheduler.calendar.places import Place
from scheduler.calendar.sketch_way import Ways
from scheduler.engines.transport import shared_out


@dataclass(frozen=True, slots=True)
class WayGoers:
    """So many of a class who go the same way."""

    ways: Ways
    count: int
    day: int | None
    taken: tuple[str, ...]
    last: tuple[str, ...]
    plays: tuple[Place, ...] = ()


NEVER = 100_000
"""What it costs that somebody does not graduate, in days."""


Wanting = Sequence[tuple[WayGoers, Mapping[str, int]]]
"""Groups who need a role, each with the days on which they could have played it, by run."""

CROWD = 100
"""Of more people groups are given roles, of fewer each person: both ways the sum of days is least."""


def given_roles(wanting: Wanting, runs: Sequence[str], places: Sequence[int]) -> Counter[tuple[int, str | None]]:
    """Return how many of each group play in which run, None = in none, so that the sum of days is least."""
    crowd = sum(group.count for group, _ in wanting) > CROWD
    return _by_groups(wanting, runs, places) if crowd else _one_by_one(wanting, runs, places)


def _one_by_one(wanting: Wanting, runs: Sequence[str], places: Sequence[int]) -> Counter[tuple[int, str | None]]:
    """Find that by assigning each person a place."""
    people = [place for place, (group, _) in enumerate(wanting) for _ in range(group.count)]
    slots = [run for run, count in zip(runs, places, strict=True) for _ in range(count)]
    gains = np.array([[_gain(group, days.get(run)) for run in runs] for group, days in wanting])
    gains = gains.reshape(len(wanting), len(runs)).repeat(places, axis=1)
    rows, columns = linear_sum_assignment(gains[people])
    given = {row: slots[column] for row, column in zip(rows.tolist(), columns.tolist(), strict=True)}
    return Counter((place, given.get(row)) for row, place in enumerate(people))


def _by_groups(wanting: Wanting, runs: Sequence[str], places: Sequence[int]) -> Counter[tuple[int, str | None]]:
    """Find the same by a flow from groups to runs."""
    costs = [[_late(group, days.get(run)) for run in runs] for group, days in wanting]
    flows = shared_out(costs, [group.count for group, _ in wanting], places)
    given: Counter[tuple[int, str | None]] = Counter()
    for place, ((group, _), flow) in enumerate(zip(wanting, flows, strict=True)):
        given.update({(place, run): count for run, count in zip(runs, flow, strict=True) if count})
        if group.count > sum(flow):
            given[place, None] = group.count - sum(flow)
    return given


def _gain(group: WayGoers, day: int | None) -> int:
    """Return how many days later somebody graduates who plays a role on a day, less what it costs not to; None = cannot."""
    late = _late(group, day)
    return 0 if late is None else late - NEVER


def _late(group: WayGoers, day: int | None) -> int | None:
    return None if day is None else max(0, day - (group.day or 0))


def played(group: WayGoers, days: Mapping[str, int], part: Place, run: str | None, count: int) -> WayGoers:
    """Return so many of a group after a part (component, role) was played, or could not be; `days` = when it can be, by run."""
    if run is None or run not in days or group.day is None:
        return WayGoers(group.ways, count, None, (), ())
    code, role = part
    taken = group.taken if run in group.taken else (*group.taken, run)
    last = group.last if days[run] < group.day else (code,)
    return WayGoers(group.ways, count, max(group.day, days[run]), taken, last, (*group.plays, (run, role)))
