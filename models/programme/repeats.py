"""What a question about repeats or the year adds to an instance: what is held only if the plan says so."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeats:
    """`candidates` = ids of offerings that may be held.

    `crews` = by candidate how many teach it together, where it is not one.
    """

    candidates: tuple[str, ...] = ()
    crews: tuple[tuple[str, int], ...] = ()
