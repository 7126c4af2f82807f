"""Study files: every fault at its place in one run, names of grids, and each change by its own words."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from models.programme.instance import Instance
from scheduler.files.faults import BadInstanceError
from scheduler.files.folder import load
from scheduler.studies.changes import CHANGES
from scheduler.studies.columns import COLUMNS, NAMES
from scheduler.studies.reading import read_study
from scheduler.studies.study import Study, after_steps, step
from tests.command import INSTANCES, TINY, run

HEAD = "format: 1\nid: s\ntitle: S\nquestion: alone\nbaseline: []\n"
REAL = INSTANCES / "cscce-2023-2026"


def read(tmp_path: Path, text: str, folder: Path = TINY) -> Study:
    """Read a study file about an instance."""
    place = tmp_path / "study.yaml"
    place.write_text(text, encoding="utf-8")
    return read_study(place, load(folder).instance, folder)


def faults(tmp_path: Path, text: str) -> list[str]:
    """Return the faults of a study file about the tiny instance."""
    with pytest.raises(BadInstanceError) as raised:
        read(tmp_path, text)
    return str(raised.value).splitlines()


@pytest.mark.parametrize(
    ("more", "question"),
    [("", "together"), ("samples: {count: 5, no_show: 0.1}\n", "alone"), ("samples: {count: 5}\n", "together")],
)
def test_a_study_is_about_all_learners_together_unless_it_says_otherwise(
    tmp_path: Path, more: str, question: str
) -> None:
    assert read(tmp_path, HEAD.replace("question: alone\n", "") + more).question == question


def test_whatif_asks_about_each_learner_alone_if_it_is_told_to(tmp_path: Path) -> None:
    place = tmp_path / "study.yaml"
    place.write_text(HEAD.replace("question: alone\n", ""), encoding="utf-8")
    assert "Asked: all learners together" in run("whatif", TINY, place, "--no-store").out
    assert "Asked: each learner alone" in run("whatif", TINY, place, "--no-store", "--alone").out
    place.write_text(HEAD.replace("alone", "repeats"), encoding="utf-8")
    refused = run("whatif", TINY, place, "--no-store", "--alone")
    assert (refused.code, "this study asks for repeats" in refused.err) == (2, True)


def test_a_grid_names_every_combination(tmp_path: Path) -> None:
    text = (
        HEAD
        + "grid:\n  beta: [null, {cancel: BETA25S}]\n  tool: [[{move: TOOL25S, days: 7}, {seats: TOOL25S, to: 2}]]\n"
    )
    study = read(tmp_path, text)
    assert [each.id for each in study.everything] == [
        "baseline",
        "beta=none, tool=move TOOL25S days 7 + seats TOOL25S to 2",
        "beta=cancel BETA25S, tool=move TOOL25S days 7 + seats TOOL25S to 2",
    ]


WRONG = {
    "format: 1\nid: s\ntitle: S\nquestion: alone\n": "1:1: the key 'baseline' is missing",
    HEAD + "scenarios: [{id: a, changes: [{cancel: BETA25X}]}]\n": "no offering of this name; read 'BETA25X'",
    HEAD + "scenarios: [{id: a, changes: [{leave: adda}]}]\n": "no learner of this name; read 'adda'",
    HEAD + "scenarios: [{id: a, changes: [{cancle: BETA25S}]}]\n": "did you mean 'cancel'?",
    HEAD + "scenarios: [{id: a, changes: [{move: BETA25S}]}]\n": "a move says either `days` or `to`",
    HEAD + "scenarios: [{id: a, changes: [{seats: BETA25S, too: 3}]}]\n": "no key of this name; read 'too'",
    HEAD + "scenarios: [{id: a, changes: []}, {id: a, changes: []}]\n": "two scenarios of this name; read 'a'",
    HEAD + "scenarios: [{id: baseline, changes: []}]\n": "the baseline has this name",
    HEAD + "samples: {count: 5, drop_out: 1.2}\n": "a probability out of range; read '1.2'",
    HEAD + "samples: {count: 5, no_show: nan}\n": "a probability out of range; read 'nan'",
    HEAD + "samples: {count: 0}\n": "a number out of range",
    HEAD + "chances: {BETA25S: 0.5}\n": "no tentative offering of this name",
    HEAD.replace("alone", "together") + "samples: {count: 5, missed: 0.5}\n": "plans again alone",
    HEAD + "scenarios: [{id: a, changes: [cancel]}]\n": "not a change",
    HEAD + "grid: {a: [3]}\n": "not a change",
    HEAD + "scenarios: [{id: a, changes: [{edition: rolling-2052}]}]\n": "no edition of this name",
}


@pytest.mark.parametrize("text", WRONG, ids=[words[:40] for words in WRONG.values()])
def test_what_is_wrong_is_named_at_its_place(tmp_path: Path, text: str) -> None:
    found = faults(tmp_path, text)
    assert any(WRONG[text] in line for line in found), found
    assert all(line.startswith("study.yaml:") for line in found)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = HEAD + "scenarios:\n  - {id: a, changes: [{cancel: X1}, {cancel: X2}, {gate: soon}]}\nextra: 1\n"
    assert len(faults(tmp_path, text)) == 1  # the shape comes first
    assert len(faults(tmp_path, text.replace("extra: 1\n", ""))) == 3


def test_names_that_a_study_brings_in_can_be_used(tmp_path: Path) -> None:
    text = (
        HEAD
        + "scenarios:\n  - id: a\n    changes: [{add: NEW, like: BETA25S, start: 2025-04-01}, {seats: NEW, to: 1}, "
        "{join: P, count: 10, start: 2025-02-01, every_days: 3}, {leave: P07}, {edition: rolling-2025, learner: P08}]\n"
    )
    study = read(tmp_path, text)
    instance = load(TINY).instance
    whole = Instance(
        **{name: getattr(instance, name) for name in instance.__dataclass_fields__}
        | {"editions": {**instance.editions, **study.editions}}
    )
    after = after_steps(whole, study.scenarios[0].steps)
    assert after.offering["NEW"].seats == 1
    assert [each.id for each in after.learners if each.id.startswith("P")] == [
        f"P{n:02}" for n in range(1, 11) if n != 7
    ]
    assert after.learner["P08"].edition == "rolling-2025"


EVERY = {
    "cancel": step("cancel", "CODE25F"),
    "publish": step("publish", "CODE26F"),
    "move": step("move", "CODE25F", days=7),
    "add": step("add", "NEW", like="CODE25F", start=load(REAL).instance.as_of),
    "seats": step("seats", "CODE25F", to=3),
    "places": step("places", "QSS25B", role="talk", to=9),
    "edition": step("edition", "fall-2023"),
    "window": step("window", None),
    "gate": step("gate", "registration"),
    "waive": step("waive", "talk"),
    "require": step("require", "skills-share", count=1),
    "absences": step("absences", "CODE", to=2),
    "open_to_all": step("open_to_all", "NOC"),
    "deadline": step("deadline", "L05", to=load(REAL).instance.as_of),
    "join": step("join", "N", count=2, start=load(REAL).instance.as_of),
    "leave": step("leave", "L05"),
    "away": step("away", "L05", start=load(REAL).instance.as_of, end=load(REAL).instance.as_of),
    "lose_trainer": step("lose_trainer", "T1"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_every_change_changes_something_and_nothing_twice(name: str) -> None:
    before = load(REAL).instance
    after = EVERY[name].apply(before)
    assert after != before
    assert EVERY[name].apply(before) == after
    assert before == load(REAL).instance


def test_the_command_shows_saves_and_reads_at_80_columns(tmp_path: Path) -> None:
    place = tmp_path / "s.yaml"
    place.write_text(HEAD + "scenarios: [{id: no beta, changes: [{cancel: BETA25S}]}]\n", encoding="utf-8")
    done = run("whatif", TINY, place, "--executor", "serial")
    assert done.code in {0, 1}
    assert max(map(len, done.out.splitlines())) <= 80
    assert "no beta" in done.out
    assert (tmp_path / "s.results.sqlite").exists()
    first = run("whatif", TINY, place, "--csv")
    again = run("whatif", TINY, place, "--csv")
    assert first.out == again.out
    assert first.out.splitlines()[0] == ",".join(NAMES)
    answer = json.loads(run("whatif", TINY, place, "--json").out)
    assert (answer["command"], answer["study"], len(answer["rows"])) == ("whatif", "s", 8)


def test_columns_are_all_described() -> None:
    done = run("whatif", "--columns")
    assert done.code == 0
    assert all(f"{column.name} (" in done.out for column in COLUMNS)
    assert len(set(NAMES)) == len(NAMES)


def test_bad_use_ends_with_a_sentence(tmp_path: Path) -> None:
    place = tmp_path / "s.yaml"
    assert run("whatif", TINY, place).code == 2
    place.write_text(HEAD + "scenarios: [{id: a, changes: [{cancel: NOPE}]}]\n", encoding="utf-8")
    done = run("whatif", TINY, place)
    assert done.code == 2
    assert done.err.startswith("s.yaml:6:")
    assert run("whatif", TINY, place, "--json", "--csv").code == 2


def test_asking_for_the_columns_loads_no_solver() -> None:
    code = "import sys; sys.argv = ['scheduler', 'whatif', '--columns']\nfrom scheduler.cli import main\n"
    code += "try:\n    main()\nexcept SystemExit:\n    print('ortools' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=INSTANCES.parent
    )
    assert done.stdout.splitlines()[-1] == "False"
