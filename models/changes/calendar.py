"""Changes of the calendar, each a function Instance -> Instance: what a what-if tries and a repair proposes.

A change that names what the instance does not have raises UnknownNameError. Bookings in an offering that is cancelled fall away.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta

from models.changes.change import Change
from models.programme.instance import Instance
from models.programme.offering import Offering, Session
from models.programme.time import instant, local


class UnknownNameError(LookupError):
    """A change names something that the instance does not have; `name` = what was read, `known` = what there is."""

    def __init__(self, kind: str, name: str, known: tuple[str, ...]) -> None:
        """Say what kind of thing is missing."""
        super().__init__(f"there is no {kind} {name}")
        self.kind, self.name, self.known = kind, name, known


class TakenNameError(ValueError):
    """A change adds something under a name that is in use."""


def of_offering(instance: Instance, offering: str) -> Offering:
    """Return an offering of the instance; raise UnknownNameError."""
    if offering not in instance.offering:
        raise UnknownNameError("offering", offering, tuple(instance.offering))
    return instance.offering[offering]


def with_calendar(instance: Instance, offerings: Iterable[Offering]) -> Instance:
    """Return the instance with other offerings, in canonical order."""
    return replace(
        instance, offerings=tuple(sorted(offerings, key=lambda run: (run.start, run.end, run.component, run.id)))
    )


def with_offering(offering: str, alter: Callable[[Offering], Offering]) -> Change:
    """Alter one offering."""

    def change(instance: Instance) -> Instance:
        found = of_offering(instance, offering)
        return with_calendar(instance, [alter(each) if each is found else each for each in instance.offerings])

    return change


def cancelled(offering: str) -> Change:
    """Cancel an offering."""
    return with_offering(offering, lambda each: replace(each, status="cancelled"))


def published(offering: str) -> Change:
    """Announce a tentative offering."""
    return with_offering(offering, lambda each: replace(each, status="published"))


def moved(offering: str, days: int) -> Change:
    """Move an offering by some days; its sessions keep their local times of day (ClockGapError, ClockFoldError)."""
    return with_offering(offering, lambda each: shifted(each, days))


def moved_to(offering: str, start: date) -> Change:
    """Move an offering so that it starts on a day."""
    return with_offering(offering, lambda each: shifted(each, (start - each.start).days))


def shifted(offering: Offering, days: int) -> Offering:
    """Return an offering as it would be some days later (or earlier), at the same local times of day."""
    by = timedelta(days=days)
    closes = offering.registration_closes

    def later(session: Session) -> Session:
        clock = local(session.start, offering.zone).replace(tzinfo=None)
        return replace(session, start=instant(clock + by, offering.zone))

    return replace(
        offering,
        start=offering.start + by,
        end=offering.end + by,
        registration_closes=closes and closes + by,
        sessions=tuple(later(session) for session in offering.sessions),
    )


def added(name: str, like: str, start: date) -> Change:
    """Add an offering like another one, under a new name, that starts on a day; it shares no seats, and nobody has one yet."""

    def change(instance: Instance) -> Instance:
        if name in instance.offering:
            raise TakenNameError(f"there is an offering {name} already")
        model = of_offering(instance, like)
        run = with_own_seats(instance, shifted(model, (start - model.start).days))
        run = replace(run, id=name, taken=0, status="published", note=f"supposed, like {like}")
        return with_calendar(instance, [*instance.offerings, run])

    return change


def with_own_seats(instance: Instance, run: Offering) -> Offering:
    """Return an offering as one that shares its seats with no other; it has as many as those that share them have together."""
    if run.seat_group is None:
        return run
    group = [each for each in instance.offerings if each.seat_group == run.seat_group and each.status != "cancelled"]
    stated = [each.seats for each in group if each.seats is not None]
    return replace(run, seat_group=None, seats=min(stated, default=run.seats))


def with_seats(offering: str, seats: int | None) -> Change:
    """Give an offering so many seats in all; None = unlimited."""
    return with_offering(offering, lambda each: replace(each, seats=seats))


def more_seats(offering: str, seats: int) -> Change:
    """Give an offering so many seats more (or fewer, never below nothing); one without a limit keeps none."""

    def alter(each: Offering) -> Offering:
        return each if each.seats is None else replace(each, seats=max(each.seats + seats, 0))

    return with_offering(offering, alter)


def more_shared_seats(group: str, seats: int) -> Change:
    """Let the offerings of a seat group share so many seats more: whatever states fewer than that then states as many."""

    def change(instance: Instance) -> Instance:
        stated = [each.seats for each in instance.offerings if each.seat_group == group and each.status != "cancelled"]
        shared = min((each for each in stated if each is not None), default=None)
        if shared is None:
            return instance
        return with_calendar(
            instance,
            [
                replace(each, seats=max(each.seats, shared + seats))
                if each.seat_group == group and each.seats is not None
                else each
                for each in instance.offerings
            ],
        )

    return change


def with_places(offering: str, role: str, places: int) -> Change:
    """Give an offering so many places in a role."""

    def alter(each: Offering) -> Offering:
        return replace(each, roles=tuple((name, places if name == role else many) for name, many in each.roles))

    return with_offering(offering, alter)
