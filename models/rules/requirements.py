"""To graduate, a learner meets every requirement: so many distinct components of a pool, perhaps in a role."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from models.changes.change import with_edition
from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.formulation.requirement_terms import counting_terms, distinct, still_needed
from models.judging.activities import activities_of, judged
from models.judging.completion import amount_of, days_met
from models.judging.reachability import is_told
from models.programme.edition import Edition, Requirement
from models.programme.instance import Instance
from models.programme.plan import Plan
from models.programme.words import listed, number
from models.rule import Fact, Rule, Statement, Violation


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Find the requirements that a path never meets."""
    for path in judged(plan):
        edition = instance.edition_of(path.learner)
        for requirement, day in zip(edition.requirements, days_met(instance, path), strict=True):
            if day is None:
                has = amount_of(edition, requirement, activities_of(instance, path))
                enough = requirement.amount(requirement.count)
                yield Violation(
                    rule="requirements",
                    learner=path.learner,
                    offerings=(),
                    sentence=f"{requirement.title}: {requirement_in_words(requirement)}, and the plan has {has} of {enough}",
                    source=requirement.source,
                )


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Require as many as are still missing."""
    for choices in everyone:
        for requirement in choices.edition.requirements:
            missing = still_needed(choices, requirement)
            if missing > 0:
                terms = [(each.code, each.literal) for each in counting_terms(choices, requirement)]
                poster.require(distinct(choices, requirement, terms), low=missing)


def requirement_in_words(requirement: Requirement) -> str:
    """Say what a requirement asks for."""
    pool = requirement.pool
    verb = "is" if requirement.count == 1 else "are"
    role = f" in the role of {requirement.role}" if requirement.role else ""
    long = f", attended for {requirement.min_minutes} minutes at least" if requirement.min_minutes else ""
    if requirement.in_credits:
        return f"{requirement.amount(requirement.count)} of {', '.join(pool)}{role} {verb} required{long}"
    if len(pool) == 1:
        times = "" if requirement.count == 1 and not role else f"{number(requirement.count)} "
        return f"{times}{pool[0]}{role} {verb} required{long}"
    if len(pool) == requirement.count:
        return f"{listed(pool)} are required{long}"
    return f"{number(requirement.count)} of {', '.join(pool)}{role} {verb} required{long}"


def statements(edition: Edition) -> Iterable[Statement]:
    """State each requirement."""
    for requirement in edition.requirements:
        yield Statement(
            sentence=f"{requirement.title}: {requirement_in_words(requirement)}.", source=requirement.source
        )


def facts(instance: Instance, learner: str) -> Iterable[Fact]:
    """Name each requirement, and what of its pool the calendar does not hold."""
    edition = instance.edition_of(learner)
    done = {activity.component for activity in instance.initial_state[learner].done}
    for requirement in edition.requirements:
        pool = tuple(code for code in requirement.pool if is_told(instance, learner, edition.component[code]))
        absent = [
            code
            for code in pool
            if code not in instance.offerings_of and edition.component[code].kind != "task" and code not in done
        ]
        nowhere = f"; the calendar holds no run of {listed(absent, 'or')}" if absent else ""
        yield Fact(
            rule="requirements",
            sentence=requirement_in_words(replace(requirement, pool=pool or requirement.pool)) + nowhere,
            source=requirement.source,
            without=with_edition(learner, lambda edition, gone=requirement.id: _without(edition, gone)),  # type: ignore[misc]
            about=requirement.id,
        )


def _without(edition: Edition, gone: str) -> Edition:
    return replace(edition, requirements=tuple(each for each in edition.requirements if each.id != gone))


RULE = Rule(
    name="requirements",
    sentence="To graduate, a learner meets every requirement of the edition.",
    scope="learner",
    rows=r"$\sum x_{lo}$ (or $y$, $d$) $\ge n_r$ less what is done",
    lifted_by="waive_requirement",
    keep=4,
    place=1,
    check=check,
    post=post,
    statements=statements,
    facts=facts,
)
