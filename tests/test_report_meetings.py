"""A learner's meetings: instants in the learner's zone and in the programme's."""

from models.programme.instance import Instance
from models.programme.offering import Session
from models.programme.plan import Path
from scheduler.report.meetings import Meeting, meetings_of
from tests.builders import at, course, edition, event, instance, learner, meets, offering, record, session
from tests.shown import path, steps


def met(case: Instance, booked: Path) -> list[Meeting]:
    return meetings_of(case, booked.learner, steps(case, booked))


def sydney(*runs: object, **fields: object) -> Instance:
    rules = edition(course("A"), course("B"), event("E"))
    return instance(rules, runs, [learner(zone="Australia/Sydney")], **fields)  # type: ignore[arg-type]


def test_each_session_of_a_booked_run_is_a_meeting_in_two_zones() -> None:
    case = sydney(meets("A1", session(1), session(8)))
    first, second = met(case, path("ada", "A1"))
    assert f"{first.starts:%a %d %H:%M} {first.starts_in_programme:%a %d %H:%M}" == "Fri 07 04:00 Thu 06 12:00"
    assert f"{first.ends:%H:%M}" == "05:00"
    assert [(each.number, each.count, each.start) for each in (first, second)] == [(1, 2, at(1)), (2, 2, at(8))]


def test_a_meeting_follows_the_clocks_of_both_zones() -> None:
    # New York's clocks went forward on 9 March 2025, Sydney's back on 6 April.
    case = sydney(meets("A1", session(1), session(8), session(36)))
    assert [f"{each.starts:%H:%M}" for each in met(case, path("ada", "A1"))] == ["04:00", "03:00", "02:00"]


def test_meetings_of_several_runs_stand_in_order_of_time_with_role_and_state() -> None:
    case = sydney(
        meets("A1", session(2), session(20)),
        meets("E1", session(10), roles=(("talk", 2),), status="tentative"),
        meets("B1", session(5)),
        records=[record("ada", "booked", "B1", -1)],
        tentative=True,
    )
    found = met(case, path("ada", "A1", "B1", "E1:talk"))
    assert [(each.offering, each.state, each.role) for each in found] == [
        ("A1", "planned", None),
        ("B1", "booked", None),
        ("E1", "tentative", "talk"),
        ("A1", "planned", None),
    ]


def test_sessions_out_of_order_are_numbered_by_time() -> None:
    case = sydney(meets("A1", session(8), session(1)))
    assert [(each.number, each.start) for each in met(case, path("ada", "A1"))] == [(1, at(1)), (2, at(8))]


def test_a_length_that_is_not_stated_stays_absent() -> None:
    case = sydney(meets("A1", Session(start=at(1))))
    (only,) = met(case, path("ada", "A1"))
    assert (only.minutes, only.ends) == (None, None)


def test_a_run_without_session_times_has_no_meetings() -> None:
    assert met(sydney(offering("A1", 1, 9)), path("ada", "A1")) == []


def test_what_is_done_has_no_meetings() -> None:
    case = sydney(meets("A1", session(-20)), records=[record("ada", "completed", "A1", -10)])
    assert met(case, path("ada")) == []
