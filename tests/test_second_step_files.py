"""What the format's second step says, read from files: each kind of rule on a small folder, its day, and its faults."""

from pathlib import Path

import pytest

from scheduler.files.digest import digest_of
from scheduler.files.faults import BadInstanceError
from scheduler.files.folder import load
from tests.command import run

INSTANCE = "format: 1\nid: i\ntitle: I\nedition: e\nas_of: 2025-01-06\ntimezone: America/New_York\nsynthetic: true\n"
HEAD = "format: 1\nid: e\ntitle: Made up\nsynthetic: true\n"
BOTH = "requirements:\n  - {id: all, title: Both, count: 2, from: [LEC, LAB]}\n"
LECTURE = (
    "LAB25S,LAB,2025-02-03,2025-05-02\nLEC25F,LEC,2025-09-01,2025-12-05\n"
    "LAB25F,LAB,2025-09-01,2025-12-05\nLAB26F,LAB,2026-09-07,2026-12-04\n"
)


def components(*lines: str) -> str:
    """Return an edition's components, each line the inside of one."""
    return "components:\n" + "".join(f"  - {{{line}}}\n" for line in lines)


def folder(
    place: Path, edition: str, offerings: str, learners: str = "learner,enrolled\nann,2025-01-02\n", **tables: str
) -> Path:
    """Write a folder."""
    files = {
        "instance.yaml": INSTANCE,
        "editions/e.yaml": HEAD + edition,
        "offerings.csv": "offering,component,start,end\n" + offerings,
        "learners.csv": learners,
        **{f"{name}.csv": text for name, text in tables.items()},
    }
    for name, text in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, encoding="utf-8")
    return place


def day_of(place: Path) -> str:
    """Return the day on which the one learner graduates, or the status."""
    import json

    answer = json.loads(run("path", place, "--json").out)["learners"][0]
    return str(answer["graduation"] or answer["status"])


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("corequisites: [LEC]", "2025-12-05"),
        ("requires: [LEC]", "2026-12-04"),
        ("strict_corequisites: [LEC]", "2025-12-05"),
        ("requires: [LEC], days_after: {LEC: 276}", "2026-12-04"),
        ("requires: [LEC], days_after: {LEC: 277}", "blocked"),
        ("after_credits: 1", "2026-12-04"),
        ("after_credits: 2", "blocked"),
    ],
)
def test_a_lab_with_or_after_its_lecture(tmp_path: Path, said: str, day: str) -> None:
    edition = components("code: LEC, title: L, kind: course", f"code: LAB, title: B, kind: course, {said}") + BOTH
    assert day_of(folder(tmp_path, edition, LECTURE)) == day


def test_courses_of_one_family_exclude_each_other(tmp_path: Path) -> None:
    edition = (
        components(
            "code: M, title: M, kind: course, excludes: [MX]",
            "code: MX, title: X, kind: course",
            "code: S, title: S, kind: course",
        )
        + "requirements:\n  - {id: two, title: Two, count: 2, from: [M, MX, S]}\n"
    )
    runs = "M1,M,2025-02-03,2025-02-28\nMX1,MX,2025-03-03,2025-03-28\nS1,S,2025-10-01,2025-10-31\n"
    assert day_of(folder(tmp_path, edition, runs)) == "2025-10-31"


def test_three_months_between_any_two_courses(tmp_path: Path) -> None:
    edition = (
        components("code: A, title: A, kind: course", "code: B, title: B, kind: course")
        + "requirements:\n  - {id: two, title: Two, count: 2, from: [A, B]}\ndays_between: {course: 84}\n"
    )
    runs = "A1,A,2025-02-03,2025-02-07\nB1,B,2025-05-01,2025-05-02\nB2,B,2025-05-02,2025-05-09\n"
    assert day_of(folder(tmp_path, edition, runs)) == "2025-05-09"


@pytest.mark.parametrize(("own", "day"), [("", "2025-04-08"), ("1", "2025-05-13"), ("3", "2025-03-19")])
def test_two_workshops_a_month_and_a_learners_own_number(tmp_path: Path, own: str, day: str) -> None:
    edition = (
        components(*(f"code: {code}, title: T, kind: workshop" for code in "ABC"))
        + "requirements:\n  - {id: all, title: All, count: 3, from: [A, B, C]}\nmax_workshops_per_month: 2\n"
    )
    runs = (
        "A1,A,2025-03-04,2025-03-04\nB1,B,2025-03-11,2025-03-11\nC1,C,2025-03-19,2025-03-19\n"
        "C2,C,2025-04-08,2025-04-08\nB2,B,2025-05-13,2025-05-13\n"
    )
    people = f"learner,enrolled,max_workshops_per_month\nann,2025-01-02,{own}\n"
    assert day_of(folder(tmp_path, edition, runs, people)) == day


ONE = components("code: V, title: V, kind: workshop") + "requirements:\n  - {id: v, title: V, count: 1, from: [V]}\n"
TWO_DAYS = "V25,V,2025-03-12,2025-03-12\nV25b,V,2025-05-13,2025-05-13\n"
AT_NOON = "offering,start,minutes\nV25,2025-03-12 12:00,90\nV25b,2025-05-13 12:00,90\n"


@pytest.mark.parametrize(
    ("columns", "cells", "day"),
    [
        ("weekdays", "tue", "2025-05-13"),
        ("weekdays", "WED; tue", "2025-03-12"),
        ("weekdays", "mon;fri", "blocked"),
        ("timezone,earliest,latest", "Australia/Sydney,22:00,04:00", "2025-05-13"),
        ("timezone,earliest,latest", "Australia/Sydney,22:00,05:00", "2025-03-12"),
        ("timezone,earliest,latest", "Australia/Sydney,02:00,01:00", "2025-03-12"),
    ],
)
def test_days_of_the_week_and_hours_over_midnight(tmp_path: Path, columns: str, cells: str, day: str) -> None:
    people = f"learner,enrolled,{columns}\nann,2025-01-02,{cells}\n"
    assert day_of(folder(tmp_path, ONE, TWO_DAYS, people, sessions=AT_NOON)) == day


def test_a_session_at_three_at_night_suits_who_works_till_four(tmp_path: Path) -> None:
    """At noon in New York it is three o'clock in Sydney on that day of March: both have summer time."""
    people = "learner,enrolled,timezone,earliest,latest\nann,2025-01-02,Australia/Sydney,22:00,05:00\n"
    where = folder(
        tmp_path,
        ONE,
        "V25,V,2025-03-12,2025-03-12\n",
        people,
        sessions=AT_NOON.replace("V25b,2025-05-13 12:00,90\n", ""),
    )
    assert day_of(where) == "2025-03-12"


@pytest.mark.parametrize(("least", "day"), [("30", "2025-06-11"), ("0", "2025-03-12"), ("", "2025-03-12")])
def test_half_an_hour_between_two_sessions(tmp_path: Path, least: str, day: str) -> None:
    edition = (
        components("code: V, title: V, kind: workshop", "code: T, title: T, kind: workshop")
        + "requirements:\n  - {id: all, title: All, count: 2, from: [V, T]}\n"
    )
    runs = "V25,V,2025-03-12,2025-03-12\nT25,T,2025-03-12,2025-03-12\nT26,T,2025-06-11,2025-06-11\n"
    meets = "offering,start,minutes\nV25,2025-03-12 12:00,90\nT25,2025-03-12 13:30,90\nT26,2025-06-11 12:00,90\n"
    people = f"learner,enrolled,min_break\nann,2025-01-02,{least}\n"
    assert day_of(folder(tmp_path, edition, runs, people, sessions=meets)) == day


def test_what_comes_back_every_week_is_one_row(tmp_path: Path) -> None:
    busy = "who,start,end,every,until\nann,2025-03-05 11:00,2025-03-05 13:00,week,2025-03-12\n"
    where = folder(tmp_path, ONE, TWO_DAYS, sessions=AT_NOON, unavailable=busy)
    assert day_of(where) == "2025-05-13"
    assert len(load(where).instance.unavailable) == 2
    earlier = busy.replace("2025-03-12", "2025-03-11")
    assert day_of(folder(tmp_path, ONE, TWO_DAYS, sessions=AT_NOON, unavailable=earlier)) == "2025-03-12"


@pytest.mark.parametrize(
    ("window", "day"),
    [
        ("{months: 2, starts: enrolment}", "blocked"),
        ("{months: 3, starts: enrolment}", "2025-03-12"),
        ("{days: 69, starts: enrolment}", "2025-03-12"),
        ("{days: 68, starts: enrolment}", "blocked"),
    ],
)
def test_windows_of_months_and_days(tmp_path: Path, window: str, day: str) -> None:
    assert day_of(folder(tmp_path, ONE + f"window: {window}\n", TWO_DAYS)) == day


def test_months_end_where_there_is_no_such_day(tmp_path: Path) -> None:
    people = "learner,enrolled\nann,2024-11-30\n"
    edition = ONE + "window: {months: 3, starts: enrolment}\n"
    assert day_of(folder(tmp_path, edition, "V1,V,2025-02-28,2025-02-28\n", people)) == "2025-02-28"
    assert day_of(folder(tmp_path, edition, "V1,V,2025-03-01,2025-03-01\n", people)) == "blocked"


def test_every_fault_of_the_second_step_is_named_with_its_place(tmp_path: Path) -> None:
    edition = (
        components(
            "code: A, title: A, kind: course, excludes: [A]",
            "code: B, title: B, kind: course, corequisites: [AA], credits: {al: 2}, days_after: {A: 3}",
        )
        + "requirements:\n  - {id: all, title: All, count: 2, from: [A, B]}\n"
        + "window: {years: 1, months: 3, starts: enrolment}\ndays_between: {courses: 3}\n"
    )
    people = "learner,enrolled,weekdays\nann,2025-01-02,tue;tues\n"
    busy = "who,start,end,every,until\nann,2025-03-05,2025-03-05,week,\nann,2025-03-05,2025-03-05,week,2025-03-01\n"
    with pytest.raises(BadInstanceError) as found:
        load(folder(tmp_path, edition, "A1,A,2025-03-01,2025-03-01\n", people, unavailable=busy))
    words = str(found.value)
    for each in (
        "a component cannot name itself here",
        "no component of this code in the edition",
        "no requirement of this id",
        "days can be asked for only after what the component requires",
        "a window is stated in one of `years`, `months` or `days`",
        "neither a kind nor a component of the edition",
        "weekdays: not days of the week",
        "`every` and `until` go together",
        "lies before the start",
    ):
        assert each in words, (each, words)


def test_an_instance_without_the_second_step_keeps_its_digest(tmp_path: Path) -> None:
    instance = load(folder(tmp_path, ONE, TWO_DAYS)).instance
    assert digest_of(instance) == "sha256:07299e63effe5ef35341c2c8923775e58a1b2b3933a6453bb6782089caa91a81"
