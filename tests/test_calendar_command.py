"""`scheduler calendar` from the files to what people see and get: JSON, table, screen, and an instance with the year in it."""

import csv
import io
import json
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models.judging.violations import violations
from models.programme.plan import Plan
from models.rules import calendar_rules
from scheduler import Programme
from scheduler.calendar.asking import NoYearError
from scheduler.files.folder import load
from tests.command import INSTANCES, TINY, run
from tests.year_files import YEAR, year_folder

ROOT = Path(__file__).parent.parent
REAL = INSTANCES / "year-2026"


def answer_of(folder: Path, *words: str | Path) -> dict[str, Any]:
    """Return the JSON answer about a folder."""
    done = run("calendar", folder, "--json", "--quiet", *words)
    found: dict[str, Any] = json.loads(done.out)
    return found


def test_the_json_answer_keeps_to_its_contract(tmp_path: Path) -> None:
    found = answer_of(year_folder(tmp_path, arrivals="month,learners,note\n2025-02,1,synthetic\n"))
    assert found["command"] == "calendar"
    names = ["broken-promises", "not-graduating", "graduation", "offerings-added", "trainer-peak", "changes"]
    assert [goal["name"] for goal in found["goals"]] == names
    assert found["status"] == "optimal"
    assert all(goal["bound"] == goal["value"] for goal in found["goals"])
    added = [row for row in found["offerings"] if row["state"] == "added"]
    assert len(added) == found["goals"][3]["value"] > 0
    assert set(added[0]) == {
        "offering", "component", "start", "end", "sessions", "trainers", "seats", "state", "was",
    }  # fmt: skip
    assert added[0]["sessions"][0]["start"].endswith(("-05:00", "-04:00"))
    learners = {row["learner"]: row for row in found["learners"]}
    assert learners["arrival-2025-02-1"]["expected"]
    assert not learners["ada"]["expected"]
    assert all({"before", "supposed", "graduation", "steps"} <= set(row) for row in learners.values())
    assert {row["name"] for row in found["baselines"]} == {"as it stands", "as last year", "largest gaps"}
    for row in found["ledger"]:
        assert row["before"] != row["after"]
    assert {row["trainer"] for row in found["trainers"]} == {"lou", "max"}


def test_a_plan_is_never_worse_than_what_it_is_compared_with(tmp_path: Path) -> None:
    found = answer_of(year_folder(tmp_path))
    here = (found["goals"][1]["value"], found["goals"][2]["value"])
    assert all(here <= (row["not_graduating"], row["graduation"]) for row in found["baselines"])


def test_what_is_written_gives_everybody_the_told_day(tmp_path: Path) -> None:
    folder, target = year_folder(tmp_path), tmp_path / "written"
    found = answer_of(folder, "--write", target)
    told = {row["learner"]: row["graduation"] for row in found["learners"]}
    again = json.loads(run("path", target, "--tentative", "--json", "--quiet").out)
    assert {row["learner"]: row["graduation"] for row in again["learners"]} == told
    before, after = load(folder).instance, load(target).instance
    new = [run for run in after.offerings if run.id not in before.offering]
    assert len(new) == found["goals"][3]["value"]
    assert {each.status for each in new} == {"tentative"}
    assert all(each.trainers for each in new)
    old = {each.sentence for each in violations(before, Plan(), calendar_rules())}
    assert {each.sentence for each in violations(after, Plan(), calendar_rules())} <= old


def test_published_when_asked_for_and_never_over_something(tmp_path: Path) -> None:
    folder, target = year_folder(tmp_path), tmp_path / "written"
    assert run("calendar", folder, "--write", target, "--publish", "--quiet").code in {0, 1}
    after = load(target).instance
    assert {each.status for each in after.offerings} == {"published"}
    again = run("calendar", folder, "--write", target)
    assert (again.code, again.out) == (2, "")
    assert "exists already; name a new place" in again.err
    inside = run("calendar", folder, "--write", folder / "new")
    assert "lies inside" in inside.err
    assert "--publish says how --write writes" in run("calendar", folder, "--publish").err


def test_the_table_has_each_session_in_programme_time_and_utc(tmp_path: Path) -> None:
    done = run("calendar", year_folder(tmp_path), "--csv", "--quiet")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    added = [row for row in rows if row["state"] == "added" and row["component"] == "ALPHA"]
    assert len({row["offering"] for row in added}) * 4 == len(added)
    for row in added:
        hour = "16" if date.fromisoformat(row["start"][:10]) >= date(2025, 3, 9) else "17"
        assert (row["start"][11:], row["utc"][11:]) == ("12:00", f"{hour}:00Z")


def test_the_screen_fits_and_says_what_it_is_worth(tmp_path: Path) -> None:
    done = run("calendar", year_folder(tmp_path), "--quiet", "--curve")
    assert max(len(line) for line in done.out.splitlines()) <= 80
    words = " ".join(done.out.split())
    for each in (
        "Proved optimal.",
        "Offerings to add",
        "Compared with",
        "Who gains and who loses",
        "What fewer additions",
    ):
        assert each in words, each
    assert "Synthetic" in words


def test_nobody_gets_a_later_day_where_that_is_asked_for(tmp_path: Path) -> None:
    found = answer_of(year_folder(tmp_path), "--keep", "--time-limit", "5")
    assert all(row["days"] is None or row["days"] <= 0 for row in found["ledger"])
    assert all(row["after"] is not None for row in found["ledger"])


def test_limits_of_the_question_go_before_those_of_the_year(tmp_path: Path) -> None:
    folder = year_folder(tmp_path)
    added = [row for row in answer_of(folder, "--most", "event=0")["offerings"] if row["state"] == "added"]
    assert not [row for row in added if row["component"] == "QSS"]
    wrong = run("calendar", folder, "--most", "evnt=1")
    assert wrong.code == 2
    assert "event" in wrong.err
    assert "no limit; write it like workshop=24" in run("calendar", folder, "--most", "event").err


def test_what_is_missing_for_a_year_is_named(tmp_path: Path) -> None:
    none = run("calendar", TINY)
    assert (none.code, none.out) == (2, "")
    assert "there is no `year` to plan" in none.err
    bare = year_folder(tmp_path, patterns=None)
    assert "no row says how a component may be held" in run("calendar", bare).err
    late = run("calendar", year_folder(tmp_path / "late", year=YEAR + "  notice_days: 300\n"))
    assert (late.code, "no start in the year is possible" in late.err) == (2, True)


def test_a_component_that_nobody_teaches_is_a_fault_at_its_row(tmp_path: Path) -> None:
    done = run("calendar", year_folder(tmp_path, trainers="trainer,timezone,teaches\nlou,America/New_York,ALPHA\n"))
    assert done.code == 2
    assert "patterns.csv:3:1: component: nobody teaches it" in done.err


def test_nothing_that_no_trainer_is_there_for_is_added(tmp_path: Path) -> None:
    away = "who,start,end,note\nmax,2025-01-01,2025-12-31,synthetic\n"
    found = answer_of(year_folder(tmp_path, unavailable=away))
    assert {row["component"] for row in found["offerings"] if row["state"] == "added"} <= {"ALPHA"}
    assert any("No start of TOOL is possible" in note for note in found["notes"])
    assert any("No run of QSS and WORK can be added beside what stands" in note for note in found["notes"])


@pytest.mark.parametrize("seconds", [3.0, pytest.param(9.0, marks=pytest.mark.slow)])
def test_ctrl_c_shows_the_best_calendar_so_far(seconds: float) -> None:
    words = [sys.executable, "-m", "scheduler.cli", "calendar", str(REAL), "--time-limit", "600", "--quiet"]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        with pytest.raises(subprocess.TimeoutExpired):
            child.wait(seconds)
        child.send_signal(signal.SIGINT)
        output, errors = child.communicate(timeout=60)
    assert child.returncode in {3, 130}, errors
    if child.returncode == 3:
        assert "Stopped before proof" in output


def test_a_programme_answers_the_same_from_python(tmp_path: Path) -> None:
    folder = year_folder(tmp_path)
    found = Programme.load(folder).calendar(most={"event": 0})
    assert "Proved optimal" in str(found)
    assert json.loads(found.json())["status"] == "optimal"
    frame = found.frame()
    assert frame["opens"].is_monotonic_increasing
    assert frame["added"].sum() >= 1
    assert set(frame.loc[frame["added"], "trainers"]) <= {"lou", "max", "lou and max"}
    with pytest.raises(NoYearError, match="no `year`"):
        Programme.load(TINY).calendar()
    with pytest.raises(ValueError, match="of the name 'evnt'"):
        Programme.load(folder).calendar(most={"evnt": 1})


def test_a_folder_for_the_next_year_is_made_from_another(tmp_path: Path) -> None:
    target = tmp_path / "n2026"
    done = run("new", target, "--like", INSTANCES / "cscce-2023-2026", "--year", "2026")
    assert done.code == 0, done.err
    instance = load(target).instance
    assert (instance.id, instance.year is not None) == ("n2026", True)
    assert {"CODE", "PBK", "QSS", "VALUES"} <= {row.component for row in instance.patterns}
    code = next(row for row in instance.patterns if row.component == "CODE")
    assert (code.weeks, code.starts, code.minutes) == (6, (720,), 90)
    enrolled = [who for who in load(INSTANCES / "cscce-2023-2026").instance.learners if who.enrolled]
    last_year = sum(who.enrolled.year == 2025 for who in enrolled if who.enrolled)
    assert sum(row.learners for row in instance.arrivals) == last_year
    again = run("new", target, "--like", INSTANCES / "cscce-2023-2026", "--year", "2026")
    assert (again.code, "not an empty folder" in again.err) == (2, True)
    twice = run("new", tmp_path / "other", "--like", target, "--year", "2027")
    assert "it has a `year` to plan already" in twice.err
    assert "go together" in run("new", tmp_path / "third", "--year", "2027").err
    over = run("new", tmp_path / "fourth", "--like", INSTANCES / "cscce-2023-2026", "--year", "2024")
    assert "2024 is over on the planning day" in over.err
    assert not (tmp_path / "fourth").exists()
