"""What a component asks for before it, or beside it, still counts on the day on which the component starts."""

from collections.abc import Iterable, Iterator, Sequence

from models.facts import of_component
from models.formulation.lasting import done_until, start_within, started_within
from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.formulation.precedence import Chosen, chosen_literal, ended_before, lies_ahead, open_choices, started_by
from models.judging.activities import Activity, activities_of, ahead, judged
from models.programme.edition import Component, Edition
from models.programme.instance import Instance
from models.programme.plan import Plan
from models.programme.words import listed, plural
from models.rule import Fact, Rule, Statement, Violation

Entry = tuple[tuple[str, ...], bool]
"""What is asked for, and whether it may also start no later than what asks for it."""


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Find what starts when nothing that it asks for counts any longer."""
    for path in judged(plan):
        edition = instance.edition_of(path.learner)
        if not any(each.valid_years for each in edition.components):
            continue
        activities = activities_of(instance, path)
        for later in ahead(instance, path):
            for entry, beside in _asked(edition, later.component):
                if not any(_serves(edition, one, later, beside) for one in activities if one.component in entry):
                    names = tuple(one.label for one in activities if one.component in entry and not one.done)
                    yield Violation(
                        rule="valid_years",
                        learner=path.learner,
                        offerings=(later.label, *names),
                        sentence=f"on {later.first}, when {later.label} starts, no completion of {listed(entry, 'or')} counts",
                        source=_source(edition, entry),
                    )


def _asked(edition: Edition, code: str) -> list[Entry]:
    """Return what a component asks for of which some counts for some years alone."""
    component = edition.component.get(code)
    if component is None:
        return []
    first = () if code in edition.first_codes else edition.first
    entries = [(each, False) for each in (*component.requires, *first)]
    entries += [(each, True) for each in component.corequisites]
    return [(entry, beside) for entry, beside in entries if any(_years(edition, each) for each in entry)]


def _years(edition: Edition, code: str) -> int | None:
    component = edition.component.get(code)
    return component.valid_years if component else None


def _serves(edition: Edition, one: Activity, later: Activity, beside: bool) -> bool:
    in_time = one.done or one.ended_before(later) or (beside and one is not later and one.starts_by(later))
    return in_time and (one.exempt or later.first <= edition.counts_until(one.component, one.last))


def _source(edition: Edition, entry: Sequence[str]) -> str | None:
    found = (edition.source_of(f"components.{code}.valid_years") for code in entry)
    return next((each for each in found if each), None)


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Require of each entry something that still counts on the first day of whatever asks for it."""
    for choices in everyone:
        if any(each.valid_years for each in choices.edition.components):
            for component in choices.edition.components:
                for chosen in open_choices(choices, component.code):
                    if lies_ahead(choices, chosen):
                        for entry, beside in _asked(choices.edition, component.code):
                            _post(choices, poster, entry, chosen, beside)


def _post(choices: LearnerVariables, poster: Poster, entry: Sequence[str], other: Chosen, beside: bool) -> None:
    literals = [
        started_within(choices, other, done_until(choices, done))
        for code in entry
        for done in choices.done_of.get(code, ())
    ]
    for one in (each for code in entry for each in open_choices(choices, code)):
        before = [ended_before(choices, one, other)]
        if beside and one is not other:
            before.append(started_by(choices, one, other))
        literals += [start_within(choices, one, other, literal) for literal in before if literal is not None]
    terms = [(1, literal) for literal in literals if literal is not None]
    poster.require([*terms, (-1, chosen_literal(other))], low=0)


def statements(edition: Edition) -> Iterable[Statement]:
    """State how long a completion counts."""
    for component in edition.components:
        if component.valid_years:
            source = edition.source_of(f"components.{component.code}.valid_years")
            yield Statement(sentence=f"{_in_words(component)}.", source=source)


def _in_words(component: Component) -> str:
    return f"a completion of {component.code} counts for {plural(component.valid_years or 0, 'year')}"


def facts(instance: Instance, learner: str) -> Iterable[Fact]:
    """Name how long a completion counts."""
    edition = instance.edition_of(learner)
    for component in edition.components:
        if component.valid_years:
            yield of_component("valid_years", instance, learner, component.code, _in_words(component), valid_years=None)


RULE = Rule(
    name="valid_years",
    sentence="What a component asks for before or beside it still counts on the day on which the component starts.",
    scope="learner",
    rows=r"as `prerequisites`, over the $p$ that count on $s_o$",
    lifted_by="waive_rule",
    keep=3,
    place=3,
    applies=lambda instance, learner: any(each.valid_years for each in instance.edition_of(learner).components),
    check=check,
    post=post,
    statements=statements,
    facts=facts,
)
