"""Acceptance examples of staff: promises about the calendar, seats that do not suffice, prices."""

import json
from pathlib import Path

import pytest

from scheduler.files.editions import load_edition
from scheduler.show.editions_compared import differences
from tests.command import INSTANCES, run
from tests.examples import (
    Programme,
    alone,
    answered,
    broken,
    checked,
    facts,
    nearly_done,
)

# ST6

COHORT = ("--from", "2023-09-21", "--to", "2025-09-21", "--as-of", "2026-01-02")


def verdicts(folder: Path, edition: str) -> dict[str, str]:
    """Return the audit's verdict on the first required workshop in each period."""
    promises = json.loads(run("audit", folder, "--json", "--edition", edition, *COHORT).out)["promises"]
    return {each["period"]: each["verdict"] for each in promises if each["component"] == "VALUES"}


def test_st6_one_in_each_year_may_be_one_in_the_window(tmp_path: Path) -> None:
    programme = Programme().runs("VALUES-23A 2023-03-01", "VALUES-24A 2024-03-01", "VALUES-25A 2025-11-01")
    folder = programme.write(tmp_path / "x")
    assert verdicts(folder, "rolling-2025") == {"2023": "kept", "2024": "kept", "2025": "kept"}
    assert verdicts(folder, "cohort-2024") == {"2023-09-21 to 2025-09-21": "broken"}


def test_st6_two_in_the_window_may_leave_a_year_without(tmp_path: Path) -> None:
    folder = Programme().runs("VALUES-24A 2024-02-01", "VALUES-24B 2024-11-01").write(tmp_path / "x")
    assert verdicts(folder, "rolling-2025") == {"2023": "broken", "2024": "kept", "2025": "broken"}
    assert verdicts(folder, "cohort-2024") == {"2023-09-21 to 2025-09-21": "kept"}


# ST9


def test_st9_26_requests_for_25_seats_leave_one_waiting_for_the_next_run(tmp_path: Path) -> None:
    programme = Programme().runs("PBK-26A 2026-02-02 2026-03-13", "PBK-26B 2026-09-07 2026-10-16")
    for number in range(26):
        short = {"deadline": "2026-06-30"} if number < 3 else {}
        nearly_done(programme, f"L{number:02}", "PBK", **short)
    answer = answered(programme.write(tmp_path / "x"))
    days = [each["graduation"] for each in answer["learners"]]
    assert sorted(days) == ["2026-03-13"] * 25 + ["2026-10-16"]
    assert days[:3] == ["2026-03-13"] * 3


def test_st9_who_finds_no_seat_and_no_later_run_is_told_so_in_seats(tmp_path: Path) -> None:
    programme = Programme().runs("PBK-26A 2026-02-02 2026-03-13", taken="24")
    folder = nearly_done(nearly_done(programme, "ada", "PBK"), "ben", "PBK").write(tmp_path / "x")
    ada, ben = answered(folder)["learners"]
    assert {ada["status"], ben["status"]} == {"graduates", "blocked"}
    assert {ada["alone"], ben["alone"]} == {"2026-03-13"}
    assert "PBK-26A is full: all 25 seats are taken" in facts(ada) + facts(ben)


# ST11


@pytest.mark.parametrize(("edition", "lawful"), [("rolling-2025", True), ("journey-2024", False)])
def test_st11_a_workshop_two_days_after_joining(tmp_path: Path, edition: str, lawful: bool) -> None:
    programme = Programme(edition, "2026-06-30").learner(enrolled="2026-07-01")
    programme.runs(
        "PACT-26S 2026-07-03", "ORIENT-26F 2026-09-01" if edition == "journey-2024" else "CODE-26F 2026-09-01"
    )
    found = broken(checked(programme.write(tmp_path / "x"), "PACT-26S"))
    early = [(sentence, source) for rule, sentence, source in found if rule not in {"requirements", "last"}]
    assert (not early) == lawful
    assert all(source == "S004" and "PACT" in sentence for sentence, source in early)


# ST13


def test_st13_a_price_that_nobody_states_is_not_stated(tmp_path: Path) -> None:
    programme = nearly_done(Programme().runs("PBK-26A 2026-02-02 2026-03-13"), "ada", "PBK")
    folder = programme.write(tmp_path / "x")
    assert "Price not stated for the one planned offering." in run("path", folder).out
    (step,) = [each for each in alone(folder)["steps"] if each["state"] == "planned"]
    assert step["price"] is None
    fees = {what: words for what, words, _ in differences(load_edition("rolling-2025"), load_edition("fall-2023"))}
    assert fees["fee: registration"] == "Pay-as-you-go: joining the programme: amount not stated [S003]"


def test_st13_a_price_that_is_stated_is_shown_as_it_stands(tmp_path: Path) -> None:
    programme = nearly_done(Programme().runs("PBK-26A 2026-02-02 2026-03-13", price="1,200 USD"), "ada", "PBK")
    out = run("path", programme.write(tmp_path / "x")).out
    assert "price: 1,200 USD" in out
    assert "not stated" not in out


# What a user might type


@pytest.mark.parametrize(
    "words",
    [
        ("path", "--as-of", "9999-12-31"),
        ("path", "--as-of", "0001-01-01"),
        ("audit", "--from", "0001-01-01", "--to", "2025-01-01"),
        ("path", "--time-limit", "nan"),
        ("path", "--time-limit", "inf"),
    ],
)
def test_numbers_and_days_beyond_all_sense_are_refused(words: tuple[str, ...]) -> None:
    ran = run(words[0], INSTANCES / "tiny", *words[1:])
    assert (ran.code, ran.out) == (2, "")
    assert "Error: Invalid value for" in ran.err
