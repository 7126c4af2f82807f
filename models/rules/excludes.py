"""Whoever has or books a component cannot book one that it excludes; said of one of the two, it holds both ways."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from models.changes.change import with_edition
from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.formulation.precedence import chosen_literal, lies_ahead, open_choices
from models.judging.activities import activities_of, ahead, judged
from models.programme.edition import Edition
from models.programme.instance import Instance
from models.programme.plan import Plan
from models.rule import Fact, Rule, Statement, Violation


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Compare everything new with all that a learner has or books; what stood already is not judged."""
    for path in judged(plan):
        edition = instance.edition_of(path.learner)
        out = _excluded(edition)
        state = instance.initial_state[path.learner]
        kept = {booking.offering for booking in state.bookings} | {task.component for task in state.tasks}
        activities = activities_of(instance, path)
        for new in ahead(instance, path) if out else ():
            for other in activities:
                if new.label not in kept and other.component in out.get(new.component, ()):
                    yield Violation(
                        rule="excludes",
                        learner=path.learner,
                        offerings=(new.label, *(() if other.done else (other.label,))),
                        sentence=f"{new.label} cannot be booked beside {other.label}: "
                        f"{new.component} and {other.component} exclude each other",
                        source=_source(edition, new.component, other.component),
                    )


def _excluded(edition: Edition) -> dict[str, set[str]]:
    """Return by component what it excludes and what excludes it."""
    found: dict[str, set[str]] = {}
    for component in edition.components:
        for other in component.excludes:
            found.setdefault(component.code, set()).add(other)
            found.setdefault(other, set()).add(component.code)
    return found


def _source(edition: Edition, one: str, other: str) -> str | None:
    paths = (f"components.{code}.excludes" for code in (one, other))
    return next((source for path in paths if (source := edition.source_of(path))), None)


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Allow one of every two choices that exclude each other, unless both stood already, and none beside what is done."""
    for choices in everyone:
        for component in choices.edition.components:
            for code in component.excludes:
                _post_pair(choices, poster, component.code, code)


def _post_pair(choices: LearnerVariables, poster: Poster, one: str, other: str) -> None:
    for mine, theirs in ((one, other), (other, one)):
        for chosen in open_choices(choices, mine):
            if choices.done(theirs) and lies_ahead(choices, chosen) and not chosen.kept:
                poster.forbid(chosen_literal(chosen))
    for first in open_choices(choices, one):
        for second in open_choices(choices, other):
            judged_ones = [each for each in (first, second) if lies_ahead(choices, each) and not each.kept]
            if judged_ones:
                poster.not_all([chosen_literal(first), chosen_literal(second)])


def statements(edition: Edition) -> Iterable[Statement]:
    """State what each component excludes."""
    for component in edition.components:
        for other in component.excludes:
            words = f"{component.code} and {other} exclude each other."
            yield Statement(sentence=words, source=_source(edition, component.code, other))


def facts(instance: Instance, learner: str) -> Iterable[Fact]:
    """Name every two components that exclude each other."""
    edition = instance.edition_of(learner)
    for component in edition.components:
        for other in component.excludes:
            yield Fact(
                rule="excludes",
                sentence=f"{component.code} and {other} exclude each other",
                source=_source(edition, component.code, other),
                without=with_edition(
                    learner,
                    lambda edition, code=component.code, other=other: _freed(edition, code, other),  # type: ignore[misc]
                ),
                about=component.code,
            )


def _freed(edition: Edition, code: str, other: str) -> Edition:
    def free(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in names if name != other)

    components = tuple(
        replace(each, excludes=free(each.excludes)) if each.code == code else each for each in edition.components
    )
    return replace(edition, components=components)


RULE = Rule(
    name="excludes",
    sentence="Whoever has or books a component books none that it excludes, or that excludes it.",
    scope="learner",
    rows=r"$x_{lo} + x_{lp} \le 1$ for every two that exclude each other; $x_{lo} = 0$ beside what is done",
    lifted_by="waive_rule",
    applies=lambda instance, learner: any(each.excludes for each in instance.edition_of(learner).components),
    monotone=True,
    check=check,
    post=post,
    statements=statements,
    facts=facts,
)
