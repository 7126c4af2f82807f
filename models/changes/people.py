"""Changes of people, each a function Instance -> Instance: what a what-if tries and a repair proposes."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from models.changes.calendar import TakenNameError, UnknownNameError
from models.changes.change import Change, with_learner
from models.programme.instance import Instance
from models.programme.people import Learner, Record, Release, Unavailable


def learner_named(instance: Instance, learner: str) -> Learner:
    """Return a learner of the instance; raise UnknownNameError."""
    if learner not in instance.learner:
        raise UnknownNameError("learner", learner, tuple(instance.learner))
    return instance.learner[learner]


def altered(learner: str, alter: Callable[[Learner], Learner]) -> Change:
    """Alter one learner; raise UnknownNameError where there is none of that name."""

    def change(instance: Instance) -> Instance:
        learner_named(instance, learner)
        return with_learner(learner, alter)(instance)

    return change


def with_deadline(learner: str, day: date | None) -> Change:
    """Give a learner an own last day; None = the window of the edition again."""
    return altered(learner, lambda each: replace(each, deadline=day))


def in_edition(learner: str, edition: str) -> Change:
    """Put a learner under another edition of the instance."""

    def change(instance: Instance) -> Instance:
        if edition not in instance.editions:
            raise UnknownNameError("edition", edition, tuple(instance.editions))
        return altered(learner, lambda each: replace(each, edition=edition))(instance)

    return change


def joined(learners: Iterable[Learner], records: Iterable[Record] = ()) -> Change:
    """Let learners join, with what is recorded of them."""
    new, rows = tuple(learners), tuple(records)

    def change(instance: Instance) -> Instance:
        for each in new:
            if each.id in instance.learner:
                raise TakenNameError(f"there is a learner {each.id} already")
        everyone = sorted([*instance.learners, *new], key=lambda each: each.id)
        return replace(instance, learners=tuple(everyone), records=(*instance.records, *rows))

    return change


def released(learner: str, offering: str, *, instead: bool) -> Change:
    """Let a learner give up a standing booking; with `instead`, only for another one of the component."""
    release = Release(offering=offering, instead=instead)
    return with_learner(learner, lambda each: replace(each, releases=tuple(sorted({*each.releases, release}))))


def freed(instance: Instance, *, free: bool = True) -> Instance:
    """Let everybody give up what stands, or nobody (but for what is released by name)."""
    return replace(instance, learners=tuple(replace(each, free=free) for each in instance.learners))


def left(learner: str) -> Change:
    """Let a learner leave: the seats become free."""

    def change(instance: Instance) -> Instance:
        learner_named(instance, learner)
        return replace(
            instance,
            learners=tuple(each for each in instance.learners if each.id != learner),
            records=tuple(row for row in instance.records if row.learner != learner),
            unavailable=tuple(row for row in instance.unavailable if row.who != learner),
            waitlist=tuple(row for row in instance.waitlist if row.learner != learner),
        )

    return change


def unavailable(row: Unavailable) -> Change:
    """Let a learner or trainer be away in one more stretch of time."""

    def change(instance: Instance) -> Instance:
        if row.who not in instance.learner and row.who not in instance.trainer:
            raise UnknownNameError("learner or trainer", row.who, (*instance.learner, *instance.trainer))
        rows = sorted([*instance.unavailable, row], key=lambda each: (each.who, each.span.start, each.span.end))
        return replace(instance, unavailable=tuple(rows))

    return change


def available(row: Unavailable) -> Change:
    """Let a learner or trainer be there after all in a stretch that the instance states."""
    return lambda instance: replace(instance, unavailable=tuple(each for each in instance.unavailable if each != row))


def trainer_lost(trainer: str) -> Change:
    """Remove a trainer: offerings that nobody else teaches are cancelled, those that others teach too are held."""

    def change(instance: Instance) -> Instance:
        if trainer not in instance.trainer:
            raise UnknownNameError("trainer", trainer, tuple(instance.trainer))
        offerings = tuple(
            each
            if trainer not in each.trainers or each.end < instance.as_of
            else replace(each, trainers=rest, status=each.status if rest else "cancelled")
            for each in instance.offerings
            for rest in [tuple(name for name in each.trainers if name != trainer)]
        )
        candidates = tuple(
            replace(each, trainers=tuple(name for name in each.trainers if name != trainer))
            for each in instance.candidates
            if each.trainers != (trainer,)
        )
        return replace(
            instance,
            trainers=tuple(each for each in instance.trainers if each.id != trainer),
            unavailable=tuple(row for row in instance.unavailable if row.who != trainer),
            offerings=offerings,
            candidates=candidates,
        )

    return change
