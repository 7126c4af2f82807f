"""The learners' acceptance examples, each as a folder and a command line; and that every conflict is true and minimal."""

from collections import Counter
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from models.changes.change import only_learner
from models.formulation.formulate import formulate
from models.judging.violations import violations
from models.programme.instance import Instance
from models.rule import Fact
from models.rules import plan_rules
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.explain.conflicts import conflict_of, facts_of, kind_without
from scheduler.files.folder import load
from scheduler.generate import generate, write
from scheduler.solve.alone import solve_alone
from scheduler.solve.lexicographic import minimise
from tests.command import INSTANCES, run
from tests.examples import CHOSEN, Programme, alone, booked, only_a_workshop_missing, plentiful

EDITIONS = ("fall-2023", "cohort-2024", "journey-2024", "rolling-2025")
CSCCE = INSTANCES / "cscce-2023-2026"


def day(step: dict[str, Any], end: str = "start") -> date:
    """Return the first or the last day of a step."""
    return date.fromisoformat(step[end])


# LE1


@pytest.mark.parametrize("edition", EDITIONS)
def test_le1_a_plan_is_complete_lawful_and_inside_the_window(tmp_path: Path, edition: str) -> None:
    programme = plentiful(edition)
    part = alone(programme.write(tmp_path / "x"))
    steps = [step for step in part["steps"] if step["component"] != "CEF"]
    taken = Counter(step["component"] for step in steps)
    shares = 2 if edition == "journey-2024" else 3
    assert part["status"] == "graduates"
    assert taken["QSS"] == shares
    assert [step["role"] for step in steps if step["role"]] == ["talk"]
    assert sum(taken[code] for code in CHOSEN) == 4 == len(set(CHOSEN) & set(taken))
    assert {"ORIENT", "VALUES", "FEEDBACK", "CODE"} <= set(taken)
    if edition != "fall-2023":
        elective = next(step for step in steps if step["component"] in {"NOC", "COP"})
        core = [step for step in steps if step["component"] in {"CODE", "PBK"}]
        assert len(core) == 2
        assert all(day(step, "end") < day(elective) for step in core)
    last = max(day(step, "end") for step in steps)
    assert last.isoformat() == part["graduation"]
    assert last <= date(2028, 1, 1)
    assert never_at_two_sessions_at_once(programme, [step["offering"] for step in steps])


def never_at_two_sessions_at_once(programme: Programme, offerings: list[str]) -> bool:
    """Say whether no two sessions of some offerings overlap."""
    rows = [row for row in programme.tables["sessions"] if row["offering"] in offerings]
    starts = sorted((datetime.fromisoformat(row["start"]), int(row["minutes"])) for row in rows)
    return all(one + timedelta(minutes=minutes) <= other for (one, minutes), (other, _) in pairwise(starts))


def test_le1_the_talk_comes_after_a_first_attendance(tmp_path: Path) -> None:
    programme = plentiful("rolling-2025")
    for row in programme.tables["offerings"]:
        if row["component"] == "QSS":
            row["roles"] = "talk=1"
    programme.learner("zoe").add("records", learner="zoe", offering="QSS-26C", status="booked", role="talk")
    part = alone(programme.write(tmp_path / "x"), "--learner", "ada")
    assert part["graduation"] == "2026-08-13"
    assert next(step["role"] for step in part["steps"] if step["component"] == "QSS") is None


def test_le1_two_courses_at_the_same_hour_are_not_taken_together(tmp_path: Path) -> None:
    programme = plentiful("rolling-2025")
    programme.runs("PBK-26C 2026-01-19 2026-02-26")
    together = alone(programme.write(tmp_path / "same"))
    assert not {"CODE-26A", "PBK-26C"} <= {step["offering"] for step in together["steps"]}
    apart = plentiful("rolling-2025").runs("PBK-26C 2026-01-19 2026-02-26", clock="13:30")
    steps = alone(apart.write(tmp_path / "apart"))["steps"]
    assert {"CODE-26A", "PBK-26C"} <= {step["offering"] for step in steps}


# LE2


def busiest_week(programme: Programme, steps: list[dict[str, Any]]) -> int:
    """Return the most minutes of live sessions in any week from Monday to Sunday."""
    minutes: Counter[date] = Counter()
    offerings = {step["offering"] for step in steps}
    for row in programme.tables["sessions"]:
        if row["offering"] in offerings:
            held = date.fromisoformat(row["start"][:10])
            minutes[held - timedelta(days=held.weekday())] += int(row["minutes"])
    return max(minutes.values())


@pytest.mark.parametrize("edition", EDITIONS)
def test_le2_fastest_is_never_later_and_gentlest_never_heavier(tmp_path: Path, edition: str) -> None:
    programme = plentiful(edition)
    folder = programme.write(tmp_path / "x")
    fastest, gentlest = (alone(folder, "--goal", goal) for goal in ("fastest", "gentlest"))
    assert fastest["graduation"] <= gentlest["graduation"]
    assert busiest_week(programme, gentlest["steps"]) == 90 < busiest_week(programme, fastest["steps"])


# LE3


@pytest.mark.parametrize(
    ("zone", "times", "odd"),
    [
        ("America/Los_Angeles", "Wed 09:00 (New York 12:00)", False),
        ("Europe/London", "Wed 17:00 (New York 12:00)", False),
        ("America/New_York", "Wed 12:00, 90 min", False),
        ("Australia/Sydney", "Thu 04:00 (New York Wed 12:00)", True),
    ],
)
def test_le3_noon_in_new_york_is_told_in_local_time_and_odd_hours_are_reported(
    tmp_path: Path, zone: str, times: str, odd: bool
) -> None:
    programme = only_a_workshop_missing().runs("PACT-26A 2026-01-14")
    programme.tables["learners"][0]["timezone"] = zone
    folder = programme.write(tmp_path / "x")
    screen = run("path", folder, "--learner", "ada").out
    assert times in screen
    assert ("Odd hours, before 07:00 or after 22:00 local time: PACT-26A (sessions" in screen) == odd
    assert any(note.startswith("Odd hours") for note in alone(folder)["notes"]) == odd


# LE4


def test_le4_without_the_entry_course_and_without_an_exemption_the_rule_is_named(tmp_path: Path) -> None:
    programme = plentiful("cohort-2024")
    del programme.tables["records"]
    part = alone(programme.write(tmp_path / "x"))
    assert part["status"] == "blocked"
    named = [fact for fact in part["conflict"] if fact["rule"] == "first"]
    assert [(fact["source"], "CEF" in fact["fact"]) for fact in named] == [("S002", True)]


@pytest.mark.parametrize("code", ["CEF", "CEFP"])
def test_le4_an_exemption_with_its_reason_opens_the_way(tmp_path: Path, code: str) -> None:
    programme = plentiful("cohort-2024")
    del programme.tables["records"]
    programme.add("records", learner="ada", component=code, status="exempt", note="graduate of the earlier programme")
    folder = programme.write(tmp_path / "x")
    part = alone(folder)
    assert part["status"] == "graduates"
    assert f"Exempt from {code}: graduate of the earlier programme." in part["notes"]


def test_le4_the_project_of_pilot_alumni_stays_on_the_list(tmp_path: Path) -> None:
    programme = plentiful("cohort-2024").done("ada", "NOCPILOT", on="2022-11-18")
    programme.tables["offerings"] = [
        row for row in programme.tables["offerings"] if row["component"] not in {"NOC", "COP"}
    ]
    known = {row["offering"] for row in programme.tables["offerings"]}
    programme.tables["sessions"] = [row for row in programme.tables["sessions"] if row["offering"] in known]
    part = alone(programme.write(tmp_path / "x"))
    assert part["status"] == "graduates"
    assert "NOCPROJECT" in booked(part)
    assert [each["requirement"] for each in part["missing"] if each["requirement"] == "elective"] == ["elective"]


# Conflicts


def blocked_learners(folder: Path, count: int) -> list[tuple[Instance, str]]:
    """Return learners of generated instances who have no path, each alone in the instance."""
    found: list[tuple[Instance, str]] = []
    for seed in range(100):
        write(generate(20, 1, seed, 1.0, edges=bool(seed % 2)), folder / str(seed))
        instance = load(folder / str(seed)).instance
        enrolled = [learner.id for learner in instance.learners if learner.enrolled]
        stuck = [learner for learner in enrolled if solve_alone(instance, learner).kind == "infeasible"]
        found += [(only_learner(instance, learner), learner) for learner in stuck[:3]]
        if len(found) >= count:
            return found[:count]
    raise AssertionError(f"only {len(found)} blocked learners were generated")


def finds_a_path(instance: Instance, learner: str, dropped: list[Fact]) -> bool:
    """Say whether there is a path when some facts do not hold; a path found is judged by the checker."""
    for fact in dropped:
        if fact.without is not None:
            instance = fact.without(instance)
    gone = {fact.rule for fact in dropped if fact.without is None}
    rules = [rule for rule in plan_rules() if rule.name not in gone]
    formulation = formulate(instance, [learner], rules=rules, certain=True)
    solved = minimise(formulation, [], Settings(seed=4711), Budget())
    assert solved.kind in {"optimal", "infeasible"}
    if solved.kind == "optimal":
        assert violations(instance, formulation.plan(solved.values), rules) == []
    return solved.kind == "optimal"


def test_what_dropping_one_fact_does_is_told_as_it_is(tmp_path: Path) -> None:
    part = alone(INSTANCES / "impossible-2025")
    assert part["freed_by_any"] is True
    folder = Programme().learner().runs("CODE-26F 2026-09-14 2026-10-16").write(tmp_path / "x")
    assert alone(folder)["freed_by_any"] is False
    assert "More than this is in the way: dropping one of these alone would not always" in run("path", folder).out


@pytest.mark.slow
def test_every_conflict_forbids_and_without_any_member_it_forbids_nothing(tmp_path: Path) -> None:
    for instance, learner in blocked_learners(tmp_path, 30):
        conflict = conflict_of(instance, learner)
        sentences = [fact.sentence for fact in conflict]
        others = [fact for fact in facts_of(instance, learner) if fact.sentence not in sentences]
        assert conflict
        assert not finds_a_path(instance, learner, others), (instance.id, learner)
        for place, fact in enumerate(conflict):
            assert finds_a_path(instance, learner, [*others, fact]), (instance.id, learner, sentences[place])


def test_nothing_is_posted_for_a_conflict_once_the_budget_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("scheduler.explain.cases.formulate")
    budget = Budget()
    budget.stopped = True
    instance = load(INSTANCES / "impossible-2025").instance
    assert conflict_of(instance, "CERT23F-01", budget=budget) == ()
    everything = facts_of(instance, "CERT23F-01")
    assert kind_without(instance, "CERT23F-01", everything, Settings(), budget) == "unknown"
