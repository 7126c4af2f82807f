"""Progress, missed steps, critical offerings, the worth of runs and seats, and readings: what they say, and how."""

import csv
import io
import json
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from models.calendar_changes import cancelled
from models.edition import Window
from models.instance import Instance
from models.passing import missed
from models.reading_changes import needing, not_needing, with_clock, with_role_places, with_unstated_window
from scheduler.explain.critical import criticality
from scheduler.explain.missed import misses
from scheduler.explain.progress import progress_of
from scheduler.files.editions import load_edition
from scheduler.files.folder import load
from scheduler.show.flat import csv_text, frame
from scheduler.show.progress import progress_rows
from scheduler.show.values import value_rows
from scheduler.solve.alone import solve_alone
from scheduler.solve.budget import Budget
from scheduler.studies.each_reading import readings_of
from scheduler.studies.extra_runs import extra_run, months
from scheduler.studies.seats import seated
from scheduler.studies.value import Season, values_of
from tests.builders import component, course, day, edition, learner, offering, record, requirement
from tests.builders import instance as small
from tests.command import INSTANCES, TINY, run

CSCCE = INSTANCES / "cscce-2023-2026"
EDITIONS = ("cohort-2024", "fall-2023", "journey-2024", "rolling-2025")


@cache
def real() -> Instance:
    """Return the instance of the real programme."""
    return load(CSCCE).instance


@cache
def tiny() -> Instance:
    """Return the instance that can be checked by hand."""
    return load(TINY).instance


def told(*words: str | Path) -> dict[str, Any]:
    """Return the JSON that a command prints."""
    ran = run(*words, "--json")
    assert ran.code in {0, 1}, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


def as_table(text: str) -> list[dict[str, str]]:
    """Return CSV text as rows."""
    return list(csv.DictReader(io.StringIO(text)))


COMMANDS: Sequence[tuple[str, ...]] = (
    ("progress",),
    ("missed", "--learner", "ada"),
    ("critical",),
    ("critical", "--together"),
    ("value",),
    ("value", "--together", "--component", "BETA", "--last", "2025-03"),
    ("value", "--seats", "1..3"),
)


@pytest.mark.parametrize("words", COMMANDS)
def test_the_three_forms_say_the_same(words: tuple[str, ...], tmp_path: Path) -> None:
    command, *rest = words
    answer = told(command, TINY, *rest)
    rows = as_table(run(command, TINY, *rest, "--csv").out)
    assert answer["status"] == "complete"
    assert answer["command"] == command
    assert len(rows) == len(answer["rows"]) > 0
    for cells, row in zip(rows, answer["rows"], strict=True):
        assert list(cells) == list(row)
        assert [cells[name] for name in row if isinstance(row[name], str)] == [
            value for value in row.values() if isinstance(value, str)
        ]
    screen = run(command, TINY, *rest)
    assert max(map(len, screen.out.splitlines())) <= 80
    written = run(command, TINY, *rest, "--out", tmp_path / "x")
    assert (written.code, written.out) == (screen.code, "")
    assert (tmp_path / "x").read_text(encoding="utf-8") == screen.out


@pytest.mark.parametrize("words", COMMANDS)
def test_the_same_input_gives_the_same_bytes(words: tuple[str, ...]) -> None:
    command, *rest = words
    assert run(command, TINY, *rest, "--json").out == run(command, TINY, *rest, "--json").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("progress", TINY, "--learner", "adda"), "did you mean 'ada'?"),
        (("missed", TINY, "--learner", "nobody"), "no learner of the name 'nobody'"),
        (("missed", TINY), "--learner"),
        (("value", TINY, "--component", "BETAA"), "did you mean 'BETA'?"),
        (("value", TINY, "--component", "START"), "no component of the name 'START'"),
        (("value", TINY, "--first", "2025-13"), "write it like 2025-04"),
        (("value", TINY, "--first", "0001-01"), "years run from 1990 to 2199"),
        (("value", TINY, "--first", "2025-05", "--last", "2025-04"), "lies before --first"),
        (("value", TINY, "--seats", "30..20"), "the smaller number goes first"),
        (("value", TINY, "--seats", "many"), "write it like 20..30"),
        (("value", TINY, "--seats", "20", "--last", "2025-04"), "--first and --last are about extra runs"),
        (("critical", TINY, "--json", "--csv"), "exclude each other"),
        (("readings", TINY, "--learner", "x"), "no learner of the name 'x'"),
        (("progress", TINY, "--days", "-1"), "-1"),
        (("critical", TINY, "--time-limit", "nan"), "nan"),
    ],
)
def test_bad_use_is_named(words: tuple[str | Path, ...], said: str) -> None:
    ran = run(*words)
    assert ran.code == 2
    assert said in " ".join(ran.err.split())


class Ending(Budget):
    """A budget that is over after it has been asked some times."""

    def __init__(self, times: int) -> None:
        """Say how often it is not over."""
        super().__init__()
        self.times = times

    @property
    def is_over(self) -> bool:
        """Count down."""
        self.times -= 1
        return self.times < 0


@pytest.mark.parametrize("times", [0, 1, 5, 40])
def test_rows_that_are_done_are_kept_when_the_time_is_over(times: int) -> None:
    whole = {row.offering.id: row.effect for row in criticality(tiny()).rows}
    found = criticality(tiny(), budget=Ending(times))
    for row in found.rows:
        assert not row.effect.proved or row.effect == whole[row.offering.id]
    worth = {row.extra.run.id: row.effect for row in values_of(tiny()).rows}
    part = values_of(tiny(), budget=Ending(times))
    assert not part.complete
    for each in part.rows:
        assert each.effect == worth[each.extra.run.id]


@pytest.mark.parametrize(
    "words", [("critical", TINY), ("value", TINY), ("progress", TINY), ("value", TINY, "--seats", "1..3")]
)
def test_no_time_at_all_is_told_as_it_is(words: tuple[str | Path, ...]) -> None:
    ran = run(*words, "--time-limit", "0.000001")
    assert ran.code in {3, 4}
    assert "Stopped before the end" in ran.out


# Progress


def test_the_sheet_counts_what_is_done_booked_and_missing() -> None:
    (ben,) = progress_of(tiny(), ["ben"]).rows
    assert [(line.requirement.title, line.state, line.done, line.booked) for line in ben.lines] == [
        ("Getting started", "done", 1, 0),
        ("Both courses", "booked", 1, 1),
        ("One workshop", "missing", 0, 0),
        ("Two skills shares", "booked", 1, 1),
        ("A talk at a skills share", "booked", 0, 1),
    ]


def test_last_chances_are_sorted_and_end_with_their_days() -> None:
    sheets = progress_of(tiny())
    chances = [(line.start_by, line.learner, line.what) for line in sheets.last_chances(28)]
    assert chances == [(date(2025, 1, 31), "ada", "START"), (date(2025, 2, 3), "ada", "ALPHA25W")]
    assert sheets.last_chances(27) == sheets.last_chances(25) == (sheets.last_chances(28)[0],)
    assert sheets.last_chances(24) == ()
    sheets = progress_of(real(), ["L02", "L06", "L16", "L26"])
    everything = [line.start_by for line in sheets.last_chances(10_000) if line.start_by]
    assert everything == sorted(everything)
    assert len(everything) > 10


def test_who_has_no_path_is_not_warned_of_a_last_chance() -> None:
    found = told("progress", CSCCE, "--days", "10000")
    stuck = {row["learner"] for row in found["rows"] if row["status"] == "blocked"}
    assert stuck == {"L08", "L09", "L12", "L24"}
    assert stuck.isdisjoint(row["learner"] for row in found["last_chances"])
    assert {row["state"] for row in found["rows"] if row["learner"] == "L01"} == {"done"}


# Missed


def test_missing_a_step_is_planned_anew_on_that_day() -> None:
    for name in ("L16", "L26", "L27"):
        found = misses(real(), name)
        path = found.answer.path
        assert path is not None
        for row in found.rows:
            again = solve_alone(missed(path, row.booking.offering)(real()), name)
            assert again.graduation == row.graduation
            assert row.graduation is None or (found.answer.graduation or date.max) <= row.graduation
            assert all(real().offering[name].start > row.start for name in row.instead)


def test_no_earlier_run_replaces_a_missed_one() -> None:
    found = {row.booking.offering: row for row in misses(real(), "L26").rows}
    assert found["CODE25F"].instead == ("CODE26S", "PMB26S")
    assert found["CODE25F"].dropped == ("NOC26S",)
    assert (found["CODE25F"].graduation, found["CODE25F"].lost) == (date(2026, 5, 22), 28)
    assert found["NOC26S"].instead == ("PMB26S",)


def test_a_step_without_which_there_is_no_path_says_so() -> None:
    rows = {row["offering"]: row for row in told("missed", TINY, "--learner", "ada")["rows"]}
    assert rows["ALPHA25W"]["graduation_then"] is None
    assert rows["BETA25S"]["days_lost"] == 101
    assert "no path then" in run("missed", TINY, "--learner", "ada").out


def test_a_booking_that_hangs_on_a_missed_step_is_given_up() -> None:
    rules = edition(course("A"), course("B", "A"), requirements=[requirement(2, "A", "B")])
    runs = [offering("A1", 5, 10), offering("A2", 20, 25), offering("B1", 15, 18), offering("B2", 40, 45)]
    booked = [record("ada", "booked", "A1"), record("ada", "booked", "B1")]
    found = misses(small(rules, runs, records=booked), "ada")
    first, second = found.rows
    assert (first.booking.offering, first.graduation, first.lost) == ("A1", day(45), 27)
    assert (first.instead, first.dropped, first.given_up) == (("A2", "B2"), ("B1",), ("B1",))
    assert (second.booking.offering, second.instead, second.given_up) == ("B1", ("B2",), ())


def test_whoever_follows_a_plan_has_registered_in_time_for_what_comes_later() -> None:
    rules = edition(course("A"), course("B"), requirements=[requirement(2, "A", "B")])
    runs = [offering("A1", 5), offering("A2", 30), offering("B1", 20, registration_closes=day(3))]
    found = misses(small(rules, runs), "ada")
    assert [(row.booking.offering, row.graduation, row.instead) for row in found.rows] == [
        ("A1", day(30), ("A2",)),
        ("B1", None, ()),
    ]


def test_whoever_has_no_path_has_nothing_to_miss() -> None:
    ran = run("missed", TINY, "--learner", "cal")
    assert ran.code == 1
    assert "cal cannot graduate" in ran.out


# Critical


def test_the_most_critical_offering_stands_first() -> None:
    rows = told("critical", CSCCE)["rows"]
    assert rows[0]["offering"] == "COP25S"
    assert rows[0]["lost"] == ["L04", "L05", "L06", "L07", "L10", "L13"]
    ranks = [(-row["graduations_lost"], -row["days_lost"]) for row in rows]
    assert ranks == sorted(ranks)
    assert {row["offering"] for row in rows} == {
        run.id for run in real().offerings if run.end >= real().as_of and run.status == "published"
    }


def test_whose_path_is_cancelled_is_who_uses_it() -> None:
    found = {row.offering.id: row for row in criticality(real()).rows}
    assert all(set(row.effect.lost + row.effect.later) <= set(row.users) for row in found.values())
    assert found["VALUES26W"].users == found["VALUES26W"].effect.lost == ("L30",)
    assert solve_alone(cancelled("VALUES26W")(real()), "L30").kind == "infeasible"


def test_what_hangs_on_each_offering_when_all_are_planned_together() -> None:
    rows = {row["offering"]: row for row in told("critical", TINY, "--together")["rows"]}
    lost = {name: (row["graduations_lost"], row["days_lost"]) for name, row in rows.items()}
    assert {name: each for name, each in lost.items() if each != (0, 0)} == {
        "BETA25S": (1, None),
        "ALPHA25W": (1, None),
        "TOOL25S": (1, None),
        "QSS25A": (0, 98),
        "QSS25B": (0, 91),
    }


# Value


def test_where_orientation_starts_the_clock_an_extra_run_of_it_can_move_the_last_day() -> None:
    rules = edition(
        component("O", "workshop"),
        course("B"),
        requirements=[requirement(2, "O", "B")],
        first=(("O",),),
        window=Window(years=1, starts="orientation"),
    )
    runs = [offering("O1", -160), offering("B1", 150, 230)]
    late = small(rules, runs, [learner(enrolled=day(-150))])
    found = values_of(late, Season(components=("O",)))
    assert [row.effect.gained for row in found.rows[:2]] == [("ada",), ("ada",)]


def test_a_run_that_brings_nobody_forward_alone_can_still_make_room_for_all_together() -> None:
    rules = edition(course("A"), requirements=[requirement(1, "A")])
    runs = [offering("A1", 5, 10, seats=1), offering("A2", 120, 125, seats=1)]
    crowd = small(rules, runs, [learner("ada"), learner("ben")])
    season = Season(components=("A",), first=day(40), last=day(40))
    (alone,) = values_of(crowd, season).rows
    (together,) = values_of(crowd, season, together=True).rows
    assert alone.effect.saved == 0
    assert together.effect.saved == (day(125) - together.extra.run.end).days > 0


def test_seats_are_never_fewer_than_are_held_and_only_where_a_number_is_stated() -> None:
    rules = edition(course("A"), course("B"), requirements=[requirement(1, "A")])
    runs = [
        offering("A1", 5, seats=9, taken=2),
        offering("A2", 9),
        offering("A3", -9, seats=9),
        offering("B1", 5, seats=9),
    ]
    before = small(rules, runs, records=[record("ada", "booked", "A1")])
    seats = {each: {run.id: run.seats for run in seated(each, ["A"])(before).offerings} for each in (1, 20)}
    assert seats[1] == {"A1": 3, "A2": None, "A3": 9, "B1": 9}
    assert seats[20] == {"A1": 20, "A2": None, "A3": 9, "B1": 9}


def test_an_extra_run_starts_on_the_first_such_weekday_that_can_be_announced() -> None:
    april = extra_run(real(), "CODE", date(2025, 4, 1))
    may = extra_run(real(), "CODE", date(2025, 5, 1))
    assert april is not None
    assert may is not None
    like = real().offering["CODE26F"]
    assert april.like == may.like == like.id
    assert april.run.start == date(2025, 4, 21)  # the Mondays before lie less than 21 days ahead
    assert may.run.start == date(2025, 5, 5)
    assert (may.run.end - may.run.start, may.run.seats, may.run.taken) == (like.end - like.start, like.seats, 0)
    assert may.run.start.weekday() == like.start.weekday()
    assert extra_run(real(), "CODE", date(2025, 3, 1)) is None
    assert extra_run(real(), "CEF", date(2025, 5, 1)) is None


def test_months_run_from_first_to_last() -> None:
    assert list(months(date(2025, 11, 30), date(2026, 2, 1))) == [
        date(2025, 11, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    ]


def test_components_that_nobody_ever_offered_are_left_out_and_named() -> None:
    found = told("value", CSCCE, "--component", "CEF", "--component", "LSC2", "--last", "2025-06")
    assert found["length_not_stated"] == ["CEF"]
    assert {row["component"] for row in found["rows"]} == {"LSC2"}
    assert "length not stated" in run("value", CSCCE, "--component", "CEF").out


def test_rows_become_data_frames() -> None:
    found = values_of(tiny(), Season(components=("BETA",)))
    table = frame(value_rows(found))
    assert table.loc[table["month"] == "2025-02", "gained"].tolist() == [("cal",)]
    assert frame(progress_rows(progress_of(tiny())))["learner"].unique().tolist() == ["ada", "ben", "cal"]


def test_a_cell_is_never_a_formula() -> None:
    assert csv_text([{"a": "=1+1", "b": ("-x", "y"), "c": -3, "d": None, "e": True}], list("abcde")) == (
        "a,b,c,d,e\n'=1+1,'-x;y,-3,,yes\n"
    )


# Readings


@cache
def readings() -> dict[str, Any]:
    """Return what `readings` says of the real programme."""
    return told("readings", CSCCE)


def test_whose_answer_depends_on_which_reading() -> None:
    depend = {each["reading"]: each["depend"] for each in readings()["readings"]}
    assert depend["skills-shares"] == ["L01", "L06", "L10", "L12", "L15", "L20", "L25"]
    assert depend["hour"] == ["L02", "L06", "L25"]
    assert depend["electives"] == ["L26", "L28", "L29", "L30"]
    assert depend["clock"] == depend["core-order"] == depend["presenters"] == []
    assert len(depend["edition"]) == 30


def test_each_edition_says_what_path_says_under_it() -> None:
    days = {
        (row["alternative"], row["learner"]): row["graduation"]
        for row in readings()["rows"]
        if row["reading"] == "edition"
    }
    asked = ("L03", "L12", "L17", "L26")
    words = [word for learner in asked for word in ("--learner", learner)]
    for name in EDITIONS:
        for part in told("path", CSCCE, "--edition", name, *words)["learners"]:
            day = part["graduation"] if part["status"] == "graduated" else part["alone"]
            assert days[name, part["learner"]] == day


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


def test_one_learner_is_told_of_the_same_readings() -> None:
    one = told("readings", CSCCE, "--learner", "L12")
    assert {row["learner"] for row in one["rows"]} == {"L12"}
    assert [row for row in readings()["rows"] if row["learner"] == "L12" and not row["together"]] == [
        row for row in one["rows"] if not row["together"]
    ]


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
