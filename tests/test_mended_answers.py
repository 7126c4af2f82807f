"""Answers that were once wrong, each kind on a small folder: what stands already, what has no run, what a booking is worth."""

import json
from pathlib import Path

import pytest

from tests.command import run
from tests.test_second_step_files import components, folder

NEEDS_A = "requirements:\n  - {id: a, title: A, count: 1, from: [A]}\n"
ONE_A = components("code: A, title: A, kind: course") + NEEDS_A
ANN = "learner,enrolled\nann,2025-01-02\n"


def answer(*words: str | Path) -> dict[str, object]:
    """Return what a command prints as JSON."""
    found: dict[str, object] = json.loads(run(*words, "--json").out)
    return found


def test_hours_of_a_course_under_way_are_not_judged_again(tmp_path: Path) -> None:
    edition = components("code: A, title: A, kind: course", "code: B, title: B, kind: course") + NEEDS_A
    where = folder(
        tmp_path,
        edition,
        "",
        "learner,enrolled,max_weekly_hours\nann,2025-01-02,2\n",
        records="learner,component,offering,status\nann,B,B1,booked\n",
    )
    (where / "offerings.csv").write_text(
        "offering,component,start,end,weekly_hours\nB1,B,2025-01-06,2025-01-12,3\nA1,A,2025-01-20,2025-01-20,\n"
        "A2,A,2025-01-10,2025-01-10,1\n",
        encoding="utf-8",
    )
    assert "graduates on 2025-01-20" in run("path", where).out


def test_a_task_whose_prerequisite_has_no_run_is_told_and_mended(tmp_path: Path) -> None:
    edition = (
        components("code: C, title: C, kind: workshop", "code: T, title: T, kind: task, requires: [C]")
        + "requirements:\n  - {id: t, title: T, count: 1, from: [T]}\n"
    )
    where = folder(tmp_path, edition, "")
    said = run("explain", where, "--learner", "ann").out
    for words in ("T is required", "T needs C first", "the calendar holds no run of C", "proved to be all there is"):
        assert words in said
    repairs = answer("repair", where)["repairs"]
    kinds = [(each["cost"], each["changes"][0]["kind"]) for each in repairs]  # type: ignore[attr-defined]
    assert kinds == [(80, "waive_rule"), (150, "add_first_offering"), (200, "waive_requirement")]


def test_a_component_without_any_run_is_the_reason_itself(tmp_path: Path) -> None:
    said = run("explain", folder(tmp_path, ONE_A, ""), "--learner", "ann").out
    assert "the calendar holds no run of A" in said


def test_a_tentative_run_in_which_somebody_is_booked_is_critical(tmp_path: Path) -> None:
    where = folder(tmp_path, ONE_A, "", records="learner,component,offering,status\nann,A,A1,booked\n")
    (where / "offerings.csv").write_text(
        "offering,component,start,end,status\nA1,A,2025-03-03,2025-03-07,tentative\nA2,A,2025-02-03,2025-02-07,tentative\n",
        encoding="utf-8",
    )
    rows = answer("critical", where)["rows"]
    assert [(row["offering"], row["graduations_lost"]) for row in rows] == [("A1", 1)]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("tables", "reason"),
    [
        ({"unavailable": "who,start,end\nann,2025-03-03,2025-03-07\n"}, "ann is away for all of A1"),
        ({"learners": "learner,enrolled,deadline\nann,2025-01-02,2025-03-06\n"}, "the window ends 2025-03-06"),
        ({"requires": "B"}, "A1 needs B first"),
    ],
)
def test_a_booking_that_is_not_going_to_count_is_told_with_its_reason(
    tmp_path: Path, tables: dict[str, str], reason: str
) -> None:
    edition = ONE_A
    if "requires" in tables:
        edition = (
            components("code: A, title: A, kind: course, requires: [B]", "code: B, title: B, kind: course") + NEEDS_A
        )
    people = tables.get("learners", ANN)
    more = {name: text for name, text in tables.items() if name == "unavailable"}
    booked = "learner,component,offering,status\nann,A,A1,booked\n"
    where = folder(tmp_path, edition, "A1,A,2025-03-03,2025-03-07\n", people, records=booked, **more)
    done = run("progress", where)
    assert "ann is booked in A1, which is not going to count" in done.out
    assert reason in " ".join(done.out.split())
    row = answer("progress", where)["rows"][0]  # type: ignore[index]
    assert (row["booked"], reason in row["not_counting"]) == (1, True)


def test_a_booking_that_counts_is_not_told(tmp_path: Path) -> None:
    booked = "learner,component,offering,status\nann,A,A1,booked\n"
    where = folder(tmp_path, ONE_A, "A1,A,2025-03-03,2025-03-07\n", records=booked)
    assert "not going to count" not in run("progress", where).out
    assert answer("progress", where)["rows"][0]["not_counting"] is None  # type: ignore[index]


def test_a_booking_whose_first_part_is_planned_counts(tmp_path: Path) -> None:
    edition = components("code: A, title: A, kind: course, requires: [B]", "code: B, title: B, kind: course") + NEEDS_A
    booked = "learner,component,offering,status\nann,A,A1,booked\n"
    where = folder(tmp_path, edition, "A1,A,2025-03-03,2025-03-07\nB1,B,2025-02-03,2025-02-07\n", ANN, records=booked)
    said = run("progress", where).out
    assert "1 has everything done or booked" in said
    assert "not going to count" not in said
    assert "graduates on 2025-03-07" in run("path", where).out


@pytest.mark.parametrize(
    ("run_of_b", "is_told"), [("B1,B,2025-02-03,2025-02-07", False), ("B1,B,2025-03-03,2025-03-07", True)]
)
def test_a_booking_of_who_is_blocked_is_told_only_if_nothing_could_make_it_count(
    tmp_path: Path, run_of_b: str, is_told: bool
) -> None:
    edition = components(
        "code: A, title: A, kind: course, requires: [B]",
        "code: B, title: B, kind: course",
        "code: C, title: C, kind: course",
    ) + NEEDS_A.replace("from: [A]", "from: [C]")
    booked = "learner,component,offering,status\nann,A,A1,booked\nann,C,C1,booked\n"
    runs = f"A1,A,2025-03-03,2025-03-07\nC1,C,2025-04-07,2025-04-11\n{run_of_b}\n"
    away = "who,start,end\nann,2025-04-07,2025-04-11\n"
    said = run("progress", folder(tmp_path, edition, runs, ANN, records=booked, unavailable=away)).out
    assert "1 has no path to graduation" in said
    assert "ann is booked in C1, which is not going to count: ann is away for all of C1" in said
    assert ("ann is booked in A1, which is not going to count: A1 needs B first" in said) is is_told


def test_who_is_exempt_from_everything_has_no_day_in_a_study(tmp_path: Path) -> None:
    study = tmp_path / "s.yaml"
    study.write_text(
        "format: 1\nid: s\ntitle: S\nquestion: alone\nbaseline: []\nscenarios:\n  - {id: x, changes: [{cancel: A1}]}\n",
        encoding="utf-8",
    )
    exempt = "learner,component,status,note\nann,A,exempt,before\n"
    where = folder(tmp_path / "f", ONE_A, "A1,A,2025-03-03,2025-03-07\n", records=exempt)
    done = run("whatif", where, study, "--json")
    assert done.code == 0
    assert "0001-01-01" not in done.out


def test_what_is_recorded_of_later_days_stays_unknown_when_a_step_is_missed(tmp_path: Path) -> None:
    edition = components("code: A, title: A, kind: course", "code: B, title: B, kind: course") + (
        "requirements:\n  - {id: ab, title: AB, count: 2, from: [A, B]}\n"
    )
    runs = "A1,A,2025-02-03,2025-02-07\nA2,A,2025-06-02,2025-06-06\nB1,B,2025-03-03,2025-03-07\n"
    later = "learner,component,status,date\nann,B,completed,2025-01-20\n"
    where = folder(tmp_path, edition, runs, records=later)
    rows = answer("missed", where, "--learner", "ann")["rows"]
    days = {row["offering"]: row["graduation_then"] for row in rows}  # type: ignore[attr-defined]
    assert days == {"A1": "2025-06-06", "B1": None}


LAST_B = "last: [B]\n" + components("code: A, title: A, kind: course%s", "code: B, title: B, kind: course")


@pytest.mark.parametrize(
    ("years", "months"), [(", valid_years: 1", ""), ("", ", within_months: 6"), (", valid_years: 2", "")]
)
def test_what_comes_last_waits_for_what_is_taken_again(tmp_path: Path, years: str, months: str) -> None:
    edition = LAST_B % years + f"requirements:\n  - {{id: a, title: A, count: 1, from: [A]{months}}}\n"
    runs = "B1,B,2025-02-03,2025-02-03\nA1,A,2025-03-03,2025-03-03\nB2,B,2025-05-05,2025-05-05\n"
    done = "learner,component,status,date\nann,A,completed,2023-02-03\n"
    where = folder(tmp_path, edition, runs, records=done)
    day = "2025-02-03" if "2" in years else "2025-05-05"
    assert answer("path", where)["learners"][0]["graduation"] == day  # type: ignore[index]


@pytest.mark.parametrize(
    ("rule", "between"),
    [(", requires: [A], days_after: {A: 28}", ""), (", requires: [A]", "days_between: {task: 60}\n")],
)
def test_a_task_may_wait_for_longer_than_the_calendar_lasts(tmp_path: Path, rule: str, between: str) -> None:
    tasks = [f"code: T, title: T, kind: task{rule}", "code: U, title: U, kind: task, requires: [T]"]
    needs = "requirements:\n  - {id: u, title: U, count: 1, from: [U]}\n"
    edition = between + components("code: A, title: A, kind: course", *tasks) + needs
    where = folder(tmp_path, edition, "A1,A,2025-02-03,2025-02-03\n")
    day = "2025-04-05" if between else "2025-03-04"
    assert answer("path", where)["learners"][0]["graduation"] == day  # type: ignore[index]


def attended(tmp_path: Path, *minutes: str) -> Path:
    """Write a folder in which ann has rows of one session, so long each, and needs sixty minutes of it."""
    edition = components("code: A, title: A, kind: course")
    edition += "requirements:\n  - {id: a, title: A, count: 1, from: [A], min_minutes: 60}\n"
    rows = "".join(f"ann,A,A1,completed,2025-01-02,{each}\n" for each in minutes)
    records = f"learner,component,offering,status,date,minutes\n{rows}"
    return folder(tmp_path, edition, "A1,A,2025-01-02,2025-01-02\n", ANN, records=records)


def test_who_left_and_came_back_attended_both_parts(tmp_path: Path) -> None:
    where = attended(tmp_path, "30", "35")
    assert "has graduated, on 2025-01-02" in run("path", where).out
    assert "one attendance with line 2: 30 + 35 = 65 minutes" in " ".join(run("validate", where).out.split())
    assert "has graduated" not in run("path", attended(tmp_path / "short", "30", "29")).out


@pytest.mark.parametrize("minutes", [("30", "30"), ("30", ""), ("", "")], ids=" and ".join)
def test_rows_of_one_session_that_are_no_parts_of_it_are_a_repetition(tmp_path: Path, minutes: tuple[str, str]) -> None:
    found = run("validate", attended(tmp_path, *minutes))
    assert found.code == 2
    assert "the same is recorded already in line 2" in found.err + found.out
