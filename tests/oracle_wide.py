"""The whole format as brute force reads it: which rules one learner's path breaks, and on which day it graduates.

Everything here is its own reading of the pages of the format; nothing of the rules' checks, rows or counting is used.
"""

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from models.programme.edition import Component, Edition
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.people import Learner, Record
from models.programme.plan import Path

ONE = dt.timedelta(days=1)
LONG_AGO = dt.date.min


@dataclass(frozen=True, kw_only=True)
class Thing:
    """Something a learner has done, is exempt from, has booked or takes newly."""

    code: str
    key: str
    state: str
    first: dt.date
    last: dt.date
    role: str | None = None
    minutes: int | None = None
    run: Offering | None = None

    @property
    def over(self) -> bool:
        """Say whether a record says that it is done, or need not be."""
        return self.state in {"done", "exempt"}

    @property
    def times(self) -> list[tuple[int, int]]:
        """The sessions that are to come as stretches of minutes."""
        if self.run is None or self.over:
            return []
        return [(each.start, each.start + (each.minutes or 1)) for each in self.run.sessions]

    def is_over_before(self, later: "Thing") -> bool:
        """Say whether this is over when another thing starts."""
        if self.times and later.times:
            return max(end for _, end in self.times) <= min(start for start, _ in later.times)
        return self.last < later.first

    def starts_no_later_than(self, other: "Thing") -> bool:
        """Say whether this starts when another thing does, or before."""
        if self.times and other.times:
            return min(self.times) <= (min(other.times)[0], 10**12)
        return self.first <= other.first


def later_by(day: dt.date, months: int) -> dt.date:
    """Return the same day of a later month, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True, kw_only=True)
class World:
    """A learner with one path, and everything that the laws look at."""

    instance: Instance
    path: Path

    @cached_property
    def who(self) -> Learner:
        """The learner."""
        return next(each for each in self.instance.learners if each.id == self.path.learner)

    @cached_property
    def edition(self) -> Edition:
        """The learner's edition."""
        return self.instance.editions[self.who.edition]

    @cached_property
    def component(self) -> dict[str, Component]:
        """Its components by code."""
        return {each.code: each for each in self.edition.components}

    @property
    def today(self) -> dt.date:
        """The planning day."""
        return self.instance.as_of

    @cached_property
    def known(self) -> list[Record]:
        """The learner's records that are known today."""
        mine = [each for each in self.instance.records if each.learner == self.who.id]
        return [each for each in mine if each.date is None or each.date <= self.today]

    @cached_property
    def standing(self) -> dict[str, Thing]:
        """What is booked or under way, is neither settled nor cancelled, and not over."""
        runs = {each.id: each for each in self.instance.offerings if each.status != "cancelled"}
        settled = {(each.component, each.offering) for each in self.known if each.status not in {"booked", "waived"}}
        found = {}
        for row in self.known:
            if row.status != "booked" or (row.component, row.offering) in settled:
                continue
            if row.offering in runs:
                thing = booked(runs[row.offering], row.role, "kept")
            elif row.offering is None and row.date is not None and row.component in self.component:
                thing = self.task(row.component, row.date, "kept")
            else:
                continue
            if thing.last >= self.today:
                found[thing.key] = thing
        return found

    def task(self, code: str, day: dt.date, state: str) -> Thing:
        """Return a task that starts on a day."""
        component = self.component.get(code)
        length = (component.days if component else None) or 1
        return Thing(code=code, key=code, state=state, first=day, last=day + (length - 1) * ONE)

    @cached_property
    def recorded(self) -> list[Thing]:
        """What is done, and what the learner is exempt from."""
        runs = {each.id: each for each in self.instance.offerings}
        found = []
        for place, row in enumerate(self.known):
            if row.status not in {"completed", "exempt"}:
                continue
            day = row.date if row.status == "completed" and row.date else LONG_AGO
            run = runs.get(row.offering or "")
            found.append(
                Thing(
                    code=row.component,
                    key=row.offering or f"record {place}",
                    state="done" if row.status == "completed" else "exempt",
                    first=min(run.start, day) if run and row.status == "completed" else day,
                    last=day,
                    role=row.role,
                    minutes=row.minutes,
                )
            )
        return found

    @cached_property
    def chosen(self) -> list[Thing]:
        """What the path books or starts, what stood already included."""
        runs = {each.id: each for each in self.instance.offerings}
        found = []
        for one in self.path.bookings:
            state = "kept" if one.offering in self.standing else "new"
            found.append(booked(runs[one.offering], one.role, state))
        for start in self.path.tasks:
            begun = self.standing.get(start.component)
            found.append(self.task(start.component, start.day, "kept" if begun and begun.first == start.day else "new"))
        return found

    @cached_property
    def things(self) -> list[Thing]:
        """Everything."""
        return [*self.recorded, *self.chosen]

    @cached_property
    def ahead(self) -> list[Thing]:
        """What starts after today."""
        return [each for each in self.chosen if each.first > self.today]

    def needs(self, code: str) -> list[tuple[str, ...]]:
        """Return what a component requires of this learner: nothing where that is waived."""
        component = self.component.get(code)
        waived = any(each.status == "waived" and each.component == code for each in self.known)
        return [] if waived or component is None else list(component.requires)

    @cached_property
    def first_codes(self) -> set[str]:
        """What comes first."""
        return {code for entry in self.edition.first for code in entry}

    @cached_property
    def last_codes(self) -> set[str]:
        """What comes last."""
        return {code for entry in self.edition.last for code in entry}

    def good_until(self, thing: Thing, months: int | None = None) -> dt.date:
        """Return the last day on which something counts."""
        if thing.state == "exempt":
            return dt.date.max
        component = self.component.get(thing.code)
        years = component.valid_years if component else None
        ends = [later_by(thing.last, amount) for amount in ((years or 0) * 12, months or 0) if amount]
        return min(ends, default=dt.date.max)


def booked(run: Offering, role: str | None, state: str) -> Thing:
    """Return a seat in an offering."""
    lengths = [each.minutes for each in run.sessions]
    known = [each for each in lengths if each is not None]
    minutes = sum(known) if known and len(known) == len(lengths) else None
    return Thing(
        code=run.component, key=run.id, state=state, first=run.start, last=run.end, role=role, minutes=minutes, run=run
    )


def pairs(things: Sequence[Thing]) -> Iterator[tuple[Thing, Thing]]:
    """Yield every two things once."""
    return ((one, other) for place, one in enumerate(things) for other in things[:place])


def days_of(thing: Thing) -> Iterable[dt.date]:
    """Yield the days of a thing."""
    return (thing.first + step * ONE for step in range((thing.last - thing.first).days + 1))
