"""What an added offering would be on each day on which it could start: like the component's latest, week by week."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from models.changes.calendar import shifted, with_own_seats
from models.programme.edition import Component
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.time import ClockFoldError, ClockGapError
from scheduler.candidates.policy import first_new_day, is_shut

WEEK = timedelta(days=7)
SATURDAY = 5


def model_of(instance: Instance, code: str) -> Offering | None:
    """Return the latest offering of a component, or None where none was ever stated."""
    return max(instance.offerings_of.get(code, ()), key=lambda run: (run.start, run.id), default=None)


def dates_of(instance: Instance, component: Component, horizon: date) -> tuple[Offering, ...]:
    """Return the offerings that could be added of a component: each a week after the last, over by the horizon.

    Where no offering was ever stated, each is one day without times, on any weekday. What would meet on a day off is left out.
    """
    model = model_of(instance, component.code)
    found = _bare(instance, component, horizon) if model is None else _like(instance, model, horizon)
    return tuple(run for run in found if not is_shut(instance, run))


def _like(instance: Instance, model: Offering, horizon: date) -> Iterator[Offering]:
    first = first_new_day(instance)
    start = model.start + WEEK * -((model.start - first).days // 7)
    while start + (model.end - model.start) <= horizon:
        try:
            run = shifted(model, (start - model.start).days)
        except (ClockGapError, ClockFoldError):
            start += WEEK
            continue
        closes = run.registration_closes and max(run.registration_closes, instance.as_of)
        yield _added(replace(with_own_seats(instance, run), registration_closes=closes))
        start += WEEK


def _bare(instance: Instance, component: Component, horizon: date) -> Iterator[Offering]:
    day = first_new_day(instance)
    while day <= horizon:
        if day.weekday() < SATURDAY:
            run = Offering(
                id=component.code,
                component=component.code,
                start=day,
                end=day,
                seats=component.seats,
                roles=component.roles,
                zone=instance.zone,
            )
            yield _added(run)
        day += timedelta(days=1)


def _added(run: Offering) -> Offering:
    """Return a run as one that nobody has booked, and whose trainers are left open."""
    name = f"{run.component}+{run.start}"
    return replace(run, id=name, taken=0, status="published", trainers=(), price=None, note="supposed")
