"""Calendars of the core looked at one by one: what they say of a year is never above what brute force finds."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from models.programme.instance import Instance
from models.programme.year import Pattern, Year
from scheduler.calendar.core import Core
from scheduler.calendar.counted import Counted
from scheduler.calendar.date_table import DateTable
from scheduler.calendar.demand import demands_of
from scheduler.calendar.every_core import LEFT_OUT, EveryCore
from scheduler.calendar.frontier import Days
from scheduler.calendar.one_by_one import OneByOne
from scheduler.calendar.planner import Planner
from scheduler.calendar.promises import dues_of
from scheduler.calendar.question import CalendarQuestion
from scheduler.calendar.ready import Graduating
from scheduler.calendar.room import Room
from scheduler.calendar.season import season_of
from scheduler.calendar.staffing import Staff
from scheduler.calendar.worth import Valuer
from scheduler.engines.budget import Budget
from scheduler.files.folder import load
from scheduler.generate import YearAsked, generate_year, write
from tests import builders
from tests.builders import at, away_between, course, day, edition, learner, meets, requirement, session
from tests.calendar_oracle import best
from tests.repeats_builders import workshop
from tests.test_calendar_proved import drawn


def in_order(seed: int, people: int = 2) -> Instance:
    """Return a tiny year of courses that wait for each other, of which any may do, with what stands and what is booked."""
    chance = random.Random(seed)  # noqa: S311 - reproducible examples
    firsts = chance.choice(([("A",)], [("A", "W")], [("A",), ("W",)], []))
    rules = edition(
        course("A"),
        course("B", *firsts),
        workshop("W"),
        requirements=[
            chance.choice((requirement(1, "A", "B"), requirement(2, "A", "B"), requirement(1, "B"))),
            requirement(chance.choice((1, 1, 2)), *chance.choice((("B", "W"), ("A", "W")))),
        ],
    )
    patterns = tuple(
        Pattern(
            component=code,
            weeks=chance.choice((1, 2)) if code != "W" else 1,
            weekdays=(chance.choice((1, 3)),),
            starts=chance.choice(((720,), (720, 900))) if code == "B" else (720,),
            minutes=90,
            gap_days=chance.choice((None, 14)),
            trainers=None,
        )
        for code in ("A", "B", "W")
    )
    names = ("ada", "ben", "cyd", "dan")[: chance.randint(1, people)]
    busy = [(name, number) for name in names[1:] for number in chance.sample(range(6, 34), 12)]
    return builders.instance(
        rules,
        [meets("W9", session(chance.choice((9, 16))), seats=None)] if chance.random() < 0.5 else [],
        [learner(name) for name in names],
        unavailable=tuple(away_between(name, at(number, "11:30"), at(number, "13:30")) for name, number in busy),
        patterns=patterns,
        year=Year(
            first=day(6),
            last=day(6 + 7 * chance.choice((3, 4)) - 1),
            most=chance.choice(((("course", 2), ("workshop", 1)), (("A", 1), ("B", 1), ("W", 1)))),
            notice_days=0,
            repeats=chance.random() < 0.5,
        ),
    )


def assert_below(instance: Instance, seed: int) -> bool:
    """Assert that no bound of a year is above the days of its best calendar, whatever is looked at one by one."""
    season = season_of(instance)
    demands = demands_of(season, Budget())
    found = best(instance)
    assert found is not None
    broken, out, days, _, _ = found
    if out != len(demands.stuck) or not (season.choices and demands.classes):
        return False
    chance = random.Random(seed)  # noqa: S311 - reproducible examples
    codes = sorted({each.code for each in season.choices})
    core = Core(season, demands, frozenset(chance.sample(codes, chance.randint(1, len(codes)))))
    known = replace(Valuer(season, dues_of(instance), Budget()).standing, broken=broken, not_graduating=out, days=days)
    for above in (1, 40):
        look = OneByOne(season, demands, core, dues_of(instance), Room(season), Staff(season.instance, season.choices))
        below = 0
        while below < days + above and not look.is_final:
            below = look.below(days + above)
            assert look.begin(below, Budget()), seed
            while look.pairs and not look.is_final:
                look.step(below, known, Budget())
                assert look.least <= days, seed
        assert look.least <= days, seed
    return True


def one_after_the_other(tables: Sequence[DateTable], graduating: Graduating, room: Room) -> int:
    """Return the least sum of days that any sets of dates come to, each product of them looked at."""
    sets = [each.sets.tolist() for each in tables if each.sets is not None]
    found = [10**12]
    for chosen in product(*sets):
        through: dict[str, Days] = {}
        runs = Counter[str]()
        for table, mine in zip(tables, chosen, strict=True):
            ends, standing = table.through(graduating.ready(table.code, through, 1))
            through[table.code] = np.minimum(ends[:, mine].min(axis=1), standing)
            runs.update(dict.fromkeys(table.limits, sum(each < len(table.choices) for each in mine)))
        if all(count <= room.most[name] for name, count in runs.items()):
            found.append(int(graduating.sums(graduating.graduation(through, 1), LEFT_OUT)[0]))
    return min(found)


@pytest.mark.parametrize("seed", range(300, 340))
def test_no_calendar_of_the_core_is_lost(seed: int) -> None:
    season = season_of(in_order(seed, 4))
    demands, room = demands_of(season, Budget()), Room(season)
    if not demands.classes:
        return
    tables = [DateTable(demands.classes, code, room) for code in ("A", "W", "B") if code in room.of_code]
    graduating = Graduating(demands.classes, season.instance.as_of.toordinal())
    least = one_after_the_other(tables, graduating, room)
    for below in (least, least + 1, least + 30, least + LEFT_OUT):
        bound, rows = EveryCore(graduating, tables, room, below).found(Budget())
        assert bound <= least
        assert (rows is not None and len(rows.least) > 0 and int(rows.least.min()) == least) == (below > least)


def assert_counted(seed: int) -> None:
    """Assert that no more are said to be left out of a seed's year than are on its best calendar."""
    instance = drawn(seed)
    season = season_of(instance)
    found = best(instance)
    assert found is not None
    assert Counted(season, Room(season)).least_left_out(demands_of(season, Budget()), Budget()) <= found[1], seed


@pytest.mark.parametrize("seed", range(40))
def test_no_more_are_left_out_by_counts_than_by_brute_force(seed: int) -> None:
    assert_counted(seed)


@pytest.mark.slow
def test_no_more_are_left_out_of_hundreds_of_tiny_years_by_counts_than_by_brute_force() -> None:
    for seed in range(6000, 6300):
        assert_counted(seed)


def test_runs_are_counted_whole() -> None:
    rules = edition(course("A", seats=2), course("B", seats=2), requirements=[requirement(1, "A"), requirement(1, "B")])
    patterns = tuple(
        Pattern(component=code, weeks=1, weekdays=(1,), starts=(720,), minutes=90, gap_days=None, trainers=None)
        for code in ("A", "B")
    )
    people = [learner(name) for name in ("ada", "ben", "cyd")]
    year = Year(first=day(6), last=day(40), most=(("course", 3),), notice_days=0, repeats=False)
    season = season_of(builders.instance(rules, [], people, patterns=patterns, year=year))
    assert Counted(season, Room(season)).least_left_out(demands_of(season, Budget()), Budget()) == 1


@pytest.mark.parametrize("seed", range(20))
def test_what_is_said_of_a_tiny_year_is_not_above_brute_force(seed: int) -> None:
    assert_below(drawn(seed), seed)
    assert_below(in_order(seed), seed)


@pytest.mark.slow
@pytest.mark.parametrize("block", range(4))
def test_what_is_said_of_hundreds_of_tiny_years_is_not_above_brute_force(block: int) -> None:
    seeds = range(5000 + 50 * block, 5050 + 50 * block)
    assert sum(assert_below(make(seed), seed) for seed in seeds for make in (drawn, in_order)) > len(seeds)


@pytest.mark.slow
def test_a_year_of_thirty_learners_to_whom_much_stands_in_the_way_is_proved(tmp_path: Path) -> None:
    write(generate_year(YearAsked(year=2026, learners=30, seed=1, hard=True)), tmp_path / "year")
    season = season_of(load(tmp_path / "year").instance)
    found = Planner(season, CalendarQuestion(), Budget(90)).plan()
    assert (found.best.not_graduating, found.bounds.get("graduation")) == (0, found.best.days)


def test_what_ends_on_the_day_on_which_a_run_begins_may_end_too_late_for_it() -> None:
    rules = edition(course("A"), course("B", "A"), requirements=[requirement(1, "B")])
    people = [learner("ada")]
    later = builders.instance(
        rules, [meets("A1", session(9, "12:00"))], people, patterns=(_of_b(720),), year=_of_weeks()
    )
    sooner = builders.instance(
        rules, [meets("A1", session(9, "12:00"))], people, patterns=(_of_b(900),), year=_of_weeks()
    )
    days = []
    for instance in (later, sooner):
        (demand,) = demands_of(season_of(instance), Budget()).classes
        days.append([run.first - instance.as_of.toordinal() for run in demand.runs["B"]])
    assert days[0][0] == 16
    assert days[1][0] == 9


def _of_b(minute: int) -> Pattern:
    return Pattern(component="B", weeks=1, weekdays=(4,), starts=(minute,), minutes=90, gap_days=None, trainers=None)


def _of_weeks() -> Year:
    return Year(first=day(6), last=day(27), most=(("course", 1),), notice_days=0, repeats=False)
