"""Sisters of reported cases: the same kinds of wrong answer at other places, so that a mend holds for the kind."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.command import run
from tests.test_second_step_files import components, folder

Rows = list[dict[str, object]]
BOOKED = "learner,component,offering,status\n"


def answer(*words: str | Path) -> dict[str, Rows]:
    """Return what a command prints as JSON."""
    found: dict[str, Rows] = json.loads(run(*words, "--json").out)
    return found


def asks(*codes: str, count: int | None = None) -> str:
    """Return an edition's one requirement."""
    return f"requirements:\n  - {{id: all, title: All, count: {count or len(codes)}, from: [{', '.join(codes)}]}}\n"


def courses(*codes: str, kind: str = "course") -> str:
    """Return components that require nothing."""
    return components(*(f"code: {code}, title: {code}, kind: {kind}" for code in codes))


def graduation(where: Path) -> object:
    """Return the day of the one learner, and see that `check` accepts the plan that says so."""
    plan = where.parent / f"plan of {where.name}.csv"
    found = answer("path", where)["learners"][0]
    plan.write_text(run("path", where, "--csv").out, encoding="utf-8")
    assert run("check", where, plan).code == 0
    return found["graduation"]


def repairs(where: Path) -> list[tuple[object, list[object]]]:
    """Return cost and kinds of each repair."""
    return [
        (each["cost"], [step["kind"] for step in each["changes"]])  # type: ignore[attr-defined]
        for each in answer("repair", where)["repairs"]
    ]


def test_courses_at_once_that_are_under_way_are_not_judged_again(tmp_path: Path) -> None:
    runs = "A1,A,2025-01-01,2025-01-31\nB1,B,2025-01-02,2025-01-31\nC1,C,2025-01-20,2025-02-20\nC2,C,2025-02-03,2025-02-14\n"
    where = folder(
        tmp_path,
        courses("A", "B", "C") + asks("C"),
        runs,
        "learner,enrolled,max_courses\nann,2024-12-01,1\n",
        records=f"{BOOKED}ann,A,A1,booked\nann,B,B1,booked\n",
    )
    assert graduation(where) == "2025-02-14"


def test_workshops_of_a_month_that_are_under_way_are_not_judged_again(tmp_path: Path) -> None:
    runs = "A1,A,2025-01-02,2025-01-31\nB1,B,2025-01-03,2025-01-31\nC1,C,2025-01-20,2025-01-20\nC2,C,2025-02-03,2025-02-03\n"
    where = folder(
        tmp_path,
        courses("A", "B", "C", kind="workshop") + asks("C"),
        runs,
        "learner,enrolled,max_workshops_per_month\nann,2024-12-01,1\n",
        records=f"{BOOKED}ann,A,A1,booked\nann,B,B1,booked\n",
    )
    assert graduation(where) == "2025-02-03"


def test_the_want_of_a_run_is_told_over_a_task_that_a_course_requires(tmp_path: Path) -> None:
    edition = components(
        "code: A, title: A, kind: workshop",
        "code: T, title: T, kind: task, requires: [A]",
        "code: C, title: C, kind: course, requires: [T]",
    )
    where = folder(tmp_path, edition + asks("C"), "C1,C,2025-06-02,2025-06-06\n")
    said = " ".join(run("explain", where, "--learner", "ann").out.split())
    for words in ("C is required", "C needs T first", "T needs A first", "the calendar holds no run of A"):
        assert words in said
    assert "Dropping any one of these would free the learner." in said
    assert (80, ["waive_rule"]) in repairs(where)
    assert (150, ["add_first_offering"]) in repairs(where)


def test_the_want_of_a_run_is_told_over_a_task_that_requires_one_of_two(tmp_path: Path) -> None:
    edition = components(
        "code: A, title: A, kind: workshop",
        "code: B, title: B, kind: workshop",
        "code: T, title: T, kind: task, requires: [[A, B]]",
    )
    where = folder(tmp_path, edition + asks("T"), "")
    said = " ".join(run("explain", where, "--learner", "ann").out.split())
    for words in ("T needs A or B first", "no run of A", "no run of B"):
        assert words in said
    assert repairs(where)[0] == (80, ["waive_rule"])


@pytest.mark.parametrize("rule", ["corequisites", "strict_corequisites"])
def test_the_want_of_a_run_is_told_and_mended_beside_what_needs_it(tmp_path: Path, rule: str) -> None:
    edition = components(f"code: A, title: A, kind: course, {rule}: [L]", "code: L, title: L, kind: course")
    where = folder(tmp_path, edition + asks("A"), "A1,A,2025-06-02,2025-06-06\n")
    said = " ".join(run("explain", where, "--learner", "ann").out.split())
    assert "the calendar holds no run of L" in said
    assert [kinds for _, kinds in repairs(where)][:2] == [["waive_rule"], ["add_first_offering"]]


def test_the_want_of_a_run_is_told_of_what_comes_last(tmp_path: Path) -> None:
    where = folder(tmp_path, courses("A", "L") + asks("A") + "last: [L]\n", "A1,A,2025-06-02,2025-06-06\n")
    said = " ".join(run("explain", where, "--learner", "ann").out.split())
    assert "the calendar holds no run of L" in said
    assert ["add_first_offering"] in [kinds for _, kinds in repairs(where)]


def test_a_requirement_is_told_whole_where_a_task_that_is_closed_is_one_of_its_own(tmp_path: Path) -> None:
    edition = components(
        "code: A, title: A, kind: workshop",
        "code: C, title: C, kind: course",
        "code: T, title: T, kind: task, requires: [A]",
    )
    where = folder(tmp_path, edition + asks("C", "T"), "C1,C,2025-06-02,2025-06-06\n")
    said = " ".join(run("explain", where, "--learner", "ann").out.split())
    for words in ("C and T are required", "T needs A first", "the calendar holds no run of A"):
        assert words in said


def test_a_task_that_only_a_record_opens_is_said_to_be_left_out(tmp_path: Path) -> None:
    edition = components(
        "code: A, title: A, kind: workshop",
        "code: C, title: C, kind: course",
        "code: T, title: T, kind: task, requires: [A]",
    )
    where = folder(tmp_path, edition + asks("C", "T", count=1), "C1,C,2025-01-03,2025-06-06\n")
    words = "Left out: T, which needs something that the calendar does not hold and no record shows."
    for command in (("explain", where, "--learner", "ann"), ("repair", where)):
        assert words in " ".join(run(*command).out.split())
        codes: Any = answer(*command)["left_out"]
        assert codes == ["T"]


def test_a_booking_is_moved_past_a_run_that_is_full(tmp_path: Path) -> None:
    meetings = "V1,2025-03-12 12:00,90\nW1,2025-03-12 13:00,90\nV2,2025-04-09 12:00,90\nV3,2025-05-07 12:00,90\n"
    where = folder(
        tmp_path,
        courses("V", "W", kind="workshop") + asks("V", "W"),
        "",
        records=f"{BOOKED}ann,V,V1,booked\n",
        sessions=f"offering,start,minutes\n{meetings}",
    )
    (where / "offerings.csv").write_text(
        "offering,component,start,end,seats,taken\nV1,V,2025-03-12,2025-03-12,,\nW1,W,2025-03-12,2025-03-12,,\n"
        "V2,V,2025-04-09,2025-04-09,4,4\nV3,V,2025-05-07,2025-05-07,,\n",
        encoding="utf-8",
    )
    first = answer("repair", where)["repairs"][0]
    steps: Any = first["changes"]
    (step,) = steps
    assert step["kind"] == "rebook"
    assert "V3" in step["words"]


def test_a_booking_that_ends_too_late_is_moved_to_an_earlier_run(tmp_path: Path) -> None:
    where = folder(
        tmp_path,
        courses("V") + asks("V"),
        "V1,V,2025-09-01,2025-09-05\nV2,V,2025-04-07,2025-04-11\n",
        "learner,enrolled,deadline\nann,2025-01-02,2025-05-31\n",
        records=f"{BOOKED}ann,V,V1,booked\n",
    )
    assert repairs(where)[0][1] == ["rebook"]


def test_what_comes_later_hangs_on_a_tentative_run_that_people_sit_in(tmp_path: Path) -> None:
    edition = components("code: A, title: A, kind: course", "code: B, title: B, kind: course, requires: [A]") + asks(
        "B"
    )
    where = folder(
        tmp_path, edition, "", "learner,enrolled\nann,2025-01-02\nbob,2025-01-02\n",
        records=f"{BOOKED}ann,A,A1,booked\nbob,A,A1,booked\n",
    )  # fmt: skip
    (where / "offerings.csv").write_text(
        "offering,component,start,end,status,registration_closes\nA1,A,2025-02-03,2025-02-07,tentative,\n"
        "B1,B,2025-03-03,2025-03-07,published,\nB2,B,2025-04-07,2025-04-11,published,\n",
        encoding="utf-8",
    )
    rows = {row["offering"]: (row["graduations_lost"], row["days_lost"]) for row in answer("critical", where)["rows"]}
    assert rows["A1"][0] == 2
    assert rows["B1"] == (0, 2 * 35)


@pytest.mark.parametrize(
    ("learners", "sessions", "reason"),
    [
        ("learner,enrolled,latest\nann,2025-01-02,10:00\n", "A1,2025-03-03 12:00,60\n", "A1"),
        ("learner,enrolled,weekdays\nann,2025-01-02,Tue\n", "A1,2025-03-03 12:00,60\n", "A1"),
    ],
    ids=["hours", "weekdays"],
)
def test_a_booking_does_not_count_for_want_of_time(tmp_path: Path, learners: str, sessions: str, reason: str) -> None:
    where = folder(
        tmp_path, courses("A") + asks("A"), "A1,A,2025-03-03,2025-03-03\n", learners,
        records=f"{BOOKED}ann,A,A1,booked\n", sessions=f"offering,start,minutes\n{sessions}",
    )  # fmt: skip
    assert "ann is booked in A1, which is not going to count" in run("progress", where).out
    row = answer("progress", where)["rows"][0]
    assert row["booked"] == 1
    assert reason in str(row["not_counting"])


def test_a_booking_does_not_count_for_want_of_order(tmp_path: Path) -> None:
    edition = components("code: A, title: A, kind: course, requires: [B]", "code: B, title: B, kind: course") + asks(
        "A"
    )
    where = folder(
        tmp_path, edition, "A1,A,2025-03-03,2025-03-07\nB1,B,2025-05-05,2025-05-09\n",
        records=f"{BOOKED}ann,A,A1,booked\nann,B,B1,booked\n",
    )  # fmt: skip
    row = answer("progress", where)["rows"][0]
    assert (row["booked"], "A1 needs B first" in str(row["not_counting"])) == (1, True)
    assert "A1" in run("path", where).out


def test_seats_that_offerings_share_can_be_added_and_an_added_offering_has_its_own(tmp_path: Path) -> None:
    where = folder(tmp_path, courses("A", "B") + asks("A", "B"), "")
    (where / "offerings.csv").write_text(
        "offering,component,start,end,seats,taken,seat_group\nA1,A,2025-03-03,2025-03-07,3,2,hall\n"
        "B1,B,2025-03-10,2025-03-14,3,,hall\n",
        encoding="utf-8",
    )
    said = " ".join(run("explain", where, "--learner", "ann").out.split())
    assert "A1 and B1 share 3 seats, and one is left" in said
    found: Any = answer("repair", where)["repairs"]
    first = found[0]["changes"][0]
    assert (found[0]["cost"], first["words"]) == (10, "add 1 seat to those that A1 and B1 share")
    kinds = [[step["kind"] for step in each["changes"]] for each in found]
    assert ["add_offering"] in kinds


def test_an_offering_that_gives_back_shared_seats_is_told_apart_from_those_that_are_missed(tmp_path: Path) -> None:
    where = folder(tmp_path, courses("A", "B") + asks("A"), "")
    (where / "offerings.csv").write_text(
        "offering,component,start,end,seats,taken,seat_group\nA1,A,2025-03-03,2025-03-07,3,,hall\n"
        "B1,B,2025-03-10,2025-03-14,3,3,hall\n",
        encoding="utf-8",
    )
    said = " ".join(run("critical", where).out.split())
    assert "Nobody's graduation hangs on any single one of 2 offerings" in said
    assert "Without B1 more graduate, or earlier: the seats that it shares are free again." in said
