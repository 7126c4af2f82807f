"""Years of shapes that the other tests do not draw: what is said of their days is never above what brute force finds."""

import random
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from models.programme.edition import Component, Requirement, Window
from models.programme.instance import Instance
from models.programme.year import Arrival, Pattern, Year
from scheduler.calendar.answering import plan_year
from scheduler.calendar.bounds import Bounding
from scheduler.calendar.core import Core, core_of
from scheduler.calendar.counted import Counted
from scheduler.calendar.demand import demands_of
from scheduler.calendar.one_by_one import OneByOne
from scheduler.calendar.promises import dues_of
from scheduler.calendar.question import GOALS, CalendarQuestion
from scheduler.calendar.rest import Rest
from scheduler.calendar.room import Room
from scheduler.calendar.season import Season, season_of
from scheduler.calendar.sketch import Sketching
from scheduler.calendar.staffing import Staff
from scheduler.calendar.wanted import Demands
from scheduler.calendar.worth import CalendarWorth, Valuer
from scheduler.engines.budget import Budget
from tests import builders
from tests.builders import (
    NEW_YORK,
    away,
    component,
    day,
    edition,
    event,
    learner,
    meets,
    requirement,
    session,
    task,
)
from tests.calendar_oracle import Value, best
from tests.calendar_wide_years import wide
from tests.repeats_builders import workshop


def year_of(
    components: Sequence[Component],
    requirements: Sequence[Requirement],
    patterns: Sequence[Pattern],
    most: tuple[tuple[str, int], ...],
    people: Sequence[str] = ("ada",),
    weeks: int = 3,
) -> Instance:
    """Return a year that begins in six days."""
    return builders.instance(
        edition(*components, requirements=requirements),
        [],
        [learner(name) for name in people],
        patterns=tuple(patterns),
        year=Year(first=day(6), last=day(5 + 7 * weeks), most=most, notice_days=0, repeats=False),
    )


def weekly(code: str, *, weekday: int = 1, starts: tuple[int, ...] = (720,), gap: int | None = None) -> Pattern:
    """Return a pattern of one session."""
    return Pattern(component=code, weeks=1, weekdays=(weekday,), starts=starts, minutes=90, gap_days=gap, trainers=None)


def known_of(season: Season, value: Value) -> CalendarWorth:
    """Return the worth of a calendar that is as good as the best."""
    standing = Valuer(season, dues_of(season.instance), Budget()).standing
    return replace(standing, broken=value[0], not_graduating=value[1], days=value[2])


def said(season: Season, demands: Demands, codes: Collection[str], value: Value, above: int) -> int:
    """Return what is said of all calendars of a season whose core are some components, the best of them being known."""
    core, known = Core(season, demands, frozenset(codes)), known_of(season, value)
    staff = Staff(season.instance, season.choices)
    look = OneByOne(season, demands, core, dues_of(season.instance), Room(season), staff)
    below = 0
    while below < value[2] + above and not look.is_final:
        below = look.below(value[2] + above)
        assert look.begin(below, Budget())
        while look.pairs and not look.is_final:
            look.step(below, known, Budget())
    return look.least


def assert_said(instance: Instance, codes: Collection[str]) -> None:
    """Assert that what is said of a year is what brute force finds."""
    season, found = season_of(instance), best(instance)
    assert found is not None
    demands = demands_of(season, Budget())
    for above in (1, 50):
        assert said(season, demands, codes, found, above) == found[2]


def test_what_is_attended_again_and_again_may_be_held_twice_on_a_day() -> None:
    twice = year_of(
        [event("Q")], [requirement(2, "Q")], [weekly("Q", starts=(600, 900))], (("event", 2),), people=("ada", "ben")
    )
    assert_said(twice, "Q")
    talks = [requirement(1, "Q"), requirement(1, "Q", role="talk")]
    both = year_of([event("Q")], talks, [weekly("Q", starts=(600, 900))], (("event", 2),), people=("ada", "ben"))
    assert_said(both, "Q")


def test_who_holds_more_of_an_event_leaves_less_to_others_of_its_kind() -> None:
    kinds = [event("Q"), event("R"), component("E", "event")]
    for other in "RE":
        needs = [requirement(1, "Q"), requirement(1, other)]
        rows = [weekly("Q", gap=7), weekly(other, weekday=3, gap=7)]
        assert_said(year_of(kinds, needs, rows, (("event", 2),)), "QR")


def test_what_is_above_a_sum_of_days_is_not_told_from_calendars_up_to_it() -> None:
    instance = year_of(
        [workshop("W")],
        [requirement(1, "W")],
        [weekly("W", gap=35)],
        (("workshop", 2),),
        people=("ada", "ben"),
        weeks=6,
    )
    spans = [("ada", 7, 26), ("ada", 28, 50), ("ben", 0, 12), ("ben", 14, 26), ("ben", 28, 40)]
    instance = replace(instance, unavailable=tuple(away(*span) for span in spans))
    season, found = season_of(instance), best(instance)
    assert found is not None
    assert found[2] == 6 + 41
    demands, none = demands_of(season, Budget()), frozenset[str]()
    days = np.array([day(6).toordinal(), day(13).toordinal()], dtype=np.int32)
    rest = Rest(season, demands, (), Room(season), none, none, {})
    for below in range(20, 60):
        bound, _, _, _ = rest.bound(days, (), known_of(season, found), below, Budget())
        assert bound is None or bound <= max(below, 47)


def least_left_out(instance: Instance) -> int:
    season = season_of(instance)
    return Counted(season, Room(season)).least_left_out(demands_of(season, Budget()), Budget())


def test_a_role_that_is_asked_for_twice_takes_one_place() -> None:
    talk = requirement(1, "Q", role="talk")
    needs = [requirement(1, "Q"), talk, replace(talk, id="again")]
    instance = year_of([event("Q")], needs, [weekly("Q")], (("event", 1),))
    assert best(instance) == (0, 0, 6, 1, 0)
    assert least_left_out(instance) == 0
    season = season_of(instance)
    sketch = Sketching(season, demands_of(season, Budget()).classes, 0).of(season.choices[:1])
    assert (sketch.not_graduating, sketch.days) == (0, 6)


def test_a_role_may_be_had_in_any_component_of_a_pool() -> None:
    kinds = [component(code, "event", roles=(("talk", 1),)) for code in "EF"]
    instance = year_of(kinds, [requirement(1, "E", "F", role="talk")], [weekly("F")], (("event", 1),))
    assert best(instance) == (0, 0, 6, 1, 0)
    assert least_left_out(instance) == 0


@pytest.mark.parametrize("task_too", [False, True])
def test_who_is_expected_may_enrol_at_any_orientation_and_has_the_time_from_then_on(task_too: bool) -> None:
    first = ("O", "T") if task_too else ("O",)
    rules = edition(
        workshop("O"),
        workshop("B"),
        *([task("T", 1)] if task_too else []),
        requirements=[requirement(1, "B")],
        first=(first,),
        window=Window(years=0, days=10, starts="enrolment"),
    )
    instance = builders.instance(
        rules,
        [meets("B9", session(28 if task_too else 50))],
        [],
        patterns=(weekly("O"),),
        arrivals=(Arrival(month=date(2025, 4, 1), learners=1, edition="e", zone=NEW_YORK),),
        year=Year(
            first=day(30 if task_too else 6), last=day(54), most=(("workshop", 1),), notice_days=0, repeats=False
        ),
    )
    season = season_of(instance)
    worths = [Valuer(season, (), Budget()).of(held) for held in ((), *((each,) for each in season.choices))]
    least = min((worth.not_graduating, worth.days) for worth in worths)
    assert least == (0, 28 if task_too else 50)
    (demand,) = demands_of(season, Budget()).classes
    assert demand.earliest <= day(least[1]).toordinal()


def assert_bounded(seed: int) -> bool:
    """Assert that nothing that is said of a seed's year is above its best calendar; say whether its days were looked at."""
    instance = wide(seed)
    season, found = season_of(instance), best(instance)
    assert found is not None
    demands = demands_of(season, Budget())
    assert Counted(season, Room(season)).least_left_out(demands, Budget()) <= found[1], seed
    if found[1] != len(demands.stuck) or not (season.choices and demands.classes):
        return False
    chance = random.Random(seed)  # noqa: S311 - reproducible examples
    codes = sorted({each.code for each in season.choices})
    core = core_of(season, demands)
    for some in (chance.sample(codes, chance.randint(1, len(codes))), codes, core.codes if core else ()):
        assert said(season, demands, some, found, chance.choice((1, 40, 150))) <= found[2], (seed, some)
    return True


@pytest.mark.parametrize("block", [0, *(pytest.param(each, marks=pytest.mark.slow) for each in range(1, 12))])
def test_what_is_said_of_years_of_many_shapes_is_not_above_brute_force(block: int) -> None:
    assert sum(map(assert_bounded, range(20000 + 12 * block, 20012 + 12 * block))) > 0


def assert_planned(seed: int, seconds: float) -> None:
    """Assert that what is planned in a short time is no better than the best, and its bounds no higher."""
    instance = wide(seed)
    wanted = best(instance)
    assert wanted is not None
    answer = plan_year(instance, CalendarQuestion(), budget=Budget(seconds))
    found = tuple(answer.values[name] for name in GOALS[:5])
    assert found >= wanted, seed
    for place, name in enumerate(GOALS[:4]):
        if name in answer.bounds and found[:place] == wanted[:place]:
            assert answer.bounds[name] <= wanted[place], (seed, name)
    assert answer.status != "optimal" or found == wanted, seed


@pytest.mark.parametrize(
    ("seed", "seconds"),
    [(20000, 0.3), *(pytest.param(20000 + n, (0.2, 0.5, 1.0)[n % 3], marks=pytest.mark.slow) for n in range(1, 13))],
)
def test_a_short_look_at_a_large_year_of_any_shape_claims_no_more_than_is_so(
    seed: int, seconds: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.calendar.exact.SMALL", 0)
    assert_planned(seed, seconds)


def test_a_seat_that_counts_again_and_comes_first_is_taken_once() -> None:
    first = replace(component("Q", "event", repeatable=True), seats=1)
    two = year_of(
        [first, workshop("W", "Q")],
        [requirement(1, "Q"), requirement(1, "W")],
        [weekly("Q"), weekly("W", weekday=2)],
        (("event", 2), ("workshop", 2)),
        ("ada", "ben"),
        weeks=2,
    )
    season = season_of(two)
    bounding = Bounding(season, dues_of(two), Room(season))
    bounding.learners(demands_of(season, Budget()), 0, 99, Budget())
    found = best(two)
    assert found is not None
    assert bounding.bounds.of["not-graduating"] <= found[1] == 0
