"""On the day of graduation everything that is asked for still counts: a completion may count for some time alone."""

from collections.abc import Iterable, Iterator, Sequence

from models.facts import of_requirement
from models.formulation.completion_day import finish_day
from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.judging.activities import judged
from models.judging.completion import graduation_of
from models.programme.edition import Edition
from models.programme.instance import Instance
from models.programme.plan import Plan
from models.programme.words import plural
from models.rule import Fact, Rule, Statement, Violation


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Find paths that meet everything on no day at once."""
    for path in judged(plan):
        if instance.edition_of(path.learner).runs_out and graduation_of(instance, path) is None:
            sentence = "on no day everything that is required has ended and still counts"
            yield Violation(rule="in_force", learner=path.learner, offerings=(), sentence=sentence)


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:  # noqa: ARG001 - the day is defined under the same conditions
    """Require a day on which everything counts: it is what the day of graduation is defined by."""
    for choices in everyone:
        if choices.edition.runs_out:
            finish_day(choices)


def statements(edition: Edition) -> Iterable[Statement]:
    """State of which requirements only what is recent counts."""
    for requirement in edition.requirements:
        if requirement.within_months:
            months = plural(requirement.within_months, "month")
            sentence = f"{requirement.title}: only what ended in the {months} up to the day of graduation counts."
            yield Statement(sentence=sentence, source=requirement.source)


def facts(instance: Instance, learner: str) -> Iterable[Fact]:
    """Name the requirements of which only what is recent counts."""
    for requirement in instance.edition_of(learner).requirements:
        if requirement.within_months:
            months = plural(requirement.within_months, "month")
            words = f"of {requirement.title} only what ended in the {months} up to graduation counts"
            yield of_requirement("in_force", instance, learner, requirement.id, words, within_months=None)


RULE = Rule(
    name="in_force",
    sentence="On the day of graduation everything that is asked for has ended, and still counts.",
    scope="learner",
    rows=r"$e_o \le G_l \le$ the last day on which $o$ counts, for each $z_{lo} = 1$",
    lifted_by="waive_rule",
    keep=4,
    place=1,
    background=True,
    applies=lambda instance, learner: instance.edition_of(learner).runs_out,
    check=check,
    post=post,
    statements=statements,
    facts=facts,
)
