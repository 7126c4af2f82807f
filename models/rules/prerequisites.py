"""What a component requires is done, or has ended, before the component starts."""

from collections.abc import Iterable, Iterator, Sequence

from models.facts import of_component
from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.formulation.precedence import lies_ahead, open_choices, require_before
from models.judging.activities import Activity, activities_of, ahead, judged
from models.judging.reachability import is_told
from models.programme.edition import Component, Edition
from models.programme.instance import Instance
from models.programme.plan import Plan
from models.programme.words import listed
from models.rule import Fact, Rule, Statement, Violation


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Find what starts before something that it requires has ended."""
    for path in judged(plan):
        edition = instance.edition_of(path.learner)
        activities = activities_of(instance, path)
        for later in ahead(instance, path):
            component = edition.component.get(later.component)
            for entry in component.requires if component else ():
                if not any(one.component in entry and (one.done or one.ended_before(later)) for one in activities):
                    yield Violation(
                        rule="prerequisites",
                        learner=path.learner,
                        offerings=(later.label, *_too_late(activities, entry)),
                        sentence=f"{later.label} needs {listed(entry, 'or')} first",
                        source=edition.source_of(f"components.{later.component}.requires"),
                    )


def _too_late(activities: Sequence[Activity], entry: Sequence[str]) -> list[str]:
    return [activity.label for activity in activities if activity.component in entry]


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Require something of each entry before everything that requires it."""
    for choices in everyone:
        for component in choices.edition.components:
            for chosen in open_choices(choices, component.code):
                if lies_ahead(choices, chosen):
                    for entry in component.requires:
                        require_before(choices, poster, entry, chosen)


def statements(edition: Edition) -> Iterable[Statement]:
    """State what each component requires."""
    for component in edition.components:
        if component.requires:
            yield Statement(
                sentence=f"{_in_words(component)}.", source=edition.source_of(f"components.{component.code}.requires")
            )


def _in_words(component: Component) -> str:
    return f"{component.code} needs {listed([listed(entry, 'or') for entry in component.requires])} first"


def facts(instance: Instance, learner: str) -> Iterable[Fact]:
    """Name what each component requires."""
    edition = instance.edition_of(learner)
    for component in edition.components:
        if component.requires and is_told(instance, learner, component):
            yield of_component("prerequisites", instance, learner, component.code, _in_words(component), requires=())


RULE = Rule(
    name="prerequisites",
    sentence="What a component requires is done, or its last session has ended, before the component's first session starts.",
    scope="learner",
    rows=r"as `first`, with the component's own entries",
    lifted_by="waive_rule",
    keep=3,
    place=3,
    check=check,
    post=post,
    statements=statements,
    facts=facts,
)
