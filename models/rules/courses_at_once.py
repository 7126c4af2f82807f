"""On no day do more courses run for a learner than the learner takes at once."""

from collections.abc import Iterable, Iterator, Sequence

from models.facts import of_learner
from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.judging.activities import activities_of, is_new, judged
from models.programme.instance import Instance
from models.programme.plan import Plan
from models.programme.words import plural
from models.rule import Fact, Rule, Violation


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Count the courses that run on the first day of each, where one of them is new."""
    for path in judged(plan):
        most = instance.learner[path.learner].max_courses
        if most is None:
            continue
        components = instance.edition_of(path.learner).component
        courses = [
            activity.offering
            for activity in activities_of(instance, path)
            if activity.offering and not activity.done and activity.component in components
            if components[activity.component].kind == "course"
        ]
        for day in sorted({run.start for run in courses}):
            running = [run for run in courses if run.start <= day <= run.end]
            if len(running) > most and any(is_new(instance, path, run) for run in running):
                yield Violation(
                    rule="courses_at_once",
                    learner=path.learner,
                    offerings=tuple(run.id for run in running),
                    sentence=f"{len(running)} courses run on {day}, and {plural(most, 'course')} at once is the most",
                    source="learners.csv",
                )


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Bound the number of courses on each day on which one starts."""
    for choices in everyone:
        most = choices.learner.max_courses
        if most is None:
            continue
        runs = [
            run
            for component in choices.edition.components
            if component.kind == "course"
            for run in choices.open_runs(component.code)
        ]
        for day in sorted({run.first_day for run in runs}):
            mine = [run for run in runs if run.first_day <= day <= run.last_day]
            terms = [(1, run.book) for run in mine]
            if sum(run.kept for run in mine) > most:
                for new in (run.book for run in mine if not run.kept):
                    poster.require(terms, high=most, given=[new])
            elif len(terms) > most:
                poster.require(terms, high=most)


def facts(instance: Instance, learner: str) -> Iterable[Fact]:
    """Name the learner's limit."""
    most = instance.learner[learner].max_courses
    if most is not None:
        yield of_learner(
            "courses_at_once", learner, f"{learner} takes {plural(most, 'course')} at once at most", max_courses=None
        )


RULE = Rule(
    name="courses_at_once",
    sentence="On no day do more courses run for a learner than the learner takes at once.",
    scope="learner",
    rows=r"one row for each day on which a course starts",
    lifted_by="lift_limit",
    applies=lambda instance, learner: instance.learner[learner].max_courses is not None,
    monotone=True,
    check=check,
    post=post,
    facts=facts,
)
