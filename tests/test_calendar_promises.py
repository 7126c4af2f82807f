"""Why a promise of the year cannot be kept: a conflict of which nothing can be spared, and the cheapest change that is enough."""

import json
import random
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models.programme.edition import Promise
from models.programme.instance import Instance
from scheduler.calendar.answering import plan_year
from scheduler.calendar.planner import Planner
from scheduler.calendar.promise_facts import Setting, ways_of
from scheduler.calendar.question import CalendarAnswer, CalendarQuestion
from scheduler.calendar.season import season_of
from scheduler.calendar.unkept import can_keep
from scheduler.engines.budget import Budget
from scheduler.files.folder import load
from scheduler.show.calendar import show_calendar
from scheduler.show.screen import Screen
from tests.calendar_oracle import best
from tests.test_calendar_proved import drawn
from tests.year_files import PATTERNS, TRAINERS, year_folder

DAILY = "component,weeks,weekdays,starts,minutes,trainers,gap_days\nWORK,1,wed,12:00,90,,{gap}\n"
DAILY_7, DAILY_70 = ({"patterns": DAILY.format(gap=gap)} for gap in (7, 70))


def promising(instance: Instance, *promises: Promise) -> Instance:
    """Return a year whose edition promises something."""
    name = instance.edition
    return replace(instance, editions={**instance.editions, name: replace(instance.editions[name], supply=promises)})


def planned(instance: Instance) -> CalendarAnswer:
    return plan_year(instance, CalendarQuestion(), budget=Budget(30))


@pytest.mark.parametrize(
    ("files", "count", "facts", "remedy"),
    [
        (DAILY_70, 4, {"two runs of WORK start at least 70 days apart"}, "let runs of WORK start 28 days apart"),
        (DAILY_7, 5, {"no more than 2 of workshop may be added"}, "let 3 of workshop be added"),
        (
            DAILY_7 | {"unavailable": "who,start,end,note\nmax,2025-01-01,2025-12-31,ill\n"},
            3,
            {"only max teaches WORK", "max is away 2025-01-01 to 2025-12-31 (ill)"},
            "find somebody else who teaches WORK",
        ),
        (
            DAILY_7 | {"closures": "start,end,note\n2025-01-01,2025-04-29,rebuilding\n"},
            4,
            {"nothing is held from 2025-01-01 to 2025-04-29: rebuilding"},
            "open 2025-01-01 to 2025-04-29",
        ),
        (
            {"patterns": PATTERNS.replace("WORK", "TOOL").replace("TOOL,1,wed,12:00,90,2", "QSS,1,wed,12:00,90,")},
            3,
            {"no pattern says how WORK may be held, and what stands is not enough"},
            "say in patterns.csv how WORK may be held",
        ),
    ],
)
def test_a_promise_that_cannot_be_kept_is_explained_by_what_is_in_its_way(
    tmp_path: Path, files: dict[str, str], count: int, facts: set[str], remedy: str
) -> None:
    instance = load(year_folder(tmp_path, **files)).instance
    found = planned(promising(instance, Promise(of=("WORK",), count=count, per="calendar-year")))
    (unkept,) = found.unkept
    assert {each.sentence for each in unkept.facts} == facts
    assert unkept.remedy == remedy
    screen = Screen.plain()
    show_calendar(screen, found)
    assert "It cannot be kept, because" in screen.text
    assert max(len(line) for line in screen.text.splitlines()) <= 80


def test_two_promises_that_are_too_many_together_name_each_other(tmp_path: Path) -> None:
    text = "component,weeks,weekdays,starts,minutes,trainers\nWORK,1,wed,12:00,90,\nTOOL,1,wed,12:00,90,\n"
    instance = load(year_folder(tmp_path, patterns=text, trainers=TRAINERS)).instance
    two = [Promise(of=(code,), count=3, per="calendar-year", source="S1") for code in ("WORK", "TOOL")]
    found = planned(promising(instance, *two))
    told = [{each.sentence for each in unkept.facts} for unkept in found.unkept]
    assert found.values["broken-promises"] >= 1
    assert all(any("of workshop may be added" in each for each in facts) for facts in told)


def assert_minimal(seed: int) -> None:
    """Assert that promises of a tiny year are told as impossible where they are, and that no fact of a conflict can be spared."""
    chance = random.Random(seed)  # noqa: S311 - reproducible examples
    counts = {code: chance.choice((1, 2, 3)) for code in ("A", "W") if chance.random() < 0.7}
    promises = [Promise(of=(code,), count=count, per="calendar-year") for code, count in counts.items()]
    instance = promising(drawn(seed), *promises)
    found = planned(instance)
    wanted = best(instance)
    assert wanted is not None
    assert found.values["broken-promises"] == wanted[0] == len(found.unkept)
    planner = Planner(season_of(instance), CalendarQuestion(), Budget(30))
    for unkept in found.unkept:
        assert not unkept.possible
        assert unkept.facts
        kept = [each.due for each in found.promises if each.is_kept]
        settings = [
            Setting(instance=planner.season.instance, most=dict(planner.room.most), dues=dues)
            for dues in ((unkept.kept.due,), (*kept, unkept.kept.due))
        ]
        setting = next(each for each in settings if not can_keep(each, Budget(30)))
        told = {fact.sentence for fact in unkept.facts}
        left, ways = setting, ways_of(setting, unkept.kept.due)
        if not any(row.component == unkept.kept.due.component for row in instance.patterns):
            continue
        for way in ways:
            left = left if way.fact.sentence in told else way.without(left)
        assert can_keep(left, Budget(30)) is False, seed
        for way in ways:
            if way.fact.sentence in told:
                assert can_keep(way.without(left), Budget(30)), (seed, way.fact.sentence)


@pytest.mark.parametrize("seed", range(6))
def test_nothing_of_a_conflict_can_be_spared(seed: int) -> None:
    assert_minimal(seed)


@pytest.mark.slow
@pytest.mark.parametrize("block", range(4))
def test_nothing_of_many_conflicts_can_be_spared(block: int) -> None:
    for seed in range(4000 + 25 * block, 4025 + 25 * block):
        assert_minimal(seed)


def test_json_tells_why_and_only_where_a_promise_is_broken(tmp_path: Path) -> None:
    from scheduler.show.calendar_answer import answer

    instance = load(year_folder(tmp_path, patterns=DAILY.format(gap=7))).instance
    broken: dict[str, Any] = answer(planned(promising(instance, Promise(of=("WORK",), count=5, per="calendar-year"))))
    (unkept,) = json.loads(json.dumps(broken))["unkept"]
    assert (unkept["of"], unkept["period"], unkept["possible"]) == ("WORK", "2025", False)
    assert unkept["facts"][0]["source"] == "instance.yaml"
    assert "unkept" not in answer(planned(instance))
    assert date.fromisoformat(broken["offerings"][0]["start"])
