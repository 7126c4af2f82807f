"""What a path holds, as the checker sees it: everything done, booked or started, with its days and instants."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from models.programme.edition import Requirement
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.plan import Booking, Path, Plan

LONG_AGO = date.min


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One activity of a path. `opens` and `closes` are instants, None where session times are unknown."""

    component: str
    first: date
    last: date
    opens: int | None = None
    closes: int | None = None
    offering: Offering | None = None
    role: str | None = None
    minutes: int | None = None
    done: bool = False
    exempt: bool = False

    def ended_before(self, other: "Activity") -> bool:
        """Say whether this has ended when the other starts."""
        if self.closes is not None and other.opens is not None:
            return self.closes <= other.opens
        return self.last < other.first

    def starts_by(self, other: "Activity") -> bool:
        """Say whether this starts no later than the other: by the first sessions where both have any, or by the first days."""
        if self.opens is not None and other.opens is not None:
            return self.opens <= other.opens
        return self.first <= other.first

    @property
    def label(self) -> str:
        """The offering's id, or the component's code where there is no offering."""
        return self.offering.id if self.offering else self.component


def activities_of(instance: Instance, path: Path) -> tuple[Activity, ...]:
    """Return all that a path holds, records first; a path remembers it for the instance it was last asked about."""
    known: tuple[Instance, tuple[Activity, ...]] | None = vars(path).get("_activities")
    if known is None or known[0] is not instance:
        done = instance.once(f"things done by {path.learner}", lambda: tuple(_done(instance, path.learner)))
        activities = (*done, *_booked(instance, path), *_started(instance, path))
        known = vars(path)["_activities"] = (instance, activities)
    return known[1]


def ahead(instance: Instance, path: Path) -> list[Activity]:
    """Return what starts after the planning day: what is past is not judged any more."""
    return [
        activity for activity in activities_of(instance, path) if not activity.done and activity.first > instance.as_of
    ]


def is_new(instance: Instance, path: Path, run: Offering) -> bool:
    """Say whether a path newly books an offering: what stands already is not judged again."""
    return all(booking.offering != run.id for booking in instance.initial_state[path.learner].bookings)


def judged(plan: Plan) -> list[Path]:
    """Return the paths that claim to graduate."""
    return [path for path in plan.paths if path.graduates]


def _done(instance: Instance, learner: str) -> Iterator[Activity]:
    for done in instance.initial_state[learner].done:
        day = done.day or LONG_AGO
        run = instance.offering.get(done.offering or "")
        yield Activity(
            component=done.component,
            first=min(run.start, day) if run and done.day else day,
            last=day,
            offering=run,
            role=done.role,
            minutes=done.minutes,
            done=True,
            exempt=done.exempt,
        )


def _booked(instance: Instance, path: Path) -> Iterator[Activity]:
    known: dict[Booking, Activity] = instance.once("things booked", dict)
    for booking in path.bookings:
        if booking not in known:
            known[booking] = _booking(instance.offering[booking.offering], booking.role)
        yield known[booking]


def _booking(run: Offering, role: str | None) -> Activity:
    return Activity(
        component=run.component,
        first=run.start,
        last=run.end,
        opens=run.opens,
        closes=run.closes,
        offering=run,
        role=role,
        minutes=run.minutes,
    )


def _started(instance: Instance, path: Path) -> Iterator[Activity]:
    for start in path.tasks:
        component = instance.component_for(path.learner, start.component)
        length = component.length if component else 1
        yield Activity(component=start.component, first=start.day, last=start.day + timedelta(days=length - 1))


def qualifies(activity: Activity, requirement: Requirement) -> bool:
    """Say whether a thing can count for a requirement: its component, its role, and how long it was attended."""
    if activity.component not in requirement.pool:
        return False
    if requirement.role is not None and activity.role != requirement.role:
        return False
    if activity.exempt:
        return activity.role == requirement.role
    enough = requirement.min_minutes is None or activity.minutes is None or activity.minutes >= requirement.min_minutes
    return enough or activity.role is not None
