"""Two runs of a component start at least so many days apart as the component's pattern says."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.judging.calendar import runs_held
from models.programme.instance import Instance
from models.programme.plan import Plan
from models.programme.words import plural
from models.rule import Rule, Violation


def gaps_of(instance: Instance) -> dict[str, int]:
    """Return the least days between the first days of two runs, by component: the largest that a pattern states."""
    found: dict[str, int] = {}
    for pattern in instance.patterns:
        if pattern.gap_days:
            found[pattern.component] = max(found.get(pattern.component, 0), pattern.gap_days)
    return found


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Find two runs that start too close to each other."""
    gaps = gaps_of(instance)
    before: dict[str, tuple[str, int]] = {}
    for run in (each.offering for each in runs_held(instance, plan) if each.offering.component in gaps):
        least = gaps[run.component]
        if run.component in before:
            other, start = before[run.component]
            apart = run.start.toordinal() - start
            if apart < least:
                words = f"{other} and {run.id} start {plural(apart, 'day')} apart, and {least} are asked for"
                yield Violation(
                    rule="spacing", learner=None, offerings=(other, run.id), sentence=words, source="patterns.csv"
                )
        before[run.component] = (run.id, run.start.toordinal())


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Hold one of two candidates that start too close, and none too close to what stands."""
    holding = everyone[0].holding if everyone else None
    if holding is None:
        return
    instance = holding.instance
    gaps = gaps_of(instance)
    for code, least in sorted(gaps.items()):
        runs = [run for run in instance.offerings_of.get(code, ()) if run.end >= instance.as_of]
        for run, other in combinations(runs, 2):
            if abs(run.start - other.start).days < least:
                literals = [holding.held[each.id] for each in (run, other) if each.id in holding.held]
                if len(literals) == 1:
                    poster.forbid(literals[0])
                elif literals:
                    poster.require([(1, literal) for literal in literals], high=1)


RULE = Rule(
    name="spacing",
    sentence="Two runs of a component start at least so many days apart as its pattern says.",
    scope="calendar",
    rows=r"$h_o + h_p \le 1$ for runs $o, p$ of a component that start too close",
    applies=lambda instance, _learner: bool(instance.patterns),
    check=check,
    post=post,
)
