"""Whoever waits for both parts of a series is seated in the second only after the first, unless that is waived."""

from collections.abc import Iterator, Sequence

from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.formulation.precedence import require_before
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.plan import Path, Plan
from models.rule import Rule, Violation


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Find second parts that start before the first has ended."""
    for path in plan.paths:
        kept = {booking.offering for booking in instance.initial_state[path.learner].bookings}
        waits = instance.waits_of.get(path.learner, ())
        runs = [instance.offering[each] for each in sorted(path.offerings)]
        done = {each.component for each in instance.initial_state[path.learner].done}
        for second in runs:
            for first in first_parts(instance, path.learner, second.component):
                in_order = any(run.component == first and run.ends_before(second) for run in runs)
                if second.id not in kept and first in waits and first not in done and not in_order:
                    yield _violation(path, second, first)


def first_parts(instance: Instance, learner: str, code: str) -> list[str]:
    """Return what the instance's own edition wants before a component, where it names one thing and not a choice."""
    component = instance.editions[instance.edition].component.get(code)
    if component is None or code in instance.waived_for.get(learner, ()):
        return []
    return [entry[0] for entry in component.requires if len(entry) == 1]


def _violation(path: Path, second: Offering, first: str) -> Violation:
    return Violation(
        rule="series",
        learner=path.learner,
        offerings=(second.id,),
        sentence=f"{path.learner} waits for {first} too, which has to end before {second.id} starts",
        source="waitlist.csv",
    )


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Require the first part before each new run of the second, of all who wait for both."""
    for choices in everyone:
        waits = choices.instance.waits_of.get(choices.learner.id, ())
        own = choices.instance.editions[choices.instance.edition]
        for code in own.component:
            for first in first_parts(choices.instance, choices.learner.id, code):
                for run in choices.open_runs(code) if first in waits else ():
                    if not run.kept:
                        require_before(choices, poster, (first,), run)


RULE = Rule(
    name="series",
    sentence="Whoever waits for both parts of a series is seated in the second only after the first, unless that is waived.",
    scope="learner",
    rows=r"as `prerequisites`, for the two parts of a series that somebody waits for",
    question="repeats",
    check=check,
    post=post,
)
