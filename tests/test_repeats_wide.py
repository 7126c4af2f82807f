"""Repeats under the format's newer rules, two or three at once: brute force seats people in every way there is."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from random import Random

import pytest

from models.programme.instance import Instance
from models.programme.people import Candidate, Waiting
from models.programme.plan import Booking, Path, Plan, TaskStart
from scheduler.repeats.answering import solve_repeats
from scheduler.repeats.posing import pose
from scheduler.repeats.question import Proposal, RepeatsQuestion
from tests.builders import at, day
from tests.oracle_wide import World
from tests.oracle_wide_counts import last_day
from tests.oracle_wide_laws import broken
from tests.oracle_wide_paths import crowded
from tests.wide_draws import wide

OF_GRADUATION = {"requirements", "last", "window", "tasks", "apart_from", "in_force"}
"""What is asked of whoever graduates, and not of whoever gets a seat: that a seat lies in the window is looked at by itself."""

NUMBERS = (2, 3, 4, 5, 6, 8, 33)


FOUND = (52, 75, 88, 152, 203, 248, 335, 2923, 3816, 4514, 4643, 4767, 6453, 8611)
"""Seeds of which an answer was wrong, or broke a rule, when this was first asked; 16 and 30 too."""


def waiting(seed: int) -> Instance:
    """Return the instance of a seed under some newer rules, with a waitlist and dates for what is waited for."""
    chance = Random(f"waiting {seed}")  # noqa: S311 - made-up instances are no secret
    instance = wide(seed, together=True)
    codes = [each.code for each in instance.editions[instance.edition].components if each.kind != "task"]
    rows = [
        Waiting(learner=who.id, component=code, priority=chance.choice((None, 1, 2)))
        for who in instance.learners
        for code in chance.sample(codes, chance.choice((1, 1, 2)))
    ]
    wanted = sorted({row.component for row in rows})
    dates = {
        (code, number): Candidate(
            component=code, start=at(number, chance.choice(("09:00", "12:00"))), minutes=60, seats=chance.choice((1, 2))
        )
        for code in wanted
        for number in chance.sample(NUMBERS, chance.choice((1, 2)))
    }
    grouped = chance.random() < 0.25
    return replace(
        instance,
        waitlist=tuple(
            sorted(
                (replace(row, group="g" if grouped else None) for row in rows),
                key=lambda row: (row.learner, row.component),
            )
        ),
        candidates=tuple(sorted(dates.values(), key=lambda each: (each.start, each.component))),
        learners=tuple(
            replace(who, free=False, releases=(), enrolled=who.enrolled or day(-30)) for who in instance.learners
        ),
    )


def standing(instance: Instance, learner: str, new: tuple[str, ...] = ()) -> Path:
    """Return what a learner has booked and begun, and seats beside it."""
    stood = World(instance=instance, path=Path(learner=learner)).standing.values()
    held = [Booking(offering=each.key, role=each.role) for each in stood if each.run is not None]
    tasks = tuple(TaskStart(component=each.code, day=each.first) for each in stood if each.run is None)
    seats = sorted([*held, *(Booking(offering=key) for key in new)], key=lambda each: each.offering)
    return Path(learner=learner, bookings=tuple(seats), tasks=tasks)


def with_dates(instance: Instance) -> tuple[Instance, frozenset[str]]:
    """Return the instance in which every date is held, and the names of what is held so."""
    added = pose(instance, RepeatsQuestion()).dates.candidates  # as many sessions as the runs that were published have
    runs = tuple(sorted((*instance.offerings, *added), key=lambda run: run.id))
    return replace(instance, offerings=runs), frozenset(run.id for run in added)


def seatings(instance: Instance, rows: Sequence[Waiting]) -> Iterator[dict[Waiting, str]]:
    """Yield every way to seat those who wait: each in a run of what is waited for, or not; groups in one, or not at all."""
    places = [[None, *(run.id for run in instance.offerings if run.component == row.component)] for row in rows]
    for chosen in product(*places):
        groups: dict[tuple[str, str], set[str | None]] = {}
        for row, place in zip(rows, chosen, strict=True):
            if row.group:
                groups.setdefault((row.group, row.component), set()).add(place)
        if all(len(each) == 1 for each in groups.values()):
            yield {row: place for row, place in zip(rows, chosen, strict=True) if place is not None}


class Seating:
    """Judges seats by the laws of the format, read apart from the product."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.run = {run.id: run for run in instance.offerings}
        self.seen: dict[tuple[str, tuple[str, ...]], bool] = {}

    def is_lawful(self, seats: Mapping[Waiting, str]) -> bool:
        """Say whether everybody may sit where they are seated, and all find room."""
        paths = []
        for who in sorted({row.learner for row in seats}):
            new = tuple(sorted(place for row, place in seats.items() if row.learner == who))
            if not self._may(who, new):
                return False
            paths.append(standing(self.instance, who, new))
        return not crowded(self.instance, Plan(paths=tuple(paths))) - {"role_places"}

    def _may(self, who: str, new: tuple[str, ...]) -> bool:
        if (who, new) not in self.seen:
            self.seen[who, new] = self._is_open(who, new)
        return self.seen[who, new]

    def _is_open(self, who: str, new: tuple[str, ...]) -> bool:
        before = standing(self.instance, who)
        if set(new) & before.offerings:
            return False
        ends = last_day(World(instance=self.instance, path=before))
        if ends is not None and any(self.run[key].end > ends for key in new):
            return False
        return not broken(self.instance, standing(self.instance, who, new)) - OF_GRADUATION


def lawful(
    instance: Instance, rows: Sequence[Waiting], question: RepeatsQuestion
) -> Iterator[tuple[list[Waiting], int]]:
    """Yield who is met by each lawful way to seat people within the limits asked for, and on how many dates that are added."""
    held, dates = with_dates(instance)
    judge = Seating(held)
    for seats in seatings(held, rows):
        used = Counter(place for place in seats.values() if place in dates)
        few = question.least_attendance and min(used.values(), default=0) < question.least_attendance and used
        many = question.most_sessions is not None and len(used) > question.most_sessions
        if not few and not many and judge.is_lawful(seats):
            yield list(seats), len(used)


def best(found: Iterable[tuple[list[Waiting], int]], rows: Sequence[Waiting]) -> tuple[tuple[int, ...], int]:
    """Return how many waits of each priority are met at best, the most urgent first, and how few dates it takes."""
    order = priorities(rows)
    worths = [(tuple(sum(row.priority == each for row in met) for each in order), -dates) for met, dates in found]
    met, dates = max(worths)
    return met, -dates


def curve_faults(proposal: Proposal, found: Sequence[tuple[list[Waiting], int]]) -> list[str]:
    """Return the points of the curve that say more, or less, than what can be met with so many dates."""
    wrong = []
    for point in proposal.curve:
        most = max(len(met) for met, dates in found if dates <= point.sessions)
        if not point.covered <= most <= point.bound:
            wrong.append(f"{point}, and {most} is right")
    return wrong


def priorities(rows: Iterable[Waiting]) -> list[int | None]:
    """Return the priorities of waits, the most urgent first; none stated comes last."""
    return sorted({row.priority for row in rows}, key=lambda each: (each is None, each or 0))


def told(proposal: Proposal) -> tuple[tuple[int, ...], int]:
    """Return the same of a proposal."""
    rows = [each.row for each in proposal.problem.waits]
    met = [rows[place].priority for place in proposal.cover.seats]
    return tuple(met.count(each) for each in priorities(rows)), len(proposal.plan.held)


def limits(seed: int) -> RepeatsQuestion:
    """Return the limits asked for in the question of a seed: mostly none."""
    if seed in FOUND:
        return RepeatsQuestion()
    chance = Random(f"limits {seed}")  # noqa: S311 - made-up limits are no secret
    most, least = chance.choice((None, None, None, 1, 2)), chance.choice((None, None, None, 1, 2))
    return RepeatsQuestion(most_sessions=most, least_attendance=least)


def stands(instance: Instance) -> bool:
    """Say whether nobody who waits breaks a rule by what is booked already: it would be judged by what is new alone."""
    waiting_ones = {row.learner for row in instance.waitlist}
    return not any(broken(instance, standing(instance, who)) - OF_GRADUATION for who in waiting_ones)


def seated_alike(seeds: Iterable[int]) -> Counter[str]:
    """Assert that each proposal meets as many waits as brute force does, on as few dates; return how they fared."""
    seen: Counter[str] = Counter()
    for seed in seeds:
        instance = waiting(seed)
        if not stands(instance):
            seen["left out"] += 1
            continue
        asked = limits(seed)
        proposal = solve_repeats(instance, asked)
        assert proposal.status == "optimal", seed
        rows = [each.row for each in proposal.problem.waits]
        found = list(lawful(instance, rows, asked))
        assert told(proposal) == best(found, rows), seed
        assert curve_faults(proposal, found) == [], seed
        seen["met" if proposal.cover.seats else "none met"] += 1
        seen["not all met"] += 0 < len(proposal.cover.seats) < len(rows)
        seen["dates added"] += bool(proposal.plan.held)
    return seen


def test_waits_under_newer_rules_are_met_as_brute_force_meets_them() -> None:
    assert seated_alike((*range(40), *FOUND))["met"] > 10


@pytest.mark.slow
def test_thousands_of_waitlists_under_newer_rules_are_met_as_brute_force_meets_them() -> None:
    seen = seated_alike(range(1_000, 3_000))
    assert min(seen["met"], seen["not all met"], seen["none met"], seen["dates added"]) > 100, seen
