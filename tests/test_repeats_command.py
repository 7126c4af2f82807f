"""`scheduler repeats` from a folder to a screen, to JSON, to rows, and to tentative offerings that other commands see."""

import csv
import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scheduler.commands.program import program
from scheduler.commands.repeats import command
from scheduler.files.folder import load
from scheduler.repeats.answering import solve_repeats
from scheduler.repeats.question import RepeatsQuestion
from scheduler.repeats.writing import WouldOverwriteError, write_proposal

REAL = Path(__file__).parent.parent / "instances" / "cscce-2023-2026"
WAITLIST = """\
learner,component,since,priority
L09,CODE,2025-03-11,1
L17,LSC1,2025-03-11,1
W01,LSC1,2025-03-18,3
W01,LSC2,2025-03-18,3
W02,TOOLS,,
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the real instance whose waitlist needs repeats."""
    target = tmp_path / "real"
    shutil.copytree(REAL, target)
    (target / "waitlist.csv").write_text(WAITLIST, encoding="utf-8")
    return target


def run(folder: Path, *options: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(command, [str(folder), *options], standalone_mode=False)


def test_the_json_is_that_of_the_format(folder: Path) -> None:
    result = run(folder, "--json", "--quiet")
    answer = json.loads(result.stdout)
    assert list(answer)[:6] == ["command", "instance", "digest", "edition", "as_of", "synthetic"]
    assert [answer["command"], answer["status"]] == ["repeats", "optimal"]
    assert [answer["covered"], answer["waiting"], answer["uncovered"]] == [4, 4, []]
    assert answer["warnings"] == ["L17 waits for LSC1, but completed it on 2024-09-11: left out."]
    for session in answer["sessions"]:
        assert set(session) >= {"component", "start", "minutes", "trainers", "seats", "learners"}
    assert [point["sessions"] for point in answer["curve"]] == list(range(1, len(answer["sessions"]) + 1))
    assert all(goal["value"] == goal["bound"] for goal in answer["goals"])
    assert result.return_value == 0


def test_the_same_bytes_come_out_twice(folder: Path) -> None:
    one, two = (json.loads(run(folder, "--json", "-q").stdout) for _ in range(2))
    one["solver"].pop("seconds")
    two["solver"].pop("seconds")
    assert one == two


def test_the_screen_keeps_to_80_columns(folder: Path) -> None:
    result = run(folder, "--local", "-q")
    assert max(len(line) for line in result.stdout.splitlines()) <= 80
    assert "Runs to add" in result.stdout


def test_somebody_left_over_is_exit_1(folder: Path) -> None:
    result = run(folder, "--max-sessions", "0", "-q")
    assert result.return_value == 1
    assert "Still waiting, and why" in result.stdout


def test_rows_name_every_seat(folder: Path) -> None:
    result = run(folder, "--csv", "-q")
    assert result.stdout.splitlines()[0] == "learner,component,offering,start,minutes,trainer,added"
    assert len(result.stdout.splitlines()) == 5


def test_an_unknown_component_gets_the_nearest_name(folder: Path) -> None:
    result = run(folder, "--component", "COED", "-q")
    assert "did you mean 'CODE'?" in str(result.exception)


def test_what_is_written_is_an_instance_that_holds_the_repeats(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "new"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    result = run(folder, "--write", str(target), "--json", "-q")
    added = {session["offering"] for session in json.loads(result.stdout)["sessions"]}
    assert added
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    instance = load(target).instance
    written = [run for run in instance.offerings if run.status == "tentative" and run.id in added]
    assert {run.id for run in written} == added
    assert all(run.sessions and run.trainers for run in written)
    old = [run for run in instance.offerings if run.id not in added]
    assert old == list(load(folder).instance.offerings)


def test_writing_twice_needs_force_and_the_input_is_never_touched_unasked(folder: Path, tmp_path: Path) -> None:
    proposal = solve_repeats(load(folder).instance, RepeatsQuestion())
    target = tmp_path / "rows.csv"
    assert [path.name for path in write_proposal(proposal, folder, target)] == ["rows.csv", "rows-sessions.csv"]
    for place in (target, folder):
        with pytest.raises(WouldOverwriteError, match="add --force"):
            write_proposal(proposal, folder, place)
    write_proposal(proposal, folder, folder, force=True)
    assert any(run.status == "tentative" for run in load(folder).instance.offerings)


@pytest.mark.parametrize(
    ("place", "words"),
    [("real", "exists already"), ("taken.csv", "exists already"), ("real/inside", "lies inside"), ("a/file", "cannot")],
)
def test_a_place_that_cannot_be_written_is_refused_and_nothing_is_left(folder: Path, place: str, words: str) -> None:
    (folder.parent / "taken.csv").write_text("mine", encoding="utf-8")
    (folder.parent / "a").write_text("mine", encoding="utf-8")
    before = sorted(folder.parent.rglob("*"))
    result = CliRunner().invoke(program, ["repeats", str(folder), "-q", "--write", str(folder.parent / place)])
    assert result.exit_code == 2
    assert words in result.stderr
    assert sorted(folder.parent.rglob("*")) == before


def test_a_published_offering_in_the_rows_has_its_trainer(folder: Path) -> None:
    rows = list(csv.DictReader(run(folder, "--csv", "-q").stdout.splitlines()))
    assert {row["added"] for row in rows} == {"yes", "no"}
    assert all(row["trainer"] for row in rows)


def test_path_and_check_see_what_is_written(folder: Path, tmp_path: Path) -> None:
    from dataclasses import replace

    from models.judging.violations import violations
    from scheduler.questions import PathQuestion
    from scheduler.solve.paths import solve_paths

    target = tmp_path / "new"
    run(folder, "--write", str(target), "-q")
    instance = replace(load(target).instance, tentative=True)
    result = solve_paths(instance, PathQuestion(learners=("L09",)))
    assert violations(instance, result.plan) == []
    assert any(booking.offering.startswith("CODE-2025") for path in result.plan.paths for booking in path.bookings)


def test_a_later_planning_day_moves_the_notice(folder: Path) -> None:
    result = run(folder, "--as-of", "2025-06-02", "--json", "-q")
    starts = [session["start"][:10] for session in json.loads(result.stdout)["sessions"]]
    assert all(date.fromisoformat(start) >= date(2025, 6, 23) for start in starts)


def test_bookings_keep_the_seats_and_end_the_waits(folder: Path, tmp_path: Path) -> None:
    written = run(folder, "--write", str(tmp_path / "booked"), "--book")
    assert "nobody is booked" not in written.stderr
    after = load(tmp_path / "booked").instance
    booked = {
        (row.learner, row.component) for row in after.records if row.note and "seated from the waitlist" in row.note
    }
    waits = {(wait.learner, wait.component) for wait in load(folder).instance.waitlist}
    assert booked
    assert booked == waits - {(wait.learner, wait.component) for wait in after.waitlist}
    again = json.loads(run(tmp_path / "booked", "--json", "-q", "--tentative").stdout)
    assert (again["waiting"], again["uncovered"], again["sessions"]) == (0, [], [])


def test_without_bookings_it_is_said_that_all_still_wait(folder: Path, tmp_path: Path) -> None:
    assert "nobody is booked: all still wait" in run(folder, "--write", str(tmp_path / "new")).stderr
    assert "--book goes with --write FOLDER" in str(run(folder, "--book").exception)
