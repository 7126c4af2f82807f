"""`scheduler audit`, `new` and `generate`: what they print or write, and how they end."""

import json
from pathlib import Path

from tests.command import INSTANCES, TINY, run

REAL = INSTANCES / "cscce-2023-2026"


def test_audit_is_exit_1_if_a_promise_is_broken() -> None:
    ran = run("audit", REAL)
    assert (ran.code, ran.err) == (1, "")
    assert "\n4 of 87 cases broken: 60 kept" in ran.out
    assert "\n  QSS        2024 Q1     0         1  cohort-2024  S000\n" in ran.out
    assert len(ran.out.splitlines()) < 40


def test_audit_is_exit_0_if_none_is_broken() -> None:
    ran = run("audit", REAL, "--edition", "rolling-2025", "--json")
    answer = json.loads(ran.out)
    assert (ran.code, answer["kept"]) == (0, True)
    assert len(answer["promises"]) == 11 * 3 + 8
    assert {each["verdict"] for each in answer["promises"]} == {"kept", "too early to say"}
    assert answer["promises"][0] == {
        "edition": "rolling-2025",
        "component": "VALUES",
        "promise": "at least 1 in each calendar year",
        "source": "S003",
        "period": "2025",
        "from": "2025-01-01",
        "to": "2025-12-31",
        "needed": 1,
        "found": [{"offering": "VALUES25S", "start": "2025-04-09"}, {"offering": "VALUES25F", "start": "2025-10-15"}],
        "verdict": "kept",
    }


def test_audit_looks_at_the_days_that_are_named() -> None:
    words = ["--edition", "fall-2023", "--from", "2023-09-21", "--to", "2024-09-21"]
    ran = run("audit", REAL, *words, "--all")
    assert ran.code == 1
    assert "at least 2 in each window [S001]: 2023-09-21 to\n2024-09-21" in ran.out


def test_audit_needs_both_ends_in_order() -> None:
    assert run("audit", REAL, "--from", "2024-01-01").err.endswith("Error: --from and --to go together\n")
    ran = run("audit", REAL, "--from", "2024-01-02", "--to", "2024-01-01")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith("Error: --to 2024-01-01 lies before --from 2024-01-02\n")


def test_no_promise_is_none_broken() -> None:
    ran = run("audit", TINY)
    assert ran.code == 0
    assert ran.out.endswith("\nNo supply promise is stated.\n")


def test_a_new_instance_is_valid(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    made = run("new", folder)
    assert (made.code, made.out) == (0, "")
    assert made.err == f"wrote {folder}: fill offerings.csv and learners.csv, then run scheduler validate {folder}\n"
    assert run("validate", folder).code == 0
    assert run("path", folder).code == 0


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "kept.txt").write_text("kept")
    for words in (["new"], ["generate", "--learners", "2"]):
        ran = run(words[0], tmp_path / "mine", *words[1:])
        assert (ran.code, ran.out) == (2, "")
        assert "it exists and is not an empty folder; name a new one" in ran.err
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["kept.txt"]


def test_a_generated_instance_can_be_planned(tmp_path: Path) -> None:
    folder = tmp_path / "made"
    made = run("generate", folder, "--learners", "3", "--years", "2", "--seed", "5", "--tightness", "0.2")
    assert (made.code, made.out, made.err) == (0, "", f"wrote {folder}\n")
    assert run("validate", folder).code == 0
    assert run("path", folder).code in {0, 1}


def test_a_tightness_out_of_range_is_refused(tmp_path: Path) -> None:
    ran = run("generate", tmp_path / "made", "--learners", "3", "--tightness", "2")
    assert (ran.code, list(tmp_path.iterdir())) == (2, [])
