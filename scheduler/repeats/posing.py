"""Turns an instance and a question into a problem: demand, supply, who fits where, and what each date costs in days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.programme.instance import Instance
from models.programme.offering import Offering
from models.rules.bookable import closed_because
from models.rules.open_days import is_off
from scheduler.candidates.dates import Dates, candidates_of
from scheduler.engines.budget import Budget
from scheduler.repeats.demand import WaitingDemand, demand_of
from scheduler.repeats.fits import Fits, fits_published
from scheduler.repeats.law import crew_needed
from scheduler.repeats.lost import Losses
from scheduler.repeats.person import Person
from scheduler.repeats.problem import Option, Problem, Wait, wait_of
from scheduler.repeats.question import RepeatsQuestion
from scheduler.repeats.staff import Calendar, calendars_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Posed:
    """A problem, and what was odd on the way to it; `plain_losses` = days of graduation lost were not planned seat by seat."""

    problem: Problem
    demand: WaitingDemand
    dates: Dates
    plain_losses: bool = False


def pose(instance: Instance, question: RepeatsQuestion, budget: Budget | None = None) -> Posed:
    """Return the problem that a question poses."""
    demand = demand_of(instance, question.components, question.plan)
    dates = candidates_of(demand.instance, demand.components)
    named = {trainer for run in dates.candidates for trainer in run.trainers}
    calendars = calendars_of(demand.instance, named)
    options = _options(demand, dates, calendars)
    people = {
        row.learner: Person(demand.instance, demand.instance.learner[row.learner]) for row in demand.instance.waitlist
    }
    losses = Losses(demand.instance, budget or Budget()) if question.for_graduation else None
    problem = Problem(
        instance=demand.instance,
        options=options,
        waits=_waits(demand, options, people, losses),
        people=people,
        calendars=calendars,
        most_sessions=question.most_sessions,
        least_attendance=question.least_attendance,
    )
    return Posed(problem=problem, demand=demand, dates=dates, plain_losses=losses is not None and losses.plain)


def _options(demand: WaitingDemand, dates: Dates, calendars: Mapping[str, Calendar]) -> tuple[Option, ...]:
    """Return the published offerings with free seats, then the candidates that somebody can teach."""
    instance = demand.instance
    found: list[Option] = []
    for run in (run for code in demand.components for run in instance.offerings_of.get(code, ())):
        free = _free(instance, run)
        if run.start > instance.as_of and free > 0 and _is_open(instance, run):
            found.append(_option(instance, len(found), run, (), added=False, seats=free))
    for run in dates.candidates:
        able = tuple(name for name in run.trainers if calendars[name].why_not(run.sessions) is None)
        enough = len(able) >= crew_needed(instance, run) or not (run.trainers or instance.trainers)
        if enough and not is_off(instance, run):
            seats = len(instance.waitlist) if run.seats is None else run.seats
            found.append(_option(instance, len(found), run, able, added=True, seats=seats))
    return tuple(found)


def _option(
    instance: Instance, place: int, run: Offering, trainers: tuple[str, ...], *, added: bool, seats: int
) -> Option:
    day = (run.start - instance.as_of).days
    return Option(place=place, offering=run, added=added, seats=seats, trainers=trainers, day=day)


def _is_open(instance: Instance, run: Offering) -> bool:
    """Say whether anybody on the waitlist can newly book an offering."""
    return any(
        closed_because(instance, row.learner, run) is None
        for row in instance.waitlist
        if row.component == run.component
    )


def _free(instance: Instance, run: Offering) -> int:
    if run.seats is None:
        return len(instance.waitlist)
    return max(0, run.seats - run.taken - instance.seats_standing.get(run.id, 0))


def _waits(
    demand: WaitingDemand, options: Sequence[Option], people: Mapping[str, Person], losses: Losses | None
) -> tuple[Wait, ...]:
    by_code: dict[str, list[tuple[int, Offering]]] = {}
    published: dict[str, list[Option]] = {}
    for option in options:
        if option.added:
            by_code.setdefault(option.offering.component, []).append((option.place, option.offering))
        else:
            published.setdefault(option.offering.component, []).append(option)
    fits = Fits(by_code)
    found = []
    for place, row in enumerate(demand.instance.waitlist):
        person = people[row.learner]
        open_ones = [each.place for each in published.get(row.component, ()) if fits_published(person, each.offering)]
        fitting = open_ones + fits.of(person, row.component)
        days = losses.of(row, [options[k].offering for k in fitting]) if losses else []
        late = {k: lost for k, lost in zip(fitting, days, strict=False) if lost > 0}
        found.append(wait_of(place, row, fitting, demand.instance, late))
    return tuple(found)
