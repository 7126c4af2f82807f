"""A strict corequisite runs beside a component: both are booked, and their days overlap."""

from collections.abc import Iterable, Iterator, Sequence

from models.facts import of_component
from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.formulation.precedence import chosen_literal, lies_ahead, open_choices, ran_beside
from models.judging.activities import Activity, activities_of, ahead, judged
from models.judging.reachability import is_told
from models.programme.edition import Component, Edition
from models.programme.instance import Instance
from models.programme.plan import Plan
from models.programme.words import listed
from models.rule import Fact, Rule, Statement, Violation


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Find what has nothing of a strict corequisite beside it."""
    for path in judged(plan):
        edition = instance.edition_of(path.learner)
        activities = activities_of(instance, path)
        for one in ahead(instance, path):
            component = edition.component.get(one.component)
            for entry in component.strict_corequisites if component else ():
                if not any(other.component in entry and _is_beside(other, one) for other in activities):
                    others = [other.label for other in activities if other.component in entry]
                    yield Violation(
                        rule="strict_corequisites",
                        learner=path.learner,
                        offerings=(one.label, *others),
                        sentence=f"{one.label} needs {listed(entry, 'or')} beside it, on some of the same days",
                        source=edition.source_of(f"components.{one.component}.strict_corequisites"),
                    )


def _is_beside(other: Activity, one: Activity) -> bool:
    """Say whether something is booked and shares a day: done before is not enough."""
    return not other.done and other.first <= one.last and one.first <= other.last


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Require something of each entry with everything that asks for it."""
    for choices in everyone:
        for component in choices.edition.components:
            for chosen in open_choices(choices, component.code) if component.strict_corequisites else ():
                for entry in component.strict_corequisites if lies_ahead(choices, chosen) else ():
                    others = [one for code in entry for one in open_choices(choices, code)]
                    literals = [each for one in others if (each := ran_beside(choices, one, chosen)) is not None]
                    poster.require([(1, each) for each in literals] + [(-1, chosen_literal(chosen))], low=0)


def statements(edition: Edition) -> Iterable[Statement]:
    """State what goes with each component."""
    for component in edition.components:
        if component.strict_corequisites:
            source = edition.source_of(f"components.{component.code}.strict_corequisites")
            yield Statement(sentence=f"{_in_words(component)}.", source=source)


def _in_words(component: Component) -> str:
    entries = listed([listed(entry, "or") for entry in component.strict_corequisites])
    return f"{component.code} needs {entries} beside it, on some of the same days"


def facts(instance: Instance, learner: str) -> Iterable[Fact]:
    """Name what goes with each component."""
    edition = instance.edition_of(learner)
    for component in edition.components:
        if component.strict_corequisites and is_told(instance, learner, component):
            words = _in_words(component)
            yield of_component("strict_corequisites", instance, learner, component.code, words, strict_corequisites=())


RULE = Rule(
    name="strict_corequisites",
    sentence="What a component has as a strict corequisite is booked too, and the days of both overlap.",
    scope="learner",
    rows=r"$x_{lo} \le \sum_{p \text{ shares a day with } o} x_{lp}$, one row an entry",
    lifted_by="waive_rule",
    keep=3,
    place=3,
    applies=lambda instance, learner: any(each.strict_corequisites for each in instance.edition_of(learner).components),
    check=check,
    post=post,
    statements=statements,
    facts=facts,
)
