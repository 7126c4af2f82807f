"""Supply promises: kept, broken, or too early to say."""

import dataclasses
from datetime import date

import pytest

from models.programme.edition import Component, Edition, Promise, Window
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.people import Learner
from scheduler.calendar.supply import Judgement, audit

YEARLY = Promise(of=("VALUES",), count=1, per="calendar-year", source="S003")
TWICE = Promise(of=("VALUES",), count=2, per="window", source="S000")
QUARTERLY = Promise(of=("QSS",), every_months=3, source="S003")
COHORT = (date(2023, 9, 21), date(2025, 9, 21))
LONG_AFTER = date(2026, 6, 1)


def programme(promise: Promise, *days: str, as_of: date = LONG_AFTER, years: int | None = 2) -> Instance:
    """Return an instance with one promise, one offering on each day, and one learner of the first cohort."""
    code = promise.of[0]
    edition = Edition(
        id="e",
        title="e",
        window=Window(years=years, starts="enrolment") if years else None,
        components=(Component(code=code, title=code, kind="workshop"),),
        supply=(promise,),
    )
    runs = tuple(
        Offering(id=f"{code}{number}", component=code, start=date.fromisoformat(day), end=date.fromisoformat(day))
        for number, day in enumerate(days)
    )
    return Instance(
        id="i",
        title="i",
        edition="e",
        as_of=as_of,
        zone="America/New_York",
        editions={"e": edition},
        offerings=runs,
        learners=(Learner(id="ada", edition="e", enrolled=COHORT[0]),),
    )


def judged(promise: Promise, *days: str, as_of: date = LONG_AFTER, years: int | None = 2) -> list[Judgement]:
    """Judge a promise over the first cohort's window."""
    instance = programme(promise, *days, as_of=as_of, years=years)
    return audit(instance, instance.editions["e"])


def verdicts(found: list[Judgement]) -> dict[str, str]:
    """Return the verdict of each period."""
    return {each.period.label: each.verdict for each in found}


WINDOW = "2023-09-21 to 2025-09-21"


def test_st6_one_in_each_calendar_year_may_be_too_few_in_the_window() -> None:
    days = ("2023-03-01", "2024-03-01", "2025-11-01")
    assert verdicts(judged(YEARLY, *days)) == {"2023": "kept", "2024": "kept", "2025": "kept"}
    assert verdicts(judged(TWICE, *days)) == {WINDOW: "broken"}


def test_st6_two_in_the_window_may_leave_a_calendar_year_without() -> None:
    days = ("2024-02-01", "2024-11-01")
    assert verdicts(judged(YEARLY, *days)) == {"2023": "broken", "2024": "kept", "2025": "broken"}
    assert verdicts(judged(TWICE, *days)) == {WINDOW: "kept"}


@pytest.mark.parametrize(
    ("days", "verdict"),
    [
        (("2023-09-21", "2025-09-21"), "kept"),
        (("2023-09-20", "2025-09-21"), "broken"),
        (("2023-09-21", "2025-09-22"), "broken"),
    ],
)
def test_the_first_and_last_day_of_a_window_belong_to_it(days: tuple[str, ...], verdict: str) -> None:
    assert verdicts(judged(TWICE, *days)) == {WINDOW: verdict}


@pytest.mark.parametrize(("as_of", "verdict"), [("2025-09-20", "too early to say"), ("2025-09-21", "broken")])
def test_it_is_too_early_to_say_until_the_last_day(as_of: str, verdict: str) -> None:
    assert verdicts(judged(TWICE, "2024-02-01", as_of=date.fromisoformat(as_of))) == {WINDOW: verdict}


def test_what_is_planned_counts_before_it_is_held() -> None:
    assert verdicts(judged(TWICE, "2024-02-01", "2024-11-01", as_of=date(2024, 1, 1))) == {WINDOW: "kept"}


def test_a_programme_without_a_time_limit_has_no_window_to_judge() -> None:
    assert verdicts(judged(TWICE, "2024-02-01", years=None)) == {"2023-09-21 to (no end stated)": "no window stated"}


def test_every_whole_quarter_of_the_window_needs_its_own() -> None:
    found = judged(QUARTERLY, "2023-10-01", "2024-03-31", "2024-05-16", "2024-05-30", "2024-08-15", "2024-12-31")
    assert verdicts(found) == {
        "2023 Q4": "kept",
        "2024 Q1": "kept",
        "2024 Q2": "kept",
        "2024 Q3": "kept",
        "2024 Q4": "kept",
        "2025 Q1": "broken",
        "2025 Q2": "broken",
    }
    assert [run.start.isoformat() for run in found[2].found] == ["2024-05-16", "2024-05-30"]


def test_a_window_may_be_named() -> None:
    instance = programme(TWICE, "2024-02-01", "2024-11-01")
    found = audit(instance, instance.editions["e"], (date(2024, 2, 2), date(2025, 1, 31)))
    assert verdicts(found) == {"2024-02-02 to 2025-01-31": "broken"}


def test_cancelled_and_tentative_offerings_do_not_count() -> None:
    instance = programme(TWICE, "2024-02-01", "2024-11-01")
    first, second = instance.offerings
    for status in ("cancelled", "tentative"):
        fewer = dataclasses.replace(instance, offerings=(first, dataclasses.replace(second, status=status)))
        assert [each.verdict for each in audit(fewer, fewer.editions["e"])] == ["broken"]
    more = dataclasses.replace(fewer, tentative=True)
    assert [each.verdict for each in audit(more, more.editions["e"])] == ["kept"]
