"""Programmes of other kinds are read, planned and explained: every command answers, and every answer is judged again."""

import json
from pathlib import Path

import pytest

from scheduler.files.folder import load
from tests.command import INSTANCES, run

GALLERY = INSTANCES / "gallery"
DAYS = {
    "carpentries-checkout": {
        "ana": "2025-03-27",
        "bo": "2025-04-24",
        "cam": "2025-03-27",
        "dee": None,
        "eli": "2025-05-08",
    },
    "coach-by-hours": {
        "ida": "2025-11-17",
        "jon": "2025-11-17",
        "kit": "2025-11-17",
        "lou": None,
        "max": "2025-05-10",
    },
    "college-teaching": {
        "amy": "2026-12-11",
        "bea": "2026-05-08",
        "chi": "2026-12-11",
        "dov": "2026-05-08",
        "eva": None,
        "fin": "2026-05-08",
    },
    "trade-school": {"ari": "2025-10-31", "ben": "2025-10-31", "cho": "2027-03-19", "fay": None},
}
"""The day of each learner, by hand from the calendar; None = blocked."""
BLOCKED = {name: next(who for who, day in days.items() if day is None) for name, days in DAYS.items()}
LONG = (
    ("repair", "--learner", "BLOCKED", "--time-limit", "4"),
    ("critical", "--alone"),
    ("value", "--time-limit", "3"),
    ("value", "--seats", "1..2", "--time-limit", "3"),
    ("readings",),
    ("calendar", "--time-limit", "3"),
)
SHORT = (
    ("explain", "--learner", "BLOCKED"),
    ("missed", "--learner", "FIRST"),
    ("progress",),
    ("critical",),
    ("repeats",),
    ("rules",),
    ("audit",),
)
ANSWERS = {0, 1, 3}
NO_PLAN_IN_TIME = 4


def asked(name: str, words: tuple[str, ...]) -> int:
    """Run a command on a folder of the gallery, and return its exit code."""
    people = {"BLOCKED": BLOCKED[name], "FIRST": next(iter(DAYS[name]))}
    command, *options = (people.get(word, word) for word in words)
    return run(command, GALLERY / name, *options).code


def test_the_gallery_is_known_here() -> None:
    assert sorted(path.name for path in GALLERY.iterdir()) == sorted(DAYS)


@pytest.mark.parametrize("name", DAYS)
def test_a_programme_of_another_kind_loads_and_says_what_is_made_up(name: str) -> None:
    loaded = load(GALLERY / name)
    assert loaded.warnings == ()
    assert loaded.instance.synthetic
    assert all((who.note or "").startswith("synthetic") for who in loaded.instance.learners)
    page = (GALLERY / name / "README.md").read_text(encoding="utf-8")
    assert len(page.splitlines()) <= 12
    assert "Public" in page
    assert "https://" in page
    assert "Made up" in page


@pytest.mark.parametrize("name", DAYS)
def test_everybody_graduates_on_the_day_counted_by_hand_by_a_plan_that_breaks_nothing(
    name: str, tmp_path: Path
) -> None:
    answer = json.loads(run("path", GALLERY / name, "--json").out)
    assert {each["learner"]: each["graduation"] for each in answer["learners"]} == DAYS[name]
    assert answer["status"] == "optimal"
    run("path", GALLERY / name, "--csv", "--out", tmp_path / "plan.csv")
    assert run("check", GALLERY / name, tmp_path / "plan.csv").code == 0
    assert run("ics", GALLERY / name, "--out", tmp_path / "calendars").code == 1
    assert len(list((tmp_path / "calendars").glob("*.ics"))) >= len(DAYS[name])


@pytest.mark.parametrize("words", SHORT, ids=" ".join)
@pytest.mark.parametrize("name", DAYS)
def test_every_command_answers(name: str, words: tuple[str, ...]) -> None:
    assert asked(name, words) in ANSWERS


@pytest.mark.slow
@pytest.mark.parametrize("words", LONG, ids=" ".join)
@pytest.mark.parametrize("name", DAYS)
def test_every_longer_command_answers(name: str, words: tuple[str, ...]) -> None:
    assert asked(name, words) in ANSWERS | {NO_PLAN_IN_TIME}
