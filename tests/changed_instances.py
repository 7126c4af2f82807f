"""Changes to an instance of which the effect on the best answer is known beforehand."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from models.programme.edition import Edition, Need
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.people import Learner, Record
from models.programme.plan import Path
from models.programme.time import Span
from tests.oracle_facts import facts_of
from tests.small_words import in_order

WEEK = timedelta(weeks=1)


def with_edition(instance: Instance, edition: Edition) -> Instance:
    """Return the instance under a changed edition of the same id."""
    return replace(instance, editions={**instance.editions, edition.id: edition})


def with_offering(instance: Instance, offering: Offering) -> Instance:
    """Return the instance with one more offering, or a changed one."""
    others = [one for one in instance.offerings if one.id != offering.id]
    return replace(instance, offerings=in_order((*others, offering)))


def without_offering(instance: Instance, name: str) -> Instance:
    """Return the instance without an offering."""
    return replace(instance, offerings=tuple(one for one in instance.offerings if one.id != name))


def room_in(instance: Instance, offering: Offering) -> int | None:
    """Return how many more people fit in; None where there is no limit."""
    if offering.seats is None:
        return None
    kept = sum(thing.key == offering.id for one in instance.learners for thing in facts_of(instance, one.id).kept)
    return max(0, offering.seats - offering.taken - kept)


def split(instance: Instance, offering: Offering) -> Instance:
    """Return the instance with a run made into two with the same dates, which share its free seats out."""
    room = room_in(instance, offering)
    half = None if room is None else room // 2
    first = offering if room is None or half is None else replace(offering, seats=(offering.seats or 0) - half)
    twin = replace(offering, id=f"{offering.id}-twin", seats=half, taken=0)
    return with_offering(with_offering(instance, first), twin)


def shifted(instance: Instance, weeks: int) -> Instance:
    """Return the instance with every date and instant moved by some weeks; every zone must be UTC."""
    by = weeks * WEEK
    minutes = weeks * 7 * 24 * 60
    return replace(
        instance,
        as_of=instance.as_of + by,
        offerings=tuple(_shifted_offering(one, by, minutes) for one in instance.offerings),
        learners=tuple(
            replace(one, enrolled=_later(one.enrolled, by), deadline=_later(one.deadline, by))
            for one in instance.learners
        ),
        records=tuple(replace(one, date=_later(one.date, by)) for one in instance.records),
        unavailable=tuple(
            replace(one, span=Span(one.span.start + minutes, one.span.end + minutes)) for one in instance.unavailable
        ),
    )


def _later(day: date | None, by: timedelta) -> date | None:
    return None if day is None else day + by


def _shifted_offering(offering: Offering, by: timedelta, minutes: int) -> Offering:
    return replace(
        offering,
        start=offering.start + by,
        end=offering.end + by,
        registration_closes=_later(offering.registration_closes, by),
        sessions=tuple(replace(session, start=session.start + minutes) for session in offering.sessions),
    )


def in_utc(instance: Instance) -> Instance:
    """Return the instance with every learner at home in UTC, where a day always has 24 hours."""
    return replace(instance, learners=tuple(replace(one, zone="UTC") for one in instance.learners))


def renamed(instance: Instance, name: Mapping[str, str]) -> Instance:
    """Return the instance with offerings, components and learners called otherwise, in canonical order again."""
    offerings = [replace(one, id=name[one.id], component=name[one.component]) for one in instance.offerings]
    learners = [_renamed_learner(one, name) for one in instance.learners]
    records = [_renamed_record(one, name) for one in instance.records]
    return replace(
        instance,
        editions={key: _renamed_edition(edition, name) for key, edition in instance.editions.items()},
        offerings=in_order(offerings),
        learners=tuple(sorted(learners, key=lambda one: one.id)),
        records=tuple(records),
        unavailable=tuple(replace(one, who=name[one.who]) for one in instance.unavailable),
    )


def _renamed_learner(learner: Learner, name: Mapping[str, str]) -> Learner:
    return replace(
        learner,
        id=name[learner.id],
        prefers=tuple(name[code] for code in learner.prefers),
        avoids=tuple(name[code] for code in learner.avoids),
    )


def _renamed_record(record: Record, name: Mapping[str, str]) -> Record:
    offering = name[record.offering] if record.offering else None
    return replace(record, learner=name[record.learner], component=name[record.component], offering=offering)


def _renamed_edition(edition: Edition, name: Mapping[str, str]) -> Edition:
    def need(entries: Need) -> Need:
        return tuple(tuple(name[code] for code in entry) for entry in entries)

    return replace(
        edition,
        first=need(edition.first),
        last=need(edition.last),
        components=tuple(replace(one, code=name[one.code], requires=need(one.requires)) for one in edition.components),
        requirements=tuple(replace(one, pool=tuple(name[code] for code in one.pool)) for one in edition.requirements),
    )


def names_of(instance: Instance) -> list[str]:
    """Return the ids of everything that can be renamed, in order and each once."""
    codes = {one.code for edition in instance.editions.values() for one in edition.components}
    return sorted({*codes, *(one.id for one in instance.offerings), *(one.id for one in instance.learners)})


def with_bookings(instance: Instance, path: Path) -> Instance:
    """Return the instance with what a path plans recorded as booked."""
    standing = {thing.key for thing in facts_of(instance, path.learner).kept}
    runs = instance.offering
    mine = {(booking.offering, booking.role) for booking in path.bookings}
    others = [one for one in instance.records if one.learner != path.learner or one.offering not in standing]
    booked = [
        Record(learner=path.learner, component=runs[offering].component, status="booked", offering=offering, role=role)
        for offering, role in sorted(mine, key=lambda pair: pair[0])
    ]
    return replace(instance, records=(*others, *booked))
