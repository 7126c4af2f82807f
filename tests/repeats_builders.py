"""Small questions about repeats in readable one-liners, on the days of `tests.builders`."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from models.programme.instance import Instance
from models.programme.offering import Offering, Session
from models.programme.people import Candidate, Learner, Trainer, Waiting
from scheduler.repeats.answering import solve_repeats
from scheduler.repeats.question import Proposal, RepeatsQuestion
from scheduler.show.repeats import show_repeats
from scheduler.show.screen import Screen
from tests import builders
from tests.builders import NEW_YORK, at, day, edition, learner


def workshop(code: str, *requires: str | tuple[str, ...], seats: int | None = 25) -> Any:  # noqa: ANN401 - a component
    """Return a Mini-workshop."""
    return builders.component(code, "workshop", *requires, seats=seats)


def waits(who: str, code: str, since: int | None = None, priority: int | None = None) -> Waiting:
    """Return a wait; `since` so many days ago."""
    return Waiting(learner=who, component=code, since=None if since is None else day(-since), priority=priority)


def teaches(name: str, *codes: str, week: int | None = None, a_day: int | None = None, zone: str = NEW_YORK) -> Trainer:
    """Return a trainer."""
    return Trainer(id=name, zone=zone, teaches=codes, max_sessions_per_week=week, max_sessions_per_day=a_day)


def on(
    code: str, number: int, clock: str = "12:00", seats: int | None = None, trainers: tuple[str, ...] = ()
) -> Candidate:
    """Return a row of candidates.csv, an hour long."""
    return Candidate(component=code, start=at(number, clock), minutes=60, seats=seats, trainers=trainers)


def guest(name: str, **fields: Any) -> Learner:  # noqa: ANN401 - any field of the noun
    """Return somebody who is not in the programme."""
    return learner(name, **({"enrolled": None} | fields))


def question(
    components: Sequence[Any],
    people: Iterable[Learner],
    waitlist: Iterable[Waiting],
    candidates: Iterable[Candidate],
    offerings: Iterable[Offering] = (),
    **fields: Any,  # noqa: ANN401 - any field of the instance
) -> Instance:
    """Return an instance with a waitlist."""
    return builders.instance(
        edition(*components),
        offerings,
        sorted(people, key=lambda each: each.id),
        waitlist=tuple(sorted(waitlist, key=lambda row: (row.learner, row.component))),
        candidates=tuple(sorted(candidates, key=lambda each: (each.start, each.component))),
        **fields,
    )


def crowd(count: int, code: str = "A", **fields: Any) -> tuple[list[Learner], list[Waiting]]:  # noqa: ANN401
    """Return so many guests who wait for the same."""
    people = [guest(f"p{number:03d}", **fields) for number in range(count)]
    return people, [waits(each.id, code) for each in people]


def asked(instance: Instance, **limits: Any) -> Proposal:  # noqa: ANN401 - the question's fields
    """Return the proposal for an instance."""
    return solve_repeats(instance, RepeatsQuestion(**limits))


def held(proposal: Proposal) -> list[str]:
    """Return the ids of what is added."""
    return [each.offering for each in proposal.plan.held]


def seats(proposal: Proposal) -> dict[tuple[str, str], str]:
    """Return the offering of each wait that is met."""
    problem = proposal.problem
    return {
        (problem.waits[wait].row.learner, problem.waits[wait].row.component): problem.options[k].offering.id
        for wait, k in proposal.cover.seats.items()
    }


def left(proposal: Proposal) -> int:
    """Return how many waits are not met."""
    return len(proposal.problem.waits) - len(proposal.cover.seats)


def candidate(name: str, number: int, clock: str = "12:00", *, minutes: int = 60, **fields: Any) -> Offering:  # noqa: ANN401
    """Return a candidate as an offering, for the scope of rules."""
    return builders.meets(name, Session(start=at(number, clock), minutes=minutes), **fields)


def scope(
    components: Sequence[Any],
    people: Sequence[Learner],
    rows: Sequence[Waiting],
    runs: Sequence[Offering],
    open_ones: Sequence[str],
    **fields: Any,  # noqa: ANN401 - any field of the instance
) -> Instance:
    """Return an instance whose `open_ones` are candidates."""
    added = [replace(run, status="candidate") if run.id in open_ones else run for run in runs]
    return question(components, people, rows, (), added, **fields)


def shown(proposal: Proposal, **options: bool) -> str:
    """Return the screen of a proposal."""
    screen = Screen.plain()
    show_repeats(screen, proposal, **options)
    return screen.text


def reason(proposal: Proposal) -> str:
    """Return the only reason."""
    sentences = {each.sentence for each in proposal.reasons}
    assert len(sentences) == 1, sentences
    return sentences.pop()
