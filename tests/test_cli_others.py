"""The commands beside `path`: what each prints, and its exit code."""

import json
import re
from pathlib import Path

from scheduler.files.editions import load_edition
from scheduler.show.editions_compared import differences
from tests.builders_files import changed, write_instance
from tests.command import INSTANCES, TINY, run

REAL = INSTANCES / "cscce-2023-2026"

CHECKED = """\
Three learners, checkable by hand
tiny as of 2025-01-06, programme time New York
Synthetic: made-up rows are among what was read.

The plan breaks 1 rule:
  - ben (WORK25S), attendance: ben cannot attend WORK25S on 2025-05-13 at 12:00
    local time [learners.csv, unavailable.csv]

ben meets everything on 2025-05-13, under tiny; last day allowed 2025-09-02, 112
days to spare.
"""

VALID = """\
Three learners, checkable by hand
tiny as of 2025-01-06, programme time New York
Synthetic: made-up rows are among what was read.

3 learners, 10 offerings, 12 sessions, 10 records and 2 unavailable spans, under
edition tiny. The calendar runs from 2025-02-03 to 2025-10-31; 1 offering in it
has no session times.
No faults and no warnings.
digest """

RULES = """\
tiny: A small programme

  Rule           What it demands                                          Source
  first          START comes before everything else.                      tiny
  prerequisites  BETA needs ALPHA first.                                  tiny
  requirements   Getting started: START is required.                      tiny
"""

LISTED = """\
cohort-2024: Cohorts, as described in 2024
  S000     Additional activities of the certification programme (page as of
           2024)
  S002     The certification programme (main page as of late 2024)
  reading  our reading, stated by no document of this edition
"""


def ran_words(*words: str) -> list[str]:
    """Run a command that succeeds and return the words it prints."""
    ran = run(*words)
    assert (ran.code, ran.err) == (0, "")
    return ran.out.split()


def by_hand(folder: Path, *rows: str) -> Path:
    """Write a plan as a person would type it."""
    plan = folder / "plan.csv"
    plan.write_text("".join(f"{row}\n" for row in ("learner,offering,role", *rows)))
    return plan


def test_a_hand_made_plan_is_told_every_broken_rule(tmp_path: Path) -> None:
    ran = run("check", TINY, by_hand(tmp_path, "ben,BETA25S,", "ben,QSS25A,talk", "ben,WORK25S,"))
    assert (ran.code, ran.out, ran.err) == (1, CHECKED, "")


def test_a_hand_made_plan_that_keeps_every_rule_is_exit_0(tmp_path: Path) -> None:
    ran = run("check", TINY, by_hand(tmp_path, "ben,BETA25S,", "ben,QSS25A,talk", "ben,TOOL25S,"), "--json")
    answer = json.loads(ran.out)
    assert (ran.code, answer["kept"], answer["violations"]) == (0, True, [])
    assert answer["learners"] == [
        {"learner": "ben", "edition": "tiny", "graduation": "2025-06-10", "deadline": "2025-09-02"}
    ]


def test_a_plan_that_gives_up_a_booking_is_legal_only_if_bookings_are_free(tmp_path: Path) -> None:
    plan = by_hand(tmp_path, "ben,BETA25F,", "ben,QSS25A,talk", "ben,TOOL25S,")
    assert [broken["rule"] for broken in json.loads(run("check", TINY, plan, "--json").out)["violations"]] == [
        "kept",
        "window",
    ]
    assert [
        broken["rule"] for broken in json.loads(run("check", TINY, plan, "--json", "--free").out)["violations"]
    ] == ["window"]


def test_a_plan_file_with_faults_is_exit_2(tmp_path: Path) -> None:
    ran = run("check", TINY, by_hand(tmp_path, "bem,BETA25S,"))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("plan.csv:2:1: ")
    assert "did you mean 'ben'?" in ran.err


def test_validate_sums_up_what_was_read() -> None:
    ran = run("validate", TINY)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(VALID)


def test_validate_tells_faults_as_json_too(tmp_path: Path) -> None:
    folder = write_instance(tmp_path / "bad", changed("offerings.csv", "CODE25S,CODE", "CODE25S,COD"))
    ran = run("validate", folder, "--json")
    answer = json.loads(ran.out)
    assert (ran.code, ran.err, answer["valid"]) == (2, "", False)
    assert [(fault["file"], fault["line"], fault["near"]) for fault in answer["faults"]] == [
        ("offerings.csv", 2, "CODE"),
        ("records.csv", 5, None),
    ]


def test_validate_counts_as_json() -> None:
    answer = json.loads(run("validate", TINY, "--json").out)
    assert (answer["valid"], answer["warnings"]) == (True, [])
    assert answer["counts"]["offerings"] == 10


def test_rules_are_sentences_with_sources() -> None:
    ran = run("rules", TINY, "--all")
    assert (ran.code, ran.err) == (0, "")
    assert RULES in ran.out
    assert re.search("\n  clashes +Nobody sits in two live sessions", ran.out)


def test_a_rule_that_an_edition_leaves_out_is_not_listed() -> None:
    assert "\n  window  " in run("rules", REAL, "--edition", "cohort-2024").out
    assert "\n  window  " not in run("rules", REAL, "--edition", "fall-2023").out


def test_the_rules_of_an_edition_that_nobody_uses_can_be_read() -> None:
    assert "journey-2024: Programme journey, 2024\n" in run("rules", TINY, "--edition", "journey-2024").out


def test_editions_are_listed_with_their_documents() -> None:
    ran = run("editions")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(LISTED)
    assert [line.split(":")[0] for line in ran.out.splitlines() if not line.startswith(" ") and line] == [
        "cohort-2024",
        "fall-2023",
        "journey-2024",
        "rolling-2025",
    ]


def test_one_edition_cannot_be_compared() -> None:
    ran = run("editions", "cohort-2024")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith("Error: name two editions to compare, or none to list them all\n")


def test_an_edition_equals_itself() -> None:
    assert run("editions", "cohort-2024", "cohort-2024").out == "cohort-2024 and cohort-2024 state the same.\n"


def test_st2_the_differences_of_editions_are_told_with_their_sources() -> None:
    found = differences(load_edition("journey-2024"), load_edition("rolling-2025"))
    for row in (
        ("required: skills-share", "Two skills shares: 2 [S004]", "Three skills shares: 3 [S003]"),
        ("out of: elective", "NOC, COP [S004]", "NOC, COP, PMB [S003]"),
        ("time limit", "unspecified", "2 years from the day of enrolment [reading]"),
        ("before everything else", "ORIENT, VALUES and FEEDBACK [S004]", "nothing [S003]"),
        ("seats: CODE, PBK, NOC, COP, PMB", "unspecified", "25 [S003]"),
    ):
        assert row in found
    assert ran_words("editions", "journey-2024", "rolling-2025").count("unspecified") > len(found) / 3


def test_st2_minutes_that_one_edition_does_not_state_are_unspecified() -> None:
    found = differences(load_edition("cohort-2024"), load_edition("fall-2023"))
    assert ("minutes at least: skills-share", "60 [S002]", "unspecified") in found


def test_what_two_editions_share_is_no_difference() -> None:
    found = differences(load_edition("cohort-2024"), load_edition("rolling-2025"))
    assert not [what for what, _, _ in found if what.startswith("required: core")]
    assert all(left != right for _, left, right in found)
