"""Years in which seats are short, divided by how many runs are added: no bound is above what brute force finds."""

from dataclasses import replace
from functools import partial

import pytest

from models.programme.instance import Instance
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
from tests.calendar_oracle import Value, best
from tests.calendar_wide_years import wide


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
    return planner.valuer.is_short


@pytest.mark.parametrize("block", range(4))
def test_no_bound_of_a_tiny_year_is_above_brute_force(block: int) -> None:
    found = [assert_below(wide(seed)) for seed in range(60 * block, 60 * block + 60)]
    assert any(divided for divided, _ in found)
    assert any(made for _, made in found)


@pytest.mark.slow
def test_a_year_that_is_short_of_seats_is_planned_no_better_than_it_can_be() -> None:
    few = [replace(wide(seed), arrivals=()) for seed in range(120)]
    assert sum(assert_planned(instance) for instance in few) >= 3
