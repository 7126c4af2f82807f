"""The staff's acceptance examples about a year that is planned: its promises, its trainers, its clocks."""

import csv
import io
import json
import re
from collections import Counter
from datetime import date, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from models.judging.violations import violations
from models.programme.days_off import day_off
from models.programme.instance import Instance
from models.programme.plan import Plan
from models.programme.time import local
from models.rules import calendar_rules
from scheduler.files.folder import load
from tests.command import INSTANCES, run
from tests.examples import CHOSEN, Programme
from tests.year_files import PATTERNS, TRAINERS, year_folder

REAL = INSTANCES / "year-2026"
CALL = "who,start,end,note\nmax,2025-03-26 12:00,2025-03-26 13:00,community call\n"


@pytest.fixture(scope="module")
def y2026(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Instance]:
    """Return the answer about the year 2026, and the instance that was written with it."""
    target = tmp_path_factory.mktemp("year") / "y2026"
    done = run("calendar", REAL, "--time-limit", "30", "--write", target, "--json", "--quiet")
    return json.loads(done.out), load(target).instance


# ST1


@pytest.mark.slow
def test_st1_every_workshop_and_a_skills_share_a_quarter_nobody_twice_and_no_closed_day(
    y2026: tuple[dict[str, Any], Instance],
) -> None:
    found, after = y2026
    assert found["goals"][0]["value"] == 0
    assert all(row["kept"] for row in found["promises"])
    held = [each for each in after.offerings if each.start.year == 2026]
    workshops = [each.code for each in after.editions["rolling-2025"].components if each.kind == "workshop"]
    assert len(workshops) == 11
    assert all(any(each.component == code for each in held) for code in workshops)
    assert {(each.start.month - 1) // 3 for each in held if each.component == "QSS"} == {0, 1, 2, 3}
    spans = [(name, each.span) for run in held for name in run.trainers for each in run.sessions]
    assert all(run.trainers for run in held)
    assert not [1 for (who, one), (other, two) in combinations(spans, 2) if who == other and one.overlaps(two)]
    days = [local(each.start, run.zone).date() for run in held for each in run.sessions]
    assert [day for day in days if day_off(after.closures, ("US",), day)] == []
    assert violations(after, Plan(), calendar_rules()) == []
    here = (found["goals"][1]["value"], found["goals"][2]["value"])
    assert all(here <= (row["not_graduating"], row["graduation"]) for row in found["baselines"] if row["added"])


def test_st1_each_workshop_is_held_and_nobody_is_in_two_places(tmp_path: Path) -> None:
    found = json.loads(run("calendar", year_folder(tmp_path, unavailable=CALL), "--json", "--quiet").out)
    taught = [
        (name, datetime.fromisoformat(session["start"]), timedelta(minutes=session["minutes"]))
        for row in found["offerings"]
        for name in row["trainers"]
        for session in row["sessions"]
    ]
    assert not [
        1
        for (who, one, long), (other, two, wide) in combinations(taught, 2)
        if who == other and one < two + wide and two < one + long
    ]


def test_st1_a_workshop_during_the_community_call_is_refused_naming_it(tmp_path: Path) -> None:
    half_past = "component,weeks,weekdays,starts,minutes\nWORK,1,wed,12:30,90\n"
    trainers = TRAINERS.replace("Europe/London", "America/New_York")
    folder = year_folder(tmp_path, patterns=half_past, unavailable=CALL, trainers=trainers)
    done = run("calendar", folder, "--explain", "WORK=2025-03-26", "--quiet")
    words = " ".join(done.out.split())
    assert "WORK on Wed 2025-03-26 is ruled out" in words
    assert "max is away 2025-03-26 12:00 to 2025-03-26 13:00 (community call)" in words
    found = json.loads(run("calendar", folder, "--json", "--quiet").out)
    assert "2025-03-26" not in {row["start"] for row in found["offerings"]}
    table = folder / "offerings.csv"
    head, *rows = table.read_text(encoding="utf-8").splitlines()
    assert head == "offering,component,start,end,note"
    new = "CALL,WORK,2025-03-26,2025-03-26,synthetic,max"
    table.write_text("\n".join([f"{head},trainers", *(f"{row}," for row in rows), new, ""]), encoding="utf-8")
    with (folder / "sessions.csv").open("a", encoding="utf-8") as meetings:
        meetings.write("CALL,2025-03-26 12:30,90\n")
    told = run("validate", folder)
    assert "max cannot teach CALL" in told.err + told.out
    assert "community call" in told.err + told.out


# ST6


def test_st6_a_run_in_each_year_is_counted_where_the_year_is_planned(tmp_path: Path) -> None:
    programme = Programme(as_of="2025-01-02").runs("VALUES-24A 2024-02-01", "VALUES-24B 2024-11-01")
    year = "year: {first: 2025-02-03, last: 2025-12-19, then: nothing}\n"
    folder = programme.learner(enrolled="2024-01-10").write(tmp_path / "x")
    (folder / "instance.yaml").write_text((folder / "instance.yaml").read_text() + year)
    rows = "component,weeks,weekdays,starts,minutes\nVALUES,1,wed,12:00,90\n"
    (folder / "patterns.csv").write_text(rows, encoding="utf-8")
    found = json.loads(run("calendar", folder, "--json", "--quiet").out)
    (values,) = [row for row in found["promises"] if row["of"] == "VALUES"]
    assert (values["period"], values["found"], values["needed"], values["kept"]) == ("2025", 1, 1, True)
    assert [row["component"] for row in found["offerings"] if row["state"] == "added"] == ["VALUES"]
    under = ("--edition", "cohort-2024", "--from", "2023-09-21", "--to", "2025-09-21", "--as-of", "2025-12-31")
    judged = json.loads(run("audit", folder, "--json", *under).out)["promises"]
    assert [row["verdict"] for row in judged if row["component"] == "VALUES"] == ["kept"]


# ST8


def test_st8_no_week_exceeds_the_limit_and_the_report_tells_maximum_and_spread(tmp_path: Path) -> None:
    daily = "".join(
        f"{code},1,{day},12:00,90,,,synthetic\n" for code in ("WORK", "TOOL") for day in ("mon", "tue", "wed")
    )
    patterns = PATTERNS.splitlines(keepends=True)[0] + daily
    trainers = TRAINERS.replace("WORK;TOOL;QSS,1", "WORK;TOOL;QSS,4").replace("ALPHA;TOOL,2", "ALPHA,4")
    folder = year_folder(tmp_path, patterns=patterns, trainers=trainers)
    done = run("calendar", folder, "--json", "--quiet", "--most", "workshop=9")
    found = json.loads(done.out)
    weeks = Counter(
        (name, date.fromisoformat(session["start"][:10]).isocalendar()[:2])
        for row in found["offerings"]
        for name in row["trainers"]
        for session in row["sessions"]
    )
    assert max(weeks.values()) <= 4
    busiest = {row["trainer"]: row["busiest_week"] for row in found["trainers"]}
    assert busiest["max"] == max(count for (name, _), count in weeks.items() if name == "max")
    words = " ".join(run("calendar", folder, "--quiet", "--most", "workshop=9").out.split())
    meetings = [row["meetings"] for row in found["trainers"]]
    told = f"Busiest week of anybody {max(busiest.values())}; spread {max(meetings) - min(meetings)} (the most"
    assert told in words


@pytest.mark.slow
def test_st8_no_week_of_2026_exceeds_four_sessions(y2026: tuple[dict[str, Any], Instance]) -> None:
    found, after = y2026
    assert all(row["busiest_week"] <= 4 for row in found["trainers"])
    weeks = Counter(
        (name, local(each.start, after.trainer[name].zone).date().isocalendar()[:2])
        for run in after.offerings
        for name in run.trainers
        for each in run.sessions
        if local(each.start, after.trainer[name].zone).date() >= after.as_of
    )
    assert max(weeks.values()) == max(row["busiest_week"] for row in found["trainers"]) <= 4


# ST12


def test_st12_a_weekly_noon_course_from_october_is_told_in_new_york_utc_and_london(tmp_path: Path) -> None:
    programme = Programme(as_of="2023-09-01").learner(enrolled="2022-06-01", timezone="Europe/London")
    programme.done("ada", "ORIENT", "PBK", "NOC", "VALUES", "FEEDBACK", *CHOSEN[:4], on="2023-05-10")
    for day, what in (("2023-02-09", "QSS"), ("2023-05-11", "QSS"), ("2023-08-10", "QSS:talk")):
        programme.done("ada", what, on=day)
    folder = programme.write(tmp_path / "x")
    year = "year: {first: 2023-10-09, last: 2023-11-19, then: nothing}\n"
    (folder / "instance.yaml").write_text((folder / "instance.yaml").read_text() + year)
    rows = "component,weeks,weekdays,starts,minutes\nCODE,6,mon,12:00,90\n"
    (folder / "patterns.csv").write_text(rows, encoding="utf-8")
    table = list(csv.DictReader(io.StringIO(run("calendar", folder, "--csv", "--quiet").out)))
    code = [row for row in table if row["component"] == "CODE"]
    assert [row["start"][5:] for row in code] == [
        f"{day} 12:00" for day in ("10-09", "10-16", "10-23", "10-30", "11-06", "11-13")
    ]
    utc = [datetime.fromisoformat(row["utc"]) for row in code]
    assert [each.hour for each in utc] == [16, 16, 16, 16, 17, 17]
    assert [each.astimezone(ZoneInfo("Europe/London")).hour for each in utc] == [17, 17, 17, 16, 17, 17]
    screen = run("calendar", folder, "--quiet").out
    assert re.search(r"CODE +Mon 2023-10-09 12:00 +16:00", screen)
    found = json.loads(run("calendar", folder, "--json", "--quiet").out)
    (added,) = [row for row in found["offerings"] if row["state"] == "added"]
    assert [each["start"][11:] for each in added["sessions"]] == ["12:00:00-04:00"] * 4 + ["12:00:00-05:00"] * 2
    assert [each["utc"][11:13] for each in added["sessions"]] == ["16", "16", "16", "16", "17", "17"]
