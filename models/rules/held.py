"""Nobody sits in a candidate that is not held, and only candidates are held, each once."""

from collections.abc import Iterator, Sequence

from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.programme.instance import Instance
from models.programme.plan import Plan
from models.rule import Rule, Violation


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Find bookings in what is not held, and things held that are no candidate or are held twice."""
    candidates = set(instance.candidate_ids)
    held = [each.offering for each in plan.held]
    for offering in sorted(set(held)):
        if offering not in candidates:
            yield _violation(None, offering, f"{offering} is no candidate, so it cannot be added")
        elif held.count(offering) > 1:
            yield _violation(None, offering, f"{offering} is added twice")
    for path in plan.paths:
        for offering in sorted(path.offerings & candidates):
            if offering not in held:
                yield _violation(path.learner, offering, f"{offering} is not held")


def _violation(learner: str | None, offering: str, sentence: str) -> Violation:
    return Violation(rule="held", learner=learner, offerings=(offering,), sentence=sentence, source="candidates")


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Tie every booking of a candidate to its being held."""
    for choices in everyone:
        held = choices.holding.held if choices.holding else {}
        for run in choices.all_open_runs() if held else ():
            if run.offering.id in held:
                poster.require([(1, held[run.offering.id]), (-1, run.book)], low=0)


RULE = Rule(
    name="held",
    sentence="Nobody sits in a repeat that is not held, and a repeat is held at a candidate's time, once.",
    scope="shared",
    rows=r"$x_{lo} \le h_o$",
    monotone=True,
    applies=lambda instance, _learner: bool(instance.candidate_ids),
    check=check,
    post=post,
)
