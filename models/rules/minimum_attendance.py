"""A repeat is held only for so many people or more, where staff ask for that."""

from collections.abc import Iterator, Sequence

from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.programme.instance import Instance
from models.programme.plan import Plan
from models.programme.words import plural
from models.rule import Rule, Violation


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Count who sits in each repeat that is held."""
    least = instance.repeats.least_attendance if instance.repeats else None
    for each in plan.held if least is not None else ():
        sitting = sum(each.offering in path.offerings for path in plan.paths)
        if least is not None and sitting < least:
            yield Violation(
                rule="minimum_attendance",
                learner=None,
                offerings=(each.offering,),
                sentence=f"{each.offering} takes {plural(sitting, 'seat')}, and {least} is the least",
                source="asked for",
            )


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Bound the bookings of what is held from below."""
    for holding in (choices.holding for choices in everyone[:1]):
        repeats = everyone[0].instance.repeats
        if holding is None or repeats is None or not repeats.least_attendance:
            continue
        books: dict[str, list[int]] = {}
        for choices in everyone:
            for run in choices.all_open_runs():
                books.setdefault(run.offering.id, []).append(run.book)
        for offering, held in holding.held.items():
            terms = [(1, literal) for literal in books.get(offering, [])]
            poster.require([*terms, (-repeats.least_attendance, held)], low=0)


RULE = Rule(
    name="minimum_attendance",
    sentence="A repeat is held only if as many people as asked for can sit in it.",
    scope="shared",
    rows=r"$\sum_l x_{lo} \ge n\, h_o$",
    applies=lambda instance, _learner: instance.repeats is not None,
    check=check,
    post=post,
)
