"""Tiny years, planned by `scheduler calendar` and by brute force over every set of additions: the same value, goal by goal."""

import random
from dataclasses import replace
from datetime import date

import pytest

from models.programme.edition import Promise
from models.programme.instance import Instance
from models.programme.people import Closure, Trainer
from models.programme.year import Arrival, Pattern, Year
from scheduler.calendar.answering import plan_year
from scheduler.calendar.question import GOALS, CalendarQuestion
from scheduler.engines.budget import Budget
from tests import builders
from tests.builders import NEW_YORK, away, component, course, day, edition, learner, meets, requirement, session
from tests.calendar_oracle import best
from tests.repeats_builders import workshop


def drawn(seed: int) -> Instance:
    """Return a tiny year: two or three components, five to eight weeks, one to three learners, and what gets in the way."""
    chance = random.Random(seed)  # noqa: S311 - reproducible examples
    first, weeks = day(6), 5
    codes = ["A", "W", "Q"][: chance.choice((2, 3))]
    kinds = {
        "A": course("A", seats=chance.choice((1, 2, None))),
        "W": workshop("W", *(("A",) if chance.random() < 0.3 else ())),
        "Q": component("Q", "event", repeatable=True, roles=(("talk", 1),)),
    }
    wanted = [requirement(1, code) for code in codes if code != "Q"]
    if "Q" in codes:
        wanted += [
            requirement(chance.choice((1, 2)), "Q"),
            *([requirement(1, "Q", role="talk")] * (chance.random() < 0.5)),
        ]
    promises = (Promise(of=("W",), count=chance.choice((1, 2)), per="calendar-year"),) * (chance.random() < 0.4)
    rows = [_pattern(chance, code) for code in codes]
    trainers = [
        Trainer(
            id=name,
            zone=NEW_YORK,
            teaches=chance.choice((("A", "W", "Q"), ("A", "Q"), ("W",))),
            max_sessions_per_week=chance.choice((None, 1, 2)),
            max_courses=chance.choice((None, 1)),
        )
        for name in ("T", "U")[: chance.choice((0, 1, 2))]
    ]
    standing = [meets("W9", session(9), seats=1)] if chance.random() < 0.3 else []
    found = builders.instance(
        edition(*(kinds[code] for code in codes), requirements=wanted, supply=promises),
        standing,
        [
            learner(name, enrolled=day(chance.choice((-20, 0))))
            for name in ("ada", "ben", "cyd")[: chance.choice((1, 2) if "Q" in codes else (1, 2, 3))]
        ],
        trainers=tuple(trainers),
        unavailable=(away("T", 8, 20),) if trainers and chance.random() < 0.5 else (),
        closures=(Closure(start=day(13), end=day(20)),) if chance.random() < 0.4 else (),
        patterns=tuple(rows),
        arrivals=(Arrival(month=date(2025, 4, 1), learners=1, edition="e", zone=NEW_YORK),)
        if chance.random() < 0.3
        else (),
        year=Year(
            first=first,
            last=day(6 + 7 * weeks - 1),
            most=chance.choice(
                ((("course", 1), ("workshop", 1), ("event", 2)), (("course", 1), ("W", 2), ("event", 1)))
            ),
            notice_days=chance.choice((0, 12)),
            repeats="Q" not in codes and chance.random() < 0.7,
        ),
    )
    return replace(found, arrivals=tuple(replace(row, edition=found.edition or "") for row in found.arrivals))


def _pattern(chance: random.Random, code: str) -> Pattern:
    return Pattern(
        component=code,
        weeks=chance.choice((1, 2)) if code == "A" else 1,
        weekdays=(chance.choice((1, 3)),),
        starts=(720,),
        minutes=90,
        gap_days=chance.choice((None, 7, 14)),
        trainers=chance.choice((None, 1, 2)) if code == "W" else None,
    )


def assert_best(seed: int) -> None:
    """Assert that the year of a seed is planned, and proved, as well as any calendar."""
    instance = drawn(seed)
    answer = plan_year(instance, CalendarQuestion(), budget=Budget(60))
    wanted = best(instance)
    assert tuple(answer.values[name] for name in GOALS[:5]) == wanted, seed
    assert answer.status == "optimal", (seed, dict(answer.bounds))


@pytest.mark.parametrize("seed", [*range(12), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(12, 25))])
def test_a_tiny_year_is_planned_as_well_as_by_brute_force(seed: int) -> None:
    assert_best(seed)


@pytest.mark.slow
@pytest.mark.parametrize("block", range(4))
def test_hundreds_of_tiny_years_are_planned_as_well_as_by_brute_force(block: int) -> None:
    for seed in range(1000 + 40 * block, 1040 + 40 * block):
        assert_best(seed)


def assert_best_where_nobody_loses(seed: int) -> int:
    """Assert that a year in which everybody keeps the told day is planned as well as any such calendar; return who had one."""
    instance = drawn(seed)
    if "Q" in instance.editions[instance.edition or ""].component:
        return 0
    there = (meets("A9", session(30), seats=1), meets("W9", session(32), seats=1))
    instance = replace(instance, offerings=there)
    answer = plan_year(instance, CalendarQuestion(keep=True), budget=Budget(60))
    told = {row.learner: row.before for row in answer.ledger if row.before is not None}
    assert all(row.after is not None and row.after <= row.before for row in answer.ledger if row.before), seed
    bound = tuple(replace(each, deadline=told.get(each.id, each.deadline)) for each in instance.learners)
    wanted = best(replace(instance, learners=bound))
    assert wanted is not None
    found = tuple(answer.values[name] for name in GOALS[:5])
    assert found >= wanted, seed
    if wanted[1] == 0:  # else one who was told a day may have given it up for another
        assert found == wanted, seed
        assert answer.status == "optimal", (seed, dict(answer.bounds))
    return len(told)


@pytest.mark.parametrize("block", [0, *(pytest.param(each, marks=pytest.mark.slow) for each in range(1, 5))])
def test_a_tiny_year_in_which_nobody_loses_is_planned_as_well_as_by_brute_force(block: int) -> None:
    assert sum(map(assert_best_where_nobody_loses, range(3000 + 20 * block, 3020 + 20 * block))) > 0


def assert_bounded(seed: int) -> None:
    """Assert that a calendar that is searched for is lawful and no better than the best, and its bounds are no higher."""
    instance = drawn(seed)
    answer = plan_year(instance, CalendarQuestion(), budget=Budget(3))
    wanted = best(instance)
    assert wanted is not None
    found = tuple(answer.values[name] for name in GOALS[:5])
    assert found >= wanted, seed
    for place, name in enumerate(GOALS[:4]):
        bound = answer.bounds.get(name)
        if bound is not None and found[:place] == wanted[:place]:
            assert bound <= wanted[place], (seed, name)
    if answer.status == "optimal":
        assert found == wanted, seed


@pytest.mark.parametrize(
    "seed", [*range(104, 110), *(pytest.param(seed, marks=pytest.mark.slow) for seed in (*range(100, 104), 110, 111))]
)
def test_what_is_searched_for_in_a_large_year_is_never_better_than_brute_force_nor_its_bound_higher(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.calendar.exact.SMALL", 0)
    assert_bounded(seed)


@pytest.mark.slow
@pytest.mark.parametrize("block", range(2))
def test_the_search_and_the_bounds_of_large_years_are_right_on_many_tiny_ones(
    block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.calendar.exact.SMALL", 0)
    for seed in range(2000 + 20 * block, 2020 + 20 * block):
        assert_bounded(seed)
