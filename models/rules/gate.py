"""Where the edition says so, what a component requires is complete by the day its registration closes."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from models.facts import of_edition
from models.formulation.learner_variables import LearnerVariables, OfferingVariables
from models.formulation.linear import Poster
from models.formulation.precedence import open_choices
from models.judging.activities import Activity, activities_of, ahead, judged
from models.programme.edition import Edition
from models.programme.instance import Instance
from models.programme.plan import Plan
from models.programme.words import listed
from models.rule import Fact, Rule, Statement, Violation

WORDS = "What a component requires is complete by the day on which its registration closes"


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Find new bookings whose requirements end after registration closes."""
    for path in judged(plan):
        edition = instance.edition_of(path.learner)
        if edition.gate != "registration":
            continue
        activities = activities_of(instance, path)
        kept = {booking.offering for booking in instance.initial_state[path.learner].bookings}
        for later in ahead(instance, path):
            closes = later.offering.registration_closes if later.offering else None
            if closes is None or later.label in kept:
                continue
            for entry in edition.component[later.component].requires if later.component in edition.component else ():
                if not _complete(activities, entry, closes):
                    yield Violation(
                        rule="gate",
                        learner=path.learner,
                        offerings=(later.label,),
                        sentence=f"{listed(entry, 'or')} is not complete on {closes}, when registration of {later.label} closes",
                        source=edition.source_of("gate"),
                    )


def _complete(activities: Sequence[Activity], entry: Sequence[str], closes: date) -> bool:
    return any(activity.component in entry and (activity.done or activity.last <= closes) for activity in activities)


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Require something of each entry to end by the day registration closes."""
    for choices in everyone:
        if choices.edition.gate != "registration":
            continue
        for component in choices.edition.components:
            for run in choices.open_runs(component.code):
                if not run.kept:  # then it lies ahead: what has started is no choice any more
                    for entry in component.requires:
                        _require(choices, poster, entry, run)


def _require(choices: LearnerVariables, poster: Poster, entry: Sequence[str], run: OfferingVariables) -> None:
    if any(choices.done(code) for code in entry) or run.offering.registration_closes is None:
        return
    closes = run.offering.registration_closes.toordinal()
    terms = [(-1, run.book)]
    for one in (one for code in entry for one in open_choices(choices, code)):
        if isinstance(one, OfferingVariables):
            terms += [(1, one.book)] if one.last_day <= closes else []
        else:
            literal = choices.model.literal("complete", choices.learner.id, one.component.code, run.offering.id)
            definition = Poster(choices.model)
            definition.require([(1, one.does), (-1, literal)], low=0)
            definition.require([(1, one.start)], high=closes - one.component.length + 1, given=[literal])
            terms.append((1, literal))
    poster.require(terms, low=0)


def statements(edition: Edition) -> Iterable[Statement]:
    """State the gate where it is the strict one."""
    if edition.gate == "registration":
        yield Statement(sentence=f"{WORDS}.", source=edition.source_of("gate"))


def facts(instance: Instance, learner: str) -> Iterable[Fact]:
    """Name the gate where it is the strict one."""
    edition = instance.edition_of(learner)
    if edition.gate == "registration":
        yield of_edition("gate", instance, learner, WORDS[0].lower() + WORDS[1:], gate=None)


RULE = Rule(
    name="gate",
    sentence=f"{WORDS}, where the edition has that gate.",
    scope="learner",
    rows=r"the same with the closing day",
    lifted_by="waive_rule",
    place=4,
    check=check,
    post=post,
    statements=statements,
    facts=facts,
)
