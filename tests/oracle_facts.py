"""What brute force knows of a learner: records read on the planning day, and how requirements are counted."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from models.programme.edition import Edition, Requirement
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.people import Learner, Record

ONE = dt.timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Activity:
    """Something a learner does: a booking, or a task with its days. `opens`, `closes` are instants where known."""

    code: str
    key: str
    start: dt.date
    end: dt.date
    opens: int | None = None
    closes: int | None = None
    role: str | None = None
    offering: Offering | None = None

    @classmethod
    def booked(cls, offering: Offering, role: str | None) -> "Activity":
        """Return a place in an offering."""
        starts = [session.start for session in offering.sessions]
        ends = [session.start + (session.minutes or 1) for session in offering.sessions]
        return cls(
            code=offering.component,
            key=offering.id,
            start=offering.start,
            end=offering.end,
            opens=min(starts, default=None),
            closes=max(ends, default=None),
            role=role,
            offering=offering,
        )

    @cached_property
    def credit(self) -> "Credit":
        """What this counts for once it has ended."""
        lengths = [session.minutes for session in self.offering.sessions] if self.offering else []
        known = [length for length in lengths if length is not None]
        minutes = sum(known) if known and len(known) == len(lengths) else None
        return Credit(code=self.code, key=self.key, role=self.role, minutes=minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """One thing that counts: `key` tells distinct offerings apart, `minutes` None = counts whatever its length."""

    code: str
    key: str
    role: str | None = None
    minutes: int | None = None

    def counts_for(self, requirement: Requirement) -> bool:
        """Say whether this is one of the things that a requirement asks for."""
        if self.code not in requirement.pool or requirement.role not in {None, self.role}:
            return False
        floor = requirement.min_minutes
        return floor is None or self.minutes is None or self.role is not None or self.minutes >= floor


def ended_before(early: Activity, late: Activity) -> bool:
    """Say whether one thing is over when another starts: as instants, or as days where sessions are unknown."""
    if early.closes is not None and late.opens is not None:
        return early.closes <= late.opens
    return early.end < late.start


@dataclass(frozen=True, kw_only=True)
class Facts:
    """A learner, the edition, and the records that are known on the planning day."""

    instance: Instance
    learner: Learner
    edition: Edition
    records: tuple[Record, ...]
    attended: dict[str, bool] = field(default_factory=dict)
    """By offering, where it has been asked: whether the learner can sit in it."""

    @property
    def as_of(self) -> dt.date:
        """The planning day."""
        return self.instance.as_of

    @property
    def enrolled(self) -> dt.date:
        """The day of enrolment."""
        return self.learner.enrolled or dt.date.min

    @cached_property
    def codes(self) -> frozenset[str]:
        """The components of the learner's edition."""
        return frozenset(component.code for component in self.edition.components)

    @cached_property
    def completed(self) -> frozenset[str]:
        """The components completed."""
        return frozenset(record.component for record in self.records if record.status == "completed")

    @cached_property
    def exempt(self) -> frozenset[tuple[str, str | None]]:
        """The exemptions, as component and role."""
        return frozenset((record.component, record.role) for record in self.records if record.status == "exempt")

    @cached_property
    def done(self) -> frozenset[str]:
        """The components that count as done before anything else, for whatever must come after them."""
        return self.completed | {code for code, _ in self.exempt}

    @cached_property
    def kept(self) -> tuple[Activity, ...]:
        """The bookings and tasks that stand: those that are over, cancelled or settled do not."""
        runs = {one.id: one for one in self.instance.offerings if one.status != "cancelled"}
        over = {(record.component, record.offering) for record in self.records if record.status != "booked"}
        booked = [one for one in self.records if one.status == "booked" and (one.component, one.offering) not in over]
        activities = [
            Activity.booked(runs[record.offering], record.role) for record in booked if record.offering in runs
        ]
        activities += [self._under_way(record) for record in booked if record.offering is None]
        return tuple(activity for activity in activities if activity.end >= self.as_of)

    def _under_way(self, record: Record) -> Activity:
        begun = record.date or dt.date.min
        length = self.edition.component[record.component].days or 1
        return Activity(code=record.component, key=record.component, start=begun, end=begun + (length - 1) * ONE)

    @cached_property
    def kept_of(self) -> Counter[str]:
        """How many of what stands are of each component."""
        return Counter(activity.code for activity in self.kept)

    @cached_property
    def tasks_long_ago(self) -> tuple[Activity, ...]:
        """Every task, as if it had been done long ago."""
        tasks = [each.code for each in self.edition.components if each.kind == "task"]
        return tuple(Activity(code=code, key=code, start=dt.date.min, end=dt.date.min) for code in tasks)

    @cached_property
    def held(self) -> frozenset[str]:
        """The offerings that the learner has booked or been through."""
        been = {record.offering for record in self.records if record.status == "completed" and record.offering}
        return frozenset(been | {kept.key for kept in self.kept})

    @cached_property
    def credits(self) -> tuple[Credit, ...]:
        """What the completions count for."""
        return tuple(
            Credit(
                code=record.component,
                key=record.offering or f"record {place}",
                role=record.role,
                minutes=record.minutes,
            )
            for place, record in enumerate(self.records)
            if record.status == "completed"
        )

    @cached_property
    def pools(self) -> dict[Requirement, tuple[frozenset[str], frozenset[str]]]:
        """By requirement the components from which the learner is exempt, and those of which a plan can count.

        What comes last starts when the others of a pool have met it: it counts beside them only by a record.
        """
        return {
            each: (
                frozenset(code for code in each.pool if (code, each.role) in self.exempt),
                frozenset(each.pool) - self.edition.last_codes or frozenset(each.pool),
            )
            for each in self.edition.requirements
        }

    def meets(self, requirement: Requirement, more: Iterable[Credit]) -> bool:
        """Say whether the records together with some more credits meet a requirement."""
        component = self.edition.component
        exempt, early = self.pools[requirement]
        if any(component[code].repeatable for code in exempt):
            return True
        planned = [credit for credit in more if credit.code in early]
        found = [credit for credit in (*self.credits, *planned) if credit.counts_for(requirement)]
        keys = {credit.key if component[credit.code].repeatable else credit.code for credit in found}
        return len(keys | exempt) >= requirement.count

    def is_complete(self, more: Sequence[Credit]) -> bool:
        """Say whether every requirement is met and every entry of `last` done."""
        codes = self.done | {credit.code for credit in more}
        return all(not codes.isdisjoint(entry) for entry in self.edition.last) and all(
            self.meets(requirement, more) for requirement in self.edition.requirements
        )


def facts_of(instance: Instance, learner: str) -> Facts:
    """Read one learner's records as they are known on the planning day."""
    person = next(one for one in instance.learners if one.id == learner)
    known = tuple(
        record
        for record in instance.records
        if record.learner == learner and (record.date is None or record.date <= instance.as_of)
    )
    return Facts(instance=instance, learner=person, edition=instance.editions[person.edition], records=known)


def done_before(facts: Facts, entry: Iterable[str], activities: Iterable[Activity], late: Activity) -> bool:
    """Say whether one alternative of an entry is done when a thing starts."""
    wanted = set(entry)
    return not wanted.isdisjoint(facts.done) or any(
        activity.code in wanted and ended_before(activity, late) for activity in activities
    )
