"""`scheduler path`: what it prints, in every form, and how it ends."""

import dataclasses
import json
from pathlib import Path

import pytest

from scheduler.answers.path import meaning_of
from scheduler.commands.codes import EXIT
from scheduler.engines.cpsat import Kind
from scheduler.files.folder import load
from scheduler.questions import PathQuestion
from scheduler.solve.paths import solve_paths
from tests.builders_files import added, write_instance
from tests.command import INSTANCES, TINY, run

ADA_AND_CAL = """\
Three learners, checkable by hand
tiny as of 2025-01-06, programme time New York
Synthetic: made-up rows are among what was read.

ada graduates on 2025-06-17: proved optimal
  last day allowed 2026-01-02, 199 days to spare
  edition tiny, local time Stockholm

  Missing                   Done    Start by, at the latest
  Getting started           0 of 1  2025-01-31 START
  Both courses              0 of 2  2025-02-03 ALPHA25W
  One workshop              0 of 1  2025-06-10 TOOL25S
  Two skills shares         0 of 2  2025-06-17 QSS25B
  A talk at a skills share  0 of 1  2025-09-16 QSS25C

  Days                 What                                              State
  2025-01-07 to 01-09  START: Getting started                            planned
                       self-paced, 3 days
  2025-02-03 to 02-28  ALPHA25W, ALPHA: First course                     planned
                       Tue 18:00 (New York 12:00), 90 min, 2 sessions
                       on 02-04, 02-25
  2025-03-03 to 03-28  BETA25S, BETA: Second course                      planned
                       Tue 18:00 or 17:00 (New York 12:00), 90 min, 2
                       sessions
                       on 03-04, 03-25
  2025-03-11           QSS25A, QSS: Skills share                         planned
                       Tue 18:00 (New York 13:00), 90 min
  2025-06-10           TOOL25S, TOOL: Workshop on tools                  planned
                       Tue 18:00 (New York 12:00), 90 min
  2025-06-17           QSS25B, QSS: Skills share (role: talk)            planned
                       Tue 18:00 (New York 12:00), 90 min

  - Price not stated for any of the 5 planned offerings.

cal cannot graduate, because
  - ALPHA and BETA are required [tiny]
  - the BETA runs are BETA25S 2025-03-03 to 2025-03-28 and BETA25F 2025-09-01 to
    2025-09-26 [offerings.csv]
  - cal cannot come 2025-03-01 to 2025-03-31 [unavailable.csv]
  - the window ends 2025-06-03 [tiny, clock from enrolment]
  Dropping any one of these would free the learner; with one of them only if
  somebody else gives up a seat that this plan gives them.
  last day allowed 2025-06-03
  edition tiny, local time New York

  Done: START 2024-06-07, QSS 2024-09-10, ALPHA 2024-10-25, WORK 2024-11-12, QSS
  (role: talk) 2024-12-10

  Missing       Done    Start by, each alone
  Both courses  1 of 2  cannot be met any more

"""

BEN = """\
learner,offering,role,start
ben,BETA25S,,2025-03-03
ben,QSS25A,talk,2025-03-11
ben,TOOL25S,,2025-06-10
"""

KEYS = ["command", "instance", "digest", "edition", "as_of", "synthetic", "status", "goals", "solver", "learners"]


def test_the_screen_shows_whole_paths_of_a_few() -> None:
    ran = run("path", TINY, "--learner", "ada", "--learner", "cal")
    assert (ran.code, ran.err) == (1, "")
    body, receipt = ran.out.rsplit("Input ", 1)
    assert body == ADA_AND_CAL
    assert receipt.startswith("sha256:")


def test_nobody_blocked_is_exit_0() -> None:
    assert run("path", TINY, "--learner", "ada", "--learner", "ben").code == 0


def test_a_learner_outside_the_programme_is_not_blocked() -> None:
    ran = run("path", INSTANCES / "cscce-2023-2026", "--learner", "W01")
    assert ran.code == 0
    assert "W01 is not in the programme: there is nothing to plan\n" in ran.out


def test_many_learners_are_summed_up() -> None:
    ran = run("path", INSTANCES / "cscce-2023-2026", "--all")
    assert (ran.code, ran.err) == (1, "")
    assert max(map(len, ran.out.splitlines())) <= 80
    assert "\nL03      graduates  2025-03-26  same        2025-09-21    179  03-26 NOCPROJECT\n" in ran.out
    assert "\n25 will graduate, 1 graduated already, 4 cannot graduate and 3 not in the\nprogramme.\n" in ran.out
    assert ran.out.count("cannot graduate, because") == 4


def test_the_json_is_that_of_the_format() -> None:
    ran = run("path", TINY, "--json")
    answer = json.loads(ran.out)
    assert list(answer)[: len(KEYS)] == KEYS
    assert answer["goals"][:2] == [
        {"name": "not-graduating", "value": 1, "bound": 1, "unit": "learners"},
        {"name": "graduation", "value": 317, "bound": 317, "unit": "days"},
    ]
    assert {name: answer["solver"][name] for name in ("name", "seed", "workers")} == {
        "name": "CP-SAT",
        "seed": 0,
        "workers": 1,
    }
    assert [learner["status"] for learner in answer["learners"]] == ["graduates", "graduates", "blocked"]
    assert answer["status"] == "optimal"


def test_the_json_of_a_learner_says_every_step_and_its_state() -> None:
    _, ben, cal = json.loads(run("path", TINY, "--json").out)["learners"]
    assert list(ben)[:7] == ["learner", "status", "graduation", "alone", "deadline", "steps", "conflict"]
    assert [(step["offering"], step["start"], step["end"], step["role"], step["state"]) for step in ben["steps"]] == [
        (None, "2024-09-06", "2024-09-06", None, "done"),
        (None, "2024-11-29", "2024-11-29", None, "done"),
        (None, "2024-12-10", "2024-12-10", None, "done"),
        ("BETA25S", "2025-03-03", "2025-03-28", None, "booked"),
        ("QSS25A", "2025-03-11", "2025-03-11", "talk", "booked"),
        ("TOOL25S", "2025-06-10", "2025-06-10", None, "planned"),
    ]
    assert ben["conflict"] is None
    assert cal["conflict"][-1] == {
        "rule": "window",
        "source": "tiny, clock from enrolment",
        "fact": "the window ends 2025-06-03",
    }
    assert all(list(fact) == ["rule", "source", "fact"] for fact in cal["conflict"])


def test_the_same_input_gives_the_same_bytes() -> None:
    first, second = (run("path", TINY, "--json").out.splitlines() for _ in range(2))
    differing = [one for one, other in zip(first, second, strict=True) if one != other]
    assert all(line.strip().startswith('"seconds"') for line in differing)
    assert run("path", TINY).out == run("path", TINY).out


def test_the_csv_is_a_plan_file() -> None:
    ran = run("path", TINY, "--learner", "ben", "--csv")
    assert (ran.code, ran.out) == (0, BEN)


@pytest.mark.parametrize("form", ["--json", "--csv"])
def test_what_path_writes_check_accepts(tmp_path: Path, form: str) -> None:
    plan = tmp_path / f"plan.{form.strip('-')}"
    written = run("path", TINY, form, "--out", plan)
    assert (written.code, written.out, written.err) == (1, "", f"wrote {plan}\n")
    checked = run("check", TINY, plan)
    assert (checked.code, checked.err) == (0, "")
    assert "The plan keeps every rule.\n" in checked.out


def test_a_plan_made_on_another_day_is_checked_as_of_that_day(tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    assert run("path", TINY, "--json", "--as-of", "2025-02-10", "--out", plan, "--quiet").code == 1
    assert "tiny as of 2025-02-10" in run("check", TINY, plan).out


def test_a_plan_under_another_edition_is_checked_under_it(tmp_path: Path) -> None:
    folder, plan = INSTANCES / "cscce-2023-2026", tmp_path / "plan.json"
    run("path", folder, "--learner", "L11", "--json", "--edition", "journey-2024", "--out", plan)
    ran = run("check", folder, plan)
    assert ran.code == 0
    assert ", under journey-2024; " in ran.out


def test_a_file_that_cannot_be_written_is_exit_2_and_leaves_nothing(tmp_path: Path) -> None:
    ran = run("path", TINY, "--out", tmp_path / "nowhere" / "plan.txt")
    assert (ran.code, ran.out) == (2, "")
    assert (
        ran.err == f"cannot write {tmp_path / 'nowhere' / 'plan.txt'}: its folder does not exist; nothing was changed\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_alternatives_are_other_paths_and_no_better() -> None:
    answer = json.loads(run("path", TINY, "--learner", "ada", "--alternatives", "2", "--json").out)
    best, others = answer["learners"][0], answer["alternatives"]
    assert len(others) == 2
    assert all(other["graduation"] >= best["graduation"] for other in others)
    booked = [sorted(step["offering"] or "" for step in each["steps"]) for each in (best, *others)]
    assert all(one != other for place, one in enumerate(booked) for other in booked[:place])


def test_a_wish_that_an_alternative_leaves_out_is_not_blamed_on_time() -> None:
    ran = run("path", TINY, "--learner", "ada", "--alternatives", "1")
    assert "- TOOL is wished for; it is not part of this path.\n" in ran.out
    assert "comes before" not in ran.out
    (other,) = json.loads(run("path", TINY, "--learner", "ada", "--alternatives", "1", "--json").out)["alternatives"]
    assert "TOOL is wished for; it is not part of this path." in other["notes"]


def test_alternatives_stand_below_the_best_path() -> None:
    ran = run("path", TINY, "--learner", "ada", "--alternatives", "1")
    assert ran.out.index("ada graduates on 2025-06-17: proved optimal") < ran.out.index(
        "Alternative 1: ada graduates on"
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--json", "--csv"], "--json and --csv exclude each other"),
        (["--alternatives", "2"], "--alternatives needs exactly one --learner"),
    ],
)
def test_options_that_contradict_are_refused(words: list[str], sentence: str) -> None:
    ran = run("path", TINY, *words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith(f"Error: {sentence}\n")


@pytest.mark.parametrize(
    ("status", "blocked", "code"),
    [("optimal", False, 0), ("optimal", True, 1), ("infeasible", True, 1), ("feasible", True, 3), ("unknown", True, 4)],
)
def test_every_status_has_its_exit_code(status: Kind, blocked: bool, code: int) -> None:
    learners = ("ada", "cal") if blocked else ("ada",)
    result = solve_paths(load(TINY).instance, PathQuestion(learners=learners))
    assert EXIT[meaning_of(dataclasses.replace(result, status=status))] == code


def test_warnings_go_to_stderr_and_quiet_leaves_them_out(tmp_path: Path) -> None:
    folder = write_instance(tmp_path / "small", added("records.csv", "L2,CEF,,completed,2026-01-01,,,"))
    loud, quiet = run("path", folder), run("path", folder, "--quiet")
    assert loud.err.startswith("warning: records.csv:")
    assert quiet.err == ""
    assert loud.out == quiet.out
