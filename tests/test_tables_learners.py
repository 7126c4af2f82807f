"""Progress sheets and missed steps: what they say."""

from datetime import date

from models.changes.passing import missed
from scheduler.answers.progress import progress_of
from scheduler.explain.missed import misses
from scheduler.solve.alone import solve_alone
from tests.builders import course, day, edition, offering, record, requirement
from tests.builders import instance as small
from tests.command import TINY, run
from tests.tables import CSCCE, real, tiny, told


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
    sheets = progress_of(real(), ["L02", "L06", "L16", "L26"], together=False)
    everything = [line.start_by for line in sheets.last_chances(10_000) if line.start_by]
    assert everything == sorted(everything)
    assert len(everything) > 10


def test_who_has_no_path_is_not_warned_of_a_last_chance() -> None:
    found = told("progress", CSCCE, "--days", "10000")
    stuck = {row["learner"] for row in found["rows"] if row["status"] == "blocked"}
    assert stuck == {"L08", "L09", "L12", "L24"}
    assert stuck.isdisjoint(row["learner"] for row in found["last_chances"])
    assert {row["state"] for row in found["rows"] if row["learner"] == "L01"} == {"done"}


def test_missing_a_step_is_planned_anew_on_that_day() -> None:
    for name in ("L16", "L26", "L27"):
        found = misses(real(), name, together=False)
        path = found.answer.path
        assert path is not None
        for row in found.rows:
            again = solve_alone(missed(path, row.booking.offering)(real()), name)
            assert again.graduation == row.graduation
            assert row.graduation is None or (found.answer.graduation or date.max) <= row.graduation
            assert all(real().offering[name].start > row.start for name in row.instead)


def test_no_earlier_run_replaces_a_missed_one() -> None:
    found = {row.booking.offering: row for row in misses(real(), "L26", together=False).rows}
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
