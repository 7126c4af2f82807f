"""A component starts only when so many credits are completed, or have ended before it, and still count on that day."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from models.facts import of_component
from models.formulation.lasting import done_until, start_within, started_within
from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster, Term
from models.formulation.precedence import Chosen, chosen_literal, ended_before, lies_ahead, open_choices
from models.judging.activities import Activity, activities_of, ahead, judged
from models.judging.reachability import is_told
from models.programme.edition import Component, Edition
from models.programme.instance import Instance
from models.programme.plan import Plan
from models.programme.words import plural
from models.rule import Fact, Rule, Statement, Violation


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Add up what is done, or has ended, before each component that asks for credits; each component once."""
    for path in judged(plan):
        edition = instance.edition_of(path.learner)
        activities = activities_of(instance, path)
        for later in ahead(instance, path):
            component = edition.component.get(later.component)
            least = component.after_credits if component else None
            if least is not None and (found := _credits(edition, activities, later)) < least:
                yield Violation(
                    rule="after_credits",
                    learner=path.learner,
                    offerings=(later.label,),
                    sentence=f"{later.label} needs {plural(least, 'credit')} before it, and {found} have ended by then",
                    source=edition.source_of(f"components.{later.component}.after_credits"),
                )


def _credits(edition: Edition, activities: Sequence[Activity], later: Activity) -> int:
    total, seen = 0, {later.component}
    for one in activities:
        component = edition.component.get(one.component)
        if component is None or one is later or not (one.done or one.ended_before(later)):
            continue
        if not one.exempt and later.first > edition.counts_until(one.component, one.last):
            continue
        if component.repeatable or component.code not in seen:
            seen.add(component.code)
            total += component.worth
    return total


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Require the credits of what is done and of what is chosen and ends before."""
    for choices in everyone:
        for component in choices.edition.components:
            for chosen in open_choices(choices, component.code) if component.after_credits else ():
                if lies_ahead(choices, chosen):
                    least, terms = component.after_credits or 0, list(_terms(choices, component.code, chosen))
                    done = _done(choices, component.code)
                    poster.require([*terms, (done - least, chosen_literal(chosen))], low=0)


def _done(choices: LearnerVariables, later: str) -> int:
    """Return the credits of what is done and counts for ever."""
    times = ((choices.edition.component.get(code), rows) for code, rows in choices.done_of.items())
    mine = [(each, rows) for each, rows in times if each and (each.repeatable or each.code != later)]
    kept = [(each, sum(done_until(choices, row) == date.max for row in rows)) for each, rows in mine]
    return sum(each.worth * (count if each.repeatable else min(1, count)) for each, count in kept)


def _terms(choices: LearnerVariables, later: str, chosen: Chosen) -> Iterator[Term]:
    """Yield the credits of each component that may count when something starts, with a literal for each."""
    for component in choices.edition.components:
        if component.repeatable or component.code != later:
            yield from _terms_of(choices, component, chosen)


def _terms_of(choices: LearnerVariables, component: Component, chosen: Chosen) -> Iterator[Term]:
    """Yield a literal for each way; where a component may be taken again, one for all ways, as it counts once."""
    untils = [done_until(choices, row) for row in choices.done_of.get(component.code, ())]
    if date.max in untils and not component.repeatable:
        return
    literals = [started_within(choices, chosen, until) for until in untils if until != date.max]
    literals += [_still(choices, component, one, chosen) for one in open_choices(choices, component.code)]
    ways = [literal for literal in literals if literal is not None]
    if ways and choices.edition.runs_out and not component.repeatable:
        credited = choices.model.literal("credited", choices.learner.id, component.code)
        Poster(choices.model).require([*((1, literal) for literal in ways), (-1, credited)], low=0)
        ways = [credited]
    yield from ((component.worth, literal) for literal in ways)


def _still(choices: LearnerVariables, component: Component, one: Chosen, chosen: Chosen) -> int | None:
    """Return a literal that can be true only if one thing has ended before another starts, and still counts then."""
    literal = ended_before(choices, one, chosen)
    return start_within(choices, one, chosen, literal) if literal is not None and component.valid_years else literal


def statements(edition: Edition) -> Iterable[Statement]:
    """State the credits that come first."""
    for component in edition.components:
        if component.after_credits is not None:
            source = edition.source_of(f"components.{component.code}.after_credits")
            yield Statement(sentence=f"{_in_words(component.code, component.after_credits)}.", source=source)


def _in_words(code: str, least: int) -> str:
    return f"{code} needs {plural(least, 'credit')} before it"


def facts(instance: Instance, learner: str) -> Iterable[Fact]:
    """Name the credits that come first."""
    edition = instance.edition_of(learner)
    for component in edition.components:
        if component.after_credits is not None and is_told(instance, learner, component):
            words = _in_words(component.code, component.after_credits)
            yield of_component("after_credits", instance, learner, component.code, words, after_credits=None)


RULE = Rule(
    name="after_credits",
    sentence="A component that asks for credits starts only when so many are completed, or have ended before it and still count.",
    scope="learner",
    rows=r"$\sum_{p \text{ ends before } o, \text{ counts on } s_o} w_{c(p)} x_{lp} \ge (n_o - \text{done})\, x_{lo}$",
    lifted_by="waive_rule",
    keep=3,
    place=3,
    applies=lambda instance, learner: any(each.after_credits for each in instance.edition_of(learner).components),
    check=check,
    post=post,
    statements=statements,
    facts=facts,
)
