"""What counts for a requirement does not count for another that it is apart from: each completion serves one of the two."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from models.facts import of_requirement
from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.formulation.precedence import Chosen, chosen_literal, counted_before, lies_ahead, open_choices
from models.formulation.requirement_terms import Countable
from models.formulation.together import Counts, always, require_together
from models.judging.activities import Activity, activities_of, ahead, judged
from models.judging.completion import are_served, counting
from models.programme.edition import Edition, Requirement
from models.programme.instance import Instance
from models.programme.plan import Plan
from models.programme.words import listed
from models.rule import Fact, Rule, Statement, Violation


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Find paths whose completions cannot be shared out, each to one of two requirements that are apart."""
    for path in judged(plan):
        edition = instance.edition_of(path.learner)
        if not edition.apart:
            continue
        activities = activities_of(instance, path)
        titles = listed([each.title for each in _apart(edition)])
        if not _can_be_shared(edition, activities):
            sentence = f"what is taken is not enough for {titles}: what counts for one does not count for the other"
            yield Violation(rule="apart_from", learner=path.learner, offerings=(), sentence=sentence)
        for final in ahead(instance, path):
            earlier = [each for each in activities if each.done or each.ended_before(final)]
            if final.component in edition.last_codes and not _can_be_shared(edition, earlier):
                sentence = f"{final.label} starts before enough is done for {titles}, each thing counted once"
                yield Violation(rule="apart_from", learner=path.learner, offerings=(final.label,), sentence=sentence)


def _apart(edition: Edition) -> list[Requirement]:
    """Return the requirements of which one is apart from another."""
    named = frozenset().union(*edition.apart)
    return [each for each in edition.requirements if each.id in named]


def _can_be_shared(edition: Edition, activities: Sequence[Activity]) -> bool:
    asked = replace(edition, requirements=tuple(_apart(edition)))
    return are_served(asked, {each.id: counting(asked, each, activities) for each in asked.requirements})


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Give each thing to one of two requirements that are apart, and ask for enough of each."""
    for choices in everyone:
        if choices.edition.apart:
            named = frozenset().union(*choices.edition.apart)
            true = always(choices)
            counts = Counts(lambda each, _: each.literal, lambda _done, _requirement, true=true: true)  # type: ignore[misc]
            require_together(choices, poster, counts, named)
            for code in sorted(choices.edition.last_codes):
                for final in open_choices(choices, code):
                    if lies_ahead(choices, final):
                        given = Poster(choices.model, (*poster.always, chosen_literal(final)))
                        require_together(choices, given, _before(choices, final, true), named)


def _before(choices: LearnerVariables, final: Chosen, true: int) -> Counts:
    def chosen(each: Countable, _requirement: Requirement | None) -> int | None:
        return counted_before(choices, each.literal, each.chosen, final)

    return Counts(chosen, lambda _done, _requirement: true)


def statements(edition: Edition) -> Iterable[Statement]:
    """State which requirements are apart."""
    for requirement in edition.requirements:
        if requirement.apart_from:
            yield Statement(sentence=f"{_in_words(edition, requirement)}.", source=requirement.source)


def _in_words(edition: Edition, requirement: Requirement) -> str:
    others = listed([each.title for each in edition.requirements if each.id in requirement.apart_from], "or")
    return f"what counts for {requirement.title} does not count for {others}"


def facts(instance: Instance, learner: str) -> Iterable[Fact]:
    """Name which requirements are apart."""
    edition = instance.edition_of(learner)
    for requirement in edition.requirements:
        if requirement.apart_from:
            yield of_requirement(
                "apart_from", instance, learner, requirement.id, _in_words(edition, requirement), apart_from=()
            )


RULE = Rule(
    name="apart_from",
    sentence="What counts for a requirement does not count for one that it is apart from: each completion serves one of the two.",
    scope="learner",
    rows=r"$s_{ra} + s_{qa} \le 1$ for requirements $r, q$ that are apart; $\sum_a w_{ra} s_{ra} \ge n_r$",
    lifted_by="waive_rule",
    keep=4,
    place=1,
    applies=lambda instance, learner: bool(instance.edition_of(learner).apart),
    check=check,
    post=post,
    statements=statements,
    facts=facts,
)
