"""Why a run is on its day: what rules a day out, and what it would cost, on tiny years equal to brute force."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from models.programme.people import Closure
from models.programme.year import Year
from scheduler import Programme
from scheduler.calendar.answering import plan_year
from scheduler.calendar.asking import UnknownDateError
from scheduler.calendar.question import CalendarQuestion
from scheduler.engines.budget import Budget
from scheduler.files.folder import load
from tests.calendar_oracle import worths_of
from tests.command import run
from tests.test_calendar_proved import drawn
from tests.year_files import year_folder

AWAY = "who,start,end,note\nmax,2025-02-03,2025-02-09,synthetic\n"


def answers_of(folder: Path, *words: str | Path) -> list[dict[str, Any]]:
    """Return the answers about some days."""
    found: list[dict[str, Any]] = json.loads(run("calendar", folder, "--json", "--quiet", *words).out)["why"]
    return found


def first_day_of(year: Year | None) -> date:
    assert year is not None
    return year.first


def assert_explained(seed: int, step: int) -> None:
    """Assert that days of a tiny year are ruled out, or cost, exactly what brute force says."""
    instance = drawn(seed)
    first = first_day_of(instance.year)
    codes = sorted({row.component for row in instance.patterns})
    days = [first + timedelta(days=number) for number in range(seed % step, 35, step)]
    question = CalendarQuestion(dates=tuple((code, day) for code in codes for day in days))
    answer = plan_year(instance, question, budget=Budget(120))
    assert len(answer.why) == len(question.dates)
    worths = worths_of(instance)
    for why in answer.why:
        wanted = min((worth for held, worth in worths if (why.component, why.day) in held), default=None)
        if why.verdict == "held":
            stands = {(each.component, each.start) for each in instance.offerings}
            assert wanted is not None or (why.component, why.day) in stands, (seed, why.component, why.day)
        elif why.verdict == "ruled-out":
            assert wanted is None, (seed, why.component, why.day, [each.sentence for each in why.facts])
            assert why.facts
        else:
            assert (wanted is None) == (why.other is None), (seed, why.component, why.day)
            if wanted is not None and why.other is not None:
                worth = why.other.worth
                assert (worth.broken, worth.not_graduating, worth.graduation, worth.added) == wanted[:4], (seed, why)
                assert why.other.proved


@pytest.mark.parametrize("seed", range(6))
def test_what_a_day_costs_is_what_brute_force_says(seed: int) -> None:
    assert_explained(seed, step=4)


@pytest.mark.slow
@pytest.mark.parametrize("block", range(4))
def test_what_many_days_cost_is_what_brute_force_says(block: int) -> None:
    for seed in range(3000 + 20 * block, 3020 + 20 * block):
        assert_explained(seed, step=3)


@pytest.mark.parametrize(
    ("asked", "words", "source"),
    [
        ("WORK=2025-02-06", "runs of WORK start on Wednesdays, and 2025-02-06 is a Thursday", "patterns.csv"),
        ("WORK=2025-02-05", "max is away 2025-02-03 to 2025-02-09 (synthetic)", "trainers.csv and unavailable.csv"),
        ("QSS=2025-03-06", "QSS25A starts on 2025-03-11, 5 days away, and 28 are asked for", "patterns.csv"),
        ("WORK=2025-05-07", "what is added starts from 2025-01-13 to 2025-04-30, the year to plan", "instance.yaml"),
        ("WORK=2025-02-19", "a meeting would fall on 2025-02-19: retreat", "closures.csv"),
        ("WORK=2025-01-15", "nothing starts before 2025-01-20, 14 days after the planning day", "instance.yaml"),
        ("BETA=2025-02-05", "no pattern says how BETA may be held", "patterns.csv"),
    ],
)
def test_what_rules_a_day_out_is_named_with_its_source(tmp_path: Path, asked: str, words: str, source: str) -> None:
    closures = "start,end,note\n2025-02-17,2025-02-21,retreat\n"
    folder = year_folder(tmp_path, unavailable=AWAY, closures=closures)
    settings = folder / "instance.yaml"
    settings.write_text(settings.read_text() + "  notice_days: 14\n")
    (why,) = answers_of(folder, "--explain", asked)
    assert why["verdict"] == "ruled-out"
    assert [(each["fact"], each["source"]) for each in why["facts"]] == [(words, source)]
    assert why["other"] is None


def test_a_planned_run_is_explained_by_what_is_lost_without_it_and_in_the_weeks_beside(tmp_path: Path) -> None:
    folder = year_folder(tmp_path)
    (why,) = answers_of(folder, "--explain", "WORK=2025-01-29")
    assert why["verdict"] == "held"
    assert why["other"]["graduation"] > why["here"]["graduation"]
    assert {each["learner"] for each in why["other"]["ledger"]} == {"ada", "ben"}
    days = ["2025-01-15", "2025-01-22", "2025-02-05", "2025-02-12"]
    assert [each["day"] for each in why["weeks"]] == days
    assert [bool(each["facts"]) for each in why["weeks"]] == [each["verdict"] == "ruled-out" for each in why["weeks"]]
    done = run("calendar", folder, "--explain", "WORK=2025-01-29", "--quiet")
    assert max(len(line) for line in done.out.splitlines()) <= 80
    words = " ".join(done.out.split())
    assert "WORK on Wed 2025-01-29 is in the plan Without it: 120 learner-days more (later for ada and ben)." in words
    assert "2025-01-15 max teaches 1 in the week of 2025-01-13, of 1 at most" in words


def test_a_day_that_is_possible_costs_days_and_names_whom(tmp_path: Path) -> None:
    (why,) = answers_of(year_folder(tmp_path), "--explain", "WORK=2025-03-05", "--most", "workshop=1")
    assert why["verdict"] == "possible"
    assert why["other"]["proved"]
    assert why["other"]["graduation"] >= why["here"]["graduation"]
    assert any("no more than 1 of workshop may be added" in each["fact"] for each in why["facts"])
    assert "2025-03-05" in {each["start"] for each in why["other"]["come"]}


def test_what_stands_is_explained_too_and_says_when_it_cannot_be_moved(tmp_path: Path) -> None:
    target = tmp_path / "written"
    run("calendar", year_folder(tmp_path), "--write", target, "--quiet")
    fixed, loose = answers_of(target, "--explain", "QSS25A", "--explain", "WORK=2025-01-29")
    assert (fixed["verdict"], fixed["facts"][0]["fact"]) == ("fixed", "1 seat of it is taken")
    assert (loose["verdict"], bool(loose["other"]["ledger"]), len(loose["weeks"])) == ("held", True, 4)
    name = next(
        each.id for each in load(target).instance.offerings if each.component == "WORK" and each.start.month == 1
    )
    (moved,) = answers_of(target, "--explain", f"{name}=2025-02-05")
    assert (moved["verdict"], moved["day"]) == ("possible", "2025-02-05")
    assert [each["offering"] for each in moved["other"]["gone"]] == [name]
    words = " ".join(run("calendar", target, "--explain", f"{name}=2025-02-05", "--quiet").out.split())
    assert "With everything else as it is: " in words
    assert "best calendar" not in words


def test_a_run_that_stands_is_not_too_near_to_itself(tmp_path: Path) -> None:
    target = tmp_path / "written"
    patterns = "component,weeks,weekdays,starts,minutes,gap_days\nWORK,1,wed,12:00,90,21\n"
    run("calendar", year_folder(tmp_path, patterns=patterns), "--write", target, "--quiet")
    runs = [each for each in load(target).instance.offerings if each.component == "WORK" and each.note]
    mine = next(each for each in runs if "added by" in str(each.note))
    (held,) = answers_of(target, "--explain", mine.id)
    assert held["verdict"] == "held"
    assert {each["verdict"] for each in held["weeks"]} != {"ruled-out"}
    (moved,) = answers_of(target, "--explain", f"{mine.id}={mine.start + timedelta(days=7)}")
    assert moved["verdict"] == "possible"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("WROK=2025-02-05", "no component and no offering of the name 'WROK'; did you mean 'WORK'?"),
        ("WORK", "WORK is a component: say a day too, like WORK="),
        ("WORK=someday", "'someday' is not a day"),
    ],
)
def test_a_day_that_cannot_be_asked_about_is_a_clear_fault(tmp_path: Path, asked: str, words: str) -> None:
    done = run("calendar", year_folder(tmp_path), "--explain", asked, "--quiet")
    assert (done.code, done.out) == (2, "")
    assert words in done.err


def test_a_programme_explains_a_day_from_python(tmp_path: Path) -> None:
    found = Programme.load(year_folder(tmp_path)).calendar()
    why = found.explain("WORK", date(2025, 2, 6))
    assert "is ruled out, because" in str(why)
    assert json.loads(why.json())["verdict"] == "ruled-out"
    with pytest.raises(UnknownDateError, match="say a day too"):
        found.explain("WORK")


def test_a_closure_that_opens_is_no_reason_any_more(tmp_path: Path) -> None:
    instance = load(year_folder(tmp_path)).instance
    shut = Closure(start=date(2025, 2, 17), end=date(2025, 2, 21))
    question = CalendarQuestion(dates=(("WORK", date(2025, 2, 19)),))
    for closures, verdict in (((shut,), "ruled-out"), ((), "possible")):
        (why,) = plan_year(replace(instance, closures=closures), question, budget=Budget(30)).why
        assert why.verdict == verdict
