"""What a path says beside its steps: local times, prices, fees, wishes, odd hours, and what is missing."""

import dataclasses
from datetime import date

import pytest

from models.programme.plan import Plan
from models.rule import Fact
from scheduler.engines.cpsat import Settings
from scheduler.report.steps import steps_of
from scheduler.show.blocked import fact_in_words
from scheduler.show.proof import proof
from scheduler.show.screen import Screen
from scheduler.show.times import meeting_times, odd_starts, slack, span
from scheduler.solve.result import GoalReport, Result
from tests.builders import (
    NEW_YORK,
    course,
    day,
    edition,
    event,
    instance,
    learner,
    meets,
    offering,
    record,
    session,
    talks,
    task,
)
from tests.shown import notes, path, steps


def test_days_are_told_as_short_as_they_can_be() -> None:
    assert span(date(2025, 4, 1), date(2025, 4, 1)) == "2025-04-01"
    assert span(date(2025, 4, 1), date(2025, 5, 30)) == "2025-04-01 to 05-30"
    assert span(date(2025, 12, 1), date(2026, 1, 9)) == "2025-12-01 to 2026-01-09"


@pytest.mark.parametrize(("days", "words"), [(0, "no day to spare"), (1, "1 day to spare"), (9, "9 days to spare")])
def test_slack_is_told_in_days(days: int, words: str) -> None:
    assert slack(days) == words


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        (NEW_YORK, "Thu 12:00, 60 min"),
        ("America/Los_Angeles", "Thu 09:00 (New York 12:00), 60 min"),
        ("Europe/London", "Thu 17:00 (New York 12:00), 60 min"),
        ("Australia/Sydney", "Fri 04:00 (New York Thu 12:00), 60 min"),
    ],
)
def test_le3_noon_in_new_york_is_told_in_local_time(zone: str, words: str) -> None:
    assert meeting_times(meets("A1", session(1)), zone, NEW_YORK) == words


def test_times_that_move_with_the_clocks_are_all_told() -> None:
    weekly = meets("A1", *(session(number) for number in (1, 8, 29)))
    assert meeting_times(weekly, "Europe/London", NEW_YORK) == "Thu 17:00 or 16:00 (New York 12:00), 60 min, 3 sessions"


def test_le3_where_the_learners_day_is_another_the_programmes_weekday_stands_beside() -> None:
    sydney = meeting_times(meets("A1", session(1), session(2)), "Australia/Sydney", NEW_YORK)
    assert sydney == "Fri, Sat 04:00 (New York Thu, Fri 12:00), 60 min, 2 sessions"


def test_times_that_nobody_states_are_called_so() -> None:
    assert meeting_times(offering("A1", 3), NEW_YORK, NEW_YORK) == "times not stated"
    assert meeting_times(meets("A1", session(1, minutes=None)), NEW_YORK, NEW_YORK) == "Thu 12:00, length not stated"


@pytest.mark.parametrize(
    ("clock", "minutes", "odd"),
    [
        ("07:00", 60, []),
        ("06:59", 60, ["06:59"]),
        ("20:30", 90, []),
        ("20:30", 91, ["20:30"]),
        ("23:00", 60, ["23:00"]),
        ("21:00", 60, []),
    ],
)
def test_le3_hours_before_seven_and_after_ten_are_odd(clock: str, minutes: int, odd: list[str]) -> None:
    assert odd_starts(meets("A1", session(1, clock, minutes)), learner(zone=NEW_YORK)) == odd


def test_le3_whoever_states_hours_is_told_of_no_odd_ones() -> None:
    assert odd_starts(meets("A1", session(1, "05:00")), learner(zone=NEW_YORK, earliest=240)) == []


def test_le3_the_small_hours_of_sydney_are_in_the_notes() -> None:
    case = instance(edition(course("A"), course("B")), [meets("A1", session(1)), meets("B1", session(2, "18:00"))])
    case = dataclasses.replace(case, learners=(learner(zone="Australia/Sydney"),))
    assert notes(case, path("ada", "A1", "B1"))[0] == (
        "Odd hours, before 07:00 or after 22:00 local time: A1 (sessions start at 04:00)."
    )


def test_st13_a_price_that_nobody_states_is_called_not_stated() -> None:
    case = instance(edition(course("A"), course("B")), [meets("A1", session(1)), meets("B1", session(2))])
    assert notes(case, path("ada", "A1")) == ["Price not stated for the one planned offering."]
    assert notes(case, path("ada", "A1", "B1")) == ["Price not stated for any of the 2 planned offerings."]


def test_st13_prices_that_are_stated_are_kept_apart() -> None:
    runs = [meets("A1", session(1), price="100 USD"), meets("B1", session(2))]
    case = instance(edition(course("A"), course("B")), runs)
    assert notes(case, path("ada", "A1", "B1")) == ["Price not stated for B1."]
    assert notes(case, path("ada", "A1")) == ["The price of every planned offering is stated."]


def test_what_is_booked_already_has_no_price_to_ask_for() -> None:
    case = instance(edition(course("A")), [meets("A1", session(1))], records=[record("ada", "booked", "A1")])
    assert notes(case, path("ada", "A1")) == []


def test_what_is_planned_by_days_is_told() -> None:
    case = instance(edition(course("A"), course("B")), [offering("A1", 1, 9), offering("B1", 1, 9)])
    assert notes(case, path("ada", "A1"))[0] == (
        "A1 has no session times: it is planned by days, and no clash is claimed."
    )
    assert notes(case, path("ada", "A1", "B1"))[0] == (
        "A1 and B1 have no session times: they are planned by days, and no clash is claimed."
    )


def test_a_tentative_step_is_marked() -> None:
    case = instance(edition(course("A")), [meets("A1", session(1), status="tentative")], tentative=True)
    assert [step.state for step in steps(case, path("ada", "A1"))] == ["tentative"]
    assert notes(case, path("ada", "A1"))[0] == "Tentative, planned but not announced: A1."


def test_a_booking_that_is_given_up_is_told() -> None:
    runs = [meets("A1", session(1)), meets("A2", session(2))]
    case = instance(edition(course("A")), runs, records=[record("ada", "booked", "A2")], free=True)
    assert notes(case, path("ada", "A1"))[0] == "Given up: the booking of A2."


def test_an_exemption_is_told_with_its_reason() -> None:
    case = instance(edition(course("A")), records=[record("ada", "exempt", "A", note="took it elsewhere")])
    assert notes(case, path("ada")) == ["Exempt from A: took it elsewhere."]


def test_steps_stand_in_the_order_of_time_each_with_its_state() -> None:
    parts = edition(course("A"), course("B"), task("T", 3), event("E"))
    runs = [meets("A1", session(4), session(16)), meets("B1", session(5)), talks("E1", 7)]
    records = [record("ada", "completed", "E", -3), record("ada", "booked", "B1")]
    case = instance(parts, runs, records=records)
    found = steps(case, path("ada", "A1", "B1", "E1:talk", tasks=[("T", 2)]))
    assert [(step.label, step.start, step.end, step.role, step.state) for step in found] == [
        ("E", day(-3), day(-3), None, "done"),
        ("T", day(2), day(4), None, "planned"),
        ("A1", day(4), day(16), None, "planned"),
        ("B1", day(5), day(5), None, "booked"),
        ("E1", day(7), day(7), "talk", "planned"),
    ]


def test_without_a_path_what_stands_is_shown() -> None:
    case = instance(edition(course("A")), [meets("A1", session(1))], records=[record("ada", "booked", "A1")])
    assert [(step.label, step.state) for step in steps_of(case, "ada", None)] == [("A1", "booked")]


def result(status: str, *goals: GoalReport) -> Result:
    """Return an answer of a status."""
    return Result(
        instance=instance(edition()),
        status=status,  # type: ignore[arg-type]
        reason="stopped before proof: a better plan may exist" if status == "feasible" else "proved optimal",
        goals=goals,
        plan=Plan(),
        learners=(),
        settings=Settings(),
        seconds=0.0,
    )


def test_a_proof_is_called_a_proof_and_a_gap_a_gap() -> None:
    graduating = GoalReport(name="not-graduating", value=0, bound=0, unit="learners")
    days = GoalReport(name="graduation", value=120, bound=100, unit="days")
    assert proof(result("optimal", graduating)) == "proved optimal"
    assert proof(result("feasible", graduating, days)) == (
        "stopped before proof: a better plan may exist "
        "(days to graduation, all learners together: 120 here, 100 at best)"
    )
    unknown = dataclasses.replace(days, bound=None)
    assert proof(result("feasible", graduating, unknown)).endswith("together: 120 here, nothing is proved)")


def test_a_fact_names_its_source_where_it_has_one() -> None:
    assert fact_in_words(Fact(rule="window", sentence="the window ends", source="S002")) == "the window ends [S002]"
    assert fact_in_words(Fact(rule="clashes", sentence="nobody sits in two")) == "nobody sits in two"


def test_what_looks_like_markup_or_controls_a_terminal_is_shown_as_text() -> None:
    screen = Screen.plain()
    screen.line("[bold]not bold[/bold] :smile: \x1b[31mred\x07\u202e")
    assert screen.text == "[bold]not bold[/bold] :smile:  [31mred\n"


def test_a_screen_without_colour_has_no_escapes_and_no_blanks_at_the_ends() -> None:
    screen = Screen(40, colour=False)
    screen.line("a title", style="bold")
    screen.table([("one", "2"), ("three", "14")], ("What", "Days"), right=(1,))
    assert screen.text == "a title\n  What   Days\n  one       2\n  three    14\n"


def test_a_sheet_is_text_in_a_notebook_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rich.console._is_jupyter", lambda: True)
    screen = Screen.plain()
    screen.line("told")
    assert screen.text == "told\n"
