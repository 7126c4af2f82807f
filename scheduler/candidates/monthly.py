"""Runs that are supposed: one more of a component, like its latest offering, in some month."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from models.changes.calendar import added, with_offering
from models.changes.change import Change
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.time import ClockFoldError, ClockGapError
from scheduler.candidates.policy import first_new_day, notice_days
from scheduler.candidates.weekly import WEEK, model_of

RULE = (
    "Each extra run is supposed: like the component's latest offering (length, local times, seats), from the first day of "
    "the month on the same weekday that {lead}. Trainers and closures are not looked at."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraRun:
    """One supposed run of a component in a month (`month` = its first day), like the offering `like`."""

    component: str
    month: date
    like: str
    run: Offering

    @property
    def change(self) -> Change:
        """The change that adds the run; whoever wants to can register at least on the planning day."""
        add = added(self.run.id, self.like, self.run.start)

        def change(instance: Instance) -> Instance:
            return with_offering(self.run.id, lambda each: _open(each, instance.as_of))(add(instance))

        return change


def _open(run: Offering, day: date) -> Offering:
    closes = run.registration_closes
    return replace(run, registration_closes=closes and max(closes, day))


def rule_of(instance: Instance) -> str:
    """Say on which day of a month an extra run is supposed to start."""
    notice = notice_days(instance)
    return RULE.format(lead=f"is at least {notice} days ahead" if notice else "lies after the planning day")


def extra_run(instance: Instance, component: str, month: date) -> ExtraRun | None:
    """Return the supposed run of a component in a month; None where the component has no offering, or no day is left."""
    model = model_of(instance, component)
    if model is None:
        return None
    name = _free_name(instance, f"{component}-{month:%Y-%m}-supposed")
    start = _first_such_day(model, month, first_new_day(instance))
    if start is None:
        return None
    try:
        changed = added(name, model.id, start)(instance)
    except (ClockGapError, ClockFoldError):
        return None
    return ExtraRun(component=component, month=month, like=model.id, run=changed.offering[name])


def _first_such_day(like: Offering, month: date, earliest: date) -> date | None:
    """Return the first day of a month on the weekday of an offering's start, from a day on."""
    day = month + timedelta(days=(like.start.weekday() - month.weekday()) % 7)
    while day < earliest:
        day += WEEK
    return day if (day.year, day.month) == (month.year, month.month) else None


def _free_name(instance: Instance, name: str) -> str:
    while name in instance.offering:
        name += "-2"
    return name


def months(first: date, last: date) -> Iterator[date]:
    """Yield the first day of each month from that of one day to that of another."""
    day = first.replace(day=1)
    while day <= last:
        yield day
        day = (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def lacking_offerings(instance: Instance, components: Sequence[str]) -> tuple[str, ...]:
    """Return the components that never had an offering, so that nobody knows how long one would be."""
    return tuple(
        code for code in components if all(run.component != code for run in instance.offerings_of.get(code, ()))
    )
