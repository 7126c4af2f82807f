"""The places that a plan of everybody gives, and the instance as each learner meets it: with the others' places taken."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from models.changes.bookings import with_paths
from models.changes.change import only_learner
from models.programme.instance import Instance
from models.programme.people import Record
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.questions import PathQuestion
from scheduler.solve.lexicographic import Tell
from scheduler.solve.paths import solve_paths
from scheduler.solve.result import LearnerAnswer, Result


@dataclass(kw_only=True)
class Places:
    """The plan of all learners of an instance, and who has which place in it."""

    result: Result
    booked: Instance = field(init=False)

    def __post_init__(self) -> None:
        """Book everybody's path."""
        self.booked = with_paths(self.instance, (path for path in self.result.plan.paths if path.graduates))

    @property
    def instance(self) -> Instance:
        """The instance that was planned."""
        return self.result.instance

    @property
    def is_proved(self) -> bool:
        """Say whether no plan of all is better."""
        return self.result.status in {"optimal", "infeasible"}

    @cached_property
    def of(self) -> dict[str, LearnerAnswer]:
        """Each learner's part by id."""
        return {each.learner: each for each in self.result.learners}

    def is_known(self, learner: str) -> bool:
        """Say whether a learner's part is more than a guess: a day in a plan, or a proof that there is none."""
        return self.of[learner].status != "unknown"

    @cached_property
    def _records(self) -> dict[str, list[Record]]:
        found: dict[str, list[Record]] = {}
        for row in self.instance.records:
            found.setdefault(row.learner, []).append(row)
        return found

    def met_by(self, learner: str) -> Instance:
        """Return a learner's instance: the others' places are taken, unless there is no way even alone."""
        if self.of[learner].alone is None:
            return only_learner(self.instance, learner)
        return replace(only_learner(self.booked, learner), records=tuple(self._records.get(learner, ())))


def places_of(
    instance: Instance,
    learners: Sequence[str] = (),
    *,
    settings: Settings | None = None,
    budget: Budget | None = None,
    tell: Tell | None = None,
) -> Places:
    """Plan some learners (none named = all) together."""
    question = PathQuestion(learners=tuple(sorted(learners or instance.learner)))
    return Places(result=solve_paths(instance, question, settings=settings, budget=budget, tell=tell))
