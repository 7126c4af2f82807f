"""The promises that fall due in the year to plan: which component, in which period, and how often."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from models.programme.edition import Edition, Promise
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.year import Year
from scheduler.calendar.supply import audit


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A promise about one component in one period, both days included; `standing` = how many are on the calendar already."""

    promise: Promise
    component: str
    label: str
    first: date
    last: date
    needed: int
    standing: int

    def found(self, added: Iterable[Offering]) -> int:
        """Return how many offerings there are with what is added."""
        return self.standing + sum(
            run.component == self.component and self.first <= run.start <= self.last for run in added
        )


def dues_of(instance: Instance) -> tuple[Due, ...]:
    """Return what the instance's edition, and those of whoever is expected, promise for the year; nothing without a year."""
    if instance.year is None:
        return ()
    names = dict.fromkeys([instance.edition, *(each.edition for each in instance.arrivals)])
    editions = [instance.editions[name] for name in names if name in instance.editions]
    found = {
        (due.component, due.first, due.last, due.needed): due
        for edition in editions
        for due in _of_edition(instance, edition, instance.year)
    }
    return tuple(found.values())


def _of_edition(instance: Instance, edition: Edition, year: Year) -> list[Due]:
    found = []
    for each in audit(instance, edition, (date(year.first.year, 1, 1), date(year.last.year, 12, 31))):
        first, last = each.period.first, each.period.last
        if last is None or last < year.first or first > year.last:
            continue
        if each.promise.per == "window" and edition.window is not None:
            first = _back(edition, last)  # a promise for a whole window is judged over the one that the year ends
        standing = [run for run in instance.offerings_of.get(each.component, ()) if first <= run.start <= last]
        found.append(
            Due(
                promise=each.promise,
                component=each.component,
                label=each.period.label,
                first=first,
                last=last,
                needed=each.needed,
                standing=sum(run.status != "cancelled" for run in standing),
            )
        )
    return found


def _back(edition: Edition, last: date) -> date:
    """Return the day on which a window that ends on a day has begun."""
    assert edition.window is not None  # noqa: S101 - the caller has looked
    length = edition.window.last_day(last) - last
    return last - length + timedelta(days=1)
