"""Tiny years that are held already: what a change costs at least, and what the calendar is worth, equal to brute force."""

import itertools
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest

from models.changes.change import Change
from models.programme.instance import Instance
from models.programme.offering import Offering
from scheduler.calendar.answering import plan_year
from scheduler.calendar.choices import Choice
from scheduler.calendar.planner import Planner
from scheduler.calendar.question import CalendarAnswer, CalendarQuestion
from scheduler.calendar.regret import movable
from scheduler.calendar.season import season_of
from scheduler.engines.budget import Budget
from scheduler.studies.study import step
from tests import calendar_oracle
from tests.test_calendar_proved import drawn

MOST = 3
"""So many runs are published at most."""


def held(seed: int, *, alone: bool = False) -> tuple[Instance, tuple[Offering, ...]]:
    """Return a tiny year with a lawful calendar that chance has published in it, `alone` or beside what stood, and its runs."""
    instance = replace(drawn(seed), offerings=()) if alone else drawn(seed)
    instance = replace(instance, patterns=tuple(replace(row, trainers=None) for row in instance.patterns))
    planner = Planner(season_of(instance), CalendarQuestion(), Budget(30))
    choices = list(planner.starts.choices)
    random.Random(seed).shuffle(choices)  # noqa: S311 - reproducible examples
    taken: list[Choice] = []
    for choice in choices:
        if len(taken) < MOST:
            planner.starts.add(taken, choice)
    crews = planner.staff.crews(taken) or {}
    runs = tuple(
        replace(run, trainers=crews.get(run.id, ()), status="published") for run in (each.offering for each in taken)
    )
    offerings = tuple(sorted([*instance.offerings, *runs], key=lambda run: (run.start, run.end, run.component, run.id)))
    return replace(instance, offerings=offerings), runs


def valued(found: CalendarAnswer) -> tuple[int, ...]:
    return tuple(found.values[name] for name in ("broken-promises", "not-graduating", "graduation", "offerings-added"))


def assert_regret(seed: int) -> None:
    """Assert that the regret of a calendar is what brute force says, and that its first change is the best one."""
    instance, _ = held(seed, alone=True)
    runs = movable(instance)
    found = plan_year(instance, CalendarQuestion(regret=True), budget=Budget(120)).regret
    if not runs:
        assert found is None
        return
    assert found is not None
    rest = replace(instance, offerings=tuple(run for run in instance.offerings if run not in runs))
    components = instance.editions[instance.edition].component
    kinds = Counter(components[run.component].kind for run in runs)
    assert rest.year is not None
    limits = tuple((kind, kinds[kind]) for kind in ("course", "workshop", "event"))
    rest = replace(rest, year=replace(rest.year, most=limits))
    wanted = calendar_oracle.best(rest)
    assert wanted is not None
    best = (found.best.broken, found.best.not_graduating, found.best.graduation, found.best.added)
    assert best >= wanted[:4], seed
    if not instance.trainers:
        assert best == wanted[:4], seed
    assert found.least is None or found.least <= wanted[2]
    worths = [
        (each.broken, each.not_graduating, each.graduation, each.added)
        for each in (found.standing, *(s.after for s in found.steps))
    ]
    assert worths == sorted(worths, reverse=True), seed
    assert len(set(worths)) == len(worths)
    assert_first_is_best(instance, rest, runs, found.runs, worths)


def assert_first_is_best(
    instance: Instance,
    rest: Instance,
    standing: tuple[Offering, ...],
    best: tuple[Offering, ...],
    worths: Sequence[tuple[int, ...]],
) -> None:
    """Assert that no single change towards the best calendar wins more than the first one that is named."""
    if instance.trainers:
        return
    components = instance.editions[instance.edition].component
    assert rest.year is not None
    names = {run.id for run in best}
    swaps = [
        [*(run for run in standing if run is not gone), come]
        for come in best
        if come.id not in {run.id for run in standing}
        for gone in (None, *(run for run in standing if run.id not in names))
        if gone is None or components[gone.component].kind == components[come.component].kind
    ]
    lawful = [runs for runs in swaps if calendar_oracle.is_within(rest, rest.year, runs)]
    found = (calendar_oracle.value(rest, rest.year, runs) for runs in lawful)
    values = [worths[0], *(value[:4] for value in found if value is not None)]
    first = worths[1] if len(worths) > 1 else worths[0]
    assert min(values) == first


def changes_of(runs: tuple[Offering, ...], seed: int) -> tuple[Change, list[Offering]]:
    """Return something that happens, and which of the runs it concerns."""
    chance = random.Random(seed)  # noqa: S311 - reproducible examples
    run = chance.choice(runs)
    if run.trainers and chance.random() < 0.6:
        (name,) = run.trainers
        return step("away", name, start=run.start, end=run.end).apply, [e for e in runs if name in e.trainers]
    return step("cancel", run.id).apply, []


def assert_least_changed(seed: int) -> None:
    """Assert that as few dates as possible are lost, and that what is added instead is as good as brute force finds."""
    instance, runs = held(seed)
    if not runs:
        return
    change, concerned = changes_of(runs, seed)
    found = plan_year(instance, CalendarQuestion(changes=(change,)), budget=Budget(60))
    after = change(instance)
    lost = [each.was for each in found.shifts if each.was is not None and each.what in {"moved", "cancelled"}]
    assert found.values["changes"] == len(lost) == found.bounds["changes"]
    if concerned:
        assert len(lost) == _least_lost(after, concerned), seed
    else:
        assert len(lost) == 1
    gone = {run.id for run in lost}
    left = found.instance
    assert {(r.id, r.start) for r in instance.offerings if r.id not in gone} <= {
        (r.id, r.start) for r in left.offerings
    }
    assert left.year is not None
    codes = Counter(run.component for run in lost)
    left = replace(
        left,
        patterns=tuple(row for row in left.patterns if row.component in codes),
        year=replace(left.year, most=(*left.year.most, *codes.items())),
    )
    barred = {(run.component, run.start) for run in lost}
    wanted = calendar_oracle.best(left, barred=barred)
    assert wanted is not None
    assert valued(found) == wanted[:4], seed


def _least_lost(after: Instance, concerned: list[Offering]) -> int:
    """Return how many runs lose their date at least: of every set it is tried whether somebody can teach all of it."""
    for size in range(len(concerned), 0, -1):
        for kept in itertools.combinations(concerned, size):
            rest = tuple(run for run in after.offerings if run.id not in {each.id for each in concerned})
            free = [replace(run, trainers=()) for run in kept]
            if calendar_oracle.lightest(replace(after, offerings=rest), free) is not None:
                return len(concerned) - size
    return len(concerned)


@pytest.mark.parametrize("seed", range(5000, 5008))
def test_regret_is_what_brute_force_says(seed: int) -> None:
    assert_regret(seed)


@pytest.mark.parametrize("seed", range(6000, 6008))
def test_as_little_changes_as_brute_force_says(seed: int) -> None:
    assert_least_changed(seed)


@pytest.mark.slow
@pytest.mark.parametrize("block", range(4))
def test_the_regret_of_many_years_is_what_brute_force_says(block: int) -> None:
    for seed in range(5100 + 20 * block, 5120 + 20 * block):
        assert_regret(seed)


@pytest.mark.slow
@pytest.mark.parametrize("block", range(4))
def test_as_little_changes_in_many_years_as_brute_force_says(block: int) -> None:
    for seed in range(6100 + 20 * block, 6120 + 20 * block):
        assert_least_changed(seed)
