"""What comes last is done, and starts only when every other requirement is met by what has ended.

Where completions run out, what has ended has to count still on the day of graduation: otherwise it is not what the plan counts.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from models.facts import of_edition
from models.formulation.completion_day import finish_day, lasting_counts
from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.formulation.precedence import Chosen, chosen_literal, counted_before, lies_ahead, open_choices
from models.formulation.requirement_terms import Countable, counting_terms, distinct, still_needed
from models.formulation.together import Counts, require_together
from models.judging.activities import Activity, activities_of, ahead, judged
from models.judging.completion import are_served_on, graduated_on, graduation_of, met_on
from models.programme.edition import Edition, Requirement
from models.programme.instance import Instance
from models.programme.plan import Plan
from models.programme.words import listed
from models.rule import Fact, Rule, Statement, Violation


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Find what comes last and is missing, or starts too early."""
    for path in judged(plan):
        edition = instance.edition_of(path.learner)
        activities = activities_of(instance, path)
        for entry in edition.last:
            if not any(activity.component in entry for activity in activities):
                yield _violation(path.learner, edition, (), f"{listed(entry, 'or')} is missing: it comes last")
        for final in ahead(instance, path):
            if final.component in edition.last_codes:
                earlier = [activity for activity in activities if activity.done or activity.ended_before(final)]
                for sentence in _too_early(edition, earlier, graduation_of(instance, path)):
                    yield _violation(path.learner, edition, (final.label,), f"{final.label} starts before {sentence}")


def _too_early(edition: Edition, earlier: Sequence[Activity], graduation: date | None) -> Iterator[str]:
    """Say what is not met by what has ended earlier, or has run out by the day of graduation."""
    unmet = [each for each in _others(edition) if met_on(edition, each, earlier) is None]
    for requirement in unmet:
        yield f"this is met: {requirement.title}"
    if edition.runs_out and graduation is not None and not unmet:
        asked = replace(edition, requirements=tuple(_others(edition)))
        if not are_served_on(asked, earlier, graduation):
            yield f"everything has ended that counts on {graduation}, the day of graduation"


def _others(edition: Edition) -> list[Requirement]:
    """Return the requirements that are not about the last components alone."""
    return [each for each in edition.requirements if any(code not in edition.last_codes for code in each.pool)]


def _violation(learner: str, edition: Edition, offerings: tuple[str, ...], sentence: str) -> Violation:
    return Violation(
        rule="last", learner=learner, offerings=offerings, sentence=sentence, source=edition.source_of("last")
    )


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Require each entry, and enough of every other requirement before it."""
    for choices in everyone:
        for entry in choices.edition.last:
            if not any(choices.done(code) for code in entry):
                some = [one for code in entry for one in open_choices(choices, code) if choices.in_time(one)]
                poster.any_of(chosen_literal(one) for one in some)
        for code in sorted(choices.edition.last_codes):
            for final in open_choices(choices, code):
                if lies_ahead(choices, final):
                    _post_after_all(choices, poster, final)
                    _post_lasting(choices, poster, final)


def _post_after_all(choices: LearnerVariables, poster: Poster, final: Chosen) -> None:
    for requirement in choices.edition.requirements:
        if set(requirement.pool) <= choices.edition.last_codes:
            continue
        missing = still_needed(choices, requirement)
        if missing > 0:
            counting = counting_terms(choices, requirement)
            pairs = [(each.code, counted_before(choices, each.literal, each.chosen, final)) for each in counting]
            terms = distinct(choices, requirement, [(code, literal) for code, literal in pairs if literal is not None])
            poster.require([*terms, (-missing, chosen_literal(final))], low=0)


def _post_lasting(choices: LearnerVariables, poster: Poster, final: Chosen) -> None:
    """Require that enough of what has ended before still counts on the day of graduation, where completions run out."""
    if not choices.edition.runs_out or graduated_on(choices.instance, choices.learner.id) is not None:
        return
    counts = lasting_counts(choices, finish_day(choices))

    def chosen(each: Countable, requirement: Requirement | None) -> int | None:
        lasting = counts.chosen(each, requirement)
        return None if lasting is None else counted_before(choices, lasting, each.chosen, final)

    given = Poster(choices.model, (*poster.always, chosen_literal(final)))
    others = {each.id for each in _others(choices.edition)}
    require_together(choices, given, Counts(chosen, counts.done), others)


def _in_words(edition: Edition) -> str:
    verb = "comes" if len(edition.last) == 1 else "come"
    return f"{listed([listed(entry, 'or') for entry in edition.last])} {verb} after everything else that is required"


def statements(edition: Edition) -> Iterable[Statement]:
    """State what comes last."""
    if edition.last:
        yield Statement(sentence=f"{_in_words(edition)}.", source=edition.source_of("last"))


def facts(instance: Instance, learner: str) -> Iterable[Fact]:
    """Name what comes last."""
    edition = instance.edition_of(learner)
    if edition.last:
        yield of_edition("last", instance, learner, _in_words(edition), last=())


RULE = Rule(
    name="last",
    sentence="What the edition puts last is done, and starts only when every other requirement is met.",
    scope="learner",
    rows=r"$\sum_{p \text{ ends before } o} x_{lp} \ge n_r\, x_{lo}$ for each other $r$",
    lifted_by="waive_rule",
    keep=1,
    place=5,
    check=check,
    post=post,
    statements=statements,
    facts=facts,
)
