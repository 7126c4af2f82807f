"""Years in which seats are short, divided by how many runs are added: no bound is above what brute force finds."""

import random
from dataclasses import replace
from functools import partial

import pytest

from models.programme.instance import Instance
from models.programme.year import Pattern, Year
from scheduler.calendar.core import Core, core_of
from scheduler.calendar.demand import demands_of
from scheduler.calendar.plain_bound import PlainBound
from scheduler.calendar.planner import Planner
from scheduler.calendar.promises import dues_of
from scheduler.calendar.question import CalendarQuestion
from scheduler.calendar.room import Room
from scheduler.calendar.season import season_of
from scheduler.calendar.totals import ByTotals
from scheduler.calendar.year_program import YearProgram
from scheduler.engines.budget import Budget
from tests import builders
from tests.builders import course, day, edition, learner, meets, requirement, session
from tests.calendar_oracle import Value, best
from tests.calendar_wide_years import wide
from tests.repeats_builders import workshop

SLOW = pytest.mark.slow


def _program(core: Core, found: Value, room: Room) -> YearProgram:
    """Return the program of the calendars that leave out no more, and break no more promises, than the best."""
    instance = core.season.instance
    return core.program_of(len(core.season.learners) - found[1], found[0], dues_of(instance), room)


def assert_below(instance: Instance) -> tuple[bool, int]:
    """Assert that no bound is above the best days; return whether parts were divided, and how many calendars were made."""
    season = season_of(instance)
    room = Room(season)
    demands = demands_of(season, Budget())
    found = best(instance)
    if found is None or not (season.choices and demands.classes):
        return False, 0
    demands = PlainBound(season, demands, room).sharpened(demands)
    whole = Core(season, demands, frozenset(each.code for each in season.choices))
    made, is_divided = 0, False
    for core in (whole, core_of(season, demands)):
        if core is None:
            continue
        parts = ByTotals(core, partial(_program, core, found, room), Budget())
        for held in parts.go(lambda: 10**9):
            assert room.is_within(held)
            made += bool(held)
        assert parts.bound <= found[2]
        is_divided = is_divided or parts.number > 0
    return is_divided, made


def assert_planned(instance: Instance) -> bool:
    """Assert that what is searched as a large year is bounded by no more than the best, and no better; say if seats are short."""
    season = season_of(instance)
    found = best(instance)
    planner = Planner(season, CalendarQuestion(), Budget(20))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(planner, "_exactly", lambda _: None)
        answer = planner.plan()
    if found is None:
        return False
    assert tuple(answer.best.first_goals.values()) >= found[:3]
    bounds = [answer.bounds.get(name, 0) for name in ("broken-promises", "not-graduating", "graduation")]
    for place, (bound, value) in enumerate(zip(bounds, found[:3], strict=True)):
        assert bound <= value or tuple(answer.best.first_goals.values())[:place] != found[:place]
    return planner.valuer.together


@pytest.mark.parametrize("block", range(4))
def test_no_bound_of_a_tiny_year_is_above_brute_force(block: int) -> None:
    found = [assert_below(wide(seed)) for seed in range(60 * block, 60 * block + 60)]
    assert any(divided for divided, _ in found)
    assert any(made for _, made in found)


@SLOW
def test_a_year_that_is_short_of_seats_is_planned_no_better_than_it_can_be() -> None:
    few = [replace(wide(seed), arrivals=()) for seed in range(120)]
    assert sum(assert_planned(instance) for instance in few) >= 3


def one_will_do(seed: int) -> Instance:
    """Return a tiny year in which one of two will do, of which one waits for what everybody needs; seats are few."""
    chance = random.Random(seed)  # noqa: S311 - reproducible examples
    rules = edition(
        course("A", seats=chance.choice((1, 1, 2))),
        workshop("B", "A", seats=chance.choice((1, 2))),
        workshop("W", seats=chance.choice((1, 1, 2))),
        requirements=[requirement(1, "A"), requirement(1, "B", "W")],
    )
    patterns = [
        Pattern(
            component=code,
            weeks=1,
            weekdays=(chance.choice((0, 1, 2, 3)),),
            starts=(720,),
            minutes=90,
            gap_days=None,
            trainers=None,
        )
        for code in "ABW"
    ]
    standing = [meets("W9", session(chance.choice((7, 14))), seats=1)] if chance.random() < 0.4 else []
    standing += [meets("A9", session(chance.choice((6, 13))), seats=1)] if chance.random() < 0.4 else []
    limits = chance.choice(((("A", 2), ("B", 1), ("W", 1)), (("A", 2), ("workshop", 2)), (("A", 1), ("workshop", 2))))
    return builders.instance(
        rules,
        standing,
        [learner(name) for name in ("ada", "ben", "cyd")[: chance.choice((2, 3, 3))]],
        patterns=tuple(patterns),
        year=Year(first=day(6), last=day(6 + 7 * 3 - 1), most=limits, notice_days=0, repeats=chance.random() < 0.5),
    )


@pytest.mark.parametrize(
    "seeds", [range(8), *(pytest.param(range(8 + 40 * n, 48 + 40 * n), marks=SLOW) for n in (0, 1, 2))]
)
def test_who_has_graduated_leaves_what_comes_first_to_others(seeds: range) -> None:
    for seed in seeds:
        assert_below(one_will_do(seed))
