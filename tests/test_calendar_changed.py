"""ST7: something happens to a calendar that is held; it keeps what can be kept, and says what changes and whom it touches."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from models.changes.calendar import shifted
from models.programme.instance import Instance
from scheduler.calendar.answering import plan_year
from scheduler.calendar.question import CalendarAnswer, CalendarQuestion
from scheduler.calendar.struck import struck_by
from scheduler.engines.budget import Budget
from scheduler.files.folder import load
from scheduler.studies.study import ChangeStep, step
from tests.command import run
from tests.year_files import year_folder


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the small year with its best calendar published."""
    place = tmp_path_factory.mktemp("held")
    target = place / "held"
    assert run("calendar", year_folder(place), "--write", target, "--publish", "--quiet").code in {0, 1}
    return target


def happened(place: Path, *changes: str) -> Path:
    """Write a file of changes."""
    path = place / "happened.yaml"
    path.write_text("format: 1\nchanges:\n" + "".join(f"  - {each}\n" for each in changes), encoding="utf-8")
    return path


def run_of(instance: Instance, code: str) -> str:
    """Return the run of a component that the year's plan has added."""
    return next(r.id for r in instance.offerings if r.component == code and r.note and "added by" in r.note)


def answer_of(folder: Path, file: Path, *words: str | Path) -> dict[str, Any]:
    done = run("calendar", folder, "--changed", file, "--json", "--quiet", *words)
    found: dict[str, Any] = json.loads(done.out)
    return found


def planned(instance: Instance, *steps: ChangeStep) -> CalendarAnswer:
    question = CalendarQuestion(changes=tuple(each.apply for each in steps))
    return plan_year(instance, question, budget=Budget(30))


def test_st7_a_cancelled_offering_changes_no_other_date_and_is_told_with_whom_it_touches(
    held: Path, tmp_path: Path
) -> None:
    before = load(held).instance
    name = run_of(before, "WORK")
    target = tmp_path / "repaired"
    found = answer_of(held, happened(tmp_path, f"{{cancel: {name}}}"), "--write", target, "--publish")
    assert found["goals"][0] == {"name": "changes", "value": 1, "bound": 1, "unit": "offerings"}
    after = load(target).instance
    assert {(r.id, r.start, r.trainers) for r in before.offerings if r.id != name} <= {
        (r.id, r.start, r.trainers) for r in after.offerings
    }
    assert after.offering[name].status == "cancelled"
    (row,) = found["changes"]
    assert row["was"]["offering"] == name
    assert row["what"] in {"moved", "cancelled"}
    if row["now"]:
        assert row["now"]["component"] == "WORK"
        assert row["now"]["start"] != row["was"]["start"]
    again = json.loads(run("path", target, "--json", "--quiet").out)
    told = {each["learner"]: each["graduation"] for each in found["learners"]}
    assert {each["learner"]: each["graduation"] for each in again["learners"]} == told


def test_st7_another_trainer_takes_over_where_one_is_there_and_the_date_stays(held: Path) -> None:
    before = load(held).instance
    name = run_of(before, "WORK")
    start = before.offering[name].start
    third = replace(before.trainer["max"], id="zoe")
    instance = replace(before, trainers=(*before.trainers, third))
    ill = step("away", "max", start=start, end=start)
    found = planned(instance, ill)
    mine = [each for each in found.shifts if each.was and each.was.id == name]
    assert [each.what for each in mine] == ["trainers"]
    assert found.values["changes"] == found.bounds["changes"]
    assert found.instance.offering[name].trainers == ("zoe",)
    assert found.instance.offering[name].start == start
    alone = planned(before, ill)
    assert next(each.what for each in alone.shifts if each.was and each.was.id == name) in {"moved", "cancelled"}


def test_st7_a_lost_trainer_is_replaced_by_whoever_teaches_it_too(held: Path) -> None:
    before = load(held).instance
    third = replace(before.trainer["max"], id="zoe")
    instance = replace(before, trainers=(*before.trainers, third))
    found = struck_by(instance, [step("lose_trainer", "max").apply])
    name = run_of(before, "WORK")
    assert name in {each.id for each in found.staffed}
    assert found.after.offering[name].status != "cancelled"
    assert found.lost == ()


def test_st7_what_has_begun_never_moves(held: Path) -> None:
    before = load(held).instance
    old = before.offering[run_of(before, "WORK")]
    later = shifted(old, 7)
    long = replace(old, end=later.end, sessions=(*old.sessions, *later.sessions))
    begun = replace(before, as_of=old.start, offerings=tuple(long if e.id == old.id else e for e in before.offerings))
    found = struck_by(begun, [step("away", "max", start=later.start, end=later.end).apply])
    assert [each.id for each in found.short] == [old.id]
    assert found.after.offering[old.id].start == old.start
    assert found.after.offering[old.id].status == "published"


def test_st7_nothing_changes_where_nothing_is_struck(held: Path, tmp_path: Path) -> None:
    file = happened(tmp_path, "{away: max, start: 2026-01-01, end: 2026-01-02}")
    found = answer_of(held, file)
    assert found["changes"] == []
    assert found["status"] == "optimal"
    assert found["ledger"] == []
    assert "Nothing has to change" in run("calendar", held, "--changed", file, "--quiet").out


def test_the_table_tells_when_a_changed_offering_was_before_and_who_has_booked_it(held: Path, tmp_path: Path) -> None:
    name = run_of(load(held).instance, "WORK")
    file = happened(tmp_path, f"{{cancel: {name}}}", "{cancel: QSS25A}")
    rows = list(csv.DictReader(io.StringIO(run("calendar", held, "--changed", file, "--csv", "--quiet").out)))
    changed = [row for row in rows if row["was"]]
    told = answer_of(held, file)["changes"]
    assert len(changed) == len(told)
    for row in changed:
        (mine,) = [each for each in told if row["offering"] == (each["now"] or each["was"])["offering"]]
        assert row["state"] == mine["what"]
        assert row["was"][:10] == mine["was"]["start"]
        assert row["booked_by"] == ";".join(mine["touched"])
        assert row["utc"].endswith("Z")
    assert "ben" in " ".join(row["booked_by"] for row in changed)
    assert {row["was"] for row in rows if row["state"] == "kept"} == {""}


def test_the_screen_says_what_changes_and_fits(held: Path, tmp_path: Path) -> None:
    name = run_of(load(held).instance, "WORK")
    done = run("calendar", held, "--changed", happened(tmp_path, f"{{cancel: {name}}}"), "--quiet")
    assert max(len(line) for line in done.out.splitlines()) <= 80
    for words in ("everything else stays as it is", "before the change", "with nothing done about it"):
        assert words in " ".join(done.out.split())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("{cancel: NONE}", "no offering of this name; read 'NONE'"),
        ("{cancle: QSS}", "no change of this name"),
        ("{away: max, start: 2025-02-02, end: 2025-01-01}", "`end` lies before `start`"),
    ],
)
def test_a_bad_change_is_a_fault_at_its_place(held: Path, tmp_path: Path, change: str, words: str) -> None:
    done = run("calendar", held, "--changed", happened(tmp_path, change))
    assert (done.code, done.out) == (2, "")
    assert words in done.err
    assert "happened.yaml:3" in done.err
