"""Who waits for what: the waitlist without those who need it no more, and people from outside as guests of the programme."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from models.changes.bookings import with_paths
from models.programme.edition import Component, Edition
from models.programme.instance import Instance
from models.programme.people import Learner, Waiting
from models.programme.plan import Booking, Plan

GUESTS = "guests"
NO_PRIORITY = 1 << 30
"""The turn of those without a priority: after all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingDemand:
    """The instance in which repeats are planned, its `waitlist` being what is asked for, and what was odd about it."""

    instance: Instance
    warnings: tuple[str, ...] = ()

    @property
    def components(self) -> tuple[str, ...]:
        """The components that somebody waits for."""
        return tuple(sorted({row.component for row in self.instance.waitlist}))


def demand_of(instance: Instance, components: Sequence[str] = (), plan: Plan | None = None) -> WaitingDemand:
    """Return the waits to be met, of some components or of all; planned paths of `plan` count as booked."""
    asked = [row for row in instance.waitlist if not components or row.component in components]
    if plan is not None:
        instance = _with_plan(instance, plan, {(row.learner, row.component) for row in asked})
    warnings: list[str] = []
    kept: dict[tuple[str, str], Waiting] = {}
    needless: list[tuple[Waiting, str]] = []
    for row in sorted(asked, key=_by_turn):
        why = _needless(instance, row)
        if (row.learner, row.component) in kept:
            warnings.append(f"{row.learner} stands on the waitlist for {row.component} twice: counted once.")
        elif why:
            needless.append((row, why))
        else:
            kept[row.learner, row.component] = row
    waitlist = tuple(kept[key] for key in sorted(kept))
    warnings += [_left_out(row, why, waitlist) for row, why in needless]
    return WaitingDemand(instance=_with_guests(replace(instance, waitlist=waitlist)), warnings=tuple(sorted(warnings)))


def _left_out(row: Waiting, why: str, waitlist: Iterable[Waiting]) -> str:
    """Say that somebody is left out, and what becomes of those who wanted to come along."""
    told = f"{row.learner} waits for {row.component}, but {why}: left out"
    others = [each for each in waitlist if (each.group, each.component) == (row.group, row.component)]
    if row.group is None or not others:
        return f"{told}."
    return f"{told}, and the others of the group {row.group} are seated together without {row.learner}."


def turn(row: Waiting) -> int:
    """Return the place of a priority in the order: lower numbers first, none stated last."""
    return NO_PRIORITY if row.priority is None else row.priority


def _by_turn(row: Waiting) -> tuple[str, str, int, str]:
    return row.learner, row.component, turn(row), str(row.since or "9999")


def _needless(instance: Instance, row: Waiting) -> str | None:
    """Return why somebody needs no repeat, or None; what runs out is taken again when it has."""
    component = instance.component_for(row.learner, row.component)
    if component is not None and component.repeatable:
        return None
    standing = instance.initial_state[row.learner]
    edition = instance.edition_of(row.learner)
    for done in standing.done:
        lasts = done.day is None or edition.taken_again_after(done.component, done.day) == date.max
        if done.component == row.component and lasts:
            return "is exempt from it" if done.exempt else f"completed it on {done.day}"
    for booking in standing.bookings:
        if instance.offering[booking.offering].component == row.component:
            return f"is booked in {booking.offering}"
    return None


def _with_plan(instance: Instance, plan: Plan, asked: set[tuple[str, str]]) -> Instance:
    """Book what a plan books, but for what is waited for."""

    def is_plain(learner: str, booking: Booking) -> bool:
        return (learner, instance.offering[booking.offering].component) not in asked

    others = [
        replace(path, bookings=tuple(each for each in path.bookings if is_plain(path.learner, each)))
        for path in plan.paths
    ]
    return with_paths(instance, others)


def _with_guests(instance: Instance) -> Instance:
    """Let people who are not in the programme book what is open to all: no order, no window, no requirement binds them."""
    waiting = {row.learner for row in instance.waitlist}
    guests = {each.id for each in instance.learners if each.enrolled is None and each.id in waiting}
    if not guests:
        return instance
    name = GUESTS
    while name in instance.editions:
        name += "-"
    own = instance.editions[instance.edition]
    others = (edition for key, edition in sorted(instance.editions.items()) if key != instance.edition)
    editions = {**instance.editions, name: _open_edition(name, (own, *others))}
    return replace(
        instance, editions=editions, learners=tuple(_guest(instance, each, guests, name) for each in instance.learners)
    )


def _guest(instance: Instance, learner: Learner, guests: set[str], edition: str) -> Learner:
    if learner.id not in guests:
        return learner
    return replace(learner, edition=edition, enrolled=instance.as_of, guest=True)


def _open_edition(name: str, editions: Iterable[Edition]) -> Edition:
    """Return an edition that has every component, and demands nothing."""
    components: dict[str, Component] = {}
    for edition in editions:
        for component in edition.components:
            components.setdefault(component.code, replace(component, requires=()))
    return Edition(id=name, title="Guests", components=tuple(components.values()))
