"""The changes that a study file may name: one small function each, whose parameters are the keys of its mapping."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from models.changes.calendar import (
    added,
    cancelled,
    more_seats,
    moved,
    moved_to,
    published,
    with_places,
    with_seats,
)
from models.changes.change import Change
from models.changes.editions import (
    under,
    waived,
    with_absences,
    with_count,
    with_gate,
    with_window,
    without_prerequisites,
)
from models.changes.people import in_edition, joined, left, trainer_lost, unavailable, with_deadline
from models.programme.instance import Instance
from models.programme.people import Learner, Unavailable
from models.programme.time import whole_days
from scheduler.files.cells import Day, Id

Kind = Literal["offering", "learner", "trainer", "who", "edition", "component", "requirement", "new"]


@dataclass(frozen=True, slots=True)
class Names:
    """Marks a parameter that names something of the instance; `new` = a name that nothing has yet."""

    kind: Kind


OfferingId = Annotated[Id, Names("offering")]
LearnerId = Annotated[Id, Names("learner")]
TrainerId = Annotated[Id, Names("trainer")]
PersonId = Annotated[Id, Names("who")]
EditionId = Annotated[Id, Names("edition")]
Code = Annotated[Id, Names("component")]
RequirementId = Annotated[Id, Names("requirement")]
NewId = Annotated[Id, Names("new")]
Shift = Annotated[int, Field(ge=-3660, le=3660)]
Many = Annotated[int, Field(ge=0, le=1_000_000)]
Years = Annotated[int, Field(ge=1, le=50)]
Times = Annotated[int, Field(ge=1, le=1_000)]
Heads = Annotated[int, Field(ge=1, le=10_000)]


class MisuseError(ValueError):
    """Keys of a change that do not go together; the words say what is needed."""


def cancel(offering: OfferingId) -> Change:
    """Cancel an offering."""
    return cancelled(offering)


def publish(offering: OfferingId) -> Change:
    """Announce a tentative offering."""
    return published(offering)


def move(offering: OfferingId, *, days: Shift | None = None, to: Day | None = None) -> Change:
    """Move an offering by some days, or so that it starts on a day."""
    if (days is None) == (to is None):
        raise MisuseError("a move says either `days` or `to`")
    return moved_to(offering, to) if to is not None else moved(offering, days or 0)


def add(offering: NewId, *, like: OfferingId, start: Day) -> Change:
    """Add an offering like another one, on a date."""
    return added(offering, like, start)


def seats(offering: OfferingId, *, to: Many | None = None, by: Shift | None = None) -> Change:
    """Give an offering so many seats in all, or so many more (or fewer)."""
    if (to is None) == (by is None):
        raise MisuseError("seats say either `to` or `by`")
    return with_seats(offering, to) if to is not None else more_seats(offering, by or 0)


def places(offering: OfferingId, *, role: Id, to: Many) -> Change:
    """Give an offering so many places in a role."""
    return with_places(offering, role, to)


def edition(name: EditionId, *, learner: LearnerId | None = None) -> Change:
    """Put all learners, or one, under another edition."""
    return under(name) if learner is None else in_edition(learner, name)


def window(years: Years | None, *, edition: EditionId | None = None) -> Change:
    """Give the time limit so many years; null = no limit."""
    return with_window(years, edition)


def gate(kind: Literal["first-session", "registration"], *, edition: EditionId | None = None) -> Change:
    """Ask that prerequisites end before the first session, or before registration closes."""
    return with_gate(kind, edition)


def waive(requirement: RequirementId, *, edition: EditionId | None = None) -> Change:
    """Ask no longer for a requirement."""
    return waived(requirement, edition)


def require(requirement: RequirementId, *, count: Times, edition: EditionId | None = None) -> Change:
    """Ask for so many of a requirement."""
    return with_count(requirement, count, edition)


def absences(component: Code, *, to: Many, edition: EditionId | None = None) -> Change:
    """Let so many sessions of a component be missed."""
    return with_absences(component, to, edition)


def open_to_all(component: Code, *, edition: EditionId | None = None) -> Change:
    """Ask for nothing before a component."""
    return without_prerequisites(component, edition)


def deadline(learner: LearnerId, *, to: Day | None = None) -> Change:
    """Give a learner an own last day; none = the window of the edition again."""
    return with_deadline(learner, to)


def join(prefix: NewId, *, count: Heads, start: Day, every_days: Many = 0, edition: EditionId | None = None) -> Change:
    """Let learners join, one every so many days from a day on; they are called PREFIX1, PREFIX2 and so on."""
    first: date = start

    def change(instance: Instance) -> Instance:
        width = len(str(count))
        stream = [
            Learner(
                id=f"{prefix}{number + 1:0{width}}",
                edition=edition or instance.edition,
                enrolled=first + timedelta(days=every_days * number),
                zone=instance.zone,
                note="supposed",
            )
            for number in range(count)
        ]
        return joined(stream)(instance)

    return change


def leave(learner: LearnerId) -> Change:
    """Let a learner leave."""
    return left(learner)


def away(who: PersonId, *, start: Day, end: Day) -> Change:
    """Let a learner or trainer be away from a day to a day, both included."""
    if end < start:
        raise MisuseError("`end` lies before `start`")

    def change(instance: Instance) -> Instance:
        person = instance.learner.get(who) or instance.trainer.get(who)
        zone = person.zone if person else instance.zone
        row = Unavailable(who=who, span=whole_days(start, end, zone), words=f"{start} to {end}", note="supposed")
        return unavailable(row)(instance)

    return change


def lose_trainer(trainer: TrainerId) -> Change:
    """Lose a trainer, and what nobody else teaches."""
    return trainer_lost(trainer)


CHANGES: dict[str, Callable[..., Change]] = {
    "cancel": cancel,
    "publish": publish,
    "move": move,
    "add": add,
    "seats": seats,
    "places": places,
    "edition": edition,
    "window": window,
    "gate": gate,
    "waive": waive,
    "require": require,
    "absences": absences,
    "open_to_all": open_to_all,
    "deadline": deadline,
    "join": join,
    "leave": leave,
    "away": away,
    "lose_trainer": lose_trainer,
}
"""Every change by the name that a study file gives it."""
