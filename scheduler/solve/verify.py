"""The witness: every plan is judged and valued anew, by code that shares nothing with the model, before anyone sees it."""

from collections.abc import Sequence

from models.goal import Goal
from models.judging.violations import violations
from models.programme.instance import Instance
from models.programme.plan import Plan
from models.rule import Rule


class DefectError(RuntimeError):
    """An answer failed its own check: a defect of this program, never of the input."""


def verify(
    instance: Instance,
    plan: Plan,
    goals: Sequence[Goal],
    claimed: dict[str, int],
    rules: Sequence[Rule] | None = None,
) -> dict[str, int]:
    """Return the goals' values as the checker reads them; raise DefectError if a rule is broken or a claim is off.

    `claimed` holds the values that the solver has proved best; a plan may be neither better nor worse. `rules` None = all.
    """
    broken = violations(instance, plan, rules)
    if broken:
        first = broken[0]
        raise DefectError(
            f"the plan breaks the rule {first.rule} for {first.learner}: {first.sentence} ({len(broken)} violations)"
        )
    values = {goal.name: goal.value(instance, plan) for goal in goals}
    wrong = {name: (values[name], value) for name, value in claimed.items() if values.get(name, value) != value}
    if wrong:
        name, (read, said) = next(iter(wrong.items()))
        raise DefectError(f"the goal {name} is {read} in the plan, and the solver said {said}")
    return values
