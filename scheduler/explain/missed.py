"""What if a step of a plan is missed: the day of graduation then, and what takes its place."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from models.changes.passing import missed
from models.changes.people import freed
from models.programme.instance import Instance
from models.programme.plan import Booking, Path
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.explain.places import places_of
from scheduler.meaning import Meaning, of_rows
from scheduler.solve.alone import Alone, solve_alone
from scheduler.solve.answers import answer_alone
from scheduler.solve.paths import aside
from scheduler.solve.result import LearnerAnswer

Count = Callable[[int, int], None]
"""Hears how many of how many are done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """One step, and how the learner graduates without it; `graduation` None = there is no path then.

    `instead` = what the path takes that it did not before, in order of time; `dropped` = what it no longer takes;
    `given_up` = those of `dropped` that were booked: without giving them up there is no path.
    """

    booking: Booking
    start: date
    end: date
    component: str
    graduation: date | None
    lost: int | None
    instead: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    given_up: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Misses:
    """A learner's answer as things are, and a row for each dated step to come; `complete` = no step is left out.

    `together` = the answer is a part of the plan of all learners, whose places the others keep whatever is missed.
    `planned` = no better plan is possible.
    """

    instance: Instance
    answer: LearnerAnswer
    rows: tuple[Missed, ...]
    complete: bool
    together: bool = False
    planned: bool = True

    @property
    def meaning(self) -> Meaning:
        """What the answer comes to."""
        return of_rows(complete=self.complete, rows=len(self.rows), blocked=self.answer.status == "blocked")


def misses(
    instance: Instance,
    learner: str,
    *,
    together: bool = True,
    settings: Settings | None = None,
    budget: Budget | None = None,
    tell: Count | None = None,
) -> Misses:
    """Let each dated step of a learner's path be missed in turn, and plan anew on that day.

    What was done or booked until then stays; what the path plans for later may change. Where all are planned `together` the
    others keep their places; otherwise they have only what they have booked. Nobody is asked to give up a place.
    """
    settings, budget = settings or Settings(), budget or Budget()
    answer, proved, met = _as_things_are(instance, learner, together, settings, budget)
    path = answer.path if answer.status == "graduates" else None
    steps = list(_steps(instance, path)) if path and (proved or together) else []
    rows: list[Missed] = []
    for step in steps:
        row = _missed(met, answer, step, settings, budget)
        if row is None:
            break
        rows.append(row)
        if tell:
            tell(len(rows), len(steps))
    complete = proved and len(rows) == len(steps)
    return Misses(
        instance=instance,
        answer=answer,
        rows=tuple(rows),
        complete=complete,
        together=together,
        planned=proved or not together,
    )


def _as_things_are(
    instance: Instance, learner: str, together: bool, settings: Settings, budget: Budget
) -> tuple[LearnerAnswer, bool, Instance]:
    """Return a learner's answer, whether it is proved, and the instance in which steps are missed."""
    if not together or aside(instance, learner) is not None:
        return *answer_alone(instance, learner, settings=settings, budget=budget), instance
    places = places_of(instance, settings=settings, budget=budget)
    answer = places.of[learner]
    return answer, places.is_proved or (answer.alone is None and answer.status == "blocked"), places.met_by(learner)


def _steps(instance: Instance, path: Path) -> Iterator[Booking]:
    """Yield the bookings of a path that are not over, in order of time."""
    coming = [booking for booking in path.bookings if instance.offering[booking.offering].end >= instance.as_of]
    return iter(sorted(coming, key=lambda each: (instance.offering[each.offering].start, each.offering)))


def _missed(
    instance: Instance, answer: LearnerAnswer, step: Booking, settings: Settings, budget: Budget
) -> Missed | None:
    """Return what happens without one step; None where time ran out before it was known."""
    path = answer.path or Path(learner=answer.learner)
    later = missed(path, step.offering)(instance)
    found = solve_alone(later, answer.learner, settings=settings, budget=budget)
    stands = later.initial_state[answer.learner]
    if found.kind == "infeasible" and (
        stands.bookings or stands.tasks
    ):  # one that depends on the missed step is in the way
        found = solve_alone(freed(later), answer.learner, settings=settings, budget=budget)
    if found.kind not in {"optimal", "infeasible"}:
        return None
    return _row(instance, later, answer, step, found)


def _row(instance: Instance, later: Instance, answer: LearnerAnswer, step: Booking, found: Alone) -> Missed:
    run = instance.offering[step.offering]
    before = answer.path.offerings if answer.path else frozenset()
    after = found.path.offerings if found.path else before
    held = {booking.offering for booking in later.initial_state[answer.learner].bookings}
    standing = held | {done.offering for done in later.initial_state[answer.learner].done}
    dropped = before - after - standing - {run.id} | (held - after)
    known = found.graduation if found.path else None
    return Missed(
        booking=step,
        start=run.start,
        end=run.end,
        component=run.component,
        graduation=known,
        lost=(known - answer.graduation).days if known and answer.graduation else None,
        instead=_by_day(instance, after - before - standing),
        dropped=_by_day(instance, dropped),
        given_up=_by_day(instance, held - after),
    )


def _by_day(instance: Instance, offerings: frozenset[str] | set[str]) -> tuple[str, ...]:
    return tuple(sorted(offerings, key=lambda name: (instance.offering[name].start, name)))
