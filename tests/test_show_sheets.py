"""The last day on which each missing thing can still be started."""

from dataclasses import replace
from datetime import date

from models.programme.instance import Instance
from scheduler.answers.progress import progress_of
from scheduler.explain.sheets import missing_of
from scheduler.show.progress import show_progress
from scheduler.show.screen import Screen
from scheduler.solve.alone import solve_alone
from scheduler.solve.result import LearnerAnswer
from tests.builders import (
    course,
    day,
    edition,
    event,
    instance,
    learner,
    offering,
    record,
    requirement,
    talks,
    task,
)


def sheet(case: Instance, deadline: date | None = None) -> list[tuple[int, int, date | None, str | None]]:
    """Return what is missing: how many are done, how many are needed, by when and what."""
    case = replace(case, learners=(replace(case.learner["ada"], deadline=deadline),))
    alone = solve_alone(case, "ada").graduation
    answer = LearnerAnswer(learner="ada", status="graduates" if alone else "blocked", alone=alone, deadline=deadline)
    return [(each.done, each.requirement.count, each.start_by, each.what) for each in missing_of(case, answer)]


def test_le5_each_missing_thing_has_the_last_day_on_which_it_can_be_started() -> None:
    parts = edition(
        course("A"), course("B"), course("C"), requirements=[requirement(1, "A"), requirement(2, "A", "B", "C")]
    )
    runs = [
        offering("A1", 20),
        offering("B1", 5, 6),
        offering("B2", 9, 10),
        offering("C1", 7, 30),
        offering("C2", 8, 31),
    ]
    case = instance(parts, runs, records=[record("ada", "completed", "A", -1)])
    assert sheet(case) == [(1, 2, day(9), "B2")]
    assert sheet(case, day(30)) == [(1, 2, day(9), "B2")]
    assert sheet(case, day(9)) == [(1, 2, day(5), "B1")]
    assert sheet(case, day(5)) == [(1, 2, None, "cannot be met any more")]


def test_le5_of_two_missing_shares_the_first_must_start_by_the_last_but_one() -> None:
    parts = edition(event("E"), requirements=[requirement(2, "E"), requirement(1, "E", role="talk")])
    case = instance(parts, [talks("E1", 3), talks("E2", 6), offering("E3", 9)])
    assert sheet(case) == [(0, 2, day(6), "E2"), (0, 1, day(6), "E2")]


def test_le5_a_task_can_start_until_its_days_end_on_the_last_day() -> None:
    case = instance(edition(task("T", 3), requirements=[requirement(1, "T")]))
    assert sheet(case, day(10)) == [(0, 1, day(8), "T")]


def test_le5_what_needs_something_that_cannot_be_had_is_no_chance() -> None:
    parts = edition(course("N"), course("A", "N"), course("B"), requirements=[requirement(1, "A", "B")])
    runs = [offering("A1", 20), offering("B1", 4)]
    assert sheet(instance(parts, runs)) == [(0, 1, day(4), "B1")]
    trained = instance(parts, runs, records=[record("ada", "completed", "N", -9)])
    assert sheet(trained) == [(0, 1, day(20), "A1")]


def test_of_many_learners_those_who_are_pressed_are_shown_first() -> None:
    parts = edition(course("A"), requirements=[requirement(1, "A")])
    people = [learner(f"p{number:02}", deadline=day(5) if number == 11 else day(50)) for number in range(13)]
    sheets = progress_of(instance(parts, [offering("A1", 4), offering("A2", 30)], people))
    first, everybody = (Screen.plain() for _ in range(2))
    show_progress(first, sheets, days=60, details=False)
    show_progress(everybody, sheets, days=60, details=False, whole=True)
    lines = first.text.splitlines()
    assert "13 miss something that has to be started." in first.text
    assert [line.split()[0] for line in lines if line.startswith("p")][:2] == ["p11", "p00"]
    assert sum(line.startswith("p") for line in lines) == 10
    assert "--all shows 3 more" in " ".join(first.text.split())
    assert "and 3 more; --all shows them" in first.text
    assert sum(line.startswith("p") for line in everybody.text.splitlines()) == 13
    assert "--all" not in everybody.text
