"""What can count for a requirement, as literals: the posted side of requirements, the window and graduation."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from models.formulation.learner_variables import LearnerVariables, OfferingVariables, TaskVariables, pool_members
from models.formulation.linear import Poster, Term
from models.programme.edition import Requirement
from models.programme.initial_state import Done


class Countable(NamedTuple):
    """A choice that counts one: its literal, and when it ends (a day number, or a variable plus some days)."""

    code: str
    literal: int
    chosen: OfferingVariables | TaskVariables


def still_needed(choices: LearnerVariables, requirement: Requirement, by: date = date.max) -> int:
    """Return how many are still missing when everything done is counted, or what was done by a day."""
    edition = choices.edition
    codes = requirement.pool
    found: set[str] = set()
    reached = 0
    for done in (done for code in codes for done in choices.done_of.get(code, ())):
        late = done.day is not None and done.day > by
        if late or not done_counts(done, requirement):
            continue
        component = edition.component[done.component]
        if component.repeatable and done.exempt and component.worth_for(requirement):
            return 0
        if component.repeatable or component.code not in found:
            found.add(component.code)
            reached += component.worth_for(requirement)
    return requirement.count - reached


def done_counts(done: Done, requirement: Requirement) -> bool:
    """Say whether something done can count for a requirement: its role, and how long it was attended."""
    if done.exempt:
        return done.role == requirement.role
    if requirement.role is not None:
        return done.role == requirement.role
    short = requirement.min_minutes is not None and done.minutes is not None and done.minutes < requirement.min_minutes
    return done.role is not None or not short


def counting_terms(choices: LearnerVariables, requirement: Requirement) -> Iterator[Countable]:
    """Yield every choice that can count for a requirement beside what is done."""
    components = choices.edition.component
    for each in all_counting(choices, requirement):
        if components[each.code].repeatable or not _counts_already(choices, each.code, requirement):
            yield each


def all_counting(choices: LearnerVariables, requirement: Requirement) -> Iterator[Countable]:
    """Yield every choice that can count for a requirement, what is done or not."""
    for code in pool_members(choices.edition, requirement):
        if not choices.edition.component[code].worth_for(requirement):
            continue
        for run in choices.open_runs(code):
            if choices.in_time(run):
                yield from (Countable(code, literal, run) for literal in _literals(run, requirement))
        task = choices.open_task(code)
        if task and requirement.role is None and choices.in_time(task):
            yield Countable(code, task.does, task)


def _counts_already(choices: LearnerVariables, code: str, requirement: Requirement) -> bool:
    """Say whether a component counts by what is done of it."""
    return any(done_counts(done, requirement) for done in choices.done_of.get(code, ()))


def _literals(run: OfferingVariables, requirement: Requirement) -> Iterator[int]:
    """Yield the literals of which one must be true for a run to count (at most one is)."""
    if requirement.role is not None:
        if requirement.role in run.plays:
            yield run.plays[requirement.role]
    elif (
        requirement.min_minutes is None or (run.offering.minutes or requirement.min_minutes) >= requirement.min_minutes
    ):
        yield run.book
    else:
        yield from run.plays.values()


def distinct(choices: LearnerVariables, requirement: Requirement, counted: Sequence[tuple[str, int]]) -> list[Term]:
    """Return what each literal counts; two kept runs of a component that counts once share one term."""
    component = choices.edition.component
    kept = Counter(choices.instance.offering[each].component for each in choices.kept)
    terms: list[Term] = []
    several: dict[str, list[int]] = {}
    for code, literal in counted:
        if kept[code] > 1 and not component[code].repeatable:
            several.setdefault(code, []).append(literal)
        else:
            terms.append((component[code].worth_for(requirement), literal))
    for code, literals in several.items():
        once = choices.model.literal("counts-once", choices.learner.id, code)
        Poster(choices.model).require([(1, literal) for literal in literals] + [(-1, once)], low=0)
        terms.append((component[code].worth_for(requirement), once))
    return terms
