"""Repairs: the cheapest sets of changes that let learners graduate, each carried out, planned anew and judged."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from models.changes.calendar import with_calendar
from models.changes.change import Change
from models.changes.people import with_deadline
from models.formulation.formulate import formulate
from models.judging.completion import graduation_of
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.plan import Plan
from models.programme.words import listed, span_in_words
from models.rules import plan_rules
from scheduler.candidates.weekly import model_of
from scheduler.costs import Costs
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.explain.repairs.added import Added, windows_of
from scheduler.explain.repairs.calendar import calendar_remedies
from scheduler.explain.repairs.ground import ground_for
from scheduler.explain.repairs.people import people_remedies
from scheduler.explain.repairs.remedy import Levels, Remedy
from scheduler.explain.repairs.search import cheapest_sets, cost_of
from scheduler.explain.repairs.trial import Trial, solved


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairStep:
    """One change of a repair, in words; `amount` = how many of it: seats, places, offerings, days."""

    kind: str
    about: str
    learner: str | None
    role: str | None
    cost: int
    amount: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """A set of changes, and what it gives: `plan` is lawful on `instance`, where all changes are made.

    `days` = each learner's day of graduation in that plan; the planning day where nothing is left to do.
    """

    cost: int
    steps: tuple[RepairStep, ...]
    added: tuple[Added, ...]
    days: dict[str, date]
    instance: Instance
    plan: Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Repairs:
    """The cheapest repairs, cheapest first. Of those not shown none costs less than `bound` (None = there is none)."""

    learners: tuple[str, ...]
    by: date | None
    found: tuple[Repair, ...]
    bound: int | None
    is_proved: bool
    horizon: date


def repairs_of(  # noqa: PLR0913 - all but the first three are wishes with defaults
    instance: Instance,
    plan: Plan,
    learners: Sequence[str],
    *,
    by: date | None = None,
    costs: Costs | None = None,
    count: int = 3,
    settings: Settings | None = None,
    budget: Budget | None = None,
) -> Repairs:
    """Return the `count` cheapest repairs with which all of some learners graduate (by a day), others keeping their path."""
    settings, budget = settings or Settings(), budget or Budget()
    ground = ground_for(instance, plan, sorted(learners), by)
    remedies = (*calendar_remedies(ground, costs or Costs()), *people_remedies(ground, costs or Costs()))
    trial = Trial(ground=ground, remedies=remedies, settings=settings, budget=budget)
    result = cheapest_sets(trial, count)
    repairs = [repair for levels in result.sets if (repair := _carried_out(trial, levels)) is not None]
    return Repairs(
        learners=ground.learners,
        by=by,
        found=tuple(sorted(repairs, key=_order)),
        bound=result.bound,
        is_proved=result.is_proved and len(repairs) == len(result.sets),
        horizon=ground.horizon,
    )


def _order(repair: Repair) -> tuple[int, int, int]:
    return repair.cost, sum(day.toordinal() for day in repair.days.values()), len(repair.steps)


def _carried_out(trial: Trial, levels: Levels) -> Repair | None:
    """Make the changes of a set, plan anew with another seed and judge; None if time runs out."""
    ground, draft = trial.ground, trial.best(levels)
    if draft is None:
        return None
    drafted = _days(_on_all_dates(trial, levels), draft)
    held = _held(trial, levels, draft)
    instance = with_calendar(ground.instance, [*ground.instance.offerings, *(run for _, run in held)])
    for change in _changes(trial, levels, drafted):
        instance = change(instance)
    rules = (*plan_rules(), *ground.asked)
    formulation = formulate(instance, ground.learners, rules=rules, certain=True)
    plan = solved(formulation, rules, replace(trial.settings, seed=trial.settings.seed + 1), trial.budget)
    if plan is None:
        return None
    return Repair(
        cost=cost_of(trial.remedies, levels),
        steps=tuple(_step(trial, place, level, drafted, plan) for place, level in sorted(levels.items())),
        added=tuple(_added(trial, instance, plan, remedy, run) for remedy, run in held),
        days=_days(instance, plan),
        instance=instance,
        plan=plan,
    )


def _added(trial: Trial, instance: Instance, plan: Plan, remedy: Remedy, run: Offering) -> Added:
    ground = trial.ground
    model = model_of(ground.instance, run.component)
    return Added(
        run=run,
        like=model.id if model else None,
        seats=sum(run.id in path.offerings for path in plan.paths),
        windows=windows_of(instance, ground.learners, ground.asked, run, remedy.dates, trial.settings, trial.budget),
        choices=len(remedy.dates),
    )


def _on_all_dates(trial: Trial, levels: Levels) -> Instance:
    """Return the instance with every date of the added offerings, on which a draft is made."""
    runs = [run for place in sorted(levels) for run in trial.remedies[place].dates]
    return with_calendar(trial.ground.instance, [*trial.ground.instance.offerings, *runs])


def _days(instance: Instance, plan: Plan) -> dict[str, date]:
    days = {path.learner: graduation_of(instance, path) for path in plan.paths}
    return {learner: max(day, instance.as_of) for learner, day in days.items() if day is not None}


def _held(trial: Trial, levels: Levels, draft: Plan) -> list[tuple[Remedy, Offering]]:
    """Return the offerings that a draft adds, with their remedies, by day."""
    used = {each for path in draft.paths for each in path.offerings}
    found = [
        (trial.remedies[place], run)
        for place in sorted(levels)
        for run in trial.remedies[place].dates
        if run.id in used
    ]
    return sorted(found, key=lambda pair: (pair[1].start, pair[1].id))


def _changes(trial: Trial, levels: Levels, drafted: dict[str, date]) -> Iterator[Change]:
    """Yield the changes beside added offerings; a window is extended to the very day of graduation."""
    for place, level in sorted(levels.items()):
        remedy = trial.remedies[place]
        if remedy.kind == "extend_window" and remedy.learner in drafted:
            yield with_deadline(remedy.learner, drafted[remedy.learner])
        elif remedy.change is not None:
            yield remedy.change(level)


def _taken_instead(trial: Trial, learner: str, given_up: str, plan: Plan) -> str:
    """Say which offering of the component a path newly takes, where it takes one."""
    instance = trial.ground.instance
    code = instance.offering[given_up].component
    stood = {each.offering for each in instance.initial_state[learner].bookings}
    news = plan.path[learner].offerings - stood
    taken = [instance.offering[each] for each in sorted(news) if each in instance.offering]
    found = [span for run in taken if run.component == code for span in (f"{run.id} ({span_in_words(run)})",)]
    return f": {listed(found)}" if found else ""


def _step(trial: Trial, place: int, level: int, drafted: dict[str, date], plan: Plan) -> RepairStep:
    remedy = trial.remedies[place]
    words, amount = remedy.words(level), level
    if remedy.kind == "rebook" and remedy.learner is not None:
        words += _taken_instead(trial, remedy.learner, remedy.about, plan)
    if remedy.kind == "extend_window" and remedy.learner in drafted:
        day = drafted[remedy.learner]
        amount = (day - trial.ground.deadline[remedy.learner]).days
        words = f"extend the window of {remedy.learner} by {amount} days, to {day}"
    return RepairStep(
        kind=remedy.kind,
        about=remedy.about,
        learner=remedy.learner,
        role=remedy.role,
        cost=remedy.cost * level,
        amount=amount,
        words=words,
    )
