"""Nobody sits in two live sessions at the same instant."""

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from models.choices import Choices
from models.instance import Instance
from models.model import Poster
from models.offering import Offering
from models.plan import Plan
from models.rule import Fact, Rule, Violation
from models.things import judged, things_of


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Compare the sessions of every two bookings of a path."""
    for path in judged(plan):
        runs = [thing.offering for thing in things_of(instance, path) if thing.offering and not thing.done]
        for one, other in combinations(runs, 2) if _is_ever_twice(runs) else ():
            if _meet(one, other):
                yield Violation(
                    rule="clashes",
                    learner=path.learner,
                    offerings=(one.id, other.id),
                    sentence=f"{one.id} and {other.id} meet at the same time",
                )


def _is_ever_twice(runs: Sequence[Offering]) -> bool:
    """Say whether any two sessions at all share an instant: mostly none do, and that is seen at one look."""
    reached = -math.inf
    for start, end in sorted((span.start, span.end) for run in runs for span in run.spans):
        if start < reached:
            return True
        reached = end
    return False


def _meet(one: Offering, other: Offering) -> bool:
    """Say whether two offerings have sessions at one instant."""
    if one.opens is None or other.opens is None or one.closes is None or other.closes is None:
        return False
    apart = one.closes <= other.opens or other.closes <= one.opens
    return not apart and any(a.overlaps(b) for a in one.spans for b in other.spans)


def cliques(offerings: Sequence[Offering]) -> list[frozenset[str]]:
    """Return the largest sets of offerings that all meet at one instant, in order of time."""
    moments = sorted(
        moment
        for offering in offerings
        for session in offering.sessions
        for moment in ((session.start, 1, offering.id), (session.start + (session.minutes or 1), 0, offering.id))
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


def post(everyone: Sequence[Choices], poster: Poster) -> None:
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
    check=check,
    post=post,
    facts=facts,
)
