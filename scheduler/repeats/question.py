"""The question about repeats, and the answer: a verified proposal and how far it is proved."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from models.programme.instance import Instance
from models.programme.people import Waiting
from models.programme.plan import Plan
from scheduler.engines.cpsat import Kind
from scheduler.meaning import Meaning
from scheduler.repeats.cover import Cover
from scheduler.repeats.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatsQuestion:
    """Which components (none named = all), and the limits. `plan` = planned paths that count as booked."""

    components: tuple[str, ...] = ()
    most_sessions: int | None = None
    least_attendance: int | None = None
    for_graduation: bool = False
    plan: Plan | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why somebody is not seated: one sentence, and what proves it."""

    wait: Waiting
    kind: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """So many added sessions cover so many waits, and cannot cover more than `bound`."""

    sessions: int
    covered: int
    bound: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """One more time at which a component could be held, and how many of those left over it would seat at least."""

    component: str
    start: int
    seats: int
    learners: tuple[str, ...]


@dataclass(kw_only=True)
class Proposal:
    """The whole answer. `instance` is the one that was asked about, `problem.instance` the one in which it is planned."""

    instance: Instance
    question: RepeatsQuestion
    problem: Problem
    cover: Cover
    plan: Plan
    status: Kind
    reason: str
    values: Mapping[str, int]
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    barren: Mapping[str, str] = field(default_factory=dict)
    reasons: tuple[Reason, ...] = ()
    curve: tuple[Point, ...] = ()
    extras: tuple[Extra, ...] = ()
    seconds: float = 0.0

    @property
    def meaning(self) -> Meaning:
        """What the answer comes to."""
        return "unproved" if self.status == "feasible" else "blocked" if self.reasons else "answered"
