"""People who wait together are seated in one session together, or not at all."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.programme.instance import Instance
from models.programme.plan import Plan
from models.programme.words import listed
from models.rule import Rule, Violation


def groups_waiting(instance: Instance) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return who waits together, by the group's name and the component."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in instance.waitlist:
        if row.group is not None:
            found.setdefault((row.group, row.component), []).append(row.learner)
    return {key: tuple(sorted(names)) for key, names in sorted(found.items())}


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Find groups of which somebody is seated without the others."""
    for (group, code), names in groups_waiting(instance).items():
        seats = {name: _news(instance, plan, name, code) for name in names}
        if len(set(seats.values())) > 1:
            seated = [name for name, offerings in seats.items() if offerings]
            taken = sorted(set().union(*seats.values()))
            yield Violation(
                rule="wait_together",
                learner=None,
                offerings=tuple(taken),
                sentence=f"{listed(names)} wait for {code} together ({group}), and {listed(seated)} would sit in {listed(taken)}",
                source="waitlist.csv",
            )


def _news(instance: Instance, plan: Plan, learner: str, code: str) -> frozenset[str]:
    """Return what somebody newly books of a component."""
    path = plan.path.get(learner)
    kept = {booking.offering for booking in instance.initial_state[learner].bookings}
    booked = path.offerings - kept if path is not None else frozenset()
    return frozenset(each for each in booked if instance.offering[each].component == code)


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Let every two of a group book the same; what is open to one of them only is forbidden."""
    if not everyone:
        return
    by_name = {choices.learner.id: choices for choices in everyone}
    for (_, code), names in groups_waiting(everyone[0].instance).items():
        books = [_open(by_name.get(name), code) for name in names]
        for one, other in pairwise(books):
            for offering in sorted(one.keys() | other.keys()):
                terms = [(sign, each[offering]) for sign, each in ((1, one), (-1, other)) if offering in each]
                poster.require(terms, low=0, high=0)


def _open(choices: LearnerVariables | None, code: str) -> dict[str, int]:
    runs = choices.open_runs(code) if choices is not None else ()
    return {run.offering.id: run.book for run in runs if not run.kept}


RULE = Rule(
    name="wait_together",
    sentence="People of one group on the waitlist are seated in one session together, or not at all.",
    scope="shared",
    question="repeats",
    rows=r"$x_{lo} = x_{mo}$ for $l, m$ of one group",
    applies=lambda instance, learner: any(learner in names for names in groups_waiting(instance).values()),
    check=check,
    post=post,
)
