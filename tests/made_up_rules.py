"""Rules that no engine has ever heard of, made up for tests: each said twice, none with a file of its own."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import TypeVar

from models.formulation.learner_variables import LearnerVariables, OfferingVariables
from models.formulation.linear import Poster
from models.judging.activities import judged
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.plan import Path, Plan
from models.rule import Rule, Violation

Value = TypeVar("Value")
Bad = Callable[[Offering, Offering], bool]


def _news(instance: Instance, path: Path) -> list[Offering]:
    """Return what a path newly books, by day."""
    kept = {booking.offering for booking in instance.initial_state[path.learner].bookings}
    found = [instance.offering[each] for each in path.offerings - kept]
    return sorted(found, key=lambda run: (run.start, run.id))


def _open(choices: LearnerVariables) -> list[OfferingVariables]:
    return [run for run in choices.all_open_runs() if not run.kept]


def _broken(name: str, path: Path, runs: Iterable[Offering]) -> Violation:
    offerings = tuple(run.id for run in runs)
    return Violation(rule=name, learner=path.learner, offerings=offerings, sentence=f"{name}: {offerings}")


def _pairs(runs: Iterable[Offering], bad: Bad) -> list[tuple[Offering, Offering]]:
    return [pair for pair in combinations(sorted(runs, key=lambda run: (run.start, run.id)), 2) if bad(*pair)]


def _in_pairs(name: str, sentence: str, bad: Bad) -> Rule:
    """Return the rule that no two new bookings are a bad pair."""

    def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
        for path in judged(plan):
            yield from (_broken(name, path, pair) for pair in _pairs(_news(instance, path), bad))

    def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
        for choices in everyone:
            book = {run.offering.id: run.book for run in _open(choices)}
            for one, other in _pairs([run.offering for run in _open(choices)], bad):
                poster.not_all([book[one.id], book[other.id]])

    return Rule(name=name, sentence=sentence, scope="learner", check=check, post=post, monotone=True)


def at_most_bookings(most: int) -> Rule:
    """Return the rule that nobody newly books more than so many offerings."""
    name = f"at_most_{most}_bookings"

    def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
        for path in judged(plan):
            news = _news(instance, path)
            if len(news) > most:
                yield _broken(name, path, news)

    def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
        for choices in everyone:
            poster.require([(1, run.book) for run in _open(choices)], high=most)

    sentence = f"Nobody newly books more than {most} offerings."
    return Rule(name=name, sentence=sentence, scope="learner", check=check, post=post, monotone=True)


def evenly() -> Rule:
    """Return the rule that nobody newly books one offering alone: it is met by booking more, so it is not monotone."""
    name = "never_one_alone"

    def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
        for path in judged(plan):
            news = _news(instance, path)
            if len(news) == 1:
                yield _broken(name, path, news)

    def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
        for choices in everyone:
            runs = [run.book for run in _open(choices)]
            for book in runs:
                poster.require([*((1, each) for each in runs if each != book)], low=1, given=[book])

    return Rule(name=name, sentence="Nobody newly books one offering alone.", scope="learner", check=check, post=post)


def _by_key(pairs: Iterable[tuple[tuple[str, str], Value]]) -> dict[tuple[str, str], list[Value]]:
    found: dict[tuple[str, str], list[Value]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def at_most_of_a_component(most: int) -> Rule:
    """Return the rule that all learners of an edition together newly take so many seats of each component."""
    name = f"at_most_{most}_of_a_component"

    def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
        taken = [
            ((instance.edition_of(path.learner).id, run.component), run.id)
            for path in plan.paths
            for run in _news(instance, path)
        ]
        for (_, code), runs in sorted(_by_key(taken).items()):
            if len(runs) > most:
                words = f"{len(runs)} take {code}, and {most} is the most"
                yield Violation(rule=name, learner=None, offerings=tuple(sorted(set(runs))), sentence=words)

    def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
        taken = [
            ((choices.edition.id, run.offering.component), run.book) for choices in everyone for run in _open(choices)
        ]
        for books in _by_key(taken).values():
            poster.require([(1, book) for book in books], high=most)

    sentence = f"The learners of an edition newly take no more than {most} seats of a component."
    return Rule(name=name, sentence=sentence, scope="shared", check=check, post=post, monotone=True)


def not_in_one_month() -> Rule:
    """Return the rule that no two new bookings start in one month."""
    return _in_pairs(
        "not_in_one_month",
        "No two new bookings start in one calendar month.",
        lambda one, other: (one.start.year, one.start.month) == (other.start.year, other.start.month),
    )


def a_week_between() -> Rule:
    """Return the rule that nothing newly booked starts in the week after another one ends."""
    return _in_pairs(
        "a_week_between",
        "No new booking starts in the week after another one ends.",
        lambda one, other: 0 < (other.start - one.end).days <= 7,
    )


LEARNERS = (at_most_bookings(1), at_most_bookings(3), not_in_one_month(), a_week_between(), evenly())
"""Rules of one learner."""

RULES = (*LEARNERS, at_most_of_a_component(2))
