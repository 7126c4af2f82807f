"""What of an instance one learner's best path depends on, as a short key: equal keys, equal answers.

It is the learner's own row, records, spans and edition, what the records name, and of every component that is still open to the
learner the offerings that start after the planning day, each with whether a seat and a place in a role is free, not how many;
of seats that several share, how many are left.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models.programme.edition import Edition
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.rules.seat_group import seat_groups_of, shared_seats, taken_of

MOST_FORMS = 50_000
"""Forms of offerings that are kept in mind; beyond, everything is forgotten, so that memory stays flat."""


@dataclass(frozen=True, slots=True)
class Sight:
    """One learner's key: what is the learner's own, and the numbers of the offerings by component."""

    own: tuple[Any, ...]
    components: tuple[int, ...]


@dataclass(slots=True)
class Scene:
    """One instance as its learners see it: the numbers of the offerings to come, by component."""

    instance: Instance
    form: dict[str, int] = field(default_factory=dict)
    component: dict[str, int] = field(default_factory=dict)
    world: tuple[Any, ...] = ()


class Sights:
    """Numbers what has been seen, so that keys are short; `base` = the instance of which others are changes."""

    def __init__(self, base: Instance) -> None:
        """Look at the instance that most offerings will be taken from."""
        self.base = base
        self.forms: dict[tuple[Any, ...], int] = {}
        self.shapes: list[tuple[Any, ...]] = []
        self.groups: dict[tuple[int, ...], int] = {}
        self.listed: list[tuple[int, ...]] = []
        self.owns: dict[tuple[Any, ...], int] = {}
        self.codes: dict[int, tuple[str, ...]] = {}
        self.named: dict[int, tuple[str, ...]] = {}
        self.editions: list[Edition] = []
        self.cuts: dict[tuple[int, date], int] = {}
        self.parts: dict[tuple[int, ...], int] = {}
        self.plain = {id(run): _form(run) for run in base.offerings}

    @property
    def is_full(self) -> bool:
        """Say whether so much has been seen that it is time to forget."""
        return max(len(self.forms), len(self.owns), len(self.groups)) > MOST_FORMS

    def scene(self, instance: Instance) -> Scene:
        """Look at an instance: number its offerings, and those to come of each component."""
        scene = Scene(instance, world=(instance.as_of, instance.tentative, instance.zone))
        seats, roles = instance.seats_standing, instance.roles_standing
        coming: dict[str, list[int]] = {}
        stocks = _stocks(instance)
        for run in instance.offerings:
            plain = self.plain.get(id(run)) or _form(run)
            plain = (*plain, stocks[run.id]) if run.id in stocks else plain
            has_seat = run.seats is None or run.seats - run.taken - seats.get(run.id, 0) > 0
            free = tuple(places > roles.get((run.id, role), 0) for role, places in run.roles)
            number = self._number((plain, has_seat, free))
            scene.form[run.id] = number
            if run.status != "cancelled" and run.start > instance.as_of:
                coming.setdefault(run.component, []).append(number)
        for code, numbers in coming.items():
            group = tuple(numbers)
            if group not in self.groups:
                self.groups[group] = len(self.listed)
                self.listed.append(group)
            scene.component[code] = self.groups[group]
        return scene

    def sight(self, scene: Scene, learner: str) -> Sight:
        """Return the key of a learner in a scene."""
        own = self._own(scene.instance, learner)
        named = tuple(scene.form.get(name, -1) for name in self.named[own])
        return Sight((*scene.world, own, named), tuple(scene.component.get(code, -1) for code in self.codes[own]))

    def runs(self, sight: Sight) -> frozenset[int]:
        """Return the numbers of all offerings to come that a learner sees."""
        return frozenset(number for group in sight.components if group >= 0 for number in self.listed[group])

    def up_to(self, sight: Sight, day: date) -> tuple[int, ...]:
        """Return a key of all that a learner sees that ends by a day."""
        return tuple([-1 if group < 0 else self._cut(group, day) for group in sight.components])

    def _cut(self, group: int, day: date) -> int:
        """Give a number to those of a component's offerings that end by a day."""
        if (group, day) not in self.cuts:
            part = tuple(number for number in self.listed[group] if self.offering(number)[3] <= day)
            self.cuts[group, day] = self.parts.setdefault(part, len(self.parts))
        return self.cuts[group, day]

    def better(self, gone: frozenset[int], new: frozenset[int]) -> list[int]:
        """Return those of the new offerings that can be booked and were not there before with as many free places."""
        before = {self.shapes[number][0]: self.shapes[number] for number in gone}
        found = []
        for number in new:
            plain, has_seat, free = self.shapes[number]
            same = before.get(plain)
            worse = same is not None and same[1] and all(old >= now for old, now in zip(same[2], free, strict=True))
            if has_seat and not worse:
                found.append(number)
        return found

    def offering(self, number: int) -> tuple[Any, ...]:
        """Return the plain form of a numbered offering: id, component, start, end and the rest."""
        plain: tuple[Any, ...] = self.shapes[number][0]
        return plain

    def _number(self, form: tuple[Any, ...]) -> int:
        if form not in self.forms:
            self.forms[form] = len(self.shapes)
            self.shapes.append(form)
        return self.forms[form]

    def _own(self, instance: Instance, learner: str) -> int:
        """Give a number to what is a learner's own: the row, what is recorded, the spans and the edition."""
        row, edition = instance.learner[learner], instance.edition_of(learner)
        records = instance.records_of.get(learner, ())
        own = (row, records, instance.unavailable_of.get(learner, ()), self._edition(edition))
        if own not in self.owns:
            number = self.owns[own] = len(self.owns)
            done = {each.component for each in records if each.status in {"completed", "exempt"}}
            self.codes[number] = tuple(
                code for code, each in edition.component.items() if edition.may_recur(code) or code not in done
            )
            self.named[number] = tuple(sorted({each.offering for each in records if each.offering}))
        return self.owns[own]

    def _edition(self, edition: Edition) -> int:
        for number, known in enumerate(self.editions):
            if known is edition or known == edition:
                return number
        self.editions.append(edition)
        return len(self.editions) - 1


def _stocks(instance: Instance) -> dict[str, tuple[str, int | None]]:
    """Return for each offering that shares its seats the group, and how many of the shared seats are left."""
    found: dict[str, tuple[str, int | None]] = {}
    for name, runs in seat_groups_of(instance).items():
        seats = shared_seats(runs)
        left = None if seats is None else seats - taken_of(instance, runs)
        found |= {run.id: (name, left) for run in runs}
    return found


def _form(run: Offering) -> tuple[Any, ...]:
    """Return what of an offering a path can depend on, its seats and places aside."""
    return (
        run.id,
        run.component,
        run.start,
        run.end,
        run.status,
        run.registration_closes,
        run.weekly_minutes,
        run.zone,
        tuple(role for role, _ in run.roles),
        run.sessions,
    )
