"""A whole answer to `path`: reasons, sheets and what it comes to, put together once for every face."""

import subprocess
import sys
from pathlib import Path

import pytest

from scheduler.answers.path import PathAnswer, PathAsked, answer_path
from scheduler.engines.budget import Budget
from scheduler.files.folder import load
from scheduler.questions import PathQuestion
from tests.builders import course, day, edition, instance, learner, offering, requirement
from tests.command import TINY

ROOT = Path(__file__).parent.parent


def answered(*learners: str, details: bool = False, alternatives: int = 0) -> PathAnswer:
    asked = PathAsked(question=PathQuestion(learners=learners), details=details, alternatives=alternatives)
    return answer_path(load(TINY).instance, asked)


def crowd(details: bool) -> PathAnswer:
    rules = edition(course("A"), requirements=[requirement(1, "A")])
    people = [learner(name) for name in ("ada", "bo", "cy", "di")]
    case = instance(rules, [offering("A1", 5, 9)], people)
    return answer_path(
        case, PathAsked(question=PathQuestion(learners=tuple(each.id for each in people)), details=details)
    )


def test_who_graduates_is_told_the_day_and_what_is_missing() -> None:
    found = answered("ada")
    assert found.meaning == "answered"
    assert str(found.of["ada"].graduation) == "2025-06-17"
    assert [each.requirement.title for each in found.sheets["ada"].missing or ()] == [
        "Getting started",
        "Both courses",
        "One workshop",
        "Two skills shares",
        "A talk at a skills share",
    ]


def test_who_is_blocked_is_told_why() -> None:
    found = answered("ada", "cal")
    assert found.meaning == "blocked"
    assert found.of["cal"].conflict
    assert found.sheets["cal"].freed is True


def test_a_crowd_is_told_in_lines_unless_details_are_asked_for() -> None:
    brief, whole = crowd(details=False), crowd(details=True)
    assert (brief.is_told_whole, whole.is_told_whole) == (False, True)
    assert {sheet.missing for sheet in brief.sheets.values()} == {None}
    assert all(sheet.missing for sheet in whole.sheets.values())
    assert [each.graduation for each in brief.of.values()] == [day(9)] * 4


def test_alternatives_are_other_paths_of_the_same_learner() -> None:
    found = answered("ada", details=True, alternatives=2)
    paths = [found.of["ada"].path, *(each.path for each in found.result.alternatives)]
    assert {each.learner for each in found.result.alternatives} == {"ada"}
    assert len({path.offerings for path in paths if path}) == len(paths) > 1


def test_what_a_budget_does_not_reach_is_left_open() -> None:
    budget = Budget()
    budget.stopped = True
    case = load(TINY).instance
    ada, cal = (
        answer_path(case, PathAsked(question=PathQuestion(learners=(who,))), budget=budget) for who in ("ada", "cal")
    )
    assert {each.what for each in ada.sheets["ada"].missing or ()} == {"not settled in time"}
    assert (cal.meaning, cal.of["cal"].status, cal.of["cal"].conflict) == ("no-plan", "unknown", None)


@pytest.mark.parametrize("module", ["scheduler.answers.path", "scheduler.report.meetings"])
def test_an_answer_needs_no_screen(module: str) -> None:
    code = f"import sys, {module}; print(sorted({{'click', 'rich', 'scheduler.show'}} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
