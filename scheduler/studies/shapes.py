"""The shape of a study file, and that of each change, which the parameters of its function give."""

import inspect
import types
from collections.abc import Callable, Iterator
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from pydantic import BeforeValidator, Field, WithJsonSchema, create_model

from models.changes.change import Change
from scheduler.files.cells import Id, wrong
from scheduler.files.shapes import Shape, Text
from scheduler.studies.changes import CHANGES, Kind, Names

MOST_SAMPLES = 100_000


def probability(value: object) -> float:
    """Return a probability, written as a number from 0 to 1."""
    allowed = "a number from 0 to 1, like 0.05"
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise wrong("not a probability", allowed)
    try:
        number = float(value)
    except ValueError:
        raise wrong("not a probability", allowed) from None
    if not 0.0 <= number <= 1.0:
        raise wrong("a probability out of range", allowed)
    return number


Probability = Annotated[
    float, BeforeValidator(probability), WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1})
]
ANY_CHANGE = {"$comment": "Change"}
"""Stands for a change; the published schema refers to the list of them in its place."""

Changes = Annotated[list[Any], WithJsonSchema({"type": "array", "items": ANY_CHANGE})]
ALTERNATIVE = {"anyOf": [{"type": "null"}, ANY_CHANGE, {"type": "array", "items": ANY_CHANGE}]}
Axis = Annotated[list[Any], Field(min_length=1), WithJsonSchema({"type": "array", "minItems": 1, "items": ALTERNATIVE})]


class ScenarioShape(Shape):
    """One scenario of a list."""

    id: Text
    changes: Changes


class SamplesShape(Shape):
    """How many random draws, and how likely each thing is."""

    count: Annotated[int, Field(ge=1, le=MOST_SAMPLES)]
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    drop_out: Probability = 0.0
    no_show: Probability = 0.0
    missed: Probability = 0.0
    late: Probability = 0.0


class StudyShape(Shape):
    """A study: a question, a baseline, and scenarios as a list, as a grid of named axes, or both."""

    format: Literal[1]
    id: Id
    title: Text
    question: Literal["alone", "together", "repeats"] | None = None
    tentative: bool = False
    baseline: Changes
    scenarios: Annotated[list[ScenarioShape], Field(default_factory=list)]
    grid: Annotated[dict[Id, Axis], Field(default_factory=dict)]
    samples: SamplesShape | None = None
    chances: Annotated[dict[Id, Probability], Field(default_factory=dict)]

    @property
    def asked(self) -> Literal["alone", "together", "repeats"]:
        """The question; where none is stated, all are planned together unless each has days and plans of the own."""
        own = self.chances or (self.samples and (self.samples.no_show or self.samples.missed))
        return self.question or ("alone" if own else "together")


class ChangesShape(Shape):
    """What happened to a calendar that is held: a list of changes."""

    format: Literal[1]
    title: Text | None = None
    changes: Changes


@cache
def change_shape(name: str) -> type[Shape]:
    """Return the shape of a change: its name is the key of what it is about, its other parameters are keys too."""
    function = CHANGES[name]
    hints = get_type_hints(function, include_extras=True)
    fields: dict[str, Any] = {}
    for parameter in inspect.signature(function).parameters.values():
        default = ... if parameter.default is inspect.Parameter.empty else parameter.default
        is_subject = parameter.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD
        fields[parameter.name] = (hints[parameter.name], Field(default, alias=name if is_subject else None))
    shape: type[Shape] = create_model(name, __base__=Shape, __doc__=function.__doc__, **fields)
    return shape


def subject_of(function: Callable[..., Change]) -> str:
    """Return the name of the parameter that says what a change is about."""
    return next(iter(inspect.signature(function).parameters))


@cache
def kinds_of(name: str) -> dict[str, Kind]:
    """Return what each key of a change names, of those that name something of the instance."""
    function = CHANGES[name]
    hints = get_type_hints(function, include_extras=True)
    subject = subject_of(function)
    marked = {key: next(_marks(hint), None) for key, hint in hints.items() if key != "return"}
    return {name if key == subject else key: mark.kind for key, mark in marked.items() if mark}


def _marks(hint: object) -> Iterator[Names]:
    """Find the marks in an annotation, whatever stands around them."""
    if get_origin(hint) is Annotated:
        yield from (each for each in get_args(hint)[1:] if isinstance(each, Names))
    elif isinstance(hint, types.UnionType) or get_args(hint):
        for part in get_args(hint):
            yield from _marks(part)
