"""Between the end of one session and the start of the next lies the least break that a learner states."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from models.facts import of_learner
from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.judging.activities import activities_of, judged
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.plan import Plan
from models.programme.words import plural
from models.rule import Fact, Rule, Violation


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Compare the sessions of every two bookings, at least one of them new; those that meet are clashes and said there."""
    for path in judged(plan):
        least = instance.learner[path.learner].min_break
        stood = {booking.offering for booking in instance.initial_state[path.learner].bookings}
        runs = [each.offering for each in activities_of(instance, path) if each.offering and not each.done]
        for one, other in combinations(runs, 2) if least else ():
            if not {one.id, other.id} <= stood and _is_short(one, other, least or 0):
                yield Violation(
                    rule="min_break",
                    learner=path.learner,
                    offerings=(one.id, other.id),
                    sentence=f"less than {plural(least or 0, 'minute')} lie between {one.id} and {other.id}",
                    source="learners.csv",
                )


def _is_short(one: Offering, other: Offering, least: int) -> bool:
    """Say whether a session of one starts after, and less than so many minutes after, one of the other ends."""
    return any(
        0 <= later.start - earlier.end < least
        for mine in one.spans
        for theirs in other.spans
        for earlier, later in ((mine, theirs), (theirs, mine))
    )


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Allow one of every two runs with too short a break between them."""
    for choices in everyone:
        least = choices.learner.min_break or 0
        runs = choices.all_open_runs() if least else []
        ends: list[tuple[int, int]] = []
        starts: list[tuple[int, int]] = []
        for place, run in enumerate(runs):
            starts += [(session.start, place) for session in run.offering.sessions]
            ends += [(session.start + (session.minutes or 1), place) for session in run.offering.sessions]
        short = {
            (min(one, other), max(one, other))
            for end, one in ends
            for start, other in starts
            if one != other and end <= start < end + least
        }
        for one, other in sorted(short):
            if not (runs[one].kept and runs[other].kept):
                poster.not_all([runs[one].book, runs[other].book])


def facts(instance: Instance, learner: str) -> Iterable[Fact]:
    """Name the learner's least break."""
    least = instance.learner[learner].min_break
    if least:
        yield of_learner(
            "min_break", learner, f"{learner} needs {plural(least, 'minute')} between two sessions", min_break=None
        )


RULE = Rule(
    name="min_break",
    sentence="Between the end of one session and the start of the next lies the least break that the learner states.",
    scope="learner",
    rows=r"$x_{lo} + x_{lp} \le 1$ where too few minutes lie between two of their sessions",
    lifted_by="lift_limit",
    applies=lambda instance, learner: bool(instance.learner[learner].min_break),
    monotone=True,
    check=check,
    post=post,
    facts=facts,
)
