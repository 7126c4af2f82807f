"""Small instances in readable one-liners: days are numbers, 0 = the planning day, a Wednesday."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from models.changes.people import freed
from models.programme.edition import Component, Edition, Requirement
from models.programme.instance import Instance
from models.programme.offering import Offering, Session
from models.programme.people import Learner, Record, Unavailable
from models.programme.plan import Booking, Path, TaskStart
from models.programme.time import Span, instant, local, whole_days

AS_OF = date(2025, 3, 5)
NEW_YORK = "America/New_York"


def day(number: int) -> date:
    """Return the day that lies so many days after the planning day."""
    return AS_OF + timedelta(days=number)


def at(number: int, clock: str = "12:00", zone: str = NEW_YORK) -> int:
    """Return the instant of a local time on a day."""
    return instant(datetime.combine(day(number), time.fromisoformat(clock)), zone)


def session(number: int, clock: str = "12:00", minutes: int | None = 60) -> Session:
    """Return a live session on a day."""
    return Session(start=at(number, clock), minutes=minutes)


def course(code: str, *requires: str | tuple[str, ...], **fields: Any) -> Component:  # noqa: ANN401 - any field of the noun
    """Return a course; each of `requires` is a code or a tuple of alternatives."""
    return component(code, "course", *requires, **fields)


def component(code: str, kind: Any, *requires: str | tuple[str, ...], **fields: Any) -> Component:  # noqa: ANN401 - any field of the noun
    """Return a component of a kind."""
    needs = tuple((need,) if isinstance(need, str) else need for need in requires)
    return Component(code=code, title=code, kind=kind, requires=needs, **fields)


def task(code: str, days: int, *requires: str | tuple[str, ...]) -> Component:
    """Return a self-paced task of so many days."""
    return component(code, "task", *requires, days=days)


def event(code: str, *requires: str | tuple[str, ...]) -> Component:
    """Return a repeatable event with a role `talk`."""
    return component(code, "event", *requires, repeatable=True, roles=(("talk", 1),))


def requirement(count: int, *pool: str, role: str | None = None, min_minutes: int | None = None) -> Requirement:
    """Return a requirement of `count` out of `pool`."""
    name = f"{count} of {' '.join(pool)} {role or ''} {min_minutes or ''}"
    return Requirement(id=name, title=name, count=count, pool=pool, role=role, min_minutes=min_minutes)


def edition(*components: Component, requirements: Sequence[Requirement] = (), **fields: Any) -> Edition:  # noqa: ANN401 - any field of the noun
    """Return an edition called `e`."""
    values = {"id": "e", "title": "e", "requirements": tuple(requirements)} | fields
    return Edition(components=components, **values)


def offering(name: str, start: int, end: int | None = None, **fields: Any) -> Offering:  # noqa: ANN401 - any field of the noun
    """Return a run from one day to another; `A1` is a run of A."""
    values: dict[str, Any] = {
        "component": name.rstrip("0123456789"),
        "start": day(start),
        "end": day(start if end is None else end),
    }
    return Offering(id=name, **(values | fields))


def talks(name: str, start: int, places: int = 1, **fields: Any) -> Offering:  # noqa: ANN401 - any field of the noun
    """Return a one-day offering with so many places in the role `talk`."""
    return offering(name, start, roles=(("talk", places),), **fields)


def meets(name: str, *sessions: Session, **fields: Any) -> Offering:  # noqa: ANN401 - any field of the noun
    """Return a run whose days are those of its sessions in New York."""
    days = [(local(session.start, NEW_YORK).date() - AS_OF).days for session in sessions]
    return offering(name, min(days), max(days), sessions=sessions, **fields)


def learner(name: str = "ada", **fields: Any) -> Learner:  # noqa: ANN401 - any field of the noun
    """Return a learner who enrolled 30 days ago."""
    values: dict[str, Any] = {"edition": "e", "enrolled": day(-30)}
    return Learner(id=name, **(values | fields))


def record(who: str, status: Any, what: str, when: int | None = None, **fields: Any) -> Record:  # noqa: ANN401 - any field of the noun
    """Return a record of an offering (`A1`) or of a component (`A`)."""
    code = what.rstrip("0123456789")
    run = what if what != code else None
    values = {"component": code, "offering": run} | fields
    return Record(learner=who, status=status, date=None if when is None else day(when), **values)


def away(who: str, first: int, last: int, zone: str = NEW_YORK) -> Unavailable:
    """Return whole days on which somebody cannot come."""
    return Unavailable(who=who, span=whole_days(day(first), day(last), zone), words=f"{first} to {last}")


def away_between(who: str, start: int, end: int) -> Unavailable:
    """Return a stretch between two instants in which somebody cannot come."""
    return Unavailable(who=who, span=Span(start, end), words=f"{start} to {end}")


def instance(
    editions: Edition | Iterable[Edition],
    offerings: Iterable[Offering] = (),
    learners: Iterable[Learner] | None = None,
    records: Iterable[Record] = (),
    *,
    free: bool = False,
    **fields: Any,  # noqa: ANN401 - any field of the noun
) -> Instance:
    """Return an instance, of the learner `ada` alone where nobody else is named; `free` = bookings may be given up."""
    listed = (editions,) if isinstance(editions, Edition) else tuple(editions)
    values: dict[str, Any] = {
        "id": "small",
        "title": "small",
        "edition": "e",
        "as_of": AS_OF,
        "zone": NEW_YORK,
    } | fields
    made = Instance(
        editions={each.id: each for each in listed},
        offerings=tuple(sorted(offerings, key=lambda run: run.id)),
        learners=(learner(),) if learners is None else tuple(learners),
        records=tuple(records),
        **values,
    )
    return freed(made) if free else made


def booked_path(who: str, *booked: str, tasks: Sequence[tuple[str, int]] = (), graduates: bool = True) -> Path:
    """Return a path; `A1` books a run, `E1:talk` books it in a role."""
    bookings = (Booking(offering=name, role=role or None) for name, _, role in (each.partition(":") for each in booked))
    starts = (TaskStart(component=code, day=day(number)) for code, number in tasks)
    return Path(
        learner=who,
        graduates=graduates,
        bookings=tuple(sorted(bookings, key=lambda b: b.offering)),
        tasks=tuple(sorted(starts)),
    )
