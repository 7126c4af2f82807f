"""A goal: something to make small, said twice: as a plan's value and as an expression over choices."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Term
from models.programme.instance import Instance
from models.programme.plan import Plan


@dataclass(slots=True)
class Expression:
    """A constant plus a sum of coefficients times variables."""

    terms: list[Term] = field(default_factory=list)
    constant: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """`value` is read from a plan without a solver; `scale` turns it into the printed `unit`."""

    name: str
    sentence: str
    value: Callable[[Instance, Plan], int]
    expression: Callable[[Sequence[LearnerVariables]], Expression]
    unit: str | None = None
    scale: int = 1
