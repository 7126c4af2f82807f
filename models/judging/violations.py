"""The verdict on a plan: `violations` checks every rule."""

from collections.abc import Iterable

from models.programme.instance import Instance
from models.programme.plan import Plan
from models.rule import Rule, Violation
from models.rules import plan_rules


def violations(instance: Instance, plan: Plan, rules: Iterable[Rule] | None = None) -> list[Violation]:
    """Return every broken rule of a plan, found without a solver; those of the calendar only where they are asked for."""
    chosen = plan_rules() if rules is None else rules
    return [violation for rule in chosen for violation in rule.check(instance, plan)]
