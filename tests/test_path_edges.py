"""What is odd about a learner's records, an edition or a planning day is told as it is, with no day made up."""

import json
from pathlib import Path

import pytest

from tests.builders_files import write_instance
from tests.command import INSTANCES, TINY, run

EDITION = """\
format: 1
id: mini
title: A small programme
window: {years: 1, starts: enrolment}
components:
  - {code: TALK, title: A talk, kind: workshop}
requirements:
  - {id: talk, title: A talk, count: 1, from: [TALK]}
"""
OFFERINGS = "offering,component,start,end\nTALK25S,TALK,2025-06-02,2025-06-02\n"
RECORDS = "learner,component,status,date,note\n"
EMPTY = ("sessions", "unavailable", "waitlist", "trainers", "candidates", "closures")


def folder_of(path: Path, records: str, *, edition: str = EDITION, enrolled: str = "2024-01-10") -> Path:
    changes: dict[str, str | bytes | None] = {f"{name}.csv": None for name in EMPTY}
    changes |= {"editions/mini.yaml": edition, "offerings.csv": OFFERINGS, "records.csv": RECORDS + records}
    return write_instance(path, changes | {"learners.csv": f"learner,enrolled\nann,{enrolled}\n"})


@pytest.mark.parametrize(("done", "code"), [("2025-01-10", 0), ("2025-01-11", 1)])
def test_what_was_done_after_the_window_does_not_lead_to_graduation(tmp_path: Path, done: str, code: int) -> None:
    folder = folder_of(tmp_path, f"ann,TALK,completed,{done},\n")
    ran = run("path", folder)
    assert ran.code == code
    if code:
        assert "ann cannot graduate, because\n  - TALK is required\n" in ran.out
        assert f"the window ends 2025-01-10, and everything was done only on {done}" in " ".join(ran.out.split())
    else:
        assert f"ann has graduated, on {done}\n" in ran.out


def test_who_is_exempt_from_everything_has_graduated_on_no_day(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, "ann,TALK,exempt,,taught it for years\n")
    ran = run("path", folder, "--json")
    (ann,) = json.loads(ran.out)["learners"]
    assert (ran.code, ann["status"], ann["graduation"]) == (0, "graduated", None)
    assert "ann has graduated; no day is recorded\n" in run("path", folder).out
    plan = tmp_path / "plan.json"
    plan.write_text(ran.out, encoding="utf-8")
    assert "ann has met everything; no day is recorded, under mini.\n" in run("check", folder, plan).out
    assert json.loads(run("check", folder, plan, "--json").out)["learners"][0]["graduation"] is None


def test_an_edition_that_requires_nothing_is_called_so(tmp_path: Path) -> None:
    free = EDITION.partition("requirements")[0].replace("window: {years: 1, starts: enrolment}\n", "")
    folder = folder_of(tmp_path, "", edition=free)
    assert "ann has nothing to do: edition mini requires nothing\n" in run("path", folder).out
    assert "mini: A small programme\n\n  This edition demands nothing.\n" in run("rules", folder).out


def test_another_planning_day_has_its_own_warnings(tmp_path: Path) -> None:
    told = run("path", TINY, "--learner", "ben", "--as-of", "2024-10-01").err
    assert "dated after the planning day 2024-10-01: not yet known, so ignored" in told
    assert "over since 2025-03-28 and not recorded as completed" in run("path", TINY, "--as-of", "2025-04-01").err
    plan = tmp_path / "plan.json"
    run("path", TINY, "--as-of", "2024-10-01", "--json", "--out", plan, "-q")
    assert run("check", TINY, plan).err == run("path", TINY, "--as-of", "2024-10-01").err


def test_the_digest_is_that_of_the_files_whatever_the_planning_day() -> None:
    one, other = (run("path", TINY, "--json", "-q", *words).out for words in ((), ("--as-of", "2024-10-01")))
    assert json.loads(one)["digest"] == json.loads(other)["digest"]
    assert json.loads(other)["as_of"] == "2024-10-01"


def test_many_warnings_are_counted_and_validate_tells_them_all() -> None:
    real = INSTANCES / "cscce-2023-2026"
    told = run("path", real, "--learner", "L01", "--as-of", "2023-09-01").err.splitlines()
    assert len(told) == 11
    assert told[-1] == f"and 230 more warnings, all told by: scheduler validate {real} --as-of 2023-09-01"
    every = run("validate", real, "--as-of", "2023-09-01", "--json").out
    assert len(json.loads(every)["warnings"]) == 240


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("path", TINY, "--learner", "ada", "--alternatives", "2", "--csv"), "--csv holds one plan"),
        (("generate", "OUT", "--learners", "3", "--tightness", "nan"), "a number from 0 to 1 is needed"),
        (("generate", "OUT", "--learners", "3", "--years", "101"), "101 is not in the range"),
        (("generate", "OUT", "--learners", "30001"), "30001 is not in the range"),
    ],
)
def test_options_that_cannot_be_met_are_refused(tmp_path: Path, words: tuple[str | Path, ...], told: str) -> None:
    out = tmp_path / "out"
    ran = run(*(out if word == "OUT" else word for word in words))
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    assert not out.exists()


def test_who_has_graduated_keeps_what_is_booked_and_the_answer_passes_its_check(tmp_path: Path) -> None:
    edition = EDITION.replace("kind: workshop}", "kind: workshop}\n  - {code: MORE, title: More, kind: workshop}")
    folder = folder_of(tmp_path, "", edition=edition)
    (folder / "offerings.csv").write_text(OFFERINGS + "MORE25S,MORE,2025-07-01,2025-07-01\n", encoding="utf-8")
    (folder / "records.csv").write_text(
        "learner,offering,component,status,date\nann,,TALK,completed,2024-05-02\nann,MORE25S,,booked,\n",
        encoding="utf-8",
    )
    plan = tmp_path / "plan.json"
    assert run("path", folder, "--json", "--out", plan).code == 0
    (ann,) = json.loads(plan.read_text(encoding="utf-8"))["learners"]
    assert [(step["offering"] or step["component"], step["state"]) for step in ann["steps"]] == [
        ("TALK", "done"),
        ("MORE25S", "booked"),
    ]
    assert run("check", folder, plan).code == 0
    assert "MORE25S, MORE: More" in run("path", folder).out


@pytest.mark.parametrize(
    "words",
    [
        ("explain", "--learner", "ada"),
        ("repair", "--learner", "cal", "--count", "1"),
        ("progress",),
        ("missed", "--learner", "ada"),
        ("critical",),
        ("value", "--component", "TOOL"),
        ("readings",),
        ("repeats",),
        ("audit",),
    ],
)
def test_every_command_reads_the_records_of_the_day_that_is_asked_about(words: tuple[str, ...]) -> None:
    command, *options = words
    told = run(command, TINY, *options, "--as-of", "2024-10-01").err
    assert told == run("path", TINY, "--as-of", "2024-10-01").err
    assert "warning" in told
