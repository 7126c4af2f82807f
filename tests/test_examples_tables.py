"""Acceptance examples of the tables: ST10 (one extra date), LE5 (the progress sheet), LE6 (I missed one)."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.command import INSTANCES, run
from tests.examples import Programme, alone, nearly_done, plentiful

CSCCE = INSTANCES / "cscce-2023-2026"


def told(*words: str | Path) -> dict[str, Any]:
    """Return the JSON that a command prints."""
    ran = run(*words, "--json")
    assert ran.code in {0, 1}, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


def waiting_for_content_design() -> Programme:
    """Return three learners who miss only CODE, which runs late in the year: too late for one of them."""
    programme = Programme().runs("CODE-26F 2026-10-05 2026-11-13", "VALUES-26A 2026-03-03")
    for name, deadline in (("ada", ""), ("ben", ""), ("cal", "2026-06-30")):
        nearly_done(programme, name, "CODE", deadline=deadline)
    return programme


@pytest.mark.parametrize("together", [(), ("--together",), ("--alone",)])
def test_st10_the_extra_date_that_helps_most_is_found_with_its_days_and_who_then_finishes(
    tmp_path: Path, together: tuple[str, ...]
) -> None:
    folder = waiting_for_content_design().write(tmp_path / "x")
    rows = {(row["component"], row["month"]): row for row in told("value", folder, *together)["rows"]}
    january, may, june = (rows["CODE", month] for month in ("2026-01", "2026-05", "2026-06"))
    assert (january["start"], january["end"], january["like"]) == ("2026-01-05", "2026-02-13", "CODE-26F")
    assert january["gained"] == may["gained"] == ["cal"]
    assert january["earlier"] == ["ada", "ben"]
    assert june["gained"] == []
    assert june["days_saved"] == 2 * 126
    assert (january["days_saved"], may["days_saved"]) == (2 * 273, 2 * 154)
    assert all(row["days_saved"] == 0 for (code, _), row in rows.items() if code == "VALUES")


def test_st10_the_ranking_is_shown_and_says_that_the_runs_are_supposed(tmp_path: Path) -> None:
    folder = waiting_for_content_design().write(tmp_path / "x")
    words = " ".join(run("value", folder).out.split())
    assert "Each extra run is supposed" in words
    first = words.index("CODE 2026-01 2026-01-05 1 546 cal 2 learners")
    assert first < words.index("CODE 2026-02 2026-02-02 1 490 cal 2 learners")
    assert not (tmp_path / "x" / "offerings.csv").read_text(encoding="utf-8").count("supposed")


def test_le5_the_sheet_is_the_one_that_path_shows(tmp_path: Path) -> None:
    programme = plentiful("rolling-2025").done("ada", "ORIENT", "CODE").done("ada", "QSS", on="2025-11-13")
    programme.add("records", learner="ada", offering="QSS-26A", status="booked", role="talk")
    folder = programme.write(tmp_path / "x")
    rows = {row["requirement"]: row for row in told("progress", folder, "--learner", "ada")["rows"]}
    assert (rows["orientation"]["state"], rows["talk"]["state"], rows["core"]["state"]) == ("done", "booked", "missing")
    missing = {each["requirement"]: each for each in alone(folder)["missing"]}
    assert {name for name, row in rows.items() if row["state"] != "done"} == set(missing)
    for name, each in missing.items():
        assert [rows[name][key] for key in ("needed", "done", "booked", "start_by")] == [
            each[key] for key in ("needed", "done", "booked", "start_by")
        ]


def test_le5_staff_see_the_last_chances_of_the_next_60_days() -> None:
    chances = told("progress", CSCCE, "--alone")["last_chances"]
    assert [(row["start_by"], row["learner"], row["what"], row["days_left"]) for row in chances] == [
        ("2025-05-15", "L06", "QSS25B", 51),
        ("2025-05-15", "L10", "QSS25B", 51),
    ]
    together = {(row["start_by"], row["learner"], row["what"]) for row in told("progress", CSCCE)["last_chances"]}
    assert {(row["start_by"], row["learner"], row["what"]) for row in chances} < together
    assert ("2025-05-15", "L04", "QSS25B") in together  # later talk places are given to others
    later = told("progress", CSCCE, "--as-of", "2025-05-20", "--days", "20")["last_chances"]
    assert ("L04", "COP25S") in {(row["learner"], row["what"]) for row in later}


@pytest.mark.parametrize("what", ["FOURFRAME", "CODE", "QSS"])
def test_le6_what_if_says_what_planning_anew_says_once_it_is_missed(tmp_path: Path, what: str) -> None:
    programme = plentiful("rolling-2025")
    folder = programme.write(tmp_path / "before")
    rows = told("missed", folder, "--learner", "ada")["rows"]
    row = next(row for row in rows if row["component"] == what)
    for step in alone(folder)["steps"]:
        if step["start"] > row["start"] or step["state"] == "done":
            continue
        state = "missed" if step["offering"] == row["offering"] else "booked"
        entry = {"learner": "ada", "component": step["component"], "role": step["role"] or ""}
        when = {"offering": step["offering"] or ""} if step["offering"] else {"date": step["start"]}
        if step["end"] < row["start"] and state == "booked":
            state, when = "completed", when | {"date": step["end"]}
        programme.add("records", **entry, **when, status=state)
    programme.as_of = row["start"]
    after = alone(programme.write(tmp_path / "after"))
    assert after["graduation"] == row["graduation_then"]
    taken = {step["offering"] for step in after["steps"] if step["offering"]}
    assert set(row["instead"]) <= taken
    assert row["offering"] not in taken
