"""What stands on the planning day, and what an instance derives from its rows once."""

import pytest

from models.programme.initial_state import Done, InitialState
from models.programme.people import Record
from models.programme.plan import Booking, TaskStart
from tests.builders import course, day, edition, event, instance, learner, offering, record, talks, task

PROGRAMME = edition(course("A"), course("B"), event("E"), task("T", 3))
RUNS = (
    offering("A1", -9, -1),
    offering("A2", -9, 0),
    offering("A3", 2, status="cancelled"),
    offering("B1", 2, status="tentative"),
    talks("E1", 1),
    offering("Z1", 1),
)


def standing(*rows: Record) -> InitialState:
    """Return what stands of some records of ada."""
    return instance(PROGRAMME, RUNS, records=rows).initial_state["ada"]


def bookings(*rows: Record) -> list[tuple[str, str | None]]:
    """Return the bookings that stand."""
    return [(each.offering, each.role) for each in standing(*rows).bookings]


def test_bookings_stand_until_their_last_day_is_over() -> None:
    assert bookings(*(record("ada", "booked", run) for run in ("B1", "A3", "A2", "A1", "Z1"))) == [
        ("A2", None),
        ("B1", None),
        ("Z1", None),
    ]
    assert bookings(record("ada", "booked", "E1", role="talk")) == [("E1", "talk")]
    assert bookings(record("ada", "booked", "E9", offering="nowhere")) == []


@pytest.mark.parametrize("status", ["completed", "missed", "exempt"])
def test_what_is_settled_is_booked_no_more(status: str) -> None:
    booked = record("ada", "booked", "E1")
    assert bookings(booked, record("ada", status, "E1", 0 if status != "exempt" else None)) == []
    assert bookings(booked, record("ada", status, "E", 0 if status != "exempt" else None)) == [("E1", None)]
    assert bookings(booked, record("ada", status, "E1", 1)) == [("E1", None)]


@pytest.mark.parametrize(("start", "stands"), [(-4, False), (-3, False), (-2, True), (0, True)])
def test_a_task_is_under_way_until_its_last_day_is_over(start: int, stands: bool) -> None:
    found = standing(record("ada", "booked", "T", start)).tasks
    assert found == ((TaskStart(component="T", day=day(start)),) if stands else ())


def test_what_is_no_task_under_way() -> None:
    assert (
        standing(
            record("ada", "booked", "T"),
            record("ada", "booked", "A", 0),
            record("ada", "booked", "Q", 0),
            record("ada", "booked", "T", 0, offering="Z1"),
        ).tasks
        == ()
    )


def test_completions_and_exemptions() -> None:
    rows = (
        record("ada", "completed", "E1", -1, role="talk", minutes=50),
        record("ada", "exempt", "A", -1),
        record("ada", "missed", "B", -1),
    )
    talk, exempt = standing(*rows).done
    assert talk == Done(component="E", day=day(-1), offering="E1", role="talk", minutes=50)
    assert (talk.exempt, exempt) == (False, Done(component="A", day=None))
    assert exempt.exempt


def test_records_after_the_planning_day_are_not_known_yet() -> None:
    rows = [record("ada", "completed", "A", number) for number in (-1, 0, 1)]
    assert instance(PROGRAMME, records=rows).records_of == {"ada": tuple(rows[:2])}


def test_what_an_instance_counts() -> None:
    small = instance(
        PROGRAMME,
        RUNS,
        [learner("ada"), learner("ben")],
        [record("ada", "booked", "E1", role="talk"), record("ben", "booked", "E1"), record("ben", "booked", "A2")],
    )
    assert dict(small.seats_standing) == {"E1": 2, "A2": 1}
    assert dict(small.roles_standing) == {("E1", "talk"): 1}
    assert {code: [run.id for run in runs] for code, runs in small.offerings_of.items()} == {
        "A": ["A1", "A2"], "B": ["B1"], "E": ["E1"], "Z": ["Z1"]}  # fmt: skip
    assert small.last_day == day(2)
    assert instance(PROGRAMME, RUNS[:1]).last_day == day(0)
    assert small.component_for("ada", "Z") is None
    assert small.component_for("ada", "T") == task("T", 3)


def test_once_computes_once() -> None:
    small, other = instance(PROGRAMME), instance(PROGRAMME)
    calls: list[str] = []
    for _ in range(2):
        assert small.once("a", lambda: calls.append("a") or len(calls)) == 1  # type: ignore[func-returns-value]
    assert small.once("b", lambda: calls.append("b") or len(calls)) == 2  # type: ignore[func-returns-value]
    assert other.once("a", lambda: 7) == 7
    assert calls == ["a", "b"]


def test_paths_and_offerings_know_their_parts() -> None:
    assert Booking(offering="A1") < Booking(offering="B1")
    assert (RUNS[4].places("talk"), RUNS[4].places("host")) == (1, None)
