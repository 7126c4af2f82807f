"""An edition: the rules of a programme as one set of documents states them; what they leave out is None or empty."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

from models.programme.added import ADDED
from models.programme.time import anniversary, months_later
from models.programme.words import number, plural

Kind = Literal["course", "workshop", "event", "task"]
Clock = Literal["enrolment", "orientation", "first-component"]
Gate = Literal["first-session", "registration"]
Need = tuple[tuple[str, ...], ...]
"""An AND of ORs over component codes: each entry holds the alternatives of which one is needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One thing a learner can do; `days` (tasks only) and `seats` are None where nobody states them.

    `credits` = what it counts for, by the requirement's id, or under the empty name for all; empty = one.
    `trainers` = so many teach it together. `valid_years` = so long a completion counts; None = for ever.
    """

    code: str
    title: str
    kind: Kind
    seats: int | None = None
    requires: Need = ()
    repeatable: bool = False
    roles: tuple[tuple[str, int], ...] = ()
    days: int | None = None
    absences: int = 0
    corequisites: Need = field(default=(), metadata=ADDED)
    strict_corequisites: Need = field(default=(), metadata=ADDED)
    excludes: tuple[str, ...] = field(default=(), metadata=ADDED)
    days_after: tuple[tuple[str, int], ...] = field(default=(), metadata=ADDED)
    after_credits: int | None = field(default=None, metadata=ADDED)
    credits: tuple[tuple[str, int], ...] = field(default=(), metadata=ADDED)
    trainers: int | None = field(default=None, metadata=ADDED)
    valid_years: int | None = field(default=None, metadata=ADDED)

    @property
    def needs(self) -> Need:
        """What it asks for before it or beside it, whichever rule says so."""
        return (*self.requires, *self.corequisites, *self.strict_corequisites)

    @property
    def length(self) -> int:
        """Days that a task takes when it is planned: one where its length is not stated."""
        return self.days or 1

    @property
    def worth(self) -> int:
        """Credits that the component counts for where no requirement is meant: of several kinds, their sum."""
        return sum(amount for _, amount in self.credits) if self.credits else 1

    def worth_for(self, requirement: "Requirement") -> int:
        """Return what the component counts for in a requirement: one, or its credits where the requirement asks for credits."""
        if not requirement.in_credits or not self.credits:
            return 1
        return next((amount for name, amount in self.credits if name in {"", requirement.id}), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """`count` distinct components of `pool` (for a repeatable one: distinct offerings), perhaps in a role.

    `in_credits` = `count` is a number of credits. `within_months` = only what ended in so many months up to graduation counts.
    `apart_from` = requirements for which nothing counts that counts here.
    """

    id: str
    title: str
    count: int
    pool: tuple[str, ...]
    role: str | None = None
    min_minutes: int | None = None
    source: str | None = None
    in_credits: bool = field(default=False, metadata=ADDED)
    within_months: int | None = field(default=None, metadata=ADDED)
    apart_from: tuple[str, ...] = field(default=(), metadata=ADDED)

    def amount(self, number: int) -> str:
        """Return a number of what is asked for in words: `4`, or `4 credits`."""
        return plural(number, "credit") if self.in_credits else str(number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The time limit from the day that `starts` names; `reading` says in words how the clock is read.

    It is stated in one of `years`, `months` or `days`; the others are 0.
    """

    years: int
    starts: Clock
    source: str | None = None
    reading: str | None = None
    months: int = field(default=0, metadata=ADDED)
    days: int = field(default=0, metadata=ADDED)

    def last_day(self, start: date) -> date:
        """Return the last day of a window that starts on a day: the same day so much later, or the month's last."""
        if self.days:
            return start + timedelta(days=self.days)
        return months_later(start, self.months) if self.months else anniversary(start, self.years)

    @property
    def span(self) -> str:
        """How long it is, like `2 years`."""
        return plural(*max((self.years, "year"), (self.months, "month"), (self.days, "day")))

    @property
    def length(self) -> str:
        """How long it is, like `two years`."""
        amount, unit = self.span.split()
        return f"{number(int(amount))} {unit}"


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
    max_workshops_per_month: int | None = field(default=None, metadata=ADDED)
    days_between: tuple[tuple[str, int], ...] = field(default=(), metadata=ADDED)

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

    @cached_property
    def asked_codes(self) -> frozenset[str]:
        """Every component that something asks for; all of them where a component waits for credits, whichever they are."""
        if any(each.after_credits for each in self.components):
            return frozenset(self.component)
        pools = [each.pool for each in self.requirements]
        needs = [entry for each in self.components for entry in each.needs]
        return frozenset(code for codes in (*pools, *needs, *self.first, *self.last) for code in codes)

    @cached_property
    def runs_out(self) -> bool:
        """Whether something that is done may count no longer after some time."""
        by_component = any(each.valid_years for each in self.components)
        return by_component or any(each.within_months for each in self.requirements)

    def may_recur(self, code: str) -> bool:
        """Say whether a component that is done may be taken again: it is repeatable, or what is done may run out."""
        return self.runs_out or self.component[code].repeatable

    @cached_property
    def apart(self) -> frozenset[frozenset[str]]:
        """The pairs of requirements that are apart: a completion counts for one of the two, not for both."""
        return frozenset(frozenset({each.id, other}) for each in self.requirements for other in each.apart_from)

    @property
    def counts_plainly(self) -> bool:
        """Whether each requirement can be judged by itself, and stays met once it is."""
        return not self.apart and not self.runs_out

    def counts_until(self, code: str, last: date, requirement: Requirement | None = None) -> date:
        """Return the last day on which something that ended on a day counts, of itself or for a requirement."""
        component = self.component.get(code)
        until = anniversary(last, component.valid_years) if component and component.valid_years else date.max
        if requirement is not None and requirement.within_months:
            until = min(until, months_later(last, requirement.within_months))
        return until

    def taken_again_after(self, code: str, last: date) -> date:
        """Return the day after which a component that ended on a day may be taken again: it counts no longer for something."""
        untils = [self.counts_until(code, last, each) for each in self.requirements if code in each.pool]
        return min([self.counts_until(code, last), *untils])

    def freed_of(self, codes: frozenset[str]) -> "Edition":
        """Return the edition in which some components require nothing."""
        components = tuple(
            replace(each, requires=(), days_after=()) if each.code in codes else each for each in self.components
        )
        return replace(self, components=components)

    def source_of(self, path: str) -> str | None:
        """Return the short name of the document that states the value at a dotted path, or None."""
        return self.sources.get(path)
