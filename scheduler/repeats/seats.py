"""The proposal read as sessions with people in them: what is added, what was free already, and at which local hours."""

from collections import Counter
from dataclasses import dataclass

from models.programme.offering import Offering
from models.programme.time import local, week_of
from scheduler.repeats.problem import Option
from scheduler.repeats.question import Proposal


@dataclass(frozen=True, slots=True, kw_only=True)
class Seated:
    """One offering of the proposal: its trainer (None = none stated), who is newly seated, and its free seats before."""

    option: Option
    trainers: tuple[str, ...]
    learners: tuple[str, ...]

    @property
    def taught_by(self) -> tuple[str, ...]:
        """Who teaches it: of an added session whom the proposal says, of a published one whom it states."""
        return self.trainers if self.option.added else self.run.trainers

    @property
    def run(self) -> Offering:
        """The offering."""
        return self.option.offering


def seated(proposal: Proposal, *, added: bool) -> list[Seated]:
    """Return the added sessions, or the published offerings whose free seats are used, by start."""
    problem, cover = proposal.problem, proposal.cover
    people: dict[int, list[str]] = {k: [] for k in cover.held} if added else {}
    for wait, k in cover.seats.items():
        if problem.options[k].added == added:
            people.setdefault(k, []).append(problem.waits[wait].row.learner)
    found = [
        Seated(option=problem.options[k], trainers=cover.trainers_of(k), learners=tuple(sorted(names)))
        for k, names in people.items()
    ]
    return sorted(found, key=lambda each: (each.option.day, each.run.opens or 0, each.run.id))


def divided(proposal: Proposal) -> int:
    """Return how many sessions plain division would suggest: the waits of each component by its seats, rounded up."""
    total = 0
    for code in sorted({wait.row.component for wait in proposal.problem.waits}):
        waits = sum(wait.row.component == code for wait in proposal.problem.waits)
        seats = [
            option.seats for option in proposal.problem.options if option.added and option.offering.component == code
        ]
        total += -(-waits // max(seats)) if seats else 0
    return total


@dataclass(frozen=True, slots=True, kw_only=True)
class TeachingLoad:
    """What one trainer teaches: sessions added, and the busiest week, own sessions included; `limit` None = none stated."""

    trainer: str
    added: int
    busiest: int
    limit: int | None


def loads(proposal: Proposal) -> list[TeachingLoad]:
    """Return the load of each trainer who could have taught something."""
    problem = proposal.problem
    found = []
    for name, calendar in sorted(problem.calendars.items()):
        mine = [problem.options[k].offering for k in proposal.cover.held if name in proposal.cover.trainers_of(k)]
        starts = [span.start for span, _ in calendar.taught] + [s.start for run in mine for s in run.sessions]
        days = [local(start, calendar.trainer.zone).date() for start in starts]
        weeks = Counter(week_of(day) for day in days if day > proposal.instance.as_of)
        added = sum(len(run.sessions) for run in mine)
        busiest = max(weeks.values(), default=0)
        limit = calendar.trainer.max_sessions_per_week
        found.append(TeachingLoad(trainer=name, added=added, busiest=busiest, limit=limit))
    return found
