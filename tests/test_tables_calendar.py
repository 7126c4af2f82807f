"""Critical offerings, and the worth of runs and seats: what they say."""

from datetime import date

from models.changes.calendar import cancelled
from models.programme.edition import Window
from scheduler.answers.progress import progress_of
from scheduler.candidates.monthly import extra_run, months
from scheduler.explain.critical import criticality
from scheduler.show.flat import csv_text, frame
from scheduler.show.progress import progress_rows
from scheduler.show.values import value_rows
from scheduler.solve.alone import solve_alone
from scheduler.studies.seats import with_seats_each
from scheduler.studies.value import SupposedRuns, values_of
from tests.builders import component, course, day, edition, learner, offering, record, requirement
from tests.builders import instance as small
from tests.command import TINY, run
from tests.tables import CSCCE, real, tiny, told


def test_the_most_critical_offering_stands_first() -> None:
    rows = told("critical", CSCCE, "--alone")["rows"]
    assert rows[0]["offering"] == "COP25S"
    assert rows[0]["lost"] == ["L04", "L05", "L06", "L07", "L10", "L13"]
    ranks = [(-row["graduations_lost"], -row["days_lost"]) for row in rows]
    assert ranks == sorted(ranks)
    assert {row["offering"] for row in rows} == {
        run.id for run in real().offerings if run.end >= real().as_of and run.status == "published"
    }


def test_whose_path_is_cancelled_is_who_uses_it() -> None:
    found = {row.offering.id: row for row in criticality(real(), together=False).rows}
    assert all(set(row.effect.lost + row.effect.later) <= set(row.users) for row in found.values())
    assert found["VALUES26W"].users == found["VALUES26W"].effect.lost == ("L30",)
    assert solve_alone(cancelled("VALUES26W")(real()), "L30").kind == "infeasible"


def test_what_hangs_on_each_offering_when_all_are_planned_together() -> None:
    rows = {row["offering"]: row for row in told("critical", TINY)["rows"]}
    lost = {name: (row["graduations_lost"], row["days_lost"]) for name, row in rows.items()}
    assert {name: each for name, each in lost.items() if each != (0, 0)} == {
        "BETA25S": (1, 101),
        "ALPHA25W": (1, 0),
        "TOOL25S": (1, 0),
        "QSS25A": (0, 98),
        "QSS25B": (0, 91),
    }


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
    found = values_of(late, SupposedRuns(components=("O",)))
    assert [row.effect.gained for row in found.rows[:2]] == [("ada",), ("ada",)]


def test_a_run_that_brings_nobody_forward_alone_can_still_make_room_for_all_together() -> None:
    rules = edition(course("A"), requirements=[requirement(1, "A")])
    runs = [offering("A1", 5, 10, seats=1), offering("A2", 120, 125, seats=1)]
    crowd = small(rules, runs, [learner("ada"), learner("ben")])
    season = SupposedRuns(components=("A",), first=day(40), last=day(40))
    (alone,) = values_of(crowd, season, together=False).rows
    (together,) = values_of(crowd, season).rows
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
    seats = {each: {run.id: run.seats for run in with_seats_each(each, ["A"])(before).offerings} for each in (1, 20)}
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
    found = values_of(tiny(), SupposedRuns(components=("BETA",)))
    table = frame(value_rows(found))
    assert table.loc[table["month"] == "2025-02", "gained"].tolist() == [("cal",)]
    assert frame(progress_rows(progress_of(tiny())))["learner"].unique().tolist() == ["ada", "ben", "cal"]


def test_a_cell_is_never_a_formula() -> None:
    assert csv_text([{"a": "=1+1", "b": ("-x", "y"), "c": -3, "d": None, "e": True}], list("abcde")) == (
        "a,b,c,d,e\n'=1+1,'-x;y,-3,,yes\n"
    )
