"""No more workshops start for a learner in a calendar month than the learner, or else the edition, allows."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from models.changes.change import with_edition, with_learner
from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.judging.activities import activities_of, judged
from models.programme.edition import Edition
from models.programme.instance import Instance
from models.programme.plan import Path, Plan
from models.programme.words import plural
from models.rule import Fact, Rule, Statement, Violation

Month = tuple[int, int]


def most_of(instance: Instance, learner: str) -> int | None:
    """Return the learner's own limit, or else that of the edition; None where neither states one."""
    own = instance.learner[learner].max_workshops_per_month
    return own if own is not None else instance.edition_of(learner).max_workshops_per_month


def _month(day: date) -> Month:
    return day.year, day.month


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Count the workshops that start in each month in which a new one does."""
    for path in judged(plan):
        most = most_of(instance, path.learner)
        if most is not None:
            yield from _crowded(instance, path, most)


def _crowded(instance: Instance, path: Path, most: int) -> Iterator[Violation]:
    edition = instance.edition_of(path.learner)
    codes = {component.code for component in edition.components if component.kind == "workshop"}
    stood = {booking.offering for booking in instance.initial_state[path.learner].bookings}
    taken = [each for each in activities_of(instance, path) if each.component in codes and not each.exempt]
    new = {_month(each.first) for each in taken if not each.done and each.label not in stood}
    for month in sorted(new):
        mine = [each for each in taken if _month(each.first) == month]
        if len(mine) > most:
            yield Violation(
                rule="max_workshops_per_month",
                learner=path.learner,
                offerings=tuple(each.label for each in mine if not each.done),
                sentence=f"{plural(len(mine), 'workshop')} start in {month[0]}-{month[1]:02d}, and {most} is the most",
                source=_source(edition, instance.learner[path.learner].max_workshops_per_month),
            )


def _source(edition: Edition, own: int | None) -> str | None:
    return edition.source_of("max_workshops_per_month") if own is None else "learners.csv"


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Bound the workshops of each month; what is done or booked already may fill it, and only what is new is kept out."""
    for choices in everyone:
        most = most_of(choices.instance, choices.learner.id)
        codes = [each.code for each in choices.edition.components if each.kind == "workshop"]
        runs = [run for code in codes for run in choices.open_runs(code)] if most is not None else []
        done = Counter(_done_months(choices, codes))
        for month in sorted({_month(run.offering.start) for run in runs if not run.kept}):
            mine = [run for run in runs if _month(run.offering.start) == month]
            room = (most or 0) - done[month]
            for run in mine:
                if not run.kept:
                    others = [(1, each.book) for each in mine if each is not run]
                    poster.require(others, high=room - 1, given=[run.book])


def _done_months(choices: LearnerVariables, codes: Sequence[str]) -> Iterator[Month]:
    for code in codes:
        for done in choices.done_of.get(code, ()):
            if done.day is not None:
                run = choices.instance.offering.get(done.offering or "")
                yield _month(min(run.start, done.day) if run else done.day)


def statements(edition: Edition) -> Iterable[Statement]:
    """State the edition's limit."""
    if edition.max_workshops_per_month is not None:
        words = (
            f"At most {plural(edition.max_workshops_per_month, 'workshop')} start for a learner in a calendar month."
        )
        yield Statement(sentence=words, source=edition.source_of("max_workshops_per_month"))


def facts(instance: Instance, learner: str) -> Iterable[Fact]:
    """Name the limit, and whose it is."""
    most, own = most_of(instance, learner), instance.learner[learner].max_workshops_per_month
    if most is None:
        return
    words = f"at most {plural(most, 'workshop')} start for {learner} in a calendar month"
    source = _source(instance.edition_of(learner), own)
    free_edition = with_edition(learner, lambda edition: replace(edition, max_workshops_per_month=None))
    free_learner = with_learner(learner, lambda who: replace(who, max_workshops_per_month=None))
    yield Fact(
        rule="max_workshops_per_month",
        sentence=words,
        source=source,
        without=lambda instance: free_learner(free_edition(instance)),
    )


RULE = Rule(
    name="max_workshops_per_month",
    sentence="No more workshops start for a learner in a calendar month than the learner, or else the edition, allows.",
    scope="learner",
    rows=r"$\sum_{p \neq o} x_{lp} \le$ what is left of the month less one, given $x_{lo}$",
    lifted_by="lift_limit",
    applies=lambda instance, learner: most_of(instance, learner) is not None,
    monotone=True,
    check=check,
    post=post,
    statements=statements,
    facts=facts,
)
