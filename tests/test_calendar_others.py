"""Other calendars: clearly different ones near the best, and what the calendar that stands costs (ST10)."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from models.programme.instance import Instance
from scheduler.calendar.alternatives import differences, is_clearly_different
from scheduler.calendar.answering import plan_year
from scheduler.calendar.choices import Choice
from scheduler.calendar.question import CalendarQuestion
from scheduler.calendar.regret import movable
from scheduler.calendar.season import season_of
from scheduler.engines.budget import Budget
from scheduler.files.folder import load
from tests.command import run
from tests.year_files import year_folder


def small(place: Path) -> Instance:
    return load(year_folder(place)).instance


def test_runs_within_two_weeks_of_each_other_are_no_difference(tmp_path: Path) -> None:
    choices = season_of(small(tmp_path)).choices
    works = [each for each in choices if each.code == "WORK" and each.offering.sessions[0].minutes == 90]
    first = works[0]
    near = next(each for each in works if 0 < (each.offering.start - first.offering.start).days < 14)
    far = next(each for each in works if (each.offering.start - first.offering.start).days >= 14)
    assert differences([first], [near]) == ()
    (found,) = differences([first], [far])
    assert (found.component, found.best, found.other) == ("WORK", first.offering.start, far.offering.start)
    assert [each.other for each in differences([first], [])] == [None]
    assert [each.best for each in differences([], [first])] == [None]


def test_more_runs_alone_are_no_other_calendar(tmp_path: Path) -> None:
    apart: list[Choice] = []
    for each in season_of(small(tmp_path)).choices:
        if each.code == "WORK" and (not apart or (each.offering.start - apart[-1].offering.start).days >= 14):
            apart.append(each)
    best = (
        plan_year(small(tmp_path / "again"), CalendarQuestion(alternatives=1), budget=Budget(5)).alternatives[0].worth
    )
    few, more = (replace(best, held=tuple(held)) for held in (apart[:2], apart[:4]))
    assert not is_clearly_different(more, few)
    assert is_clearly_different(few, more)


def test_alternatives_are_lawful_clearly_different_and_never_better(tmp_path: Path) -> None:
    question = CalendarQuestion(alternatives=2)
    found = plan_year(small(tmp_path), question, budget=Budget(8))
    best = (found.values["broken-promises"], found.values["not-graduating"], found.values["graduation"])
    assert found.status == "optimal"
    assert found.alternatives
    for number, each in enumerate(found.alternatives):
        assert (each.worth.broken, each.worth.not_graduating, each.worth.days) >= best
        assert len(each.differences) >= 2
        for other in found.alternatives[:number]:
            assert is_clearly_different(each.worth, other.worth)


def test_st10_regret_names_the_changes_that_win_most(tmp_path: Path) -> None:
    folder, late = year_folder(tmp_path), tmp_path / "late"
    rows = "SUPPOSED-W,WORK,2025-04-30,2025-04-30,synthetic,,published,max,America/New_York\n"
    done = run("calendar", folder, "--write", late, "--publish", "--quiet")
    assert done.code in {0, 1}
    table = late / "offerings.csv"
    kept = [line for line in table.read_text().splitlines(keepends=True) if not line.startswith("WORK-")]
    table.write_text("".join(kept) + rows)
    meetings = late / "sessions.csv"
    lines = [line for line in meetings.read_text().splitlines(keepends=True) if not line.startswith("WORK-")]
    meetings.write_text("".join(lines) + "SUPPOSED-W,2025-04-30 12:00,90\n")
    instance = load(late).instance
    assert "SUPPOSED-W" in {each.id for each in movable(instance)}
    found = json.loads(run("calendar", late, "--regret", "--json", "--quiet", "--time-limit", "20").out)["regret"]
    assert found["best"]["graduation"] < found["standing"]["graduation"]
    assert found["least"] is None or found["least"] <= found["best"]["graduation"]
    assert len(found["best"]) == len(found["standing"])
    assert found["best"]["added"] <= found["standing"]["added"] == len(found["movable"])
    days = [found["standing"]["graduation"], *(each["after"]["graduation"] for each in found["changes"])]
    assert days == sorted(days, reverse=True)
    assert found["changes"][0]["gone"]["offering"] in found["movable"]
    assert date.fromisoformat(found["changes"][0]["come"]["start"]) < date(2025, 4, 30)
    words = " ".join(run("calendar", late, "--regret", "--quiet", "--time-limit", "20").out.split())
    assert "could still be moved" in words
    assert "the best one with as many" in words


def test_what_does_not_go_together_is_refused(tmp_path: Path) -> None:
    folder = year_folder(tmp_path)
    wrong = run("calendar", folder, "--regret", "--changed", tmp_path / "none.yaml")
    assert (wrong.code, "ask without --changed" in wrong.err) == (2, True)
    assert run("calendar", folder, "--alternatives", "0").code == 2
