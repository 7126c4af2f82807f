"""What proves the bound of a joint plan: prices of what is shared, and the cheapest path of each learner at these prices."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.rule import Resource
from scheduler.solve.alone import Alone

PART = 1024
"""Parts of a day: the unit of prices and costs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Prices of limited things, in parts of a day, and what they prove: no plan costs less than `bound` parts.

    A plan costs `day` parts for each day and `left_out` parts for each learner who does not graduate; with `missing`, what
    so many of them cost is taken off again: then the bound holds for plans in which exactly so many do not graduate.
    `least` = what the cheapest path of each learner costs at these prices, or leaving the learner out.
    """

    prices: dict[Resource, int]
    day: int
    left_out: int
    missing: int | None
    bound: int
    least: dict[str, int]


def proof_alone(alone: Mapping[str, Alone]) -> Proof:
    """Return the proof of a plan in which everybody has the own best path: nothing has a price."""
    least = {learner: found.values["graduation"] * PART for learner, found in alone.items() if found.path}
    most = max(least.values(), default=0)
    return Proof(prices={}, day=PART, left_out=most + PART, missing=None, bound=sum(least.values()), least=least)
