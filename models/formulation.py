"""From rules to a model and a verdict: `formulate` posts every rule, `violations` checks every rule."""

import importlib
import pkgutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import models.goals
import models.rules
from models.choices import Choices
from models.goal import Goal
from models.holding import Holding
from models.instance import Instance
from models.model import Model, Poster
from models.plan import Plan
from models.rule import Rule, Violation


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule file's rule: those of single bookings first, because they thin out what the others look at."""
    names = [module.name for module in pkgutil.iter_modules(models.rules.__path__)]
    found = [importlib.import_module(f"models.rules.{name}").RULE for name in names]
    order = {"booking": 0, "shared": 1, "learner": 2}
    return tuple(sorted(found, key=lambda rule: (order[rule.scope], rule.name)))


@cache
def all_goals() -> dict[str, Goal]:
    """Return every goal file's goal by name."""
    names = [module.name for module in pkgutil.iter_modules(models.goals.__path__)]
    found = [importlib.import_module(f"models.goals.{name}").GOAL for name in names]
    return {goal.name: goal for goal in found}


def violations(instance: Instance, plan: Plan, rules: Iterable[Rule] | None = None) -> list[Violation]:
    """Return every broken rule of a plan, found without a solver."""
    chosen = all_rules() if rules is None else rules
    return [violation for rule in chosen for violation in rule.check(instance, plan)]


@dataclass(slots=True)
class Formulation:
    """A model of some learners' choices, and the way back to a plan."""

    instance: Instance
    model: Model
    everyone: tuple[Choices, ...]
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
        Choices(instance, learner, model, graduates=None if certain else model.literal("graduates", learner), by=by)
        for learner in learners
    )
    holding = Holding(instance, model) if instance.repeats else None
    for choices in everyone:
        choices.holding = holding
        _define_roles(choices)
    for rule in all_rules() if rules is None else rules:
        if rule.scope == "shared":
            rule.post(everyone, Poster(model))
        else:
            for choices in everyone:
                rule.post((choices,), Poster(model, _given(choices)))
    return Formulation(instance, model, everyone, holding)


def _given(choices: Choices) -> tuple[int, ...]:
    return () if choices.graduates is None else (choices.graduates,)


def _define_roles(choices: Choices) -> None:
    """Tie each role to its booking: a booking has one role at most."""
    poster = Poster(choices.model)
    for runs in choices.runs.values():
        for run in runs:
            if run.plays:
                poster.require([(1, run.book), *((-1, plays) for plays in run.plays.values())], low=0)
