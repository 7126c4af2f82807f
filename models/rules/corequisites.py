"""A corequisite of a component is done, or starts no later than the component does."""

from collections.abc import Iterable, Iterator, Sequence

from models.facts import of_component
from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.formulation.precedence import chosen_literal, lies_ahead, open_choices, started_by
from models.judging.activities import activities_of, ahead, judged
from models.judging.reachability import is_told
from models.programme.edition import Component, Edition
from models.programme.instance import Instance
from models.programme.plan import Plan
from models.programme.words import listed
from models.rule import Fact, Rule, Statement, Violation


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Find what starts before something that has to go with it, or that has nothing of it beside it."""
    for path in judged(plan):
        edition = instance.edition_of(path.learner)
        activities = activities_of(instance, path)
        for one in ahead(instance, path):
            component = edition.component.get(one.component)
            for entry in component.corequisites if component else ():
                if not any(other.component in entry and (other.done or other.starts_by(one)) for other in activities):
                    others = [other.label for other in activities if other.component in entry]
                    yield Violation(
                        rule="corequisites",
                        learner=path.learner,
                        offerings=(one.label, *others),
                        sentence=f"{one.label} needs {listed(entry, 'or')} done, or started no later",
                        source=edition.source_of(f"components.{one.component}.corequisites"),
                    )


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Require something of each entry with everything that asks for it."""
    for choices in everyone:
        for component in choices.edition.components:
            for chosen in open_choices(choices, component.code) if component.corequisites else ():
                for entry in component.corequisites if lies_ahead(choices, chosen) else ():
                    if any(choices.done(code) for code in entry):
                        continue
                    others = [one for code in entry for one in open_choices(choices, code)]
                    literals = [each for one in others if (each := started_by(choices, one, chosen)) is not None]
                    poster.require([(1, each) for each in literals] + [(-1, chosen_literal(chosen))], low=0)


def statements(edition: Edition) -> Iterable[Statement]:
    """State what goes with each component."""
    for component in edition.components:
        if component.corequisites:
            source = edition.source_of(f"components.{component.code}.corequisites")
            yield Statement(sentence=f"{_in_words(component)}.", source=source)


def _in_words(component: Component) -> str:
    entries = listed([listed(entry, "or") for entry in component.corequisites])
    return f"{component.code} needs {entries} done, or started no later"


def facts(instance: Instance, learner: str) -> Iterable[Fact]:
    """Name what goes with each component."""
    edition = instance.edition_of(learner)
    for component in edition.components:
        if component.corequisites and is_told(instance, learner, component):
            yield of_component("corequisites", instance, learner, component.code, _in_words(component), corequisites=())


RULE = Rule(
    name="corequisites",
    sentence="What a component has as a corequisite is done, or starts no later than the component does.",
    scope="learner",
    rows=r"$x_{lo} \le \sum_{p \text{ starts no later than } o} x_{lp}$, one row an entry that is not done",
    lifted_by="waive_rule",
    keep=3,
    place=3,
    applies=lambda instance, learner: any(each.corequisites for each in instance.edition_of(learner).components),
    check=check,
    post=post,
    statements=statements,
    facts=facts,
)
