"""A time limit holds where many learners are planned, and what is told meanwhile says how many are left out."""

import time
from pathlib import Path

import pytest

from scheduler.calendar.answering import plan_year
from scheduler.calendar.planner import Planner
from scheduler.calendar.question import CalendarQuestion
from scheduler.calendar.season import season_of
from scheduler.calendar.shares import AFTERWARDS, afterwards, capped, is_short
from scheduler.engines import highs
from scheduler.engines.budget import Budget
from scheduler.engines.highs import LinearProgram
from scheduler.files.folder import load
from scheduler.generate import YearAsked, generate_year, write
from tests.pace import heartbeat

OVER = 250.0
"""Million steps of a loop that an answer may take beyond the limit, its check included."""


def test_a_step_after_the_search_has_what_is_left_and_a_moment_at_least() -> None:
    assert afterwards(Budget(0.0)).seconds == AFTERWARDS
    assert afterwards(Budget(100.0), 10.0).seconds == pytest.approx(10.0)
    assert afterwards(Budget()).seconds is None


def test_a_capped_budget_ends_with_the_one_around_it() -> None:
    assert capped(Budget(0.0), 10.0).is_over
    around = Budget(100.0)
    inside = capped(around, 10.0)
    around.stopped = True
    assert inside.seconds == pytest.approx(10.0)
    assert inside.is_over


def test_many_classes_need_more_time_than_few() -> None:
    assert is_short(Budget(1.0), 100)
    assert not is_short(Budget(1.0), 5)
    assert not is_short(Budget(), 100)


def test_progress_says_how_many_are_left_out(tmp_path: Path) -> None:
    write(generate_year(YearAsked(year=2026, learners=12, seed=1, scarce=True)), tmp_path / "year")
    told: list[str] = []
    season = season_of(load(tmp_path / "year").instance)
    planner = Planner(season, CalendarQuestion(), Budget(2), lambda name, _best, _bound: told.append(name))
    best = planner.plan().best
    expected = "graduation" if not best.not_graduating else f"graduation of all but {best.not_graduating}"
    assert told[-1] == expected
    assert any(name.startswith("graduation of all but ") for name in told)


def test_a_linear_solver_that_looks_at_no_clock_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    program = LinearProgram()
    place = program.variable(1, whole=False)
    monkeypatch.setattr("scheduler.engines.highs.mathopt.solve", lambda *_words, **_wishes: time.sleep(3))
    monkeypatch.setattr(highs, "GRACE", 0.1)
    began = time.monotonic()
    assert highs.minimise(program, {place: 1.0}, Budget(0.1)).kind == "unknown"
    assert time.monotonic() - began < 2


@pytest.mark.slow
def test_a_thousand_learners_keep_to_a_short_limit(tmp_path: Path) -> None:
    write(generate_year(YearAsked(year=2026, learners=1_000, seed=1)), tmp_path / "year")
    instance = load(tmp_path / "year").instance
    began = time.process_time()
    answer = plan_year(instance, CalendarQuestion(), budget=Budget(6))
    assert time.process_time() - began < 6 + OVER * heartbeat()
    found = tuple(answer.values[name] for name in ("broken-promises", "not-graduating", "graduation"))
    assert all(found <= (each.broken, each.not_graduating, each.graduation) for each in answer.baselines)
