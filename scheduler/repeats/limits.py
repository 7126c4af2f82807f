"""What a question about repeats asks beyond the rules of the programme: so many sessions at most, so many in each at least."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.programme.instance import Instance
from models.programme.plan import Plan
from models.programme.words import plural
from models.rule import Rule, Violation


class Limited(Protocol):
    """A question with limits for added sessions; None = not asked for."""

    @property
    def most_sessions(self) -> int | None:
        """So many are added at most."""

    @property
    def least_attendance(self) -> int | None:
        """So many people sit in each at least."""


def limit_rules_of(question: Limited) -> tuple[Rule, ...]:
    """Return the limits of a question as rules."""
    most, least = question.most_sessions, question.least_attendance
    found = [] if least is None else [minimum_attendance(least)]
    return tuple(found if most is None else [*found, most_sessions(most)])


def most_sessions(most: int) -> Rule:
    """Ask for no more added sessions than so many."""

    def check(_instance: Instance, plan: Plan) -> Iterator[Violation]:
        if len(plan.held) > most:
            yield Violation(
                rule="most_sessions",
                learner=None,
                offerings=tuple(each.offering for each in plan.held),
                sentence=f"{plural(len(plan.held), 'repeat')} are added, and {most} is the most",
                source="asked for",
            )

    def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
        for choices in everyone[:1]:
            if choices.holding is not None:
                poster.require([(1, literal) for literal in choices.holding.held.values()], high=most)

    sentence = "No more repeats are added than asked for."
    return Rule(name="most_sessions", sentence=sentence, scope="shared", monotone=True, check=check, post=post)


def minimum_attendance(least: int) -> Rule:
    """Ask for so many people or more in each session that is added."""

    def check(_instance: Instance, plan: Plan) -> Iterator[Violation]:
        for each in plan.held:
            sitting = sum(each.offering in path.offerings for path in plan.paths)
            if sitting < least:
                yield Violation(
                    rule="minimum_attendance",
                    learner=None,
                    offerings=(each.offering,),
                    sentence=f"{each.offering} takes {plural(sitting, 'seat')}, and {least} is the least",
                    source="asked for",
                )

    def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
        books: dict[str, list[int]] = {}
        for choices in everyone:
            for run in choices.all_open_runs():
                books.setdefault(run.offering.id, []).append(run.book)
        held = [pair for choices in everyone[:1] if choices.holding for pair in choices.holding.held.items()]
        for offering, literal in held if least else ():
            poster.require([*((1, book) for book in books.get(offering, [])), (-least, literal)], low=0)

    sentence = "A repeat is held only if as many people as asked for can sit in it."
    return Rule(name="minimum_attendance", sentence=sentence, scope="shared", check=check, post=post)
