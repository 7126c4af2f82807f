"""The acceptance examples ST4, ST7 and LE6, shown through `scheduler explain` and `scheduler repair`."""

import json
from pathlib import Path
from typing import Any

from scheduler.answers.repair import answered as repaired
from scheduler.costs import Costs
from scheduler.files.folder import load
from tests.command import INSTANCES, run
from tests.examples import Programme, alone, nearly_done, plentiful

IMPOSSIBLE = INSTANCES / "impossible-2025"


def explained(folder: Path, learner: str, *words: str) -> dict[str, Any]:
    """Return the JSON of `scheduler explain`."""
    ran = run("explain", folder, "--learner", learner, "--json", *words)
    assert ran.code in {0, 1}, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


def repairs(folder: Path, *words: str) -> dict[str, Any]:
    """Return the JSON of `scheduler repair`."""
    ran = run("repair", folder, "--json", *words)
    assert ran.code in {0, 1}, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


def changes(repair: dict[str, Any]) -> list[tuple[str, str, int]]:
    """Return the kind, the subject and the amount of each change of a repair."""
    return [(each["kind"], each["about"], each["amount"]) for each in repair["changes"]]


# ST4


def test_st4_the_three_facts_are_the_only_conflict_there_is() -> None:
    found = explained(IMPOSSIBLE, "CERT23F-01")
    assert (found["conflicts"]["complete"], found["freed_by_any"]) == (True, True)
    (conflict,) = found["conflicts"]["found"]
    assert [fact["rule"] for fact in conflict] == ["requirements", "bookable", "window"]
    assert conflict[1]["fact"] == "the only NOC run ends 2025-11-28 (it starts 2025-10-06)"
    assert conflict[2]["fact"] == "the window ends 2025-09-21"


def test_st4_each_repair_takes_one_of_the_three_away() -> None:
    found = repairs(IMPOSSIBLE, "--count", "5")
    assert found["proved"]
    kinds = [changes(repair) for repair in found["repairs"]]
    assert kinds[0] == [("extend_window", "CERT23F-01", 68)]
    assert kinds[1] == [("add_offering", "NOC", 1)]
    assert [("waive_requirement", "elective", 1)] in kinds
    assert all(len(each) == 1 for each in kinds), "each of the three is enough by itself"
    assert found["repairs"][0]["gains"] == [{"learner": "CERT23F-01", "before": None, "after": "2025-11-28"}]


# ST7


def cohort() -> Programme:
    """Return two learners whose last workshop has one run in time for both; the rest of the calendar is theirs too."""
    programme = Programme().runs("PACT-26A 2026-03-04", "TOOLS-26A 2026-03-11 2026-03-11")
    for name in ("ada", "ben"):
        nearly_done(programme, name, "PACT", deadline="2026-06-30")
    return programme


def test_st7_a_cancelled_session_moves_nothing_that_is_published_or_held(tmp_path: Path) -> None:
    programme = cohort()
    programme.tables["offerings"][0]["status"] = "cancelled"
    folder = without_catalogue(programme).write(tmp_path / "x")
    instance = load(folder).instance
    answer = repaired(instance, count=1)
    assert answer.repairs is not None
    (repair,) = answer.repairs.found
    assert [run for run in repair.instance.offerings if run.id in instance.offering] == list(instance.offerings)
    told = run("repair", folder, "--count", "1").out
    assert "ada then graduates on" in told
    assert "ben then graduates on" in told
    assert all(step.words in " ".join(told.split()) for step in repair.steps)


def without_catalogue(programme: Programme) -> Programme:
    """Leave no workshop to the learners but the one that was cancelled."""
    for table in ("offerings", "sessions"):
        programme.tables[table] = [row for row in programme.tables[table] if not row["offering"].startswith("TOOLS")]
    return programme


def test_st7_nothing_is_repaired_when_an_equally_good_run_is_left(tmp_path: Path) -> None:
    programme = cohort().runs("PACT-26B 2026-03-05")
    programme.tables["offerings"][0]["status"] = "cancelled"
    ran = run("repair", programme.write(tmp_path / "x"))
    assert ran.code == 0
    assert "There is nothing to repair: nobody in question is blocked." in ran.out


# LE6


def test_le6_who_missed_the_only_run_keeps_everything_in_the_repair(tmp_path: Path) -> None:
    programme = plentiful("rolling-2025")
    before = alone(programme.write(tmp_path / "before"))
    missed = next(step for step in before["steps"] if step["component"] == "CODE")
    for step in before["steps"]:
        state = "completed" if step["end"] < missed["start"] else "missed" if step is missed else "booked"
        row = {"learner": "ada", "component": step["component"], "status": state, "role": step["role"] or ""}
        when = {"date": step["end"]} if state == "completed" else {}
        programme.add("records", **row, offering=step["offering"] or "", **when)
    programme.as_of = missed["start"]
    for table in ("offerings", "sessions"):
        programme.tables[table] = [row for row in programme.tables[table] if "CODE-27" not in row["offering"]]
    folder = programme.write(tmp_path / "after")
    found = explained(folder, "ada")
    assert found["status"] == "blocked"
    assert any("CODE" in fact["fact"] for fact in found["conflicts"]["found"][0])
    kept = {booking.offering for booking in load(folder).instance.initial_state["ada"].bookings}
    answer = repaired(load(folder).instance, count=2, costs=Costs(rebook=None, release=None))
    assert answer.repairs is not None
    assert answer.repairs.found
    cheaper = repaired(load(folder).instance, count=2).repairs
    assert cheaper is not None
    for repair in (*answer.repairs.found, *cheaper.found):
        (path,) = repair.plan.paths
        given_up = {step.about for step in repair.steps if step.kind in {"rebook", "release"}}
        assert kept - given_up <= path.offerings
        assert missed["offering"] not in path.offerings


def test_the_chain_of_an_elective_that_needs_both_courses(tmp_path: Path) -> None:
    programme = Programme().runs(
        "CODE-26A 2026-01-12 2026-02-20", "CODE-26B 2026-04-06 2026-05-15", "PBK-26A 2026-01-14 2026-02-04",
        "NOC-26A 2026-02-10 2026-04-10", "NOC-26B 2026-06-01 2026-07-24",
    )  # fmt: skip
    nearly_done(programme, "ada", "CODE", "PBK", "NOC")
    found = explained(programme.write(tmp_path / "x"), "ada")
    assert found["alone"] == "2026-07-24"
    assert [(link["rule"], link["without"]) for link in found["chain"]] == [
        ("requirements", "2026-02-20"),
        ("prerequisites", "2026-04-10"),
        ("bookable", "2026-04-10"),
        ("bookable", "2026-02-20"),
        ("earlier", None),
    ]
    assert [link["fact"] for link in found["chain"]][2:4] == [
        "the CODE runs that end before 2026-07-24 are CODE-26A 2026-01-12 to 2026-02-20 and CODE-26B 2026-04-06 to 2026-05-15",
        "the only NOC run that ends before 2026-07-24 is NOC-26A 2026-02-10 to 2026-04-10",
    ]
