"""What comes first is done, or has ended, before everything else starts."""

from collections.abc import Iterable, Iterator, Sequence

from models.changes.eased import as_if_first_done
from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.formulation.precedence import lies_ahead, open_choices, require_before
from models.judging.activities import activities_of, ahead, judged
from models.programme.edition import Edition
from models.programme.instance import Instance
from models.programme.plan import Plan
from models.programme.words import listed
from models.rule import Fact, Rule, Statement, Violation


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Find what starts before something that comes first has ended."""
    for path in judged(plan):
        edition = instance.edition_of(path.learner)
        activities = activities_of(instance, path)
        for later in ahead(instance, path):
            if later.component in edition.first_codes or later.component not in edition.component:
                continue
            for entry in edition.first:
                if not any(one.component in entry and (one.done or one.ended_before(later)) for one in activities):
                    yield Violation(
                        rule="first",
                        learner=path.learner,
                        offerings=(later.label,),
                        sentence=f"{later.label} starts before {listed(entry, 'or')} is done",
                        source=edition.source_of("first"),
                    )


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Require each entry before everything that is not in `first`."""
    for choices in everyone:
        others = [each.code for each in choices.edition.components if each.code not in choices.edition.first_codes]
        for code in others:
            for chosen in open_choices(choices, code):
                if lies_ahead(choices, chosen):
                    for entry in choices.edition.first:
                        require_before(choices, poster, entry, chosen)


def _in_words(edition: Edition) -> str:
    verb = "comes" if len(edition.first) == 1 else "come"
    return f"{listed([listed(entry, 'or') for entry in edition.first])} {verb} before everything else"


def statements(edition: Edition) -> Iterable[Statement]:
    """State what comes first."""
    if edition.first:
        yield Statement(sentence=f"{_in_words(edition)}.", source=edition.source_of("first"))


def facts(instance: Instance, learner: str) -> Iterable[Fact]:
    """Name each thing that comes first, of entries that say the same one."""
    edition = instance.edition_of(learner)
    for entry in dict.fromkeys(edition.first):
        offered = any(code in instance.offerings_of or edition.component[code].kind == "task" for code in entry)
        nowhere = "" if offered else f"; the calendar holds no run of {listed(entry, 'or')}"
        yield Fact(
            rule="first",
            sentence=f"{listed(entry, 'or')} comes before everything else{nowhere}",
            source=edition.source_of("first"),
            without=as_if_first_done(learner, entry),
        )


RULE = Rule(
    name="first",
    sentence="What the edition puts first is done, or has ended, before everything else starts.",
    scope="learner",
    rows=r"$x_{lo} \le \sum_{p \text{ ends before } o} x_{lp}$, one row an entry",
    keep=2,
    place=2,
    check=check,
    post=post,
    statements=statements,
    facts=facts,
)
