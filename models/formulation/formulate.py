"""From rules to a model: `formulate` posts every rule on the choices of some learners."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.formulation.held_variables import Holding
from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Model, Poster
from models.programme.instance import Instance
from models.programme.plan import Plan
from models.rule import Rule
from models.rules import plan_rules


@dataclass(slots=True)
class Formulation:
    """A model of some learners' choices, and the way back to a plan."""

    instance: Instance
    model: Model
    everyone: tuple[LearnerVariables, ...]
    holding: Holding | None = None

    def plan(self, values: Sequence[int]) -> Plan:
        """Read the plan from the values of all variables."""
        held = self.holding.chosen(values) if self.holding else ()
        return Plan(paths=tuple(choices.path(values) for choices in self.everyone), held=held)


def formulate(
    instance: Instance,
    learners: Sequence[str],
    *,
    rules: Sequence[Rule] | None = None,
    certain: bool = False,
    by: date | None = None,
) -> Formulation:
    """Post the rules for the choices of some learners, in their order.

    With `certain`, all of them graduate; otherwise each has a literal for it. `by` fixes a day by which they do.
    """
    model = Model()
    everyone = tuple(
        LearnerVariables(
            instance, learner, model, graduates=None if certain else model.literal("graduates", learner), by=by
        )
        for learner in learners
    )
    holding = Holding(instance, model)
    for choices in everyone:
        choices.holding = holding
        _define_roles(choices)
    for rule in plan_rules() if rules is None else rules:
        if rule.scope in {"shared", "calendar"}:
            rule.post(everyone, Poster(model))
        else:
            for choices in everyone:
                rule.post((choices,), Poster(model, _given(choices)))
    return Formulation(instance, model, everyone, holding)


def _given(choices: LearnerVariables) -> tuple[int, ...]:
    return () if choices.graduates is None else (choices.graduates,)


def _define_roles(choices: LearnerVariables) -> None:
    """Tie each role to its booking: a booking has one role at most."""
    poster = Poster(choices.model)
    for runs in choices.runs.values():
        for run in runs:
            if run.plays:
                poster.require([(1, run.book), *((-1, plays) for plays in run.plays.values())], low=0)
