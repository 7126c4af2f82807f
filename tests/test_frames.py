"""Frames say what the answers say: one row for each thing, with columns of the stated types."""

from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

import pandas as pd

from models.programme.instance import Instance
from scheduler import frames
from scheduler.engines.budget import Budget
from scheduler.explain.blocked import with_conflicts
from scheduler.explain.chain import chain_of
from scheduler.explain.critical import criticality
from scheduler.explain.missed import misses
from scheduler.explain.sheets import missing_of
from scheduler.files.folder import load
from scheduler.questions import PathQuestion
from scheduler.repeats.answering import solve_repeats
from scheduler.repeats.question import RepeatsQuestion
from scheduler.solve.bottlenecks import bottlenecks
from scheduler.solve.paths import alternatives, solve_paths
from scheduler.solve.result import Result
from scheduler.studies.each_reading import readings_of
from scheduler.studies.overbooking import most_to_sell
from scheduler.studies.value import SupposedRuns, values_of

INSTANCES = Path(__file__).parent.parent / "instances"


@cache
def instance(name: str) -> Instance:
    return load(INSTANCES / name).instance


@cache
def planned(name: str) -> Result:
    every = tuple(instance(name).learner)
    return with_conflicts(solve_paths(instance(name), PathQuestion(learners=every)))


def test_a_plan_has_a_row_for_each_step() -> None:
    plan = frames.plan_frame(planned("tiny"))
    ada = plan[plan["learner"] == "ada"]
    assert list(ada["offering"].fillna(ada["component"])) == [
        *("START", "ALPHA25W", "BETA25S"),
        *("QSS25A", "TOOL25S", "QSS25B"),
    ]
    assert list(ada["role"].dropna()) == ["talk"]
    assert str(plan["start"].dtype) == "datetime64[s]"
    assert set(plan.loc[plan["learner"] == "ben", "state"]) == {"done", "booked", "planned"}


def test_graduations_tell_days_delays_and_slack() -> None:
    rows = frames.graduations_frame(planned("tiny")).set_index("learner")
    assert list(rows["status"]) == ["graduates", "graduates", "blocked"]
    assert rows.loc["ada", "graduation"] == pd.Timestamp("2025-06-17")
    assert rows.loc["ada", "slack"] == 199
    assert rows.loc[["cal"], ["graduation", "alone", "delay", "slack"]].isna().all(axis=None)


def test_goals_tell_what_is_proved() -> None:
    goals = frames.goals_frame(planned("tiny"))
    assert goals["proved"].all()
    assert list(goals.loc[0, ["goal", "value", "bound", "unit"]]) == ["not-graduating", 1, 1, "learners"]


def test_seats_add_up() -> None:
    seats = frames.seats_frame(planned("cscce-2023-2026"))
    assert (seats["held"] + seats["planned"] + seats["free"] == seats["places"]).all()
    talk = seats[(seats["offering"] == "QSS25B") & (seats["thing"] == "talk")]
    assert talk[["places", "held", "planned", "free"]].to_numpy().tolist() == [[3, 1, 2, 0]]
    assert seats["start"].is_monotonic_increasing


def test_shortages_prices_and_bottlenecks_name_the_talk_places() -> None:
    result = planned("cscce-2023-2026")
    short = frames.shortages_frame(result)
    assert short[["component", "role", "needed", "places", "short"]].to_numpy().tolist() == [["QSS", "talk", 13, 9, 4]]
    prices = frames.prices_frame(result)
    assert prices["days"].is_monotonic_decreasing
    assert set(prices["thing"]) == {"talk", "seat"}
    assert result.joint is not None
    won = frames.bottlenecks_frame(bottlenecks(result.joint, Budget()))
    assert set(won["offering"]) == set(prices["offering"])


def test_the_calendar_counts_the_days_between_two_starts() -> None:
    runs = frames.runs_frame(instance("cscce-2023-2026")).set_index("offering")
    assert list(runs.loc["CODE25W", ["waited", "after"]]) == [477, "CODE23F"]
    assert runs.loc["PBK24S", "waited"] == 181
    assert runs.loc[["CODE23F"], ["waited", "after"]].isna().all(axis=None)


def test_reasons_are_told_fact_by_fact() -> None:
    (cal,) = [each for each in planned("tiny").learners if each.learner == "cal"]
    conflict = frames.conflict_frame(cal)
    assert len(conflict) == len(cal.conflict or ()) > 1
    assert conflict["source"].notna().any()
    chain = frames.chain_frame(chain_of(instance("tiny"), "ada", date(2025, 6, 17)))
    assert len(chain) > 1
    assert chain["without"].max() <= pd.Timestamp("2025-06-17")
    (ada,) = [each for each in planned("tiny").learners if each.learner == "ada"]
    missing = frames.missing_frame(missing_of(instance("tiny"), ada))
    assert list(missing.loc[0, ["requirement", "needed", "done", "what"]]) == ["Getting started", 1, 0, "START"]
    assert missing.loc[0, "start_by"] == pd.Timestamp("2025-01-31")


def test_alternatives_begin_with_the_best_path_and_hold_what_is_to_come() -> None:
    question = PathQuestion(learners=("L16",))
    found = frames.alternatives_frame(
        solve_paths(instance("cscce-2023-2026"), question),
        alternatives(instance("cscce-2023-2026"), "L16", 1, question=question),
    )
    assert list(found["path"].unique()) == [0, 1]
    assert "done" not in set(found["state"])


def test_what_hangs_on_single_offerings() -> None:
    tiny = instance("tiny")
    missed = frames.missed_frame(misses(tiny, "ada"))
    assert missed["start"].is_monotonic_increasing
    assert missed["days_lost"].dtype == "Int64"
    critical = frames.critical_frame(criticality(tiny))
    assert critical.loc[0, "graduations_lost"] >= critical["graduations_lost"].iloc[-1]
    value = frames.value_frame(values_of(tiny, SupposedRuns(components=("BETA",), last=date(2025, 6, 1))))
    assert set(value["component"]) == {"BETA"}
    assert "cal" in set(value["gained"])


def test_readings_tell_who_depends_on_which() -> None:
    found = readings_of(instance("impossible-2025"), [])
    rows = frames.readings_frame(found)
    assert set(rows["learner"]) == {"CERT23F-01"}
    dependent = {row.reading.name for row in found.rows if row.dependents}
    assert set(rows.loc[rows["depends"], "reading"]) == dependent
    assert rows.loc[rows["status"] == "graduates", "graduation"].notna().all()


def test_a_proposal_of_repeats_as_frames() -> None:
    proposal = solve_repeats(instance("cscce-2023-2026"), RepeatsQuestion())
    curve = frames.curve_frame(proposal)
    assert curve[["sessions", "covered", "waiting"]].to_numpy().tolist() == [[0, 8, 9], [1, 9, 9]]
    assert curve["proved"].all()
    seats = frames.seatings_frame(proposal)
    assert seats["seated"].sum() == 9
    added = seats[seats["added"]]
    assert added[["component", "learners"]].to_numpy().tolist() == [["CODE", "L09"]]
    assert added["opens"].to_list() == [pd.Timestamp("2025-04-15 12:00")]
    assert frames.left_frame(proposal).empty
    assert frames.extras_frame(proposal).empty
    assert frames.goals_frame(proposal)["proved"].all()


def test_overbooking_tells_the_risk_as_a_share() -> None:
    sales = frames.overbooking_frame(most_to_sell(2, Fraction(1, 2), Fraction(1, 5)))
    assert sales[["sold", "risk"]].to_numpy().tolist() == [[2, 0.0], [3, 0.125], [4, 0.3125]]


def study_of(days: dict[str, list[str | None]]) -> pd.DataFrame:
    """Return the table of a study: for each learner a day in each scenario, the baseline first."""
    rows = [
        {"scenario": f"s{number}" if number else "baseline", "kind": "learner", "learner": learner, "graduation": day}
        for learner, listed in days.items()
        for number, day in enumerate(listed)
    ]
    return pd.DataFrame(rows).assign(status="graduates", hopeful=None, likely=None, certain=None)


def test_the_spread_of_a_study_tells_the_extremes_and_who_is_not_in_time() -> None:
    study = study_of({"b": ["2025-03-01", "2025-02-01", None], "a": ["2025-04-01", "2025-04-01", "2025-05-01"]})
    spread = frames.spread_frame(study)
    assert list(spread["learner"]) == ["b", "a"]
    assert [f"{day:%m-%d}" for day in spread["first"]] == ["02-01", "04-01"]
    assert [f"{day:%m-%d}" for day in spread["last"]] == ["03-01", "05-01"]
    assert [f"{day:%m-%d}" for day in spread["baseline"]] == ["03-01", "04-01"]
    assert spread[["never", "scenarios"]].to_numpy().tolist() == [[1, 3], [0, 3]]


def test_learners_outside_the_programme_are_no_learners_of_a_study() -> None:
    study = study_of({"a": ["2025-04-01"], "w": [None]})
    study.loc[study["learner"] == "w", "status"] = "not-enrolled"
    assert list(frames.learners_frame(study)["learner"]) == ["a"]
