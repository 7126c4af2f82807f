"""Nobody sits in two live sessions at the same instant."""

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.judging.activities import activities_of, judged
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.plan import Plan
from models.rule import Fact, Rule, Violation


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Compare the sessions of every two bookings of a path."""
    for path in judged(plan):
        runs = [
            activity.offering for activity in activities_of(instance, path) if activity.offering and not activity.done
        ]
        for one, other in combinations(_crowded(runs), 2):
            if any(mine.overlaps(theirs) for mine in one.spans for theirs in other.spans):
                yield Violation(
                    rule="clashes",
                    learner=path.learner,
                    offerings=(one.id, other.id),
                    sentence=f"{one.id} and {other.id} meet at the same time",
                )


def _crowded(runs: Sequence[Offering]) -> list[Offering]:
    """Return the runs with a session that starts before one of those before it has ended: all others meet with nothing."""
    found: set[int] = set()
    reached, latest = -math.inf, 0
    for start, end, place in sorted(
        (span.start, span.end, place) for place, run in enumerate(runs) for span in run.spans
    ):
        if start < reached:
            found |= {place, latest}
        if end > reached:
            reached, latest = end, place
    return [runs[place] for place in sorted(found)]


def cliques(offerings: Sequence[Offering]) -> list[frozenset[str]]:
    """Return the largest sets of offerings that all meet at one instant, in order of time."""
    moments = sorted(
        moment
        for offering in offerings
        for session in offering.sessions
        for moment in ((session.start, True, offering.id), (session.start + (session.minutes or 1), False, offering.id))
    )
    found: dict[frozenset[str], None] = {}
    running: list[str] = []
    grew = False
    for _, starts, offering in moments:
        if starts:
            running.append(offering)
            grew = True
        else:
            if grew and len(set(running)) > 1:
                found[frozenset(running)] = None
            running.remove(offering)
            grew = False
    return list(found)


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Allow one of each set that meets at one instant."""
    for choices in everyone:
        instance = choices.instance
        clashing = instance.once("clashes", lambda instance=instance: cliques(instance.offerings))  # type: ignore[misc]
        literals = {run.offering.id: run.book for run in choices.all_open_runs()}
        for clique in clashing:
            terms = [(1, literals[each]) for each in sorted(clique & literals.keys())]
            if len(terms) > 1:
                poster.require(terms, high=1)


def facts(_instance: Instance, _learner: str) -> Iterable[Fact]:
    """Name the rule."""
    yield Fact(rule="clashes", sentence="nobody sits in two live sessions at the same instant")


RULE = Rule(
    name="clashes",
    sentence="Nobody sits in two live sessions at the same instant (offerings without session times claim no clash).",
    scope="learner",
    rows=r"$\sum_{o \in Q} x_{lo} \le 1$ for each largest set $Q$ that meets at one instant",
    monotone=True,
    check=check,
    post=post,
    facts=facts,
)
