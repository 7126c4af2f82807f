"""`scheduler path --fair` and `--priority`: from a table to a screen and to JSON, and what is refused."""

import json
from pathlib import Path

import pytest

from tests.command import INSTANCES, TINY, run

REAL = INSTANCES / "cscce-2023-2026"


def table(folder: Path, text: str) -> Path:
    file = folder / "first.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_fair_plan_shortens_the_longest_delay_first() -> None:
    found = run("path", REAL, "--fair", "--json", "--quiet")
    answer = json.loads(found.out)
    assert (found.code, answer["status"], answer["fair"]) == (1, "optimal", True)
    goals = {goal["name"]: (goal["value"], goal["bound"]) for goal in answer["goals"]}
    assert (goals["not-graduating"], goals["longest-delay"]) == ((4, 4), (111, 111))
    (turn,) = answer["turns"]
    assert turn["delays"][:3] == [
        {"days": 111, "learners": 1},
        {"days": 105, "learners": 2},
        {"days": 97, "learners": 1},
    ]
    assert all(level["learners"] == level["bound"] for level in turn["levels"])
    delays = sorted((each["delay"] for each in answer["learners"] if each["delay"]), reverse=True)
    assert delays[:4] == [111, 105, 105, 97]


def test_a_fair_plan_says_on_the_screen_how_long_whom_waits() -> None:
    screen = " ".join(run("path", REAL, "--fair", "--quiet").out.split())
    assert "delays in days (and for how many): 111 (1), 105 (2), 97 (1)" in screen
    assert "fastest, fair." in screen


def test_who_goes_first_has_the_earliest_day(tmp_path: Path) -> None:
    file = table(tmp_path, "learner,priority\nL30,1\nL18,2\n")
    answer = json.loads(run("path", REAL, "--priority", file, "--json", "--quiet").out)
    by_name = {each["learner"]: each for each in answer["learners"]}
    assert (by_name["L30"]["delay"], by_name["L18"]["delay"]) == (0, 0)
    assert [turn["whose"] for turn in answer["turns"]] == ["priority 1", "priority 2", "no priority"]
    goals = {goal["name"]: goal for goal in answer["goals"]}
    assert goals["graduation, no priority"]["value"] == goals["graduation, no priority"]["bound"]


def test_every_fault_of_the_table_is_named(tmp_path: Path) -> None:
    file = table(tmp_path, "learner,priority\nL3O,1\nL10,x\nL11,1\nL11,2\n")
    found = run("path", REAL, "--priority", file)
    assert found.code == 2
    assert "first.csv:2:1: learner: no learner of this name: 'L3O'" in found.err
    assert "did you mean 'L30'?" in found.err
    assert "first.csv:3:2: priority: not a number that can stand here; read 'x'" in found.err
    assert "first.csv:5:1: learner: this learner stands already in line 4" in found.err


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("learner\nada\n", "priority"),
        ("learner,priority,why\nada,1,x\n", "no column of this name"),
        ("learner,priority\n", "no learner is named"),
    ],
)
def test_a_table_of_another_form_is_refused(tmp_path: Path, text: str, words: str) -> None:
    found = run("path", TINY, "--priority", table(tmp_path, text))
    assert (found.code, words in found.err) == (2, True)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--fair", "--goal", "gentlest"), "choose one"),
        (("--priority", "x.csv", "--goal", "gentlest"), "it needs --goal fastest"),
        (("--fair", "--certificate", "x.json"), "without --fair or --priority"),
        (("--priority", "nowhere.csv"), "there is no such file"),
    ],
)
def test_what_does_not_go_together_is_refused(options: tuple[str, ...], words: str) -> None:
    found = run("path", TINY, *options)
    assert (found.code, words in found.err) == (2, True)


def test_bookings_set_free_are_planned_fairly_too() -> None:
    answer = json.loads(run("path", TINY, "--fair", "--free", "--json", "--quiet").out)
    assert (answer["status"], answer["fair"], answer["free"]) == ("optimal", True, True)
