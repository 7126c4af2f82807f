"""What is told with a planned year is what `path` finds on the written one: the same day for everybody, or an earlier one."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from models.programme.instance import Instance
from scheduler.calendar.answering import plan_year
from scheduler.calendar.question import CalendarAnswer, CalendarQuestion
from scheduler.engines.budget import Budget
from scheduler.questions import PathQuestion
from scheduler.solve.paths import solve_paths
from tests.command import INSTANCES, run
from tests.test_calendar_proved import drawn


def written(found: CalendarAnswer) -> Instance:
    """Return the instance as `--write` writes it."""
    runs = [*found.instance.offerings, *found.added]
    offerings = tuple(sorted(runs, key=lambda each: (each.start, each.end, each.component, each.id)))
    return replace(found.instance, offerings=offerings, tentative=True)


def assert_told(seed: int) -> int:
    """Assert that nobody of a tiny year gets a later day than was told; return how many get an earlier one."""
    found = plan_year(drawn(seed), CalendarQuestion(), budget=Budget(60))
    after = written(found)
    days = {each.learner: each.graduation for each in found.result.learners if each.learner not in found.supposed}
    again = solve_paths(after, PathQuestion(learners=tuple(sorted(after.learner))))
    earlier = 0
    for each in again.learners:
        if each.learner in days and days[each.learner] is not None:
            told = days[each.learner]
            assert told is not None
            assert each.graduation is not None, (seed, each.learner)
            assert each.graduation <= told, (seed, each.learner)
            earlier += each.graduation < told
    return earlier


@pytest.mark.parametrize("seed", range(200, 220))
def test_on_a_tiny_year_path_tells_nobody_a_later_day(seed: int) -> None:
    assert_told(seed)


@pytest.mark.slow
@pytest.mark.parametrize("block", range(4))
def test_on_many_tiny_years_path_tells_nobody_a_later_day(block: int) -> None:
    for seed in range(7000 + 60 * block, 7060 + 60 * block):
        assert_told(seed)


@pytest.mark.slow
def test_on_the_year_2026_path_tells_nobody_a_later_day_unless_that_is_said(tmp_path: Path) -> None:
    """`path` plans without those who are expected: what is best for the others alone may give one of them a later day."""
    target = tmp_path / "y2026"
    words = ("--time-limit", "30", "--write", target, "--json", "--quiet")
    found = json.loads(run("calendar", INSTANCES / "year-2026", *words).out)
    told = {
        row["learner"]: row["graduation"] for row in found["learners"] if not row["expected"] and not row["supposed"]
    }
    assert told
    again = json.loads(run("path", target, "--tentative", "--json", "--quiet").out)
    days = {row["learner"]: row["graduation"] for row in again["learners"] if row["learner"] in told}
    later = {name for name, day in told.items() if day is not None and (days[name] is None or days[name] > day)}
    (said, *_) = [each for each in found["notes"] if "path may tell" in each] or [""]
    assert not said or "arrivals.csv" in said
    assert [name for name in sorted(later) if name not in said and " more" not in said] == []
    assert len(later) < len(told) / 4
