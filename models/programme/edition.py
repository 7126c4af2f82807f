"""An edition: the rules of a programme as one set of documents states them; what they leave out is None or empty."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

Kind = Literal["course", "workshop", "event", "task"]
Clock = Literal["enrolment", "orientation", "first-component"]
Gate = Literal["first-session", "registration"]
Need = tuple[tuple[str, ...], ...]
"""An AND of ORs over component codes: each entry holds the alternatives of which one is needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One thing a learner can do; `days` (tasks only) and `seats` are None where nobody states them."""

    code: str
    title: str
    kind: Kind
    seats: int | None = None
    requires: Need = ()
    repeatable: bool = False
    roles: tuple[tuple[str, int], ...] = ()
    days: int | None = None
    absences: int = 0

    @property
    def length(self) -> int:
        """Days that a task takes when it is planned: one where its length is not stated."""
        return self.days or 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """`count` distinct components of `pool` (for a repeatable one: distinct offerings), perhaps in a role."""

    id: str
    title: str
    count: int
    pool: tuple[str, ...]
    role: str | None = None
    min_minutes: int | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The time limit: `years` from the day that `starts` names; `reading` says in words how the clock is read."""

    years: int
    starts: Clock
    source: str | None = None
    reading: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A promise about the calendar: `count` offerings of each of `of` per `per`, or one every so many months."""

    of: tuple[str, ...]
    count: int | None = None
    per: Literal["calendar-year", "window"] | None = None
    every_months: int | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """A fee: `amount` None = not stated; with `beyond`, only for components of `of` after so many are taken."""

    id: str
    title: str
    amount: int | None = None
    currency: str | None = None
    of: tuple[str, ...] = ()
    beyond: int | None = None
    source: str | None = None


@dataclass(frozen=True, kw_only=True)
class Edition:
    """One edition. `sources` maps dotted paths (`gate`, `components.NOC.requires`) to a document's short name."""

    id: str
    title: str
    window: Window | None = None
    gate: Gate | None = None
    first: Need = ()
    last: Need = ()
    components: tuple[Component, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    supply: tuple[Promise, ...] = ()
    fees: tuple[Fee, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    documents: Mapping[str, str] = field(default_factory=dict)
    synthetic: bool = False

    @cached_property
    def component(self) -> Mapping[str, Component]:
        """Components by code."""
        return {component.code: component for component in self.components}

    @cached_property
    def position(self) -> Mapping[str, int]:
        """The place of each component in the edition's own order."""
        return {component.code: place for place, component in enumerate(self.components)}

    @cached_property
    def first_codes(self) -> frozenset[str]:
        """Every component named in `first`."""
        return frozenset(code for entry in self.first for code in entry)

    @cached_property
    def last_codes(self) -> frozenset[str]:
        """Every component named in `last`."""
        return frozenset(code for entry in self.last for code in entry)

    def source_of(self, path: str) -> str | None:
        """Return the short name of the document that states the value at a dotted path, or None."""
        return self.sources.get(path)
