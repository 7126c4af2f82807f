"""Acceptance examples of learners under way: what is missing, replanning, extra fees and wishes."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from models.programme.edition import Requirement
from models.programme.instance import Instance
from models.programme.offering import Offering
from scheduler.explain.sheets import missing_of
from scheduler.files.folder import load
from scheduler.solve.alone import solve_alone
from scheduler.solve.result import LearnerAnswer
from tests.command import INSTANCES
from tests.examples import Programme, alone, booked, changed_edition, nearly_done, only_a_workshop_missing, plentiful

CSCCE = INSTANCES / "cscce-2023-2026"

# LE5


def start_by(part: dict[str, Any]) -> dict[str, tuple[str | None, str]]:
    """Return by requirement the last day on which what is missing can be started, and what it is."""
    return {each["requirement"]: (each["start_by"], each["what"]) for each in part["missing"]}


def test_le5_the_sheet_says_what_is_done_what_is_booked_and_by_when_the_rest_must_start(tmp_path: Path) -> None:
    programme = plentiful("rolling-2025").done("ada", "ORIENT", "CODE").done("ada", "QSS", on="2025-11-13")
    for offering, role in (("QSS-26A", "talk"), ("VALUES-26A", "")):
        programme.add("records", learner="ada", offering=offering, status="booked", role=role)
    part = alone(programme.write(tmp_path / "x"))
    counts = {each["requirement"]: (each["done"], each["booked"], each["needed"]) for each in part["missing"]}
    assert counts == {
        "core": (1, 0, 2),
        "elective": (0, 0, 1),
        "required-workshops": (0, 1, 2),
        "chosen-workshops": (0, 0, 4),
        "skills-share": (1, 1, 3),
        "talk": (0, 1, 1),
    }
    assert start_by(part) == {
        "core": ("2027-03-02", "PBK-27A"),
        "elective": ("2027-09-21", "COP-27B"),
        "required-workshops": ("2027-07-15", "FEEDBACK-27B"),
        "chosen-workshops": ("2027-09-23", "VOLUNTEERS-27B"),
        "skills-share": ("2027-11-11", "QSS-27D"),
        "talk": (None, "booked"),
    }


def test_le5_what_comes_first_must_start_early_enough_for_what_needs_it(tmp_path: Path) -> None:
    own = changed_edition("rolling-2025", ("kind: task, source: S003}", "kind: task, days: 10, source: S003}"))
    own |= {name: text.replace("first: {value: [], ", "first: {value: [ORIENT], ") for name, text in own.items()}
    programme = nearly_done(
        Programme().runs("PBK-26A 2026-02-02 2026-03-13", "PBK-26B 2026-09-07 2026-10-16"), "ada", "PBK"
    )
    programme.tables["records"] = [row for row in programme.tables["records"] if row["component"] != "ORIENT"]
    folder = programme.write(tmp_path / "x", own)
    assert start_by(alone(folder)) == {"orientation": ("2026-08-28", "ORIENT"), "core": ("2026-09-07", "PBK-26B")}
    programme.tables["learners"][0]["deadline"] = "2026-10-15"
    folder = programme.write(tmp_path / "sooner", own)
    assert start_by(alone(folder)) == {"orientation": ("2026-01-23", "ORIENT"), "core": ("2026-02-02", "PBK-26A")}


def test_le5_a_task_may_start_until_the_last_day_even_when_the_calendar_ends_before(tmp_path: Path) -> None:
    programme = nearly_done(Programme().runs("QSS-26A 2026-02-12"), "ada", "ORIENT")
    assert start_by(alone(programme.write(tmp_path / "x"))) == {"orientation": ("2028-01-01", "ORIENT")}
    elsewhere = Programme("journey-2024").runs("QSS-26A 2026-02-12")
    nearly_done(elsewhere, "ada", "ORIENT").done("ada", "ORIENT", on="2025-10-01")
    assert start_by(alone(elsewhere.write(tmp_path / "y"))) == {"capstone": (None, "no last day is stated")}


@pytest.mark.parametrize("learner", ["L11", "L16", "L21", "L26"])
def test_le5_no_day_later_than_the_one_that_is_told_leads_to_graduation(learner: str) -> None:
    instance = load(CSCCE).instance
    answer = solve_alone(instance, learner)
    alone = LearnerAnswer(learner=learner, status="graduates", graduation=answer.graduation, deadline=date(2027, 1, 13))
    for missing in missing_of(instance, alone):
        if missing.start_by and missing.what in instance.offering:
            day = missing.start_by
            for later, graduates in ((day, True), (day + timedelta(days=1), False)):
                kept = not_before(instance, learner, missing.requirement, later)
                assert (solve_alone(kept, learner).kind == "optimal") == graduates, (missing.requirement.id, later)


def not_before(instance: Instance, learner: str, requirement: Requirement, first: date) -> Instance:
    """Return the instance in which nothing new that counts for a requirement starts before a day."""
    mine = {booking.offering for booking in instance.initial_state[learner].bookings}

    def limited(run: Offering) -> Offering:
        if run.component not in requirement.pool or run.id in mine or run.start >= first:
            return run
        return replace(run, roles=()) if requirement.role else replace(run, status="cancelled")

    return replace(instance, offerings=tuple(limited(run) for run in instance.offerings))


def test_le5_whoever_is_blocked_is_told_of_each_requirement_alone() -> None:
    part = alone(INSTANCES / "impossible-2025")
    assert start_by(part) == {
        "elective": (None, "cannot be met any more"),
        "chosen-workshops": ("2025-07-23", "VOLUNTEERS25B"),
        "skills-share": ("2025-04-10", "QSS25A"),
        "talk": ("2025-08-14", "QSS25C"),
    }


# LE6


def test_le6_after_a_missed_workshop_what_is_attended_and_booked_stays(tmp_path: Path) -> None:
    programme = plentiful("rolling-2025")
    folder = programme.write(tmp_path / "before")
    before = alone(folder)
    missed = next(step for step in before["steps"] if step["component"] == "FOURFRAME")
    today = missed["start"]
    for step in before["steps"]:
        state = "completed" if step["end"] < today else "missed" if step is missed else "booked"
        row = {"learner": "ada", "component": step["component"], "status": state, "role": step["role"] or ""}
        when = {"date": step["end"]} if state == "completed" else {}
        programme.add("records", **row, offering=step["offering"] or "", **when)
    programme.as_of = today
    after = alone(programme.write(tmp_path / "after"))
    kept = {step["offering"] for step in before["steps"] if step is not missed and step["offering"]}
    taken = {step["offering"] for step in after["steps"] if step["offering"]}
    assert after["status"] == "graduates"
    assert kept < taken
    assert missed["offering"] not in taken
    assert len(taken - kept) == 1
    assert {step["state"] for step in after["steps"]} == {"done", "booked", "planned"}


# LE7


def test_le7_the_seventh_workshop_costs_an_extra_fee_of_an_amount_not_stated(tmp_path: Path) -> None:
    programme = only_a_workshop_missing().runs("PACT-26A 2026-01-14", "VOLUNTEERS-26A 2026-02-11")
    for offering in ("PACT-26A", "VOLUNTEERS-26A"):
        programme.add("records", learner="ada", offering=offering, status="booked")
    part = alone(programme.write(tmp_path / "x"))
    extra = [note for note in part["notes"] if "extra fee" in note]
    assert extra == ["VOLUNTEERS-26A is number 7 where 6 are included: extra fee, amount not stated [reading]."]


# LE8


def test_le8_a_wish_that_nobody_offers_is_named_and_another_elective_taken(tmp_path: Path) -> None:
    programme = plentiful("rolling-2025")
    programme.tables["learners"][0]["prefers"] = "COP"
    for table in ("offerings", "sessions"):
        programme.tables[table] = [row for row in programme.tables[table] if not row["offering"].startswith("COP")]
    part = alone(programme.write(tmp_path / "x"))
    assert "COP is wished for; the calendar holds no COP run." in part["notes"]
    assert "NOC" in booked(part)


def test_le8_between_electives_of_the_same_day_the_wish_decides(tmp_path: Path) -> None:
    for wish in ("NOC", "COP"):
        programme = plentiful("rolling-2025")
        programme.tables["learners"][0]["prefers"] = wish
        programme.runs("COP-26A 2026-04-20 2026-06-11", clock="14:00")
        part = alone(programme.write(tmp_path / wish))
        assert [code for code in booked(part) if code in {"NOC", "COP"}] == [wish]
