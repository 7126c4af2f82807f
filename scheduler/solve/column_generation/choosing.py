"""What a branch is divided by: a class of which a broken number of members uses a thing; few are tried, the best one is taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from scheduler.solve.column_generation.joint import FAR, Exchange
from scheduler.solve.column_generation.measures import PART
from scheduler.solve.column_generation.subclasses import Branch
from scheduler.solve.column_generation.whole import ROUNDING

TRIED = 6
"""So many divisions are tried on the linear program."""

LITTLE = 0.01
"""A part whose linear bound rises by less (in days) counts as rising by so much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """At most `most` of a subclass (by number) use a thing, or more."""

    number: int
    thing: int
    most: int


@dataclass(frozen=True, slots=True)
class _Use:
    """How many of a subclass use a thing in a linear plan."""

    number: int
    thing: int
    times: float

    @property
    def is_whole(self) -> bool:
        return abs(self.times - round(self.times)) <= ROUNDING

    @property
    def half(self) -> float:
        """How far from the half of a learner."""
        return abs(self.times - int(self.times) - 0.5)

    def divided(self) -> Division:
        whole = round(self.times) if self.is_whole else ceil(self.times)
        return Division(number=self.number, thing=self.thing, most=max(0, whole - 1))


def choose(here: Exchange, branch: Branch, weights: Mapping[int, float]) -> Division | None:
    """Return by what a branch falls apart; None if nothing in it is left to divide."""
    uses = _uses(here, branch, weights)
    broken = sorted(
        (each for each in uses if not each.is_whole), key=lambda each: (each.half, -here.prices[each.thing])
    )
    if broken:
        return _best(here, broken[:TRIED])
    if uses:
        return max(uses, key=lambda each: (here.prices[each.thing], -each.number, -each.thing)).divided()
    return None


def _uses(here: Exchange, branch: Branch, weights: Mapping[int, float]) -> list[_Use]:
    """Return how often each subclass uses each thing of which that is not decided."""
    pool = here.cohort.pool
    times: dict[tuple[int, int], float] = {}
    for column in weights or range(len(pool.owner)):
        number = int(pool.owner[column])
        for thing in pool.used(column).tolist():
            times[number, thing] = times.get((number, thing), 0.0) + weights.get(column, 0.0)
    return [
        _Use(number, thing, count)
        for (number, thing), count in times.items()
        if thing not in branch[number].restriction.forced
    ]


def _best(here: Exchange, candidates: Sequence[_Use]) -> Division:
    """Try some divisions on the linear program of the columns there are; take the one of which both parts are dearest."""
    here.far = FAR  # with few columns every division looks dear
    master = here.master()
    relaxed = master.solve(here.budget)
    divisions = [each.divided() for each in candidates]
    if relaxed is None or len(divisions) == 1:
        return divisions[0]
    value = here.value / PART
    base = float(master.objective.Value())

    def worth(each: Division) -> float:
        sides = ((0.0, float(each.most)), (each.most + 1.0, float(here.market.count[each.number])))
        gains = [min(value, master.tried(each.number, each.thing, *side, here.budget)) - base for side in sides]
        return max(LITTLE, gains[0]) * max(LITTLE, gains[1])

    return max(divisions, key=worth)
