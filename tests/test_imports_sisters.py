"""Reports of other systems in another order, in other capitals and with columns more: the same comes of them, once."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from scheduler.files.folder import load
from tests.command import run
from tests.imported import CLASSIC, NEWER, ORDERS, attendee, everything, imported, programme, rows, written
from tests.test_imports_learning import BOOKING, COMPLETION, GOOGLE, GRADES, POINTS, PUPILS, USERS, user
from tests.test_imports_learning import MAP as GRADES_MAP

EVENT = "format: 1\neventbrite: {events: {Autumn: CODE25F}}\n"
BUYERS = "1,2024-11-29,A,B,{0},Autumn,77,2025-09-02,12:00,UTC,1,General,{0},B1\n2,2024-11-29,C,D,z@x.org,Autumn,77,2025-09-02,12:00,UTC,1,General,z@x.org,B2\n"  # fmt: skip # noqa: E501
ZOOM = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,In Waiting Room\n"
CAME = (
    "Ann,ann@example.org,03/04/2025 12:00:00 PM,03/04/2025 12:30:00 PM,30,No,No\n"
    "Ann,ann@example.org,03/04/2025 12:20:00 PM,03/04/2025 01:05:00 PM,45,No,No\n"
    "ben,,03/04/2025 12:00:00 PM,03/04/2025 12:59:00 PM,59,Yes,No\n"
)
TABLES = {
    "classic": ("eventbrite", CLASSIC + attendee(1, "ann@example.org", 11) + attendee(2, "z@x.org", 12), ""),
    "newer": ("eventbrite", NEWER + BUYERS.format("ann@example.org"), EVENT),
    "orders": ("eventbrite", ORDERS + "1,11/29/24 22:28,Ann Lee,ann@example.org,1,0,Completed,Autumn\n", EVENT),
    "gradebook": ("canvas", GRADES + POINTS + PUPILS, GRADES_MAP),
    "users": ("canvas", USERS + user("cyd", "cyd", "cyd@example.org"), ""),
    "zoom": ("zoom", ZOOM + CAME, "format: 1\nzoom: {meetings: {zoom: QSS1}}\n"),
    "completion": ("moodle", COMPLETION + '1,"Ann Lee",ann@example.org,Completed,"13/12/24","13/12/24, 09:05"\n', ""),
    "booking": ("moodle", BOOKING + "7,CODE25F,Org,A,B,ann,ann@example.org,0,0,2025-01-03\n", ""),
    "google": ("calendar", GOOGLE + "Secret,3/15/2025,9:30 AM,3/15/2025,10:30 AM,False,x,y\n", ""),
}  # fmt: skip
WORDS = {"classic": ("--offering", "CODE25F"), "completion": ("--offering", "CODE25W"), "google": ("--who", "ann")}


def shuffled(text: str) -> str:
    """Return a table with its columns in another order, headers in other capitals, a column more, and `;` between cells."""
    head, *lines = csv.reader(io.StringIO(text))
    order = [*range(1, len(head), 2), *range(0, len(head), 2)][::-1]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow([*(head[place].swapcase() for place in order), "Dietary wishes"])
    writer.writerows(
        [*((line[place] if place < len(line) else "") for place in order), "none; thanks"] for line in lines
    )
    return out.getvalue()


def tables(place: Path) -> dict[str, bytes]:
    """Return what an import leaves in the tables."""
    return {name: text for name, text in everything(place).items() if "/" not in name and name.endswith(".csv")}


def brought(place: Path, name: str, change: Callable[[str], str]) -> Path:
    """Import one of the tables into a fresh folder, twice; the preview comes first, and writes nothing."""
    kind, text, names = TABLES[name]
    place.mkdir()
    folder = programme(place)
    if names:
        (folder / "imports.yaml").write_text(names, encoding="utf-8")
    file = written(place / f"{name}.csv", change(text))
    before = everything(folder)
    assert "would be" in imported(kind, file, folder, "--dry-run", *WORDS.get(name, ())).out
    assert everything(folder) == before
    imported(kind, file, folder, *WORDS.get(name, ()))
    after = everything(folder)
    assert after != before
    imported(kind, file, folder, *WORDS.get(name, ()))
    assert everything(folder) == after
    return folder


@pytest.mark.parametrize("name", TABLES)
def test_order_and_capitals_of_columns_change_nothing(tmp_path: Path, name: str) -> None:
    plain, other = (brought(tmp_path / kind, name, change) for kind, change in (("a", str), ("b", shuffled)))
    assert tables(plain) == tables(other)
    assert "thanks" not in "".join(map(str, tables(other).values()))


def test_sixty_minutes_decide_whether_it_counts(tmp_path: Path) -> None:
    folder = brought(tmp_path / "z", "zoom", shuffled)
    assert [(row["learner"], row["minutes"]) for row in rows(folder, "records")] == [("ann", "65"), ("ben", "59")]


def test_whoever_only_waited_at_the_door_was_not_there(tmp_path: Path) -> None:
    folder = programme(tmp_path)
    waited = "Ann,ann@example.org,03/04/2025 11:00:00 AM,03/04/2025 12:00:00 PM,60,No,Yes\n"
    waited += "ben,,03/04/2025 11:00:00 AM,03/04/2025 12:00:00 PM,60,No,yes\n"
    done = imported("zoom", written(tmp_path / "QSS1.csv", ZOOM + CAME.splitlines(keepends=True)[0] + waited), folder)
    assert "2 left out: in the waiting room" in done.out
    assert [(row["learner"], row["minutes"]) for row in rows(folder, "records")] == [("ann", "30")]


@pytest.mark.parametrize("name", ["newer", "orders"])
def test_a_refund_in_a_later_report_frees_the_seat(tmp_path: Path, name: str) -> None:
    folder = brought(tmp_path / "e", name, shuffled)
    assert [row["learner"] for row in rows(folder, "records")] == ["ann"]
    head, lines = TABLES[name][1].split("\n", 1)
    if name == "newer":
        head, lines = f"{head},Attendee status", "".join(f"{line},Refunded\n" for line in lines.splitlines())
    file = written(tmp_path / "later.csv", shuffled(f"{head}\n{lines}".replace("Completed", "Refunded")))
    imported("eventbrite", file, folder)
    assert rows(folder, "records") == []
    assert load(folder).instance.offering["CODE25F"].taken == 0


ICS = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{events}END:VCALENDAR\n"
WEEKLY = "BEGIN:VEVENT\nUID:1\nDTSTAMP:20250101T000000Z\nDTSTART:20250407T140000Z\nDTEND:20250407T150000Z\nRRULE:FREQ=WEEKLY;COUNT=3\nEXDATE:20250414T140000Z\nEND:VEVENT\n"  # noqa: E501
DAYS = "BEGIN:VEVENT\nUID:2\nDTSTAMP:20250101T000000Z\nDTSTART;VALUE=DATE:20250501\nDTEND;VALUE=DATE:20250503\nEND:VEVENT\n"
TEN = "0,1,2,3,4,5,6,7,8,9"


def test_a_weekly_meeting_without_one_of_its_days_and_whole_days(tmp_path: Path) -> None:
    folder = programme(tmp_path)
    file = written(tmp_path / "ann.ics", ICS.format(events=DAYS + WEEKLY))
    imported("calendar", file, folder)
    before = everything(folder)
    imported("calendar", file, folder)
    assert everything(folder) == before
    spans = [(row["start"], row["end"]) for row in rows(folder, "unavailable")]
    assert sorted(spans) == [
        ("2025-04-07 10:00", "2025-04-07 11:00"), ("2025-04-21 10:00", "2025-04-21 11:00"), ("2025-05-01", "2025-05-02")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=SECONDLY", "every second or minute"),
        ("FREQ=MINUTELY", "every second or minute"),
        ("freq=secondly", "every second or minute"),
        (f"FREQ=DAILY;BYHOUR=0,1,2,3;BYMINUTE={TEN};BYSECOND={TEN}", "comes back 400 times a day"),
        (f"FREQ=YEARLY;BYSECOND=0,1,2;BYMINUTE={TEN};BYHOUR={TEN};BYMONTHDAY=1,2,3", "comes back 300 times a day"),
        (f"FREQ=HOURLY;BYMINUTE={TEN}", "comes back 240 times a day"),
        (f"FREQ=DAILY;BYHOUR={TEN};BYMINUTE=0,20,40", "more than"),
    ],
)
def test_what_comes_back_too_often_is_refused_at_once(tmp_path: Path, rule: str, words: str) -> None:
    folder = programme(tmp_path)
    file = written(tmp_path / "ann.ics", ICS.format(events=WEEKLY.replace("FREQ=WEEKLY;COUNT=3", rule)))
    done = run("import", "calendar", file, folder)
    assert (done.code, words in done.err) == (2, True), done.err + done.out
    assert rows(folder, "unavailable") == []
