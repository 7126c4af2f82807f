"""Gradebooks and users of Canvas, completion reports and booking activities of Moodle, Google's CSV calendars."""

from pathlib import Path

import pytest

from scheduler.files.folder import load
from tests.command import run
from tests.imported import everything, imported, programme, rows, written

GRADES = "Student,ID,SIS User ID,SIS Login ID,Section,Essay (11),Final project (4711),Current Score\n"
POSTING = ",,,,,,Manual Posting,\n"
POINTS = "    Points Possible,,,,,5,10,(read only)\n"
PUPILS = (
    '"Lee, Ann",1,S1,ann@example.org,CODE25W,4,10.00,98\n"Roe, Ben",2,S2,ben@example.org,CODE25W,EX,EX,\n'
    '"Poe, Cyd",3,S3,cyd,CODE25W,N/A,7,\n"Student, Test",4,,,CODE25W,5,10,\n"Nobody, N",5,S5,n@x.org,CODE25W,5,10,\n'
)
MAP = "format: 1\ncanvas:\n  assignments: {Final project: CODE}\n"
USERS = "canvas_user_id,user_id,integration_id,authentication_provider_id,login_id,first_name,last_name,full_name,"
USERS += "sortable_name,short_name,email,status,created_by_sis\n"


def user(sis: str, login: str, email: str, status: str = "active") -> str:
    """Return a line of Canvas's list of users."""
    return f'9,{sis},,,{login},A,B,A B,"B, A",A,{email},{status},true\n'


def facts(place: Path) -> list[tuple[str, str, str, str]]:
    """Return what is recorded: whose, of which offering, how, and when."""
    return [(row["learner"], row["offering"], row["status"], row["date"]) for row in rows(place, "records")]


def test_a_gradebook_becomes_completions(tmp_path: Path) -> None:
    """The section says which run; low scores, EX, N/A and the Test Student are left out and told."""
    place = programme(tmp_path)
    (place / "imports.yaml").write_text(MAP, encoding="utf-8")
    file = written(tmp_path / "grades.csv", "\ufeff" + GRADES + POSTING + POINTS + PUPILS)
    shown = imported("canvas", file, place)
    assert facts(place) == [("ann", "CODE25W", "completed", "2024-12-02")]
    for words in ("scored less than 10 in 'Final project' (cyd)", "excused (EX)", "the Test Student", "(n@x.org)",
                  "are read: Final project (4711)", "not read: ID, Essay (11), Current Score", "has no days"):  # fmt: skip
        assert words in shown.out
    before = everything(place)
    assert "1 stood there already" in imported("canvas", file, place).out
    assert everything(place) == before


def test_a_score_that_is_enough_and_what_excused_means(tmp_path: Path) -> None:
    place = programme(tmp_path)
    names = "format: 1\ncanvas:\n  excused: exempt\n  assignments: {Final project: {to: CODE25W, least: 7}}\n"
    file = written(tmp_path / "grades.csv", GRADES + POINTS + PUPILS)
    imported("canvas", file, place, "--map", written(tmp_path / "names.yaml", names))
    assert facts(place) == [
        ("ann", "CODE25W", "completed", "2024-12-02"),
        ("ben", "", "exempt", ""),
        ("cyd", "CODE25W", "completed", "2024-12-02"),
    ]


def test_a_component_without_a_known_run_needs_a_day(tmp_path: Path) -> None:
    place = programme(tmp_path)
    (place / "imports.yaml").write_text(MAP, encoding="utf-8")
    file = written(tmp_path / "grades.csv", (GRADES + POINTS + PUPILS).replace(",CODE25W,", ",Autumn,"))
    assert "no day is known of it: say one with --on" in imported("canvas", file, place).out
    imported("canvas", file, place, "--on", "2024-12-20")
    assert facts(place) == [("ann", "", "completed", "2024-12-20")]


def test_the_run_in_which_a_learner_is_booked(tmp_path: Path) -> None:
    place = programme(tmp_path, records="learner,offering,status\nann,CODE25W,booked\n")
    (place / "imports.yaml").write_text(MAP, encoding="utf-8")
    file = written(tmp_path / "grades.csv", (GRADES + POINTS + PUPILS).replace(",CODE25W,", ",Autumn,"))
    imported("canvas", file, place)
    assert ("ann", "CODE25W", "completed", "2024-12-02") in facts(place)


def test_a_completion_that_contradicts_a_booking_is_left_out(tmp_path: Path) -> None:
    place = programme(tmp_path, records="learner,offering,status\nann,CODE25F,booked\n")
    names = written(
        tmp_path / "m.yaml",
        "format: 1\ncanvas:\n  assignments: {Final project: CODE25W, Essay: {to: CODE25W, least: 9}}\n",
    )
    file = written(tmp_path / "grades.csv", GRADES + POINTS + PUPILS)
    shown = imported("canvas", file, place, "--map", names)
    assert "it does not go with line 2 of records.csv, CODE25F: CODE is completed or exempt already (ann)" in shown.out
    assert [row["offering"] for row in rows(place, "records") if row["learner"] == "ann"] == ["CODE25F"]


def test_assignments_that_are_not_mapped_are_listed(tmp_path: Path) -> None:
    place = programme(tmp_path)
    done = run("import", "canvas", written(tmp_path / "grades.csv", GRADES + POINTS + PUPILS), place)
    assert done.code == 2
    assert 'canvas:\n  assignments:\n    "Essay": WHICH\n    "Final project": WHICH' in done.err
    assert "Current Score" not in done.err


def test_users_become_learners_and_addresses(tmp_path: Path) -> None:
    place = programme(tmp_path)
    text = user("cyd", "cyd@example.org", "cyd@example.org") + user("dan", "dan", "dan@example.org")
    text += user("S1", "ann@example.org", "ann@example.org") + user("eve", "eve", "e@x.org", "deleted")
    text += user("ben", "ben", "other@example.org") + user("fay", "fay", "dan@example.org")
    file = written(tmp_path / "users.csv", USERS + text)
    shown = imported("canvas", file, place)
    assert "cyd: email blank -> cyd@example.org" in shown.out
    assert "1 left out: deleted in Canvas (eve)" in shown.out
    assert "1 left out: another e-mail address stands here: kept (ben)" in shown.out
    people = {each.id: each for each in load(place).instance.learners}
    assert (sorted(people), people["cyd"].email) == (["ann", "ben", "cyd", "dan"], "cyd@example.org")
    assert (people["dan"].email, people["dan"].enrolled) == ("dan@example.org", None)
    assert "First" not in (place / "learners.csv").read_text(encoding="utf-8")
    before = everything(place)
    imported("canvas", file, place)
    assert everything(place) == before


COMPLETION = 'ID,Name,"Email address","Essay","Essay - Completion date","Course complete"\n'


@pytest.mark.parametrize(
    ("day", "other", "words"),
    [("13/12/24, 09:05", "02/12/24, 10:00", ()), ("Friday, 13 December 2024, 9:05 AM", "2 Dec 2024", ()),
     ("12/13/2024 09:05", "12/2/2024", ()), ("2/12/24, 09:05", "3/12/24", ("say `dates: day-first`",))],
)  # fmt: skip
def test_a_completion_report_dates_what_is_done(tmp_path: Path, day: str, other: str, words: tuple[str, ...]) -> None:
    place = programme(tmp_path)
    text = f'1,"Ann Lee",ann@example.org,Completed,"{day}","{day}"\n2,Ben,ben@example.org,"Not completed",,"{other}"\n'
    file = written(tmp_path / "report.csv", COMPLETION + text + '3,C,cyd@x.org,"Not completed",,\n')
    done = run("import", "moodle", file, place, "--offering", "CODE25W")
    if words:
        assert (done.code, all(each in done.err for each in words)) == (2, True), done.err
        (place / "imports.yaml").write_text("format: 1\ndates: day-first\n", encoding="utf-8")
        imported("moodle", file, place, "--offering", "CODE25W")
        assert [row[3] for row in facts(place)] == ["2024-12-02", "2024-12-03"]
    else:
        assert [row[3] for row in facts(place)] == ["2024-12-13", "2024-12-02"]
        assert "Name, Essay" in done.out


def test_a_completion_report_by_activity_and_by_the_files_name(tmp_path: Path) -> None:
    place = programme(tmp_path)
    text = '1,"Ann Lee",ann@example.org,"Completed (did not achieve pass grade)","2024-12-13","2024-12-14"\n'
    text += '2,Ben,ben@example.org,"Completed (achieved pass grade)","2024-12-13",\n'
    file = written(tmp_path / "autumn.csv", COMPLETION + text)
    done = run("import", "moodle", file, place)
    assert (done.code, '    "autumn": WHICH' in done.err) == (2, True), done.err
    imported(
        "moodle",
        file,
        place,
        "--map",
        written(tmp_path / "m.yaml", "format: 1\nmoodle: {activities: {Essay: CODE25W}}\n"),
    )
    assert facts(place) == [("ben", "CODE25W", "completed", "2024-12-13")]
    imported(
        "moodle",
        file,
        place,
        "--map",
        written(tmp_path / "m.yaml", "format: 1\nmoodle: {courses: {autumn: CODE25W}}\n"),
    )
    assert facts(place)[1] == ("ann", "CODE25W", "completed", "2024-12-14")
    text = (place / "imports.yaml").read_text(encoding="utf-8")
    assert "activities: {Essay: CODE25W}" in text
    assert "autumn: CODE25W" in text


BOOKING = (
    "Option ID,Booking option name,Institution,First name,Last name,Username,Email address,Completed,Waiting list,"
)
BOOKING += "Time created\n"


def test_a_booking_activity_becomes_bookings_waits_and_seats(tmp_path: Path) -> None:
    place = programme(tmp_path)
    line = '7,{option},Org,A,B,{user},{email},{done},{waits},"Friday, 3 January 2025, 3:05 PM"\n'
    autumn = [
        ("ann", "ann@example.org", "0", "0"),
        ("zoe", "zoe@x.org", "0", "0"),
        ("ben", "ben@example.org", "0", "1"),
    ]
    text = "".join(line.format(option="Autumn", user=a, email=b, done=c, waits=d) for a, b, c, d in autumn)
    text += line.format(option="CODE25W", user="cyd", email="", done="Yes", waits="No")
    file = written(tmp_path / "booking.csv", BOOKING + text)
    refused = run("import", "moodle", file, place)
    assert (refused.code, '  options:\n    "Autumn": WHICH' in refused.err) == (2, True)
    imported(
        "moodle",
        file,
        place,
        "--map",
        written(tmp_path / "m.yaml", "format: 1\nmoodle: {options: {Autumn: CODE25F}}\n"),
    )
    assert sorted(facts(place)) == [("ann", "CODE25F", "booked", ""), ("cyd", "CODE25W", "completed", "2024-12-02")]
    assert [tuple(row.values())[:3] for row in rows(place, "waitlist")] == [("ben", "CODE", "2025-01-03")]
    assert load(place).instance.offering["CODE25F"].taken == 1
    assert "zoe" not in "".join(content.decode() for content in everything(place).values())
    before = everything(place)
    imported("moodle", file, place)
    assert everything(place) == before
    less = written(tmp_path / "booking.csv", BOOKING + text.splitlines(keepends=True)[2])
    assert "2 left out: an earlier file" not in imported("moodle", less, place).out
    one = line.format(option="Autumn", user="eli", email="eli@x.org", done="0", waits="0")
    imported("moodle", written(tmp_path / "booking.csv", BOOKING + one), place, "--whole-list")
    assert [row for row in facts(place) if row[2] == "booked"] == []
    assert load(place).instance.offering["CODE25F"].taken == 1


GOOGLE = "Subject,Start Date,Start Time,End Date,End Time,All Day Event,Description,Location\n"


def test_googles_calendar_is_read_in_a_zone_that_is_said(tmp_path: Path) -> None:
    place = programme(tmp_path)
    text = 'Secret,3/15/2025,9:30 AM,3/15/2025,10:30 AM,False,"two\nlines",x\nAway,3/10/2025,,3/11/2025,,True,,\n'
    text += "Old,1/2/2024,9:30 AM,1/2/2024,10:30 AM,False,,\nBad,3/15/2025,9:30 AM,3/14/2025,9:30 AM,False,,\n"
    file = written(tmp_path / "ann.csv", GOOGLE + text)
    shown = imported("calendar", file, place)
    assert "its times are read as America/New_York (the zone of ann; --timezone names another)" in shown.out
    spans = [(row["start"], row["end"]) for row in rows(place, "unavailable")]
    assert spans == [("2025-03-15 09:30", "2025-03-15 10:30"), ("2025-03-10", "2025-03-11")]
    assert "1 left out: over before the planning day" in shown.out
    assert "1 left out: no sound start and end" in shown.out
    assert "Secret" not in (place / "unavailable.csv").read_text(encoding="utf-8")
    before = everything(place)
    imported("calendar", file, place)
    assert everything(place) == before
    imported("calendar", file, place, "--timezone", "Europe/Berlin")
    assert rows(place, "unavailable")[2]["start"] == "2025-03-15 04:30"
    assert run("import", "calendar", file, place, "--timezone", "CET/Nowhere").code == 2
    mapped = written(tmp_path / "m.yaml", "format: 1\ncalendar: {people: {my export: ben}}\n")
    imported("calendar", written(tmp_path / "my export.csv", GOOGLE + text), place, "--map", mapped)
    assert rows(place, "unavailable")[-1]["who"] == "ben"
