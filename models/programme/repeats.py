"""What the question `repeats` adds to an instance: which offerings are held only if the plan says so, and its limits."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeats:
    """`candidates` = ids of offerings that may be held. The limits hold for added sessions; None = not asked for."""

    candidates: tuple[str, ...] = ()
    most_sessions: int | None = None
    least_attendance: int | None = None
