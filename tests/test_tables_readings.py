"""Readings of the rules: whose answer depends on them."""

from functools import cache
from typing import Any

import pytest

from models.changes.readings import needing, not_needing, with_clock, with_role_places, with_unstated_window
from scheduler.commands.opening import Wanted, as_wanted
from scheduler.files.editions import load_edition
from scheduler.questions import PathQuestion
from scheduler.solve.paths import solve_paths
from scheduler.studies.each_reading import readings_of
from tests.command import TINY, run
from tests.tables import CSCCE, EDITIONS, real, tiny, told


@cache
def readings(*how: str) -> dict[str, Any]:
    """Return what `readings` says of the real programme."""
    return told("readings", CSCCE, *how)


def test_whose_answer_depends_on_which_reading() -> None:
    depend = {each["reading"]: each["depend"] for each in readings()["readings"]}
    assert depend["skills-shares"] == ["L01", "L06", "L10", "L12", "L15", "L20", "L25"]
    assert depend["hour"] == ["L02", "L06", "L25"]
    assert depend["electives"] == ["L26", "L28", "L29", "L30"]
    assert depend["clock"] == depend["core-order"] == depend["presenters"] == []
    assert len(depend["edition"]) == 30


def test_each_edition_says_what_path_says_under_it() -> None:
    days = {
        (row["alternative"], row["learner"]): row["alone"] for row in readings()["rows"] if row["reading"] == "edition"
    }
    asked = ("L03", "L12", "L17", "L26")
    for name in EDITIONS:
        under = as_wanted(real(), Wanted(edition=name), CSCCE)
        for part in solve_paths(under, PathQuestion(learners=asked)).learners:
            day = part.graduation if part.status == "graduated" else part.alone
            assert days[name, part.learner] == (day and day.isoformat())


def test_two_presenters_are_felt_by_all_together() -> None:
    (presenters,) = (each for each in readings()["readings"] if each["reading"] == "presenters")
    two, three = presenters["alternatives"]
    assert presenters["together"]
    assert (two["not_graduating"], three["not_graduating"]) == (6, 4)


def test_readings_are_not_borrowed_by_a_programme_of_other_documents() -> None:
    editions = [load_edition(name) for name in EDITIONS] + [tiny().editions["tiny"]]
    found = readings_of(tiny(), editions)
    assert found.rows == ()
    assert [name for name, _ in found.left_out] == list(EDITIONS)
    ran = run("readings", TINY)
    assert ran.code == 0
    assert "No reading of the rules is in dispute here." in ran.out


@pytest.mark.parametrize("how", [("--alone",), pytest.param((), marks=pytest.mark.slow)], ids=["alone", "together"])
def test_one_learner_is_told_of_the_same_readings(how: tuple[str, ...]) -> None:
    one = told("readings", CSCCE, "--learner", "L12", *how)
    assert {row["learner"] for row in one["rows"]} == {"L12"}
    assert [row for row in readings(*how)["rows"] if row["learner"] == "L12"] == one["rows"]


def test_what_an_answer_comes_to_is_planned_for_everybody() -> None:
    together = {each["reading"]: each for each in readings()["readings"]}
    alone = {each["reading"]: each for each in readings("--alone")["readings"]}
    assert [each["depend"] for each in together.values()] == [each["depend"] for each in alone.values()]
    assert [name for name, each in alone.items() if each["together"]] == ["presenters"]
    assert all(each["together"] for each in together.values())
    for name, each in together.items():
        pairs = zip(each["alternatives"], alone[name]["alternatives"], strict=True)
        assert all(all_["not_graduating"] >= own["not_graduating"] for all_, own in pairs)
    result = solve_paths(real(), PathQuestion(learners=tuple(sorted(real().learner))))
    goals = {goal.name: goal.value for goal in result.goals}
    (_, three) = together["presenters"]["alternatives"]
    assert (three["not_graduating"], three["days"]) == (goals["not-graduating"], goals["graduation"])


def test_changes_of_editions_alter_what_they_name() -> None:
    ordered = needing(["PBK"], "CODE")(real())
    assert all(
        ("CODE",) in each.component["PBK"].requires for each in ordered.editions.values() if "PBK" in each.component
    )
    assert needing(["PBK"], "CODE")(ordered) == ordered
    free = not_needing(["NOC"])(real())
    assert free.editions["rolling-2025"].component["NOC"].requires == ()
    assert free.editions["cohort-2024"] == real().editions["cohort-2024"]
    clocks = [each.window.starts for each in with_clock("orientation")(real()).editions.values() if each.window]
    assert set(clocks) == {"orientation"}
    endless = with_unstated_window(None)(real()).editions
    assert {name for name, each in endless.items() if each.window} == {"cohort-2024"}
    assert all(each.window for each in with_unstated_window(2)(real()).editions.values())
    places = {run.id: run.places("talk") for run in with_role_places("QSS", "talk", 2)(real()).offerings}
    assert places["QSS26A"] == 2
    assert places["QSS25A"] == 3
