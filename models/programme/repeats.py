"""What a question about repeats or the year adds to an instance: what is held only if the plan says so, and limits."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeats:
    """`candidates` = ids of offerings that may be held. The limits hold for added sessions; None = not asked for.

    `crews` = by candidate how many teach it together, where it is not one.
    """

    candidates: tuple[str, ...] = ()
    most_sessions: int | None = None
    least_attendance: int | None = None
    crews: tuple[tuple[str, int], ...] = ()
