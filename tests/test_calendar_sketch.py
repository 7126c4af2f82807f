"""What a calendar is about worth by its sketch, beside its exact worth; and what is drafted by sketches."""

import random

import pytest

from scheduler.calendar.choices import Choice
from scheduler.calendar.demand import demands_of
from scheduler.calendar.drafting import Drafting
from scheduler.calendar.planner import Planner
from scheduler.calendar.question import CalendarQuestion
from scheduler.calendar.season import season_of
from scheduler.calendar.sharing import carried_over
from scheduler.calendar.sketch import Sketching
from scheduler.engines.budget import Budget
from scheduler.files.folder import load
from tests.command import INSTANCES
from tests.test_calendar_proved import drawn


def planner_of(seed: int) -> Planner:
    return Planner(season_of(drawn(seed)), CalendarQuestion(), Budget(200))


def sketching_of(planner: Planner) -> Sketching:
    demands = demands_of(planner.season, Budget(), planner.valuer.graduating)
    return Sketching(planner.season, demands.classes, len(demands.stuck))


def some_calendar(planner: Planner, seed: int) -> list[Choice]:
    chance = random.Random(seed)  # noqa: S311 - reproducible examples
    held: list[Choice] = []
    for choice in chance.sample(planner.starts.choices, min(len(planner.starts.choices), 6)):
        planner.starts.add(held, choice)
    return held


def test_the_sketch_of_a_tiny_year_is_nearly_always_its_worth() -> None:
    same, seeds = 0, range(120)
    for seed in seeds:
        planner = planner_of(seed)
        sketching = sketching_of(planner)
        held = some_calendar(planner, seed)
        worth, sketch = planner.valuer.of(held), sketching.of(held)
        same += (worth.not_graduating, worth.days) == (sketch.not_graduating, sketch.days)
    assert same >= 0.9 * len(seeds)


@pytest.mark.parametrize("seed", range(12))
def test_a_draft_keeps_limits_and_can_be_staffed_and_is_no_worse_by_its_sketch(seed: int) -> None:
    planner = planner_of(seed)
    if not planner.starts.choices:
        return
    sketching = sketching_of(planner)
    drafting = Drafting(sketching, planner.starts, planner.dues)
    first = some_calendar(planner, seed)
    held = drafting.better(first, Budget(), 60)
    assert planner.room.is_within(held)
    assert planner.staff.crews(held) is not None
    assert drafting.score(held) <= drafting.score(first)


def test_drafts_make_much_more_of_a_year_than_the_calendars_made_by_hand() -> None:
    instance = load(INSTANCES / "year-2026").instance
    planner = Planner(season_of(instance), CalendarQuestion(), Budget(200))
    by_hand = planner.starts.largest_gaps()
    planner.valuer.of(by_hand)
    drafting = Drafting(sketching_of(planner), planner.starts, planner.dues)
    drafted = drafting.better(by_hand, Budget(), 600)
    assert drafting.score(drafted) < drafting.score(by_hand)
    worth = planner.valuer.of(drafted)
    assert worth.key < planner.valuer.of(by_hand).key


@pytest.mark.parametrize("seed", range(30))
def test_scarce_places_that_a_sketch_shares_out_make_a_lawful_plan_that_is_no_better_than_the_best(seed: int) -> None:
    planner = planner_of(seed)
    sketching = sketching_of(planner)
    held = some_calendar(planner, seed)
    placing = sketching.placing(held)
    best = planner_of(seed).valuer.of(held)
    found = planner.valuer.placed(held, placing)
    assert (found.not_graduating, found.days) >= (best.not_graduating, best.days)
    assert carried_over(planner.season.with_added(found.held), found.answers) is not None
    if found.proved:
        assert found.key == best.key


def test_a_sketch_from_a_calendar_that_is_near_is_the_sketch_of_the_whole() -> None:
    same = tried = 0
    for seed in range(40):
        planner = planner_of(seed)
        sketching = sketching_of(planner)
        held = some_calendar(planner, seed)
        for gone in held:
            rest = [each for each in held if each is not gone]
            near, whole = sketching.of(rest, sketching.of(held)), sketching.of(rest)
            tried += 1
            same += (near.not_graduating, near.days) == (whole.not_graduating, whole.days)
            back, again = sketching.of(held, near), sketching.of(held)
            same += (back.not_graduating, back.days) == (again.not_graduating, again.days)
    assert same >= 0.95 * 2 * tried
