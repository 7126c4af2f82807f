"""The bound of a year that needs no program is never above what brute force finds, and is of use on a real one."""

from pathlib import Path

import pytest

from models.programme.year import Pattern, Year
from scheduler.calendar.bounds import Bounding
from scheduler.calendar.demand import demands_of
from scheduler.calendar.plain_bound import PlainBound
from scheduler.calendar.room import Room
from scheduler.calendar.season import season_of
from scheduler.calendar.worth import Valuer
from scheduler.engines.budget import Budget
from scheduler.files.folder import load
from scheduler.generate import YearAsked, generate_year, write
from tests import builders
from tests.builders import component, day, edition, learner, meets, record, requirement, session
from tests.calendar_oracle import best
from tests.test_calendar_proved import drawn


def assert_below(seed: int) -> None:
    """Assert that the bound of a seed's year is no higher than the days of its best calendar, and holds if fewer graduate."""
    instance = drawn(seed)
    season = season_of(instance)
    demands = demands_of(season, Budget())
    bound = PlainBound(season, demands, Room(season))
    found = best(instance)
    assert found is not None
    _, out, days, _, _ = found
    graduating = len(season.learners) - out
    assert bound.days(graduating) <= days, seed
    assert sorted(bound.days(count) for count in range(graduating + 1)) == [
        bound.days(count) for count in range(graduating + 1)
    ]


@pytest.mark.parametrize("seed", range(20))
def test_the_plain_bound_of_a_tiny_year_is_not_above_brute_force(seed: int) -> None:
    assert_below(seed)


@pytest.mark.slow
@pytest.mark.parametrize("block", range(4))
def test_the_plain_bound_of_hundreds_of_tiny_years_is_not_above_brute_force(block: int) -> None:
    for seed in range(3000 + 50 * block, 3050 + 50 * block):
        assert_below(seed)


def test_gaps_and_places_say_more_than_what_everybody_could_do_alone(tmp_path: Path) -> None:
    write(generate_year(YearAsked(year=2026, learners=3, seed=1)), tmp_path / "year")
    season = season_of(load(tmp_path / "year").instance)
    demands = demands_of(season, Budget())
    today = season.instance.as_of.toordinal()
    alone = sum(len(each.learners) * (each.earliest - today) for each in demands.classes)
    bound = PlainBound(season, demands, Room(season)).days(len(season.learners) - len(demands.stuck))
    assert bound > alone


def test_who_is_booked_for_a_seat_alone_has_no_place_in_a_role_that_is_full() -> None:
    rules = edition(
        component("Q", "event", repeatable=True, roles=(("talk", 1),)),
        requirements=[requirement(1, "Q"), requirement(1, "Q", role="talk")],
    )
    pattern = Pattern(component="Q", weeks=1, weekdays=(3,), starts=(720,), minutes=90, gap_days=None, trainers=None)
    instance = builders.instance(
        rules,
        [meets("Q3", session(3), roles=(("talk", 1),))],
        [learner("ada"), learner("ben"), learner("cyd")],
        [record("ada", "booked", "Q3", role="talk"), record("ben", "booked", "Q3")],
        patterns=(pattern,),
        year=Year(first=day(6), last=day(40), most=(("event", 2),), notice_days=0),
    )
    season = season_of(instance)
    demands = demands_of(season, Budget())
    (_, _, days, _, _) = best(instance) or (0, 0, 0, 0, 0)
    assert PlainBound(season, demands, Room(season)).days(3) == days
    bounding = Bounding(season, (), Room(season))
    known = Valuer(season, (), Budget()).of(season.choices[:2])
    bounding.wholly(demands, known, Budget())
    assert bounding.bounds.of["graduation"] == days == known.days
