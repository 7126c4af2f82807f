"""A study: scenarios, which are lists of changes, against a baseline, and the question that is asked of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce
from typing import Any, Literal

from models.programme.edition import Edition
from models.programme.instance import Instance
from scheduler.studies.changes import CHANGES

Question = Literal["alone", "together", "repeats"]
BASELINE = "baseline"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeStep:
    """One change by its name: what it is about, and its other values in canonical order. It travels as text does."""

    change: str
    subject: Any
    values: tuple[tuple[str, Any], ...] = ()

    @property
    def words(self) -> str:
        """Write the change as short as its mapping allows: `move NOC25F days 14`."""
        rest = " ".join(f"{name} {value}" for name, value in self.values)
        subject = "none" if self.subject is None else str(self.subject)
        return f"{self.change} {subject} {rest}".strip()

    def apply(self, instance: Instance) -> Instance:
        """Return the changed instance."""
        return CHANGES[self.change](self.subject, **dict(self.values))(instance)


def step(change: str, subject: object, **values: object) -> ChangeStep:
    """Return a change by its name, as a study file would state it; raise KeyError or MisuseError where it cannot be."""
    CHANGES[change](subject, **values)
    return ChangeStep(change=change, subject=subject, values=tuple(sorted(values.items())))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A named list of changes, made in order after those of the baseline."""

    id: str
    steps: tuple[ChangeStep, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """So many random draws of each scenario; probabilities from 0 to 1, `no_show` for each session."""

    count: int
    seed: int = 0
    drop_out: float = 0.0
    no_show: float = 0.0
    missed: float = 0.0
    late: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """Scenarios and a baseline, which is always solved as the first of them.

    `tentative` = tentative offerings may be booked. `chances` = how likely tentative offerings are to be held.
    `editions` = editions that a change names and the instance does not use.
    """

    id: str
    title: str
    question: Question = "together"
    baseline: tuple[ChangeStep, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    tentative: bool = False
    samples: Sampling | None = None
    chances: Mapping[str, float] = field(default_factory=dict)
    editions: Mapping[str, Edition] = field(default_factory=dict)

    @property
    def everything(self) -> tuple[Scenario, ...]:
        """The baseline and all scenarios, in the order of the study."""
        return (Scenario(id=BASELINE), *self.scenarios)


def after_steps(instance: Instance, steps: tuple[ChangeStep, ...]) -> Instance:
    """Return the instance after some changes."""
    return reduce(lambda current, each: each.apply(current), steps, instance)
