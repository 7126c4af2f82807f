"""Finds what each class of equal learners of a year still needs, and the first day on which it could graduate."""

from bisect import bisect_right
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import accumulate
from math import ceil
from operator import itemgetter

from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Model, Poster
from models.judging.activities import activities_of
from models.judging.completion import amount_of, counting
from models.programme.edition import Edition, Requirement
from models.programme.instance import Instance
from models.programme.plan import Path
from models.rules import plan_rules
from models.rules.window import last_day
from scheduler.calendar.equals import equals_of
from scheduler.calendar.season import Season
from scheduler.calendar.wanted import AttendableRun, Demand, Demands, OpenNeed
from scheduler.engines.budget import Budget
from scheduler.solve.answers import answer_alone
from scheduler.solve.grounds import ground_of
from scheduler.solve.search import search_on


def demands_of(season: Season, budget: Budget, able: Container[str] = ()) -> Demands:
    """Return what everybody needs of the year; where the budget ends first, less is known of who can graduate when.

    `able` = learners who are known to graduate on some calendar: of them a bound of the first day will do.
    """
    everything = season.at_best
    hangs = {run.id: each.id for each in season.choices for run in each.held}
    classes: list[Demand] = []
    stuck: list[str] = []
    for learners in equals_of(everything, season.learners):
        day = _earliest(everything, learners[0], budget, is_able=learners[0] in able)
        if day is None:
            stuck += learners
        else:
            classes.append(_demand(everything, learners, day, hangs))
    return Demands(tuple(classes), tuple(sorted(stuck)))


FEW_SHARES = 3
"""When a quarter of the time is over, a day that is no more than a bound has to do."""

FEW_PARTS = 6
"""Parts of a learner's search that are looked at for a day before which nobody of the class can graduate."""


def _earliest(instance: Instance, name: str, budget: Budget, *, is_able: bool) -> date | None:
    """Return a day before which a learner cannot graduate alone, None if it is sure that they cannot at all.

    Where time is over that is the planning day: nobody graduates before it.
    """
    if budget.is_over:
        return instance.as_of
    ground = ground_of(instance, name)
    found = search_on(instance, ground, FEW_PARTS) if ground is not None else None
    if (
        found is not None
        and found.bound is not None
        and (is_able or found.path is not None or budget.left < budget.spent * FEW_SHARES)
    ):
        return found.bound
    answer, sure = answer_alone(instance, name, budget=budget)
    return answer.graduation if sure else instance.as_of


def _demand(instance: Instance, learners: tuple[str, ...], day: date, hangs: Mapping[str, str]) -> Demand:
    name = learners[0]
    choices = _bookable(instance, name)
    edition = choices.edition
    ends = _ends(instance, name, edition)
    runs = {
        code: tuple(_runs(choices, code, hangs, ends))
        for code, component in edition.component.items()
        if component.kind != "task"
    }
    before = {code: entries for code in edition.component if (entries := _before(choices, edition, code))}
    tasks = _tasks(choices, runs, before)
    return Demand(
        learners=learners,
        earliest=day.toordinal(),
        ends=ends,
        runs={
            code: each for code, each in _late_enough(_in_time(instance, runs, before), before, tasks).items() if each
        },
        needs=tuple(_needs(instance, name, edition)),
        before=before,
        tasks=tasks,
    )


def _tasks(
    choices: LearnerVariables,
    runs: Mapping[str, Sequence[AttendableRun]],
    before: Mapping[str, tuple[tuple[str, ...], ...]],
) -> dict[str, int]:
    """Return when each task can be over at best; those that wait for what can never be done are left out."""
    first = {code: min(run.last for run in each) for code, each in runs.items() if each}
    found: dict[str, int] = {}
    left = {task.component.code: task for task in choices.tasks.values()}
    while True:
        ready = {
            code: max([0, *(min(first[each] for each in entry if each in first) for entry in before.get(code, ()))])
            for code, task in left.items()
            if task.kept is not None or all(any(each in first for each in entry) for entry in before.get(code, ()))
        }
        if not ready:
            return found
        for code, day in ready.items():
            task = left.pop(code)
            start = (
                choices.earliest_start.toordinal()
                if task.kept is not None
                else max(day, choices.earliest_start.toordinal())
            )
            found[code] = first[code] = start + task.component.length - 1


def _late_enough(
    runs: Mapping[str, tuple[AttendableRun, ...]],
    before: Mapping[str, tuple[tuple[str, ...], ...]],
    tasks: Mapping[str, int],
) -> dict[str, tuple[AttendableRun, ...]]:
    """Return the runs before which what comes first can be over; of what is booked already that is not asked."""
    ready = {code: min(run.last for run in each) for code, each in runs.items() if each}
    ready |= tasks
    found = {}
    for code, mine in runs.items():
        entries = [entry for entry in before.get(code, ()) if code not in entry]
        first = max((min((ready[each] for each in entry if each in ready), default=0) for entry in entries), default=0)
        found[code] = tuple(run for run in mine if run.kept or run.ready >= first)
    return found


def _in_time(
    instance: Instance,
    runs: Mapping[str, tuple[AttendableRun, ...]],
    before: Mapping[str, tuple[tuple[str, ...], ...]],
) -> dict[str, tuple[AttendableRun, ...]]:
    """Return runs that know by which day what comes first has to end: by sessions where they are known, else the day before."""
    found = {}
    for code, mine in runs.items():
        firsts = {each for entry in before.get(code, ()) for each in entry if each != code}
        ends = []
        for run in (run for each in firsts for run in runs.get(each, ())):
            closes = instance.offering[run.offering].closes
            if closes is not None:
                ends.append((closes, run.last))
        ends.sort()
        latest = list(accumulate((last for _, last in ends), max))
        found[code] = tuple(_after(instance, run, ends, latest) if firsts else run for run in mine)
    return found


def _after(
    instance: Instance, run: AttendableRun, ends: Sequence[tuple[int, int]], latest: Sequence[int]
) -> AttendableRun:
    """Return a run that knows the last day of all that ends before it opens: ends in order, and the latest day up to each."""
    opens = instance.offering[run.offering].opens
    place = 0 if opens is None else bisect_right(ends, opens, key=itemgetter(0))
    return replace(run, after=max(run.first - 1, latest[place - 1] if place else 0))


def _bookable(instance: Instance, name: str) -> LearnerVariables:
    """Return a learner's choices less every booking that a rule forbids by itself."""
    model = Model()
    choices = LearnerVariables(instance, name, model)
    for rule in plan_rules():
        if rule.scope == "booking":
            rule.post((choices,), Poster(model))
    return choices


def _ends(instance: Instance, name: str, edition: Edition) -> int | None:
    """Return the last day of the window where it is known before anything is chosen."""
    learner, window = instance.learner[name], edition.window
    if learner.deadline is None and window is not None and window.starts != "enrolment":
        return None
    last = last_day(instance, Path(learner=name))
    return None if last is None else last.toordinal()


def _runs(choices: LearnerVariables, code: str, hangs: Mapping[str, str], ends: int | None) -> Iterator[AttendableRun]:
    """Yield the runs of a component that could count: what is booked alone where that is the one time it may be taken."""
    runs = list(choices.open_runs(code))
    if not choices.edition.may_recur(code) and any(run.kept for run in runs):
        runs = [run for run in runs if run.kept]
    for run in runs:
        if ends is None or run.last_day <= ends:
            name = run.offering.id
            plays = choices.kept[name].role if run.kept else None
            yield AttendableRun(name, run.first_day, run.last_day, hangs.get(name), run.kept, plays)


def _needs(instance: Instance, name: str, edition: Edition) -> Iterator[OpenNeed]:
    """Yield what is still missing of each requirement, what stands booked not yet counted."""
    activities = activities_of(instance, Path(learner=name, bookings=(), tasks=()))
    done = [each for each in activities if each.done]
    for requirement in edition.requirements:
        counted = counting(edition, requirement, done)
        worths = [each.worth_for(requirement) for code in requirement.pool if (each := edition.component.get(code))]
        # So many are missing at least: none counts for more than the most that one of them does.
        missing = ceil((requirement.count - amount_of(edition, requirement, done)) / max([1, *worths]))
        codes = {each.component for each in counted}
        if missing <= 0 or any(each.exempt and edition.component[each.component].repeatable for each in counted):
            continue
        pool = tuple(code for code in requirement.pool if code not in codes or edition.component[code].repeatable)
        again = len(pool) == 1 and edition.component[pool[0]].repeatable
        if again or not any(edition.component[code].repeatable for code in pool if code in edition.component):
            yield OpenNeed(_early(edition, requirement, pool), missing, requirement.role, again)


def _early(edition: Edition, requirement: Requirement, pool: tuple[str, ...]) -> tuple[str, ...]:
    early = tuple(code for code in pool if code not in edition.last_codes)
    return early if any(code not in edition.last_codes for code in requirement.pool) else pool


def _before(choices: LearnerVariables, edition: Edition, code: str) -> tuple[tuple[str, ...], ...]:
    component = edition.component[code]
    first = () if code in edition.first_codes else edition.first
    return tuple(entry for entry in (*component.requires, *first) if not any(choices.done(each) for each in entry))
