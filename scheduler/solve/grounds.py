"""Makes a learner's ground: what may be booked and can end in time, thinned, where the problem falls apart."""

from datetime import date

from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Model, Poster
from models.judging.activities import activities_of
from models.judging.clock import clock_start
from models.programme.instance import Instance
from models.programme.plan import Path
from models.rules import plan_rules
from models.rules.window import last_day
from scheduler.solve.apart import falls_apart
from scheduler.solve.column_generation.handled import BETWEEN_RUNS
from scheduler.solve.offers import Ground


def ground_of(instance: Instance, learner: str) -> Ground | None:
    """Return a learner's ground; None where the problem does not fall apart into its requirements."""
    choices = _thinned(instance, learner)
    if choices is None:
        return None
    ends = _window_end(instance, choices)
    return Ground(choices, ends) if ends is not None and falls_apart(choices) else None


def _thinned(instance: Instance, learner: str) -> LearnerVariables | None:
    """Return the choices of a learner less everything that a rule forbids by itself; None if one says more than that.

    A rule that forbids pairs says by itself what is too near to what is done.
    """
    model = Model()
    choices = LearnerVariables(instance, learner, model)
    for rule in plan_rules():
        if rule.scope in {"booking", "shared"} or (rule.name == BETWEEN_RUNS and rule.applies(instance, learner)):
            before = len(model.rows)
            rule.post((choices,), Poster(model))
            if rule.scope == "booking" and len(model.rows) > before:
                return None
    for code, component in choices.edition.component.items():
        if choices.done(code) and not component.repeatable:
            _forget(choices, code)
    return choices


def _forget(choices: LearnerVariables, code: str) -> None:
    task = choices.open_task(code)
    for literal in [*(run.book for run in choices.open_runs(code) if not run.kept), *([task.does] if task else [])]:
        choices.model.restrict(literal, high=0)


def _window_end(instance: Instance, choices: LearnerVariables) -> int | None:
    """Return the day number that ends the window; None where that depends on what is chosen."""
    window = choices.edition.window
    history = Path(learner=choices.learner.id)
    if not (choices.learner.deadline or window is None or window.starts == "enrolment"):
        if clock_start(instance, history) is None:
            return None
        if window.starts == "orientation" and not _oriented(instance, choices):
            return None
    ends = last_day(instance, history)
    return (ends or date.max).toordinal()


def _oriented(instance: Instance, choices: LearnerVariables) -> bool:
    """Say whether nothing more can happen of what comes first."""
    codes = choices.edition.first_codes
    settled = all(activity.done for activity in activities_of(instance, Path(learner=choices.learner.id)))
    return settled and not any(choices.open_runs(code) or choices.open_task(code) for code in codes)
