"""Only who waits for a component is seated in it, in one offering, and one that ends in the learner's window; no task starts."""

from collections import Counter
from collections.abc import Iterator, Sequence

from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.programme.instance import Instance
from models.programme.plan import Path, Plan
from models.rule import Rule, Violation
from models.rules.window import last_day


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Find new bookings of what nobody waits for, a second one of the same, those that end too late, and new tasks."""
    for path in plan.paths:
        waits = instance.waits_of.get(path.learner, ())
        standing = instance.initial_state[path.learner].bookings
        last = last_day(instance, Path(learner=path.learner, bookings=standing))
        kept = {booking.offering for booking in standing}
        news = [instance.offering[offering] for offering in sorted(path.offerings - kept)]
        times = Counter(run.component for run in news)
        for run in news:
            if run.component not in waits:
                yield _violation(path, run.id, sentence=f"{path.learner} does not wait for {run.component}")
            elif times[run.component] > 1:
                words = f"{path.learner} is seated {times[run.component]} times for {run.component}"
                yield _violation(path, *(each.id for each in news if each.component == run.component), sentence=words)
            if last is not None and run.end > last:
                words = f"{run.id} ends on {run.end}, and the window of {path.learner} ends {last}"
                yield _violation(path, run.id, sentence=words)
        begun = {task.component for task in instance.initial_state[path.learner].tasks}
        for code in sorted({task.component for task in path.tasks} - begun):
            yield _violation(path, code, sentence=f"{code} is started, and nobody starts a task by a repeat")


def _violation(path: Path, *offerings: str, sentence: str) -> Violation:
    return Violation(rule="seated", learner=path.learner, offerings=offerings, sentence=sentence, source="waitlist.csv")


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Forbid what is not waited for or is too late, and new tasks, and allow one new run of each component."""
    for choices in everyone:
        for code in choices.runs:
            _post_seats(choices, code, poster)
        for task in choices.tasks.values():
            if not task.kept:
                poster.forbid(task.does)


def _post_seats(choices: LearnerVariables, code: str, poster: Poster) -> None:
    is_waited_for = code in choices.instance.waits_of.get(choices.learner.id, ())
    # The window as it stands is a fact, not a choice: both sayings read it at the same place.
    last = last_day(choices.instance, Path(learner=choices.learner.id, bookings=choices.initial_state.bookings))
    fitting = []
    for run in choices.open_runs(code):
        if run.kept:
            continue
        if is_waited_for and (last is None or run.last_day <= last.toordinal()):
            fitting.append((1, run.book))
        else:
            poster.forbid(run.book)
    if len(fitting) > 1:
        poster.require(fitting, high=1)


RULE = Rule(
    name="seated",
    sentence="In a question about repeats only who waits for a component is seated in it, once, in the window; no task is begun.",
    scope="booking",
    rows=r"$x_{lo} = 0$ for what is not waited for; $\sum_{c(o)=c} x_{lo} \le 1$",
    question="repeats",
    monotone=True,
    check=check,
    post=post,
)
