"""A component counts once: it is booked once at most, and not when it is done, unless it is repeatable."""

from collections import Counter
from collections.abc import Iterator, Sequence

from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.formulation.precedence import chosen_literal, open_choices
from models.judging.activities import activities_of, judged
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
            if code in new and not edition.component[code].repeatable and times > 1:
                labels = tuple(activity.label for activity in activities if activity.component == code)
                again = "is done already and is taken again" if code in done else f"is taken {times} times"
                yield Violation(
                    rule="once", learner=path.learner, offerings=labels, sentence=f"{code} {again}: it counts once"
                )


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Allow one choice at most, and no new one of what is done; bookings that stand are not judged among themselves."""
    for choices in everyone:
        for component in choices.edition.components:
            if component.repeatable:
                continue
            chosen = open_choices(choices, component.code)
            kept = [chosen_literal(one) for one in chosen if one.kept]
            new = [chosen_literal(one) for one in chosen if not one.kept]
            if choices.done(component.code):
                for literal in new:
                    poster.forbid(literal)
            else:
                for literals in [[*new, each] for each in kept] or [new]:
                    if len(literals) > 1:
                        poster.require([(1, literal) for literal in literals], high=1)


RULE = Rule(
    name="once",
    sentence="A component is taken once, and not again when it is done; only repeatable ones may be taken more often.",
    scope="learner",
    rows=r"$\sum_{c(o) = c} x_{lo} \le 1$",
    background=True,
    monotone=True,
    check=check,
    post=post,
)
