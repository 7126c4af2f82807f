"""In no week does what a learner has booked take more hours than the learner has."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from models.facts import of_learner
from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.judging.activities import activities_of, is_new, judged
from models.programme.instance import Instance
from models.programme.plan import Plan
from models.programme.time import monday_of
from models.programme.words import hours
from models.rule import Fact, Rule, Violation


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Add up the stated weekly hours of what runs in each week, Monday to Sunday, to which something new adds."""
    for path in judged(plan):
        most = instance.learner[path.learner].max_weekly_minutes
        if most is None:
            continue
        runs = [
            activity.offering for activity in activities_of(instance, path) if activity.offering and not activity.done
        ]
        for monday in sorted({monday_of(run.start) for run in runs}):
            sunday = monday + timedelta(days=6)
            running = [run for run in runs if run.weekly_minutes and run.start <= sunday and run.end >= monday]
            total = sum(minutes for run in running if (minutes := run.weekly_minutes))
            if total > most and any(is_new(instance, path, run) for run in running):
                yield Violation(
                    rule="weekly_hours",
                    learner=path.learner,
                    offerings=tuple(run.id for run in running),
                    sentence=f"the week of {monday} takes {hours(total)} hours, and {hours(most)} are the most",
                    source="learners.csv",
                )


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Bound the hours of each week in which something starts; the load grows in no other.

    Where what stood already is too much, nothing new may be added to it.
    """
    for choices in everyone:
        most = choices.learner.max_weekly_minutes
        if most is None:
            continue
        runs = [(minutes, run) for run in choices.all_open_runs() if (minutes := run.offering.weekly_minutes)]
        for week in sorted({_week(run.first_day) for _, run in runs}):
            mine = [(minutes, run) for minutes, run in runs if _week(run.first_day) <= week <= _week(run.last_day)]
            terms = [(minutes, run.book) for minutes, run in mine]
            if sum(minutes for minutes, run in mine if run.kept) > most:
                for new in (run.book for _, run in mine if not run.kept):
                    poster.require(terms, high=most, given=[new])
            elif sum(minutes for minutes, _ in terms) > most:
                poster.require(terms, high=most)


def _week(day_number: int) -> int:
    """Return the number of the week of a day number (day 1 is a Monday)."""
    return (day_number - 1) // 7


def facts(instance: Instance, learner: str) -> Iterable[Fact]:
    """Name the learner's limit."""
    most = instance.learner[learner].max_weekly_minutes
    if most is not None:
        yield of_learner(
            "weekly_hours", learner, f"{learner} has {hours(most)} hours a week at most", max_weekly_minutes=None
        )


RULE = Rule(
    name="weekly_hours",
    sentence="In no week (Monday to Sunday) do the stated weekly hours of what runs exceed the learner's limit.",
    scope="learner",
    rows=r"one row for each week in which something starts",
    lifted_by="lift_limit",
    applies=lambda instance, learner: instance.learner[learner].max_weekly_minutes is not None,
    monotone=True,
    check=check,
    post=post,
    facts=facts,
)
