"""Rows that tie requirements together: a completion serves one of two that are apart, and may have lapsed by graduation."""

from collections.abc import Callable, Collection
from typing import NamedTuple

from models.formulation.learner_variables import LearnerVariables, OfferingVariables
from models.formulation.linear import Poster
from models.formulation.requirement_terms import Countable, all_counting, done_counts
from models.programme.edition import Requirement
from models.programme.initial_state import Done

Thing = tuple[str, str]
"""A component, and which of its completions: of a component that counts once all are one thing."""


class Counts(NamedTuple):
    """How to say that a choice, or something done, counts for a requirement: literals, None where it never does."""

    chosen: Callable[[Countable, Requirement | None], int | None]
    done: Callable[[Done, Requirement | None], int | None]


def require_together(
    choices: LearnerVariables, poster: Poster, counts: Counts, named: Collection[str] | None = None
) -> None:
    """Require everything that is asked for (or some requirements), each thing serving one alone of two that are apart."""
    serves: dict[str, dict[Thing, int]] = {}
    for requirement in choices.edition.requirements:
        if (named is None or requirement.id in named) and not _is_exempt(choices, requirement):
            serves[requirement.id] = _serving(choices, requirement, counts)
            components = choices.edition.component
            mine = serves[requirement.id].items()
            terms = [(components[code].worth_for(requirement), literal) for (code, _), literal in mine]
            poster.require(terms, low=requirement.count)
    definition = Poster(choices.model)
    for one, other in (sorted(pair) for pair in choices.edition.apart):
        for thing in serves.get(one, {}).keys() & serves.get(other, {}).keys():
            definition.require([(1, serves[one][thing]), (1, serves[other][thing])], high=1)


def _is_exempt(choices: LearnerVariables, requirement: Requirement) -> bool:
    components = choices.edition.component
    rows = [each for each in choices.initial_state.done if each.exempt and each.component in requirement.pool]
    return any(
        components[each.component].repeatable
        and components[each.component].worth_for(requirement)
        and done_counts(each, requirement)
        for each in rows
    )


def _serving(choices: LearnerVariables, requirement: Requirement, counts: Counts) -> dict[Thing, int]:
    """Return by thing a literal that can be true only if the thing counts for a requirement."""
    components = choices.edition.component
    found: dict[Thing, list[int]] = {}

    def note(code: str, label: str, literal: int | None) -> None:
        if literal is not None:
            found.setdefault((code, label if components[code].repeatable else ""), []).append(literal)

    for number, done in enumerate(choices.initial_state.done):
        in_pool = done.component in requirement.pool and components[done.component].worth_for(requirement)
        if in_pool and done_counts(done, requirement):
            note(done.component, f"record {number}", counts.done(done, requirement))
    for each in all_counting(choices, requirement):
        label = each.chosen.offering.id if isinstance(each.chosen, OfferingVariables) else each.code
        note(each.code, label, counts.chosen(each, requirement))
    serves: dict[Thing, int] = {}
    definition = Poster(choices.model)
    for (code, label), literals in found.items():
        serves[code, label] = choices.model.literal("serves", choices.learner.id, requirement.id, code, label)
        definition.require([*((1, literal) for literal in literals), (-1, serves[code, label])], low=0)
    return serves


def always(choices: LearnerVariables) -> int:
    """Return a literal that is true."""
    literal = choices.model.literal("always", choices.learner.id)
    choices.model.restrict(literal, low=1)
    return literal
