"""Files of other systems, read into the tables: busy spans of calendar files, and attendance reports."""

import csv
import io
from pathlib import Path

import pytest

from scheduler.files.folder import load
from tests.command import run
from tests.test_second_step_files import components, day_of, folder

EDITION = (
    components("code: VAL, title: Values, kind: workshop")
    + "requirements:\n  - {id: v, title: V, count: 1, from: [VAL]}\n"
)
EVENT = "BEGIN:VEVENT\nUID:{uid}\nDTSTAMP:20250101T000000Z\n{lines}\nEND:VEVENT\n"
SECONDLY = "BEGIN:VEVENT\nDTSTART:20250101T000000Z\nRRULE:FREQ=SECONDLY\nEND:VEVENT\n"
ZOOM = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\n"


def calendar(place: Path, *events: str) -> Path:
    """Write a calendar file of some events, each the lines inside."""
    text = "".join(EVENT.format(uid=f"{number}@example.org", lines=each) for number, each in enumerate(events))
    place.write_text(f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//made up//EN\n{text}END:VCALENDAR\n", encoding="utf-8")
    return place


def rows(place: Path, table: str) -> list[dict[str, str]]:
    """Return the rows of a table."""
    return list(csv.DictReader(io.StringIO((place / f"{table}.csv").read_text(encoding="utf-8"))))


def programme(place: Path, runs: str = "VAL25,VAL,2025-03-12,2025-03-12\n") -> Path:
    """Write a folder with one learner."""
    return folder(place / "programme", EDITION, runs)


def test_whole_days_end_on_the_day_before(tmp_path: Path) -> None:
    """Away on 10 and 11 March, so that the 12th can be attended."""
    place = programme(tmp_path)
    file = calendar(tmp_path / "ann.ics", "DTSTART;VALUE=DATE:20250310\nDTEND;VALUE=DATE:20250312\nSUMMARY:Away")
    shown = run("import", "calendar", file, place, "--dry-run")
    assert (shown.code, not (place / "unavailable.csv").exists()) == (0, True)
    assert "1 row would be added to unavailable.csv" in shown.out
    assert run("import", "calendar", file, place).code == 0
    assert [(row["start"], row["end"]) for row in rows(place, "unavailable")] == [("2025-03-10", "2025-03-11")]
    assert "Away" not in (place / "unavailable.csv").read_text(encoding="utf-8")
    assert day_of(place) == "2025-03-12"


def test_what_comes_after_the_calendar_is_left_out_and_told(tmp_path: Path) -> None:
    place = programme(tmp_path)
    file = calendar(tmp_path / "ann.ics", "DTSTART;VALUE=DATE:20270310\nDTEND;VALUE=DATE:20270312\nSUMMARY:Away")
    done = run("import", "calendar", file, place)
    assert (done.code, "1 left out: after 20" in done.out, "the last day of the calendar" in done.out) == (
        0,
        True,
        True,
    )


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    place = programme(tmp_path)
    file = calendar(
        tmp_path / "ann.ics",
        "DTSTART;VALUE=DATE:20250310\nDTEND;VALUE=DATE:20250312",
        "DTSTART:20250203T170000Z\nDTEND:20250203T180000Z\nRRULE:FREQ=WEEKLY;COUNT=3",
        "DTSTART:20250204T170000Z\nDTEND:20250204T180000Z\nTRANSP:TRANSPARENT",
        "DTSTART:20250205T170000Z\nDTEND:20250205T180000Z\nSTATUS:CANCELLED",
        "DTSTART:20240205T170000Z\nDTEND:20240205T180000Z",
    )
    first = run("import", "calendar", file, place)
    assert "4 rows added" in first.out
    for reason in ("marked as free", "cancelled", "over before the planning day"):
        assert f"1 left out: {reason}" in first.out
    before = (place / "unavailable.csv").read_bytes()
    again = run("import", "calendar", file, place)
    assert (again.code, "0 rows added" in again.out, "4 stood there already" in again.out) == (0, True, True)
    assert (place / "unavailable.csv").read_bytes() == before
    weekly = [row["start"] for row in rows(place, "unavailable") if row["start"].startswith("2025-02")]
    assert weekly == ["2025-02-03 12:00", "2025-02-10 12:00", "2025-02-17 12:00"]


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("FREQ=WEEKLY", True),
        ("FREQ=WEEKLY;UNTIL=20990101T000000Z", True),
        ("FREQ=WEEKLY;UNTIL=20250217T170000Z", False),
        ("FREQ=WEEKLY;COUNT=3", False),
        ("FREQ=WEEKLY\nTRANSP:TRANSPARENT", False),
    ],
)
def test_what_comes_back_after_the_calendar_is_said_to_be_left_out(tmp_path: Path, rule: str, told: bool) -> None:
    file = calendar(tmp_path / "ann.ics", f"DTSTART:20250203T170000Z\nDTEND:20250203T180000Z\nRRULE:{rule}")
    done = run("import", "calendar", file, programme(tmp_path))
    assert (done.code, "1 left out: what comes back after 20" in done.out) == (0, told), done.out


def test_what_stood_there_is_kept_beside(tmp_path: Path) -> None:
    place = programme(tmp_path)
    (place / "unavailable.csv").write_text("who,start,end\nann,2025-02-01,2025-02-02\n", encoding="utf-8")
    file = calendar(tmp_path / "ann.ics", "DTSTART;VALUE=DATE:20250310\nDTEND;VALUE=DATE:20250312")
    assert run("import", "calendar", file, place).code == 0
    assert (place / "imports" / "unavailable-before.csv").read_text(encoding="utf-8").endswith("2025-02-02\n")
    assert len(load(place).instance.unavailable) == 2


def test_an_hour_that_comes_twice_is_written_with_its_offset(tmp_path: Path) -> None:
    place = programme(tmp_path, "VAL25,VAL,2025-12-12,2025-12-12\n")
    file = calendar(tmp_path / "ann.ics", "DTSTART:20251102T053000Z\nDTEND:20251102T063000Z")
    assert run("import", "calendar", file, place).code == 0
    (row,) = rows(place, "unavailable")
    assert (row["start"], row["end"]) == ("2025-11-02 01:30-04:00", "2025-11-02 01:30-05:00")
    (span,) = load(place).instance.unavailable
    assert span.span.end - span.span.start == 60


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("bob.ics", "BEGIN:VCALENDAR\nEND:VCALENDAR\n", "no learner or trainer is called 'bob'"),
        ("ann.ics", "who,start\n", "this is no calendar file"),
        ("ann.ics", f"BEGIN:VCALENDAR\n{SECONDLY}END:VCALENDAR\n", "every second"),
        ("ann.ics", None, "No such file"),
    ],
)  # fmt: skip
def test_calendar_files_that_are_refused(tmp_path: Path, name: str, text: str | None, words: str) -> None:
    place = programme(tmp_path)
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = run("import", "calendar", tmp_path / name, place)
    assert (done.code, words in done.err) == (2, True), done.err
    assert not (place / "unavailable.csv").exists()


def shares(place: Path, least: int = 60) -> Path:
    """Write a folder with a session that counts from so many minutes."""
    edition = components("code: QSS, title: Share, kind: event, repeatable: true")
    edition += f"requirements:\n  - {{id: q, title: Q, count: 1, from: [QSS], min_minutes: {least}}}\n"
    people = "learner,enrolled,email\nann,2024-01-02,Ann@Example.org\nben,2024-01-02,\n"
    people += "cyd,2024-01-02,x@y.org\ndan,2024-01-02,x@y.org\n"
    return folder(place / "programme", edition, "QSS24,QSS,2024-11-14,2024-11-14\n", people)


def report(place: Path, *lines: str, head: str = "") -> Path:
    """Write a participants report."""
    place.write_text(head + ZOOM + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return place


def test_whoever_comes_back_is_there_for_the_union(tmp_path: Path) -> None:
    """30 and 35 minutes make 65; stretches that overlap count once; the meeting's block is passed over."""
    place = shares(tmp_path)
    file = report(
        tmp_path / "QSS24.csv",
        "Ann Lee,ann@example.org,11/14/2024 12:00:00 PM,11/14/2024 12:30:00 PM,30,No",
        "Ann Lee,ann@example.org,11/14/2024 12:40:00 PM,11/14/2024 01:15:00 PM,35,No",
        "ben,,11/14/2024 12:00:00 PM,11/14/2024 12:40:00 PM,40,Yes",
        "ben,,11/14/2024 12:20:00 PM,11/14/2024 12:50:00 PM,30,Yes",
        "Somebody,x@y.org,11/14/2024 12:00:00 PM,11/14/2024 12:50:00 PM,50,No",
        head="Meeting ID,Topic,Start Time\n123,Skills share,11/14/2024 12:00:00 PM\n\n",
    )
    done = run("import", "zoom", file, place)
    assert (done.code, "2 rows added to records.csv" in done.out, "1 left out" in done.out) == (0, True, True), done.err
    assert [(row["learner"], row["minutes"], row["date"]) for row in rows(place, "records")] == [
        ("ann", "65", "2024-11-14"),
        ("ben", "50", "2024-11-14"),
    ]
    again = run("import", "zoom", file, place)
    assert "0 rows added" in again.out
    states = {each.id: load(place).instance.initial_state[each.id].done for each in load(place).instance.learners}
    assert [done.minutes for done in states["ann"]] == [65]


def test_a_shown_name_is_nobodys_of_whom_another_email_is_known(tmp_path: Path) -> None:
    """Anybody can show the name ann; ben's e-mail is not known, so his id is taken, and so is an id without an e-mail."""
    place, times = shares(tmp_path), "11/14/2024 12:00:00 PM,11/14/2024 01:10:00 PM,70,No"
    lines = [f"ann,stranger@example.com,{times}", f"ben,ben@example.com,{times}", f"dan,,{times}"]
    done = run("import", "zoom", report(tmp_path / "QSS24.csv", *lines), place)
    assert (done.code, "1 left out" in done.out) == (0, True), done.err
    assert [row["learner"] for row in rows(place, "records")] == ["ben", "dan"]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (
            ["Ann,ann@example.org,11/15/2026 12:00:00 PM,11/15/2026 12:30:00 PM,30,No"],
            "cannot be read as one of the session",
        ),
        (["Ann,ann@example.org,noon,later,30,No"], "cannot be read as one of the session"),
        (
            ["Nobody,n@example.org,11/14/2024 12:00:00 PM,11/14/2024 12:30:00 PM,30,No"],
            "nobody in it is a learner here",
        ),
    ],
)
def test_reports_that_are_refused(tmp_path: Path, lines: list[str], words: str) -> None:
    place = shares(tmp_path)
    done = run("import", "zoom", report(tmp_path / "r.csv", *lines), place, "--offering", "QSS24")
    assert (done.code, words in done.err) == (2, True), done.err
    assert not (place / "records.csv").exists()


def test_another_table_is_no_report(tmp_path: Path) -> None:
    place = shares(tmp_path)
    (tmp_path / "QSS24.csv").write_text("Order no.,First name\n1,Ann\n", encoding="utf-8")
    done = run("import", "zoom", tmp_path / "QSS24.csv", place)
    assert (done.code, "looks like an Eventbrite report: scheduler import eventbrite" in done.err) == (2, True)
    (tmp_path / "QSS24.csv").write_text("Who,When\nAnn,today\n", encoding="utf-8")
    done = run("import", "zoom", tmp_path / "QSS24.csv", place)
    assert "and Join Time and Leave Time, and has Who, When" in done.err


def test_thousands_of_rows_are_read(tmp_path: Path) -> None:
    place = shares(tmp_path)
    lines = ["ann,ann@example.org,11/14/2024 12:00:00 PM,11/14/2024 01:30:00 PM,90,No"] * 10_000
    done = run("import", "zoom", report(tmp_path / "QSS24.csv", *lines), place)
    assert (done.code, rows(place, "records")[0]["minutes"]) == (0, "90")
