"""Whether an extra run can pay for anybody, at the prices that prove a joint plan: if for nobody, that plan stays the best.

A joint plan is proved by prices of what is shared: everybody's cheapest path, less what all places are worth, bounds every
plan. A run that is added takes no place from anybody, so the bound only falls if it makes somebody's cheapest path cheaper.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from models.changes.eased import as_if_had
from models.programme.instance import Instance
from scheduler.candidates.monthly import ExtraRun
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.solve.answers import Answers
from scheduler.solve.column_generation.solver_block import cheapest
from scheduler.solve.proof import Proof


@dataclass
class Prices:
    """The proofs of a joint plan, and what is known from them of learners and components."""

    instance: Instance
    answers: Answers
    settings: Settings
    budget: Budget
    hopes: dict[tuple[int, str, str], bool] = field(default_factory=dict)

    def never_pays(self, extra: ExtraRun, changed: Instance, takers: Iterable[str]) -> bool:
        """Say whether it is proved that an extra run pays for none of those who may take it."""
        priced = [(number, proof, learner) for number, proof in enumerate(self.answers.proofs) for learner in takers]
        return bool(self.answers.proofs) and not any(
            learner in proof.least and self._may_pay(number, proof, learner, extra, changed)
            for number, proof, learner in priced
        )

    def _may_pay(self, number: int, proof: Proof, learner: str, extra: ExtraRun, changed: Instance) -> bool:
        """Say whether a learner's cheapest path may become cheaper; one that needs the run ends no earlier than it."""
        if (extra.run.end - self.instance.as_of).days * proof.day >= proof.least[learner]:
            return False
        key = (number, learner, extra.component)
        if key not in self.hopes:
            done = as_if_had(learner, extra.component)(self.instance)
            self.hopes[key] = not clock_stands(self.instance, learner) or self._is_cheaper(proof, learner, done)
        return self.hopes[key] and self._is_cheaper(proof, learner, changed)

    def _is_cheaper(self, proof: Proof, learner: str, instance: Instance) -> bool:
        bound, _ = cheapest(instance, learner, proof.prices, proof.day, self.settings, self.budget)
        return bound < proof.least[learner]


def clock_stands(instance: Instance, learner: str) -> bool:
    """Say whether a learner's window is the same whatever is done, so that having something done can only help."""
    window = instance.edition_of(learner).window
    return instance.learner[learner].deadline is not None or window is None or window.starts == "enrolment"
