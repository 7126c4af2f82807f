"""What more or fewer seats are worth: the best plan for all learners together, for each number of seats."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from models.changes.calendar import with_calendar
from models.changes.change import Change
from models.programme.instance import Instance
from models.programme.offering import Offering
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.explain.effects import Effect, effect
from scheduler.meaning import Meaning, of_rows
from scheduler.solve.answers import Answers, answers_alone, answers_jointly

Count = Callable[[int, int], None]
"""Hears how many of how many are done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatsWorth:
    """What it changes if offerings have so many seats; `missing` = who does not graduate then, `days` = to graduation."""

    seats: int
    missing: tuple[str, ...]
    days: int
    effect: Effect


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatsCurve:
    """A row for each number of seats; `offerings` = those whose seats change; `complete` = no row is left out."""

    instance: Instance
    answers: Answers
    offerings: tuple[str, ...]
    rows: tuple[SeatsWorth, ...]
    complete: bool

    @property
    def meaning(self) -> Meaning:
        """What the answer comes to."""
        return of_rows(complete=self.complete, rows=len(self.rows))


def seats_curve(
    instance: Instance,
    seats: Sequence[int],
    components: Collection[str] = (),
    *,
    settings: Settings | None = None,
    budget: Budget | None = None,
    tell: Count | None = None,
) -> SeatsCurve:
    """Plan all learners together for each number of seats in the coming offerings of some components (none named = all)."""
    settings, budget = settings or Settings(), budget or Budget()
    now = _answers(instance, settings, budget)
    rows: list[SeatsWorth] = []
    for number in seats:
        new = _answers(with_seats_each(number, components)(instance), settings, budget) if not budget.is_over else now
        if budget.is_over:
            break
        rows.append(_row(instance, number, now, new))
        if tell:
            tell(len(rows), len(seats))
    changed = tuple(run.id for run in instance.offerings if _changes(instance, run, components))
    return SeatsCurve(
        instance=instance,
        answers=now,
        offerings=changed,
        rows=tuple(rows),
        complete=len(rows) == len(seats) and now.proved,
    )


def with_seats_each(seats: int, components: Collection[str] = ()) -> Change:
    """Give each coming offering so many seats, never fewer than are held; where no seats are stated, none are limited."""

    def change(instance: Instance) -> Instance:
        return with_calendar(
            instance,
            [
                replace(run, seats=max(seats, run.taken + instance.seats_standing.get(run.id, 0)))
                if _changes(instance, run, components)
                else run
                for run in instance.offerings
            ],
        )

    return change


def _changes(instance: Instance, run: Offering, components: Collection[str]) -> bool:
    named = not components or run.component in components
    return named and run.seats is not None and run.start > instance.as_of and run.status != "cancelled"


def _answers(instance: Instance, settings: Settings, budget: Budget) -> Answers:
    alone = answers_alone(instance, instance.learner, settings=settings, budget=budget)
    return answers_jointly(instance, alone, settings=settings, budget=budget)


def _row(instance: Instance, seats: int, now: Answers, new: Answers) -> SeatsWorth:
    answers = [each for each in new.of.values() if each.status not in {"not-enrolled", "graduated"}]
    return SeatsWorth(
        seats=seats,
        missing=tuple(each.learner for each in answers if each.graduation is None),
        days=sum((each.graduation - instance.as_of).days for each in answers if each.graduation),
        effect=effect(now, new),
    )
