"""What a question is answered with: a verified plan, what it is worth, and how far that is proved."""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from models.programme.instance import Instance
from models.programme.plan import Path, Plan
from models.rule import Fact, Resource
from scheduler.engines.cpsat import Kind, Settings
from scheduler.questions import GoalTurn
from scheduler.solve.proof import Proof
from scheduler.solve.sharing import Use

if TYPE_CHECKING:
    from scheduler.solve.bottlenecks import Bottlenecks
    from scheduler.solve.column_generation.answer import Joint
    from scheduler.solve.leximin import Fairness
    from scheduler.solve.shortages import Shortage

LearnerStatus = Literal["graduates", "graduated", "blocked", "not-enrolled", "unknown"]
"""`blocked` and `graduated` are proved; `unknown` = time ran out before a path was found or ruled out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalReport:
    """A goal's value and its proved bound, in the goal's printed unit; None where there is none yet."""

    name: str
    value: int | None
    bound: int | None
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnerAnswer:
    """One learner's part: the path, the day, the day if nobody else took another seat, and the last day allowed.

    `cause` = the shared things of the learner's own best path that others use up in the plan.
    """

    learner: str
    status: LearnerStatus
    graduation: date | None = None
    alone: date | None = None
    deadline: date | None = None
    path: Path | None = None
    conflict: tuple[Fact, ...] | None = None
    cause: tuple[Resource, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The whole answer to a `path` question; `reason` says in words why the status is what it is.

    `uses`, `shortages` and `bottlenecks` tell what learners share; `joint` = how the joint plan was found, if by columns;
    `proofs` = the prices that prove the bounds. `turns` = who goes first, where not all count alike; `fairness` = the delays of
    each turn. `others` = whether learners of whom the answer does not tell are `planned` too, or their places `left free`.
    """

    instance: Instance
    status: Kind
    reason: str
    goals: tuple[GoalReport, ...]
    plan: Plan
    learners: tuple[LearnerAnswer, ...]
    settings: Settings
    seconds: float
    reproducible: bool = True
    style: str = "fastest"
    alternatives: tuple[LearnerAnswer, ...] = field(default=())
    uses: tuple[Use, ...] = ()
    shortages: "tuple[Shortage, ...]" = ()
    bottlenecks: "Bottlenecks | None" = None
    joint: "Joint | None" = None
    proofs: tuple[Proof, ...] = ()
    fair: bool = False
    turns: tuple[GoalTurn, ...] = ()
    fairness: "dict[str, Fairness]" = field(default_factory=dict)
    others: Literal["planned", "left free"] | None = None

    @property
    def shown(self) -> Plan:
        """The paths of the learners of whom the answer tells."""
        told = {each.learner for each in self.learners}
        return Plan(paths=tuple(path for path in self.plan.paths if path.learner in told), held=self.plan.held)
