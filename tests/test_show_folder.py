"""`scheduler show`, or a folder with no command: what is here, and commands that can be typed as they stand."""

import json
from pathlib import Path

from scheduler.files.folder import load
from scheduler.files.new import new_instance
from tests.command import INSTANCES, TINY, run

REAL = INSTANCES / "cscce-2023-2026"


def test_a_folder_alone_says_what_is_here() -> None:
    shown = run(REAL)
    assert shown == run("show", REAL)
    assert "30: 23 under cohort-2024, 5 under rolling-2025 and 2 under" in shown.out
    assert "9 waits: 5 for CODE" in shown.out
    assert max(map(len, shown.out.splitlines())) <= 80 + len(str(REAL))


def test_only_what_has_an_answer_is_proposed() -> None:
    assert "scheduler repeats" in run(REAL).out
    assert "scheduler repeats" not in run(TINY).out


def test_the_counts_come_as_json_too() -> None:
    told = json.loads(run("show", REAL, "--json").out)
    assert (told["command"], told["learners"], told["waits"]["CODE"]) == ("show", 30, 5)
    assert told["by_edition"]["cohort-2024"] == 23
    assert "repeats" in told["next"]


def test_an_empty_folder_says_what_to_fill(tmp_path: Path) -> None:
    run("new", tmp_path / "p")
    assert "Fill offerings.csv and learners.csv" in run(tmp_path / "p").out


def test_a_new_instance_has_the_name_and_zone_that_are_asked_for(tmp_path: Path) -> None:
    new_instance(tmp_path / "p", title='Zoë\'s "programme": 2026', zone="Europe/Berlin")
    instance = load(tmp_path / "p").instance
    assert (instance.title, instance.zone) == ('Zoë\'s "programme": 2026', "Europe/Berlin")
