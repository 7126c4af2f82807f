"""Which offerings matter most: for each, the learner-days and the graduations that are lost if it is cancelled."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from models.changes.calendar import cancelled
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
class Critical:
    """One offering: whose paths use it, and what changes for everybody without it."""

    offering: Offering
    users: tuple[str, ...]
    effect: Effect


@dataclass(frozen=True, slots=True, kw_only=True)
class Criticality:
    """Every offering that can be cancelled, the most critical first; `complete` = none is left out for want of time."""

    instance: Instance
    together: bool
    answers: Answers
    rows: tuple[Critical, ...]
    complete: bool

    @property
    def meaning(self) -> Meaning:
        """What the answer comes to."""
        return of_rows(complete=self.complete, rows=len(self.rows))


def criticality(
    instance: Instance,
    learners: Sequence[str] = (),
    *,
    together: bool = True,
    settings: Settings | None = None,
    budget: Budget | None = None,
    tell: Count | None = None,
) -> Criticality:
    """Cancel each offering in turn, for some learners (none named = all), each alone or all of them together."""
    settings, budget = settings or Settings(), budget or Budget()
    alone = answers_alone(instance, learners or instance.learner, settings=settings, budget=budget)
    answers = answers_jointly(instance, alone, settings=settings, budget=budget) if together else alone
    runs = list(usable_ahead(instance))
    rows: list[Critical] = []
    for number, run in enumerate(runs):
        if budget.is_over:
            break
        row = _without(instance, run, alone, answers, together, settings, budget)
        if budget.is_over and not row.effect.proved:
            break
        rows.append(row)
        if tell:
            tell(number + 1, len(runs))
    ranked = sorted(rows, key=lambda row: (row.effect.worth, row.offering.start, row.offering.id))
    return Criticality(
        instance=instance,
        together=together,
        answers=answers,
        rows=tuple(ranked),
        complete=len(rows) == len(runs) and answers.proved,
    )


def usable_ahead(instance: Instance) -> Iterator[Offering]:
    """Yield the offerings that are not over and may be in use: published, tentative where those count, or booked already."""
    usable = {"published", "tentative"} if instance.tentative else {"published"}
    booked = instance.seats_standing
    return (
        run
        for run in instance.offerings
        if run.end >= instance.as_of and (run.status in usable or (run.status == "tentative" and booked.get(run.id)))
    )


def _without(
    instance: Instance,
    run: Offering,
    alone: Answers,
    answers: Answers,
    together: bool,
    settings: Settings,
    budget: Budget,
) -> Critical:
    """Cancel one offering; whoever does not use it keeps the own best day, because a cancellation opens no new path.

    But it does where seats are shared: those that it took of them are free.
    """
    users = users_of(answers, run.id)
    changed = cancelled(run.id)(instance)
    shares = run.seat_group is not None
    affected = tuple(alone.of) if shares else users_of(alone, run.id)
    again = answers_alone(changed, affected, settings=settings, budget=budget)
    new = Answers(of={**alone.of, **again.of}, proved=alone.proved and again.proved)
    if together:
        # A joint plan that nobody's path leaves stays lawful, and no plan is new, so it stays the best.
        new = answers_jointly(changed, new, settings=settings, budget=budget) if users or shares else answers
    return Critical(offering=run, users=users, effect=effect(answers, new))


def users_of(answers: Answers, offering: str) -> tuple[str, ...]:
    """Return whose path holds an offering, kept bookings included."""
    return tuple(learner for learner, each in answers.of.items() if each.path and offering in each.path.offerings)
