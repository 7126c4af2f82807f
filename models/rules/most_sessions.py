"""No more repeats are added than asked for."""

from collections.abc import Iterator, Sequence

from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.programme.instance import Instance
from models.programme.plan import Plan
from models.programme.words import plural
from models.rule import Rule, Violation


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Count what is held."""
    most = instance.repeats.most_sessions if instance.repeats else None
    if most is not None and len(plan.held) > most:
        yield Violation(
            rule="most_sessions",
            learner=None,
            offerings=tuple(each.offering for each in plan.held),
            sentence=f"{plural(len(plan.held), 'repeat')} are added, and {most} is the most",
            source="asked for",
        )


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Bound the number of candidates that are held."""
    for choices in everyone[:1]:
        repeats = choices.instance.repeats
        if choices.holding is not None and repeats is not None and repeats.most_sessions is not None:
            poster.require([(1, literal) for literal in choices.holding.held.values()], high=repeats.most_sessions)


RULE = Rule(
    name="most_sessions",
    sentence="No more repeats are added than asked for.",
    scope="shared",
    rows=r"$\sum_o h_o \le n$",
    applies=lambda instance, _learner: instance.repeats is not None,
    monotone=True,
    check=check,
    post=post,
)
