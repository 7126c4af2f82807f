"""The places that a plan of everybody gives, and the instance as each learner meets it: with the others' places taken."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from models.changes.bookings import with_paths
from models.changes.change import only_learner
from models.programme.instance import Instance
from models.programme.plan import Plan
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.questions import PathQuestion
from scheduler.solve.lexicographic import Tell
from scheduler.solve.paths import solve_paths
from scheduler.solve.result import LearnerAnswer, Result


@dataclass(frozen=True, kw_only=True)
class Planned:
    """An instance and the plan of everybody."""

    instance: Instance
    plan: Plan

    @cached_property
    def booked(self) -> Instance:
        """The instance in which everybody's path is booked."""
        return with_paths(self.instance, (path for path in self.plan.paths if path.graduates))

    def met_by(self, answer: LearnerAnswer) -> Instance:
        """Return the instance as a learner meets it: with the others' paths booked, unless there is no way even alone."""
        if answer.alone is None:
            return only_learner(self.instance, answer.learner)
        mine = tuple(record for record in self.instance.records if record.learner == answer.learner)
        return replace(only_learner(self.booked, answer.learner), records=mine)


@dataclass(frozen=True, kw_only=True)
class Places:
    """The plan of all learners of an instance, and the instance as each of them meets it."""

    result: Result

    @cached_property
    def planned(self) -> Planned:
        """The instance and the plan of everybody."""
        return Planned(instance=self.result.instance, plan=self.result.plan)

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

    def met_by(self, learner: str) -> Instance:
        """Return the instance as a learner meets it."""
        return self.planned.met_by(self.of[learner])


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
