"""A year that is made up, stopped at any moment: never worse than what staff would make by hand, and its changes are named."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from models.programme.instance import Instance
from scheduler.calendar.answering import plan_year
from scheduler.calendar.planner import Planner
from scheduler.calendar.question import CalendarQuestion
from scheduler.calendar.regret import regret_of
from scheduler.calendar.season import season_of
from scheduler.engines.budget import Budget
from scheduler.files.folder import load
from scheduler.generate import YearAsked, generate_year, write

SOON = 5.0
"""CPU seconds after which nothing made by hand may be better."""


def made_up(folder: Path, learners: int, seed: int, **kind: bool) -> Instance:
    """Return a made-up year."""
    write(generate_year(YearAsked(year=2026, learners=learners, seed=seed, **kind)), folder)
    return load(folder).instance


@pytest.mark.slow
@pytest.mark.parametrize(("learners", "seed"), [(10, 1), (10, 3), (30, 1)])
def test_after_five_seconds_nothing_made_by_hand_is_better(tmp_path: Path, learners: int, seed: int) -> None:
    instance = made_up(tmp_path / "year", learners, seed)
    began = time.process_time()
    told: list[tuple[float, float]] = []
    answer = plan_year(
        instance,
        CalendarQuestion(),
        budget=Budget(15),
        tell=lambda _name, best, _bound: told.append((time.process_time() - began, best)),
    )
    assert answer.values["not-graduating"] == 0
    by_hand = [each.graduation for each in answer.baselines if each.not_graduating == 0]
    at_once = [best for spent, best in told if spent <= SOON]
    late = [best for spent, best in told if spent > SOON]
    assert at_once[-1] <= min(by_hand)
    assert all(best <= min(by_hand) for best in late)
    assert late == sorted(late, reverse=True)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["hard", "scarce"])
def test_a_short_limit_ends_with_something_no_worse_than_by_hand(tmp_path: Path, kind: str) -> None:
    answer = plan_year(made_up(tmp_path / "year", 10, 4, **{kind: True}), CalendarQuestion(), budget=Budget(8))
    found = tuple(answer.values[name] for name in ("broken-promises", "not-graduating", "graduation"))
    assert all(found <= (each.broken, each.not_graduating, each.graduation) for each in answer.baselines)


@pytest.mark.slow
def test_changes_that_win_are_named_of_a_calendar_made_by_hand(tmp_path: Path) -> None:
    instance = made_up(tmp_path / "year", 30, 2)
    planner = Planner(season_of(instance), CalendarQuestion(), Budget(30))
    by_hand = planner.starts.largest_gaps()
    crews = planner.staff.crews(by_hand) or {}
    runs = [replace(each.offering, trainers=crews.get(each.id, ()), status="published") for each in by_hand]
    offerings = sorted([*instance.offerings, *runs], key=lambda run: (run.start, run.end, run.component, run.id))
    found = regret_of(replace(instance, offerings=tuple(offerings)), CalendarQuestion(regret=True), Budget(30))
    assert found is not None
    days = [found.standing.graduation, *(each.after.graduation for each in found.steps)]
    assert found.steps
    assert days == sorted(days, reverse=True)
    assert found.best.graduation < found.standing.graduation
