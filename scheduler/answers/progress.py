"""Progress sheets: what each learner has done and booked, what is missing, and the last chances to start it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from models.programme.edition import Requirement
from models.programme.instance import Instance
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.explain.doubtful import booked_for, doubtful
from scheduler.explain.places import places_of
from scheduler.explain.sheets import BOOKED, Missing, missing_of
from scheduler.meaning import Meaning, of_rows
from scheduler.solve.answers import answer_alone
from scheduler.solve.result import LearnerAnswer

Count = Callable[[int, int], None]
"""Hears how many of how many are done."""

State = Literal["done", "booked", "missing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementLine:
    """One requirement of a learner: how many are done and booked, and the last day on which `what` can still be started."""

    learner: str
    requirement: Requirement
    state: State
    done: int
    booked: int = 0
    start_by: date | None = None
    what: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One learner's lines, in the edition's order, and the earliest day of graduation.

    `doubtful` = standing bookings that are not going to count, with the reason.
    """

    answer: LearnerAnswer
    lines: tuple[RequirementLine, ...]
    doubtful: Mapping[str, str] = field(default_factory=dict)

    def count(self, state: State) -> int:
        """Return how many requirements are in a state."""
        return sum(line.state == state for line in self.lines)

    @property
    def next_chance(self) -> RequirementLine | None:
        """The line that must be started first; None where nothing has a last day, or there is no path to lose."""
        dated = [line for line in self.lines if line.start_by] if self.answer.status == "graduates" else []
        return min(dated, key=lambda line: (line.start_by, line.what), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """The progress of some learners who are in the programme; `complete` = nobody is left out for want of time.

    `together` = all are planned together, and the places that others have in that plan count as taken.
    `planned` = no better plan of all is possible.
    """

    instance: Instance
    rows: tuple[Progress, ...]
    complete: bool
    together: bool = False
    planned: bool = True

    @property
    def meaning(self) -> Meaning:
        """What the answer comes to."""
        return of_rows(
            complete=self.complete,
            rows=len(self.rows),
            blocked=any(row.answer.status == "blocked" for row in self.rows),
        )

    def last_chances(self, days: int) -> tuple[RequirementLine, ...]:
        """Return what must be started within so many days of the planning day, or graduation in time is lost; by day."""
        last = self.instance.as_of + timedelta(days=days)
        found = [line for row in self.rows if row.answer.status == "graduates" for line in row.lines]
        due = [(line.start_by, line) for line in found if line.start_by and line.start_by <= last]
        return tuple(line for _, line in sorted(due, key=lambda each: (each[0], each[1].learner, each[1].what)))


def progress_of(
    instance: Instance,
    learners: Sequence[str] = (),
    *,
    together: bool = True,
    settings: Settings | None = None,
    budget: Budget | None = None,
    tell: Count | None = None,
) -> Sheets:
    """Return the progress of some learners (none named = all) in the plan of all, or each as if nobody else took another seat.

    The last day of a thing is the last one with a path to graduation in time: where all are planned `together`, with the places
    that the plan gives to others taken.
    """
    settings, budget = settings or Settings(), budget or Budget()
    chosen = [name for name in sorted(set(learners or instance.learner)) if instance.learner[name].enrolled]
    places = places_of(instance, settings=settings, budget=budget) if together and chosen else None
    rows: list[Progress] = []
    for learner in chosen:
        if places is None:
            answer, proved = answer_alone(instance, learner, settings=settings, budget=budget)
            met = instance
        else:
            answer, proved, met = places.of[learner], places.is_known(learner), places.met_by(learner)
        lines = tuple(_lines(met, answer, settings, budget)) if proved else ()
        if budget.is_over:
            break
        rows.append(Progress(answer=answer, lines=lines, doubtful=doubtful(instance, learner, answer.path)))
        if tell:
            tell(len(rows), len(chosen))
    planned = places is None or places.is_proved
    complete = planned and len(rows) == len(chosen)
    return Sheets(instance=instance, rows=tuple(rows), complete=complete, together=together, planned=planned)


def _lines(instance: Instance, answer: LearnerAnswer, settings: Settings, budget: Budget) -> Iterator[RequirementLine]:
    requirements = instance.edition_of(answer.learner).requirements
    settled = answer.status == "graduated"
    missing = () if settled else missing_of(instance, answer, settings=settings, budget=budget)
    found = {each.requirement.id: each for each in missing}
    return (_line(instance, answer.learner, requirement, found.get(requirement.id)) for requirement in requirements)


def _line(instance: Instance, learner: str, requirement: Requirement, missing: Missing | None) -> RequirementLine:
    if missing is None:
        return RequirementLine(learner=learner, requirement=requirement, state="done", done=requirement.count)
    booked = missing.what == BOOKED
    return RequirementLine(
        learner=learner,
        requirement=requirement,
        state="booked" if booked else "missing",
        done=missing.done,
        booked=max(missing.booked, booked_for(instance, learner, requirement)),
        start_by=missing.start_by,
        what="" if booked else missing.what,
    )
