"""`scheduler ics`: files that calendars take in, parsed back by a library that did not write the times, and by hand."""

import json
import re
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
import recurring_ical_events

from scheduler.files.folder import load
from tests.command import INSTANCES, TINY, run
from tests.year_files import year_folder

CSCCE = INSTANCES / "cscce-2023-2026"


def events(path: Path) -> dict[str, Any]:
    """Return the entries of a file by their names."""
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}


def test_a_learner_gets_each_session_in_utc_with_both_local_times(tmp_path: Path) -> None:
    done = run("ics", TINY, "--out", tmp_path / "out", "--quiet")
    assert (done.code, done.out) == (1, "") or done.code == 0
    found = events(tmp_path / "out" / "learner-ada.ics")
    first = found["tiny-ALPHA25W-1-ada@cohort-scheduler"]
    assert first["DTSTART"].dt == datetime(2025, 2, 4, 17, tzinfo=UTC)
    assert first["DTEND"].dt - first["DTSTART"].dt == timedelta(minutes=90)
    words = str(first["DESCRIPTION"])
    assert "Tue 2025-02-04 18:00 (Europe/Stockholm)" in words
    assert "Tue 2025-02-04 12:00 (America/New_York)" in words
    task = found["tiny-START-days-ada@cohort-scheduler"]
    assert (task["DTSTART"].dt, task["DTEND"].dt) == (date(2025, 1, 7), date(2025, 1, 10))
    assert str(task["TRANSP"]) == "TRANSPARENT"


def test_every_line_is_as_the_standard_has_it(tmp_path: Path) -> None:
    run("ics", CSCCE, "--out", tmp_path / "out", "--tentative", "--quiet")
    files = sorted((tmp_path / "out").iterdir())
    assert len(files) > 30
    for path in files:
        raw = path.read_bytes()
        assert raw.endswith(b"END:VCALENDAR\r\n")
        assert all(len(line) <= 75 for line in raw.split(b"\r\n")), path
        assert b"\n" not in raw.replace(b"\r\n", b"")
        found = events(path)
        assert all({"UID", "DTSTAMP", "DTSTART", "SEQUENCE", "SUMMARY"} <= set(each) for each in found.values())
        assert not re.search(rb"RRULE|RDATE|BEGIN:VALARM", raw)
    programme = icalendar.Calendar.from_ical((tmp_path / "out" / "programme.ics").read_bytes())
    runs = load(CSCCE).instance
    ahead = [run for run in runs.offerings if run.status != "cancelled" and run.end >= runs.as_of]
    expected = sum(max(1, len(run.sessions)) for run in ahead)
    assert len(recurring_ical_events.of(programme).between((2023, 1, 1), (2028, 1, 1))) == expected
    assert any(str(each["STATUS"]) == "TENTATIVE" for each in events(tmp_path / "out" / "programme.ics").values())


def test_nobody_else_is_named_in_a_learners_file(tmp_path: Path) -> None:
    run("ics", TINY, "--out", tmp_path / "out", "--quiet")
    for name, others in (("ada", ("ben", "cal")), ("ben", ("ada",))):
        text = (tmp_path / "out" / f"learner-{name}.ics").read_text(encoding="utf-8")
        assert not any(re.search(rf"\b{other}\b", text) for other in others)


def test_what_changed_is_counted_up_and_what_is_gone_is_cancelled(tmp_path: Path) -> None:
    folder, out = tmp_path / "tiny", tmp_path / "out"
    shutil.copytree(TINY, folder)
    run("ics", folder, "--out", out, "--quiet")
    first = (out / "programme.ics").read_bytes()
    run("ics", folder, "--out", out, "--quiet")
    assert (out / "programme.ics").read_bytes() == first
    sessions = (folder / "sessions.csv").read_text(encoding="utf-8")
    (folder / "sessions.csv").write_text(
        sessions.replace("TOOL25S,2025-06-10 12:00", "TOOL25S,2025-06-10 13:00").replace(
            "WORK25S,2025-05-13 12:00,90\n", ""
        ),
        encoding="utf-8",
    )
    run("ics", folder, "--out", out, "--quiet", "--as-of", "2025-01-08")
    found = events(out / "programme.ics")
    moved = found["tiny-TOOL25S-1-programme@cohort-scheduler"]
    assert (int(moved["SEQUENCE"]), moved["DTSTART"].dt.hour) == (1, 17)
    gone = found["tiny-WORK25S-1-programme@cohort-scheduler"]
    assert (int(gone["SEQUENCE"]), str(gone["STATUS"])) == (1, "CANCELLED")
    assert moved["DTSTAMP"].dt == datetime(2025, 1, 8, tzinfo=UTC)
    same = found["tiny-ALPHA25W-1-programme@cohort-scheduler"]
    assert (int(same["SEQUENCE"]), same["DTSTAMP"].dt) == (0, datetime(2025, 1, 6, tzinfo=UTC))
    run("ics", folder, "--out", out, "--quiet", "--as-of", "2025-01-09")
    assert int(events(out / "programme.ics")["tiny-WORK25S-1-programme@cohort-scheduler"]["SEQUENCE"]) == 1


def test_an_alarm_rings_only_when_it_is_asked_for(tmp_path: Path) -> None:
    run("ics", TINY, "--out", tmp_path / "out", "--quiet", "--alarm", "30", "--learner", "ada")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["learner-ada.ics"]
    found = events(tmp_path / "out" / "learner-ada.ics")
    bells = [each for event in found.values() for each in event.walk("VALARM")]
    assert {bell["TRIGGER"].dt for bell in bells} == {-timedelta(minutes=30)}
    assert not found["tiny-START-days-ada@cohort-scheduler"].walk("VALARM")


def test_last_days_to_book_are_whole_days(tmp_path: Path) -> None:
    folder = tmp_path / "tiny"
    shutil.copytree(TINY, folder)
    rows = (folder / "offerings.csv").read_text(encoding="utf-8").splitlines()
    head = f"{rows[0]},registration_closes"
    rest = [f"{row},2025-06-01" if row.startswith("TOOL25S") else f"{row}," for row in rows[1:]]
    (folder / "offerings.csv").write_text("\n".join([head, *rest]) + "\n", encoding="utf-8")
    run("ics", folder, "--out", tmp_path / "out", "--quiet")
    book = events(tmp_path / "out" / "learner-ada.ics")["tiny-TOOL25S-book-ada@cohort-scheduler"]
    assert (book["DTSTART"].dt, str(book["SUMMARY"])) == (date(2025, 6, 1), "Book TOOL25S today at the latest")


@pytest.mark.parametrize("text", ["no calendar at all", "BEGIN:VCALENDAR\nBEGIN:VEVENT\n", ""])
def test_a_file_that_is_none_is_written_anew(tmp_path: Path, text: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "learner-ada.ics").write_text(text, encoding="utf-8")
    assert run("ics", TINY, "--out", out, "--quiet", "--learner", "ada").err == ""
    assert "tiny-ALPHA25W-1-ada@cohort-scheduler" in events(out / "learner-ada.ics")


def test_a_place_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    done = run("ics", TINY, "--out", tmp_path / "file", "--quiet")
    assert (done.code, "it is no folder" in done.err) == (2, True)


def test_path_writes_the_calendars_of_the_paths_it_tells(tmp_path: Path) -> None:
    assert run("path", TINY, "--learner", "ada", "--ics", tmp_path / "out").code == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["learner-ada.ics"]


def test_whoever_is_seated_gets_the_session_and_its_trainer_too(tmp_path: Path) -> None:
    done = run("repeats", INSTANCES / "waitlist-2025", "--quiet", "--json", "--ics", tmp_path / "out")
    added = json.loads(done.out)["sessions"]
    assert added
    for row in added:
        start = datetime.fromisoformat(row["start"]).astimezone(UTC)
        for who in [*(f"learner-{name}" for name in row["learners"]), *(f"trainer-{name}" for name in row["trainers"])]:
            found = [each for each in events(tmp_path / "out" / f"{who}.ics").values() if each["DTSTART"].dt == start]
            assert any(row["component"] in str(each["SUMMARY"]) for each in found), who
            assert all(str(each["STATUS"]) == "TENTATIVE" for each in found)


def test_a_planned_year_is_in_calendars_without_what_is_only_supposed(tmp_path: Path) -> None:
    folder = year_folder(tmp_path / "year", arrivals="month,learners,note\n2025-02,1,synthetic\n")
    done = run("calendar", folder, "--quiet", "--json", "--ics", tmp_path / "out")
    offerings = [row for row in json.loads(done.out)["offerings"] if row["state"] == "added"]
    names = " ".join(events(tmp_path / "out" / "programme.ics"))
    assert offerings
    assert all(row["offering"] in names for row in offerings)
    assert "supposed" not in names.lower()
    assert not list((tmp_path / "out").glob("learner-arrival*"))
    for row in offerings:
        for trainer in row["trainers"]:
            assert any(row["offering"] in name for name in events(tmp_path / "out" / f"trainer-{trainer}.ics"))
