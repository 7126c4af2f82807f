"""What may be asked of a path beyond the programme's rules: to graduate before a day, to hold an offering; each said twice."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import combinations

from models.formulation.completion_day import ends_by
from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.judging.activities import judged
from models.judging.completion import graduation_of
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.plan import Plan
from models.programme.time import local
from models.programme.words import span_in_words
from models.rule import Fact, Rule, Violation
from models.rules import clashes

Check = Callable[[Instance, Plan], Iterator[Violation]]
Post = Callable[[Sequence[LearnerVariables], Poster], None]


def graduating_before(day: date) -> Rule:
    """Ask for a graduation before a day, whatever the window is."""

    def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
        for path in judged(plan):
            graduation = graduation_of(instance, path)
            if graduation is not None and graduation >= day:
                yield Violation(
                    rule="earlier", learner=path.learner, offerings=(), sentence=f"{graduation} is not before {day}"
                )

    def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
        for choices in everyone:
            ends_by(choices, poster, day.toordinal() - 1, given=())

    return _asked("earlier", f"graduating before {day}", check, post, place=99, keep=8)


def holding(offering: Offering) -> Rule:
    """Ask for one offering to be in the path."""

    def check(_instance: Instance, plan: Plan) -> Iterator[Violation]:
        for path in judged(plan):
            if offering.id not in path.offerings:
                yield Violation(
                    rule="wanted", learner=path.learner, offerings=(offering.id,), sentence=f"{offering.id} is left out"
                )

    def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
        for choices in everyone:
            runs = [run.book for listed in choices.runs.values() for run in listed if run.offering.id == offering.id]
            poster.require([(1, book) for book in runs], low=1)

    return _asked("wanted", f"{offering.id} ({span_in_words(offering)}) is in the plan", check, post, place=0, keep=7)


def _asked(name: str, words: str, check: Check, post: Post, *, place: int, keep: int) -> Rule:
    def facts(_instance: Instance, _learner: str) -> Iterable[Fact]:
        yield Fact(rule=name, sentence=words)

    return Rule(
        name=name, sentence=f"{words}.", scope="learner", check=check, post=post, facts=facts, place=place, keep=keep
    )


def meetings(instance: Instance) -> list[Rule]:
    """Return the rule of clashes in pieces: one for each two offerings that meet, called `clashes:A,B`."""
    pairs: dict[tuple[str, str], None] = {}
    for clique in clashes.cliques([run for run in instance.offerings if run.end > instance.as_of]):
        pairs |= dict.fromkeys(combinations(sorted(clique), 2))
    return [_meeting(instance, *pair) for pair in sorted(pairs)]


def _meeting(instance: Instance, one: str, other: str) -> Rule:
    both = {one, other}

    def check(_instance: Instance, plan: Plan) -> Iterator[Violation]:
        for path in judged(plan):
            if both <= path.offerings:
                yield Violation(rule="clashes", learner=path.learner, offerings=(one, other), sentence=words)

    def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
        for choices in everyone:
            runs = [run.book for run in choices.all_open_runs() if run.offering.id in both]
            if len(runs) > 1:
                poster.not_all(runs)

    def facts(_instance: Instance, _learner: str) -> Iterable[Fact]:
        yield Fact(rule=name, sentence=words, since=moment.date(), source="sessions.csv")

    name = f"clashes:{one},{other}"
    moment = _first_meeting(instance, one, other)
    words = f"{one} and {other} meet at the same time, on {moment:%Y-%m-%d at %H:%M} {instance.zone} time"
    return Rule(name=name, sentence=f"{words}.", scope="learner", check=check, post=post, facts=facts)


def _first_meeting(instance: Instance, one: str, other: str) -> datetime:
    starts = [
        max(mine.start, theirs.start)
        for mine in instance.offering[one].spans
        for theirs in instance.offering[other].spans
        if mine.overlaps(theirs)
    ]
    return local(min(starts), instance.zone)
