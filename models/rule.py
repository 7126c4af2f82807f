"""A rule: one sentence, said twice; and what a rule says of a plan, of an edition and of one learner's case."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.programme.edition import Edition
from models.programme.instance import Instance
from models.programme.plan import Path, Plan

Scope = Literal["booking", "learner", "shared", "calendar"]
"""A rule forbids single bookings of one learner, concerns one learner's whole path, couples learners, or judges what is held."""

Lifting = Literal["waive_rule", "waive_requirement", "lift_limit"]
"""The kind of repair that lifts a rule's facts for one learner."""

UNPLACED = 90
"""Where an explanation tells a fact whose rule states no place: after the order of components, before the end of the time."""

Question = Literal["repeats"]
"""A question that asks for rules of its own."""

Resource = tuple[str, ...]
"""A shared thing of which there is so much: the rule's name, the offering, and what else tells it apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """A rule that a plan breaks."""

    rule: str
    learner: str | None
    offerings: tuple[str, ...]
    sentence: str
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a rule demands in one edition, in one sentence, with the document that says so (None = this program's reading)."""

    sentence: str
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that can stand in a learner's way; `without` gives the instance in which it does not hold.

    `without` None means that the whole rule is left out. `about` = the component or requirement that it speaks of;
    `since` = the day from which it matters, where it has one; `place` and `keep` are those of its rule.
    """

    rule: str
    sentence: str
    source: str | None = None
    without: Callable[[Instance], Instance] | None = None
    about: str | None = None
    since: date | None = None
    place: int = UNPLACED
    keep: int = 0


def everybody(_instance: Instance, _learner: str) -> bool:
    """Say that a rule may bind any learner."""
    return True


def no_statements(_edition: Edition) -> Iterable[Statement]:
    """State nothing beyond the rule's own sentence."""
    return ()


def no_facts(_instance: Instance, _learner: str) -> Iterable[Fact]:
    """Name nothing that could stand in a learner's way."""
    return ()


def nothing_used(_instance: Instance, _path: Path) -> frozenset[Resource]:
    """Use nothing that learners share."""
    return frozenset()


def no_limits(_instance: Instance) -> Mapping[Resource, int]:
    """Limit nothing."""
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """`check` judges a plan without a solver; `post` puts the rule on the choices of the learners in question.

    `check` judges the paths that claim to graduate (shared rules: all). `post` of a learner's rule gets one learner's choices.
    `uses` = what a path newly takes of shared things, `limits` = how much of each is left when all that is booked stays:
    a plan that keeps what is booked passes `check` exactly if no limit is exceeded (none stated = none left).

    What engines may assume: `applies` False = the rule cannot bind a learner in an instance, whatever is planned. `monotone` =
    more bookings never break it less: whoever holds all offerings that a violation names breaks it, whatever else they book.
    A rule of scope `booking` posts nothing but forbidden bookings.
    What explanations need: `place` = where a fact is told (lower first), `keep` = how long a conflict holds on to it (higher
    longer), `background` = no conflict leaves the whole of it out, only facts of it; `lifted_by` = the kind of repair that
    leaves out one of its facts.
    `question` = the question that asks for it beyond the rules of the programme, where one does.
    `rows` = what it posts, as a formula for the page of the mathematics.
    """

    name: str
    sentence: str
    scope: Scope
    check: Callable[[Instance, Plan], Iterator[Violation]]
    post: Callable[[Sequence[LearnerVariables], Poster], None]
    statements: Callable[[Edition], Iterable[Statement]] = no_statements
    facts: Callable[[Instance, str], Iterable[Fact]] = no_facts
    uses: Callable[[Instance, Path], frozenset[Resource]] = nothing_used
    limits: Callable[[Instance], Mapping[Resource, int]] = no_limits
    applies: Callable[[Instance, str], bool] = everybody
    monotone: bool = False
    question: Question | None = None
    lifted_by: Lifting | None = None
    place: int = UNPLACED
    keep: int = 0
    background: bool = False
    rows: str = ""

    def placed(self, fact: Fact) -> Fact:
        """Return a fact of this rule with its place in explanations."""
        return replace(fact, place=self.place, keep=self.keep)
