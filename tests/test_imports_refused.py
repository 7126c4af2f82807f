"""Files that are not what they claim, hostile files, names that are not mapped, and how long ten thousand rows take."""

import json
import time
from pathlib import Path

import jsonschema
import pytest
from ruamel.yaml import YAML

from scheduler.files.faults import BadInstanceError
from scheduler.files.folder import load
from scheduler.files.schemas import schemas
from scheduler.files.whole_folder import whole_folder
from tests.command import run
from tests.imported import CLASSIC, NEWER, ORDERS, attendee, everything, imported, programme, rows, written
from tests.pace import heartbeat

GRADES = "Student,ID,SIS User ID,SIS Login ID,Section,Essay (1)\n    Points Possible,,,,,5\n"
USERS = "canvas_user_id,user_id,login_id,full_name,email,status\n"
ZOOM = (
    "Name (Original Name),User Email,Join Time,Leave Time\nAnn,a@x.org,11/14/2024 12:00:00 PM,11/14/2024 12:30:00 PM\n"
)
GOOGLE = "Subject,Start Date,Start Time,End Date\nX,3/15/2025,9:30 AM,3/15/2025\n"
MOODLE = 'ID,Name,"Email address","Course complete"\n'
BOOKING = "Booking option name,Username,Email address\n"
NAMES = """\
format: 1
dates: month-first
# where the autumn course is
eventbrite:
  events: {"Content Design": CODE25F, "Party": null}
  columns: {email: Work mail}
  statuses: {Teilgenommen: holds}
canvas:
  excused: exempt
  sections: {"Autumn": CODE25F}
  assignments: {"Essay": {to: CODE, least: 3}, "Quiz": CODE25F}
moodle: {courses: {report: CODE}, activities: {Essay: CODE25W}, options: {Autumn: CODE25F}}
zoom: {meetings: {"Share of May": QSS1}, columns: {email: Mail}}
calendar: {people: {"my export": ann}}
"""
FORMULA = '=HYPERLINK("http://x.org","click")'
MARKUP = "<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("eventbrite", GRADES, "looks like a Canvas gradebook: scheduler import canvas file.csv FOLDER"),
        ("canvas", CLASSIC, "looks like an Eventbrite report: scheduler import eventbrite"),
        ("moodle", ZOOM, "looks like a participants report of Zoom: scheduler import zoom"),
        ("zoom", MOODLE, "looks like a Moodle course completion report: scheduler import moodle"),
        ("zoom", BOOKING, "looks like a report of a Moodle booking activity: scheduler import moodle"),
        ("calendar", NEWER, "looks like an Eventbrite report"),
        ("moodle", USERS, "looks like a list of users from Canvas: scheduler import canvas"),
        ("eventbrite", GOOGLE, "looks like a calendar of Google as CSV: scheduler import calendar"),
        ("eventbrite", "BEGIN:VCALENDAR\nEND:VCALENDAR\n", "looks like a calendar file: scheduler import calendar"),
        ("canvas", "<!doctype html><html></html>", "looks like a web page"),
        ("canvas", "PK\x03\x04...", "looks like a workbook or zip file"),
        ("eventbrite", "a,b\n1,2\n", "it needs Order # and Attendee Email, and has a, b"),
        ("eventbrite", "", "it needs Order # and Attendee Email, and has none"),
        ("canvas", 'Student,"ID\n', "it needs Student and Section, and has"),
        ("moodle", "a\0b", "NUL byte"),
    ],
)
def test_a_file_that_is_not_what_it_claims(tmp_path: Path, kind: str, text: str, words: str) -> None:
    place = programme(tmp_path)
    before = everything(place)
    done = run("import", kind, written(tmp_path / "file.csv", text), place, "--who", "ann")
    assert (done.code, words in done.err) == (2, True), done.err
    assert everything(place) == before


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_file_in_another_encoding_is_refused_at_its_line(tmp_path: Path, mark: bytes) -> None:
    file = tmp_path / "file.csv"
    file.write_bytes(mark + USERS.encode() + "1,2,ann,Zo\u00e9,a@x.org,active\n".encode("latin-1"))
    done = run("import", "canvas", file, programme(tmp_path))
    words = "file.csv:2: this is no CSV file in UTF-8 (byte 0xe9); save it as CSV UTF-8; read '1,2,ann,Zo\u00e9,a@x.org,active'"
    assert (done.code, words in done.err) == (2, True), done.err


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (
            "Order no.,First name,Email\n1,Ann,a@x.org\n",
            "an Eventbrite report: scheduler import eventbrite records.csv FOLDER",
        ),
        (ORDERS, "an Eventbrite report: scheduler import eventbrite"),
        (GRADES, "a Canvas gradebook: scheduler import canvas"),
        (USERS, "a list of users from Canvas: scheduler import canvas"),
        (ZOOM, "a participants report of Zoom: scheduler import zoom"),
        (MOODLE, "a Moodle course completion report: scheduler import moodle"),
        (BOOKING, "a report of a Moodle booking activity: scheduler import moodle"),
        (GOOGLE, "a calendar of Google as CSV: scheduler import calendar"),
    ],
)
def test_the_table_of_another_system_in_the_place_of_ours(tmp_path: Path, header: str, words: str) -> None:
    place = programme(tmp_path, records=header)
    with pytest.raises(BadInstanceError) as caught:
        load(place)
    (fault,) = caught.value.faults
    assert (fault.file, fault.line) == ("records.csv", 1)
    assert words in str(fault)


def test_our_own_tables_are_never_taken_for_others(tmp_path: Path) -> None:
    place = programme(tmp_path, records="learner,component,ofering,status\nann,CODE,,booked\n")
    with pytest.raises(BadInstanceError, match="did you mean 'offering'"):
        load(place)


def test_the_map_is_read_kept_and_checked(tmp_path: Path) -> None:
    place = programme(tmp_path)
    (place / "imports.yaml").write_text(NAMES, encoding="utf-8")
    assert load(place).instance.digest == load(programme(tmp_path / "other")).instance.digest
    schema = json.loads(schemas()["imports.schema.json"])
    jsonschema.Draft202012Validator(schema).validate(json.loads(json.dumps(YAML(typ="safe", pure=True).load(NAMES))))
    more = written(tmp_path / "more.yaml", "format: 1\neventbrite: {events: {Spring: CODE25W}}\n")
    file = written(tmp_path / "r.csv", CLASSIC.replace(",Email,", ",Work mail,") + attendee(1, "ann@example.org", 1))
    imported("eventbrite", file, place, "--map", more, "--offering", "CODE25F")
    kept = (place / "imports.yaml").read_text(encoding="utf-8")
    assert "# where the autumn course is" in kept
    assert "Spring: CODE25W" in kept
    imported("eventbrite", file, place, "--map", more, "--offering", "CODE25F")
    assert (place / "imports.yaml").read_text(encoding="utf-8") == kept


def test_the_documented_map_is_one_and_a_written_folder_keeps_it(tmp_path: Path) -> None:
    page = (Path(__file__).parent.parent / "instances" / "README.md").read_text(encoding="utf-8")
    (block,) = [each for each in page.split("```yaml\n")[1:] if "eventbrite:" in each]
    text = block.partition("```")[0]
    schema = json.loads(schemas()["imports.schema.json"])
    jsonschema.Draft202012Validator(schema).validate(YAML(typ="safe", pure=True).load(text))
    place = programme(tmp_path)
    (place / "imports.yaml").write_text(NAMES, encoding="utf-8")
    with whole_folder(tmp_path / "copy", place):
        pass
    assert load(tmp_path / "copy").imports == load(place).imports


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('CODE25F, "Party"', 'CODE25X, "Party"', "imports.yaml:5:30: no offering or component of this id; read 'CODE25X'"),
        ("to: CODE,", "to: CDOE,", "did you mean 'CODE'?"),
        ("least: 3", "least: three", "not a whole number"),
        ("holds", "hold", "did you mean 'holds'?"),
        ("email: Work mail", "mail: Work mail", "imports.yaml:6"),
        ("moodle:", "moodel:", "did you mean 'moodle'?"),
        ('export": ann', 'export": amy', "no learner or trainer of this id"),
        ("format: 1", "format: 2", "imports.yaml:1"),
    ],
)  # fmt: skip
def test_faults_of_the_map(tmp_path: Path, old: str, new: str, words: str) -> None:
    place = programme(tmp_path)
    assert old in NAMES
    text = NAMES.replace(old, new)
    (place / "imports.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BadInstanceError) as caught:
        load(place)
    assert words in str(caught.value)
    (place / "imports.yaml").unlink()
    file = written(tmp_path / "CODE25F.csv", CLASSIC + attendee(1, "ann@example.org", 1))
    done = run("import", "eventbrite", file, place, "--map", written(tmp_path / "imports.yaml", text))
    assert (done.code, words in done.err) == (2, True), done.err


@pytest.mark.parametrize(
    "payload", [FORMULA, MARKUP, "@SUM(1)", "+1", "../../etc/passwd", "..", "a\u202eb", "\x1b[31m", "a/b"]
)
def test_hostile_text_reaches_no_table(tmp_path: Path, payload: str) -> None:
    """A formula, markup, a path or a steering character stands in no table, no name of a file, and is shown in clear."""
    place = programme(tmp_path)
    cell = '"' + payload.replace('"', '""') + '"'
    before = set(everything(tmp_path))
    users = f"1,{cell},{cell},{cell},{cell},active\n2,{cell},{cell},{cell},,active\n3,{cell},{cell},{cell},ok@x.org,active\n"
    imported("canvas", written(tmp_path / "users.csv", USERS + users), place)
    assert [row["learner"] for row in rows(place, "learners")] == ["ann", "ben", "cyd"]
    header = CLASSIC.replace("Home City", cell)
    line = attendee(1, "ann@example.org", 2).replace("Somewhere", cell) + attendee(2, cell, 3).replace("General", cell)
    shown = imported("eventbrite", written(tmp_path / "CODE25F.csv", header + line), place)
    done = run("import", "eventbrite", written(tmp_path / "r.csv", ORDERS + f"1,,,x@y.org,1,0,,{cell}\n"), place)
    assert done.code == 2
    assert "\x1b" not in shown.out + done.err
    assert "\u202e" not in shown.out + done.err
    tables = {name: text for name, text in everything(place).items() if name.endswith(".csv")}
    assert not [name for name, text in tables.items() if payload.encode() in text and len(payload) > 2]
    files = set(everything(tmp_path)) - before
    assert {name for name in files if name.startswith("programme")} <= {
        "programme/records.csv", "programme/imports/seats.csv", "programme/imports/offerings-before.csv",
        "programme/imports/learners-before.csv", "programme/imports/records-before.csv"}  # fmt: skip


def test_an_order_number_that_is_a_formula_is_text(tmp_path: Path) -> None:
    place = programme(tmp_path, records="learner,offering,status,note\nben,CODE25F,booked,by phone\n")
    text = ORDERS.replace(",Event Name", "") + '"=1+1",,,ann@example.org,1,0,\n"=2+2",,,guest@x.org,1,0,\n'
    file = written(tmp_path / "CODE25F.csv", text)
    imported("eventbrite", file, place)
    cells = [cell for table in ("records", "imports/seats") for row in rows(place, table) for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith("=")]
    before = everything(place)
    imported("eventbrite", file, place)
    assert everything(place) == before


def test_a_map_outside_and_a_file_of_ten_megabytes(tmp_path: Path) -> None:
    place = programme(tmp_path)
    before = everything(place)
    file = written(tmp_path / "CODE25F.csv", CLASSIC + "x" * 10_000_001)
    done = run("import", "eventbrite", file, place)
    assert (done.code, "larger than 10 MB" in done.err) == (2, True)
    file = written(tmp_path / "CODE25F.csv", CLASSIC + '"' + "x" * 200_000 + '"\n')
    done = run("import", "eventbrite", file, place)
    assert (done.code, "field larger than" in done.err) == (2, True), done.err
    done = run("import", "eventbrite", file, place, "--map", tmp_path / "none.yaml")
    assert (done.code, "there is no such file" in done.err) == (2, True)
    assert everything(place) == before


@pytest.mark.parametrize("kind", ["eventbrite", "canvas", "moodle"])
def test_ten_thousand_rows_take_no_longer_than_a_hundred_million_steps_of_a_loop(tmp_path: Path, kind: str) -> None:
    place = programme(tmp_path)
    (place / "imports.yaml").write_text(NAMES.replace("  columns: {email: Work mail}\n", ""), encoding="utf-8")
    texts = {
        "eventbrite": CLASSIC + "".join(attendee(n, f"p{n}@x.org", n) for n in range(10_000)),
        "canvas": GRADES
        + "".join(f'"B, A",{n},S{n},p{n}@x.org,Autumn,5\n' for n in range(10_000))
        + '"A",1,,ann,Autumn,5\n',
        "moodle": MOODLE + "".join(f'{n},A B,p{n}@x.org,"13/12/24, 09:05"\n' for n in range(10_000)),
    }
    file = written(tmp_path / "report.csv", texts[kind])
    start = time.process_time()
    imported(kind, file, place, *(("--offering", "CODE25F") if kind == "eventbrite" else ("--on", "2025-01-02")))
    assert time.process_time() - start < 100 * heartbeat()
