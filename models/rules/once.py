"""A component counts once: it is booked once at most, and not while what is done counts, unless it is repeatable."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import combinations

from models.formulation.learner_variables import LearnerVariables, OfferingVariables, TaskVariables
from models.formulation.linear import Poster
from models.formulation.precedence import Chosen, chosen_literal, open_choices
from models.judging.activities import Activity, activities_of, judged
from models.programme.edition import Edition
from models.programme.initial_state import Done
from models.programme.instance import Instance
from models.programme.plan import Plan
from models.rule import Rule, Violation


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Find components that a path holds twice."""
    for path in judged(plan):
        edition = instance.edition_of(path.learner)
        activities = [activity for activity in activities_of(instance, path) if activity.component in edition.component]
        standing = instance.initial_state[path.learner]
        kept = {each.offering for each in standing.bookings} | {each.component for each in standing.tasks}
        seen = Counter(activity.component for activity in activities)
        done = {activity.component for activity in activities if activity.done}
        new = {activity.component for activity in activities if not activity.done and activity.label not in kept}
        for code, times in sorted(seen.items()):
            mine = [activity for activity in activities if activity.component == code]
            if code in new and times > 1 and not _may_recur(edition, mine, kept):
                labels = tuple(activity.label for activity in activities if activity.component == code)
                again = "is done already and is taken again" if code in done else f"is taken {times} times"
                yield Violation(
                    rule="once", learner=path.learner, offerings=labels, sentence=f"{code} {again}: it counts once"
                )


def _may_recur(edition: Edition, activities: Sequence[Activity], kept: Collection[str]) -> bool:
    """Say whether a component may be taken as often: a repeatable one, or each new time after an earlier one has run out."""
    (code,) = {each.component for each in activities}
    if edition.component[code].repeatable:
        return True
    if not edition.runs_out:
        return False
    stands = [each.done or each.label in kept for each in activities]
    return all(
        (stands[at] and stands[to])
        or _comes_after(edition, one, activities[to])
        or _comes_after(edition, activities[to], one)
        for at, one in enumerate(activities)
        for to in range(at)
    )


def _comes_after(edition: Edition, one: Activity, other: Activity) -> bool:
    return not other.exempt and one.first > edition.taken_again_after(one.component, other.last)


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Allow one choice at most, and no new one of what is done; bookings that stand are not judged among themselves."""
    for choices in everyone:
        for component in choices.edition.components:
            if not component.repeatable:
                (_post_again if choices.edition.runs_out else _post_once)(choices, poster, component.code)


def _post_once(choices: LearnerVariables, poster: Poster, code: str) -> None:
    chosen = open_choices(choices, code)
    kept = [chosen_literal(one) for one in chosen if one.kept]
    new = [chosen_literal(one) for one in chosen if not one.kept]
    if choices.done(code):
        for literal in new:
            poster.forbid(literal)
        return
    for literals in [[*new, each] for each in kept] or [new]:
        if len(literals) > 1:
            poster.require([(1, literal) for literal in literals], high=1)


def _post_again(choices: LearnerVariables, poster: Poster, code: str) -> None:
    """Allow a new choice only after whatever there is of the component beside it has run out, or before it starts."""
    chosen = open_choices(choices, code)
    for one in chosen:
        for done in choices.done_of.get(code, ()) if not one.kept else ():
            _post_after(choices, poster, one, done)
    runs = [one for one in chosen if isinstance(one, OfferingVariables)]
    for one, other in combinations(runs, 2):
        apart = _again(choices, one, other) or _again(choices, other, one)
        if not apart and not (one.kept and other.kept):
            poster.require([(1, one.book), (1, other.book)], high=1)


def _post_after(choices: LearnerVariables, poster: Poster, one: Chosen, done: Done) -> None:
    if done.day is None:
        poster.forbid(chosen_literal(one))
        return
    after = choices.edition.taken_again_after(done.component, done.day).toordinal()
    if isinstance(one, TaskVariables):
        poster.require([(1, one.start)], low=after + 1, given=[one.does])
    elif one.first_day <= after:
        poster.forbid(one.book)


def _again(choices: LearnerVariables, one: OfferingVariables, other: OfferingVariables) -> bool:
    last = date.fromordinal(other.last_day)
    return one.first_day > choices.edition.taken_again_after(one.offering.component, last).toordinal()


RULE = Rule(
    name="once",
    sentence="A component is taken once, and not again while what is done of it counts; repeatable ones may be taken more often.",
    scope="learner",
    rows=r"$\sum_{c(o) = c} x_{lo} \le 1$",
    background=True,
    monotone=True,
    check=check,
    post=post,
)
