"""Small changes of an instance, each a function Instance -> Instance: what an explanation or a what-if takes away."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from models.programme.edition import Edition
from models.programme.instance import Instance
from models.programme.people import Learner, Record

Change = Callable[[Instance], Instance]


def exempted(learner: str, code: str) -> Change:
    """Take a component, in all its roles, as done by a learner."""

    def change(instance: Instance) -> Instance:
        component = instance.edition_of(learner).component[code]
        roles = [None, *(role for role, _ in component.roles)]
        rows = tuple(
            Record(learner=learner, component=code, status="exempt", role=role, note="supposed") for role in roles
        )
        others = instance.records if component.repeatable else _not_of(instance.records, learner, code)
        return replace(instance, records=others + rows)

    return change


def _not_of(records: tuple[Record, ...], learner: str, code: str) -> tuple[Record, ...]:
    return tuple(record for record in records if record.learner != learner or record.component != code)


def with_edition(learner: str, alter: Callable[[Edition], Edition]) -> Change:
    """Alter the edition of a learner (and of all who share it); what stays as it is, is the same instance."""

    def change(instance: Instance) -> Instance:
        edition = instance.editions[instance.learner[learner].edition]
        altered = alter(edition)
        if altered is edition:
            return instance
        return replace(instance, editions={**instance.editions, edition.id: altered})

    return change


def with_learner(learner: str, alter: Callable[[Learner], Learner]) -> Change:
    """Alter one learner."""

    def change(instance: Instance) -> Instance:
        learners = tuple(alter(each) if each.id == learner else each for each in instance.learners)
        return replace(instance, learners=learners)

    return change


def only_learner(instance: Instance, learner: str) -> Instance:
    """Return the instance with one learner alone: what the others have booked becomes taken seats."""
    return only_learners(instance, [learner])


def only_learners(instance: Instance, learners: Sequence[str]) -> Instance:
    """Return the instance with some of its learners: what the others have booked becomes taken seats."""
    if instance.learner.keys() <= set(learners):
        return instance
    bookings = [booking for learner in learners for booking in instance.initial_state[learner].bookings]
    mine = Counter(booking.offering for booking in bookings)
    roles = Counter((booking.offering, booking.role) for booking in bookings)
    offerings = tuple(
        replace(
            offering,
            taken=offering.taken + instance.seats_standing.get(offering.id, 0) - mine[offering.id],
            roles=tuple(
                (role, places - _others(instance, offering.id, role, roles)) for role, places in offering.roles
            ),
        )
        for offering in instance.offerings
    )
    return replace(
        instance,
        learners=tuple(each for each in instance.learners if each.id in learners),
        records=tuple(record for record in instance.records if record.learner in learners),
        unavailable=tuple(row for row in instance.unavailable if row.who in learners or row.who in instance.trainer),
        offerings=offerings,
    )


def _others(instance: Instance, offering: str, role: str, mine: Counter[tuple[str, str | None]]) -> int:
    """Count the places in a role that stand for other learners."""
    return instance.roles_standing.get((offering, role), 0) - mine[offering, role]
