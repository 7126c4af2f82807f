"""Files as spreadsheets and people leave them: the same meaning is read, and what could mean two things is told once."""

from datetime import date
from pathlib import Path

import pytest

from models.programme.instance import Instance
from scheduler.files.faults import BadInstanceError
from scheduler.files.folder import load
from scheduler.files.tolerant import _date
from scheduler.files.zones import meant, odd
from tests.command import run
from tests.test_second_step_files import ONE, folder

YEAR = "year: {first: 2026-01-01, last: 2026-12-31}\n"
RUN = "V25,V,2025-04-13,2025-04-13\n"


def written(place: Path, **files: str) -> Path:
    """Write a folder with one workshop, some of its files as given."""
    where = folder(place, ONE, RUN)
    for name, text in files.items():
        path = where / ("instance.yaml" if name == "instance" else f"{name}.csv")
        path.write_text((path.read_text(encoding="utf-8") if name == "instance" else "") + text, encoding="utf-8")
    return where


def read(place: Path, **files: str) -> Instance:
    """Return the instance of such a folder."""
    return load(written(place, **files)).instance


def faults(place: Path, **files: str) -> str:
    """Return what is wrong with such a folder."""
    with pytest.raises(BadInstanceError) as found:
        load(written(place, **files))
    return str(found.value)


@pytest.mark.parametrize(
    "day",
    ["2025-04-13", "4/13/2025", "13/4/2025", "13.04.2025", "13.4.2025", "13. 4. 2025", "13 Apr 2025", "13-Apr-2025",
     "13 April 2025", "Apr 13, 2025", "2025-04-13 00:00:00", "13/04/2025 0:00", "04-13-2025"],
)  # fmt: skip
def test_one_day_in_every_way_that_is_not_ambiguous(tmp_path: Path, day: str) -> None:
    cell = f'"{day}"'
    runs = f"offering,component,start,end\nV25,V,{cell},{cell}\n"
    assert read(tmp_path, offerings=runs).offering["V25"].start == date(2025, 4, 13)


def test_one_date_settles_a_column_and_each_column_by_itself(tmp_path: Path) -> None:
    runs = "offering,component,start,end\nV1,V,4/5/2025,6/5/2025\nV2,V,4/13/2025,13/6/2025\n"
    instance = read(tmp_path, offerings=runs)
    assert (instance.offering["V1"].start, instance.offering["V1"].end) == (date(2025, 4, 5), date(2025, 5, 6))


def test_an_ambiguous_column_is_one_fault_with_both_readings_and_the_remedy(tmp_path: Path) -> None:
    rows = "".join(f"p{number},1/2/2025\n" for number in range(9))
    said = faults(tmp_path, learners=f"learner,enrolled\n{rows}")
    assert said.count("\n") == 0
    for words in (
        "2025-02-01 with the day first",
        "2025-01-02 with the month first",
        "dates: day-first",
        "(9 of them)",
    ):
        assert words in said


@pytest.mark.parametrize(("order", "day"), [("day-first", date(2025, 2, 1)), ("month-first", date(2025, 1, 2))])
def test_a_declared_day_order_is_taken(tmp_path: Path, order: str, day: date) -> None:
    instance = read(tmp_path, learners="learner,enrolled\nann,1/2/2025\n", instance=f"dates: {order}\n")
    assert instance.learner["ann"].enrolled == day


def test_a_column_in_two_day_orders_is_one_fault(tmp_path: Path) -> None:
    said = faults(tmp_path, learners="learner,enrolled\na,13/2/2025\nb,2/13/2025\n")
    assert "some dates of this column have the day first, and others the month" in said


@pytest.mark.parametrize("clock", ["9:00", "09:00", "09:00:00", "9:00 AM", "9:00am"])
def test_times_in_every_way(tmp_path: Path, clock: str) -> None:
    sessions = f"offering,start,minutes\nV25,2025-04-13 {clock},90\n"
    people = f"learner,enrolled,earliest\nann,2025-01-02,{clock}\n"
    instance = read(tmp_path, sessions=sessions, learners=people)
    assert (
        instance.offering["V25"].sessions[0].start
        == read(tmp_path / "x", sessions="offering,start,minutes\nV25,2025-04-13 09:00,90\n")
        .offering["V25"]
        .sessions[0]
        .start
    )
    assert instance.learner["ann"].earliest == 9 * 60


@pytest.mark.parametrize(("clock", "minutes"), [("12:00 AM", 0), ("12:30 PM", 750), ("11:59 PM", 1439)])
def test_noon_and_midnight_of_the_twelve_hour_clock(tmp_path: Path, clock: str, minutes: int) -> None:
    people = f"learner,enrolled,latest\nann,2025-01-02,{clock}\n"
    assert read(tmp_path, learners=people).learner["ann"].latest == minutes


def test_a_time_that_is_none_stays_a_fault(tmp_path: Path) -> None:
    assert "not a time of day" in faults(tmp_path, learners="learner,enrolled,latest\nann,2025-01-02,13:00 PM\n")


def test_a_decimal_comma_where_semicolons_separate(tmp_path: Path) -> None:
    runs = "offering;component;start;end;weekly_hours;seats\nV25;V;13.04.2025;13.04.2025;2,5;25,0\n"
    run_read = read(tmp_path, offerings=runs).offering["V25"]
    assert (run_read.weekly_minutes, run_read.seats) == (150, 25)


def test_a_decimal_comma_where_commas_separate_is_a_fault(tmp_path: Path) -> None:
    assert "weekly_hours" in faults(
        tmp_path, offerings='offering,component,start,end,weekly_hours\nV25,V,2025-04-13,2025-04-13,"2,5"\n'
    )


def test_a_whole_number_with_zeros_behind(tmp_path: Path) -> None:
    runs = "offering,component,start,end,seats\nV25,V,2025-04-13,2025-04-13,25.0\n"
    assert read(tmp_path, offerings=runs).offering["V25"].seats == 25
    assert "seats" in faults(tmp_path / "x", offerings=runs.replace("25.0", "25.5"))


def test_capitals_spaces_an_announced_separator_blank_rows_and_an_emptied_column(tmp_path: Path) -> None:
    runs = "sep=;\nOffering ; COMPONENT;Start;End;Status;;\n;;;;;;\nV25; V ;2025-04-13;2025-04-13; Published;;\n"
    instance = read(tmp_path, offerings=runs, learners="Learner,Enrolled,\nann,2025-01-02,\n")
    assert instance.offering["V25"].status == "published"
    assert list(instance.learner) == ["ann"]


def test_a_column_without_a_name_that_says_something_is_told(tmp_path: Path) -> None:
    assert "a column without a name" in faults(tmp_path, learners="learner,enrolled,\nann,2025-01-02,hello\n")


def test_commas_in_a_list(tmp_path: Path) -> None:
    people = 'learner,enrolled,weekdays\nann,2025-01-02,"Tue, Thu"\n'
    assert read(tmp_path, learners=people).learner["ann"].weekdays == (1, 3)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("records.xlsx", "save it as records.csv"),
        ("records.csv.txt", "no table of this name"),
        ("records (1).csv", "no table of this name"),
        ("learners (1).csv", "stands beside learners.csv"),
        ("learners copy.csv", "stands beside learners.csv"),
        ("learners copy 2.csv", "stands beside learners.csv"),
        ("learners - Kopie (2).csv", "stands beside learners.csv"),
        ("Copy of learners.csv", "stands beside learners.csv"),
        ("Kopie von learners.csv", "stands beside learners.csv"),
        ("learners.csv.csv", "stands beside learners.csv"),
        ("Learners.csv", "stands beside learners.csv"),
        ("learners.numbers", "stands beside learners.csv"),
        ("recrods.csv", "did you mean 'records.csv'?"),
        ("learners.xlsx", "stands beside learners.csv"),
    ],
)
def test_files_that_were_meant_as_tables_are_named(tmp_path: Path, name: str, words: str) -> None:
    where = written(tmp_path)
    (where / name).write_bytes(b"x")
    done = run("validate", where)
    assert (done.code, name in done.err, words in done.err) == (2, True, True)


@pytest.mark.parametrize(
    "name", ["notes.csv", "x_mine.csv", "holidays.csv", "learners_final.csv", "notes.xlsx", ".DS_Store"]
)
def test_files_that_are_like_no_table_are_let_be(tmp_path: Path, name: str) -> None:
    where = written(tmp_path)
    (where / name).write_bytes(b"x")
    assert list(load(where).instance.learner) == ["ann"]


@pytest.mark.parametrize("name", ["instance.yml", "instance.yaml.txt", "Instance.yaml"])
def test_settings_of_another_name_are_named(tmp_path: Path, name: str) -> None:
    where = written(tmp_path)
    (where / "instance.yaml").rename(where / name)
    with pytest.raises(BadInstanceError) as found:
        load(where)
    assert f"{name}: this is not read: its name is another" in str(found.value)
    assert "did you mean 'instance.yaml'?" in str(found.value)


def test_columns_of_ones_own_are_let_be(tmp_path: Path) -> None:
    people = "learner,x_phone,Zoom link,enrolled\nann,1,2,2025-01-02\n"
    assert list(read(tmp_path, learners=people, instance="own_columns: [Zoom link]\n").learner) == ["ann"]
    assert "no column of this name" in faults(tmp_path / "x", learners=people)


def test_faults_of_one_kind_in_one_column_are_one_line(tmp_path: Path) -> None:
    rows = "".join(f"p{number},soon,later\n" for number in range(300))
    said = faults(tmp_path, learners=f"learner,enrolled,deadline\n{rows}")
    assert len(said.splitlines()) == 2
    assert "(300 of this kind in this column; the next in line 3, 4, 5, …)" in said


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("PST", "America/Los_Angeles"),
        ("EDT", "America/New_York"),
        ("CEST", "Europe/Berlin"),
        ("BST", "Europe/London"),
        ("Eastern Standard Time", "America/New_York"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("GMT+1", "Europe/Berlin"),
        ("UTC-08:00", "America/Los_Angeles"),
        ("+05:30", "Asia/Kolkata"),
        ("nowhere", None),
    ],
)
def test_the_zone_that_was_meant(text: str, zone: str | None) -> None:
    assert meant(text) == zone


def test_zones_that_are_easily_misread_are_warned_of(tmp_path: Path) -> None:
    people = "learner,enrolled,timezone\nann,2025-01-02,EST\nben,2025-01-02,Etc/GMT+5\ncyd,2025-01-02,Europe/London\n"
    warnings = [str(each) for each in load(written(tmp_path, learners=people)).warnings]
    assert len(warnings) == 2
    assert "EST is UTC-5 all the year: it has no summer time" in warnings[0]
    assert "did you mean 'America/New_York'?" in warnings[0]
    assert "Etc/GMT+5 is UTC-5 all the year" in warnings[1]
    assert odd("Europe/London") is None


def test_a_zone_reads_as_utc_on_screen_and_a_span_names_its_zone(tmp_path: Path) -> None:
    people = "learner,enrolled,timezone\nann,2025-01-02,Etc/GMT+5\n"
    sessions = "offering,start,minutes\nV25,2025-04-13 12:00,90\n"
    busy = "who,start,end\nann,2025-04-13 11:00,2025-04-13 12:30\n"
    done = run("path", written(tmp_path, learners=people, sessions=sessions, unavailable=busy))
    assert "local time UTC-5" in done.out
    assert "ann cannot come 2025-04-13 11:00 to 2025-04-13 12:30 local time (Etc/GMT+5)" in " ".join(done.out.split())


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("3-Feb-25", "2025-02-03"),
        ("3. Feb 2025", "2025-02-03"),
        ("1. März 2025", "2025-03-01"),
        ("31-Mrz-25", "2025-03-31"),
        ("3 févr. 2025", "2025-02-03"),
        ("14 juil. 2025", "2025-07-14"),
        ("14 juin 2025", "2025-06-14"),
        ("24-Dez-25", "2025-12-24"),
        ("03.02.25", "2025-02-03"),
        ("2025/02/03", "2025-02-03"),
    ],
)
def test_days_as_spreadsheets_of_three_languages_write_them(words: str, day: str) -> None:
    assert _date(words, None, with_time=False) == day


def test_a_year_of_two_digits_is_not_read_where_its_place_is_not_sure() -> None:
    assert _date("2/3/25", "day-first", with_time=False) == "2/3/25"
    assert _date("3 Feb 12:00", None, with_time=True) == "3 Feb 12:00"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04rest", "a workbook"),
        (b"\xd0\xcf\x11\xe0rest", "an old workbook"),
        (b"<!DOCTYPE html><table>", "a web page"),
        (b'"sep=\t"\noffering\tstart', "separated by tabs"),
        (b"offering,component,start,end\nX,CODE,45691,45692\n", "how a spreadsheet keeps 2025-02-03"),
    ],
)
def test_what_is_no_table_in_spite_of_its_name_is_said_to_be_what_it_is(
    tmp_path: Path, content: bytes, said: str
) -> None:
    where = written(tmp_path / "x")
    (where / "offerings.csv").write_bytes(content)
    ran = run("validate", where)
    assert ran.code == 2
    assert said in " ".join((ran.out + ran.err).split())


@pytest.mark.parametrize("day", ["5/5/2025", "05/05/2025", "2025-5-5", "2025. 5. 5.", "2025.05.05"])
def test_a_day_that_is_the_same_in_either_order_is_read(tmp_path: Path, day: str) -> None:
    runs = f"offering,component,start,end\nV25,V,{day},{day}\n"
    assert read(tmp_path, offerings=runs).offering["V25"].start == date(2025, 5, 5)


def test_a_date_against_the_declared_order_is_one_fault_that_says_so(tmp_path: Path) -> None:
    people = "learner,enrolled\nann,1/2/2025\nben,4/13/2025\n"
    said = faults(tmp_path, learners=people, instance="dates: day-first\n")
    assert "learners.csv:3:2: enrolled: instance.yaml says `dates: day-first`" in said
    assert said.count("\n") == 0


def test_what_is_no_date_is_told_beside_the_order_that_is_not_known(tmp_path: Path) -> None:
    said = faults(tmp_path, learners="learner,enrolled\nann,1/2/2025\nben,soon\n")
    assert len(said.splitlines()) == 2
    assert "learners.csv:3:2: enrolled: not a day; read 'soon'" in said


@pytest.mark.parametrize(
    "month", ["2026-03", "Mar-26", "Mrz 26", "March 2026", "3/2026", "03.2026", "2026/3", "2026-03-01"]
)
def test_months_as_spreadsheets_make_them(tmp_path: Path, month: str) -> None:
    instance = read(tmp_path, arrivals=f"month,learners\n{month},2\n", instance=YEAR)
    assert [each.month for each in instance.arrivals] == [date(2026, 3, 1)]


@pytest.mark.parametrize("month", ["26-Mar", "2026-03-15", "3/1/2026", "2026-13", "03/26"])
def test_what_is_no_month_stays_a_fault(tmp_path: Path, month: str) -> None:
    assert "arrivals.csv:2:1: month: " in faults(tmp_path, arrivals=f"month,learners\n{month},2\n", instance=YEAR)


@pytest.mark.parametrize("number", ["1.000", "1,000", "25.000"])
def test_a_number_that_may_be_thousands_is_no_guess(tmp_path: Path, number: str) -> None:
    runs = f"offering;component;start;end;seats\nV25;V;2025-04-13;2025-04-13;{number}\n"
    assert f"seats: not a number that can stand here; read '{number}'" in faults(tmp_path, offerings=runs)


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"sessions": "offering,start\nV25,45760.375\n"}, "is how a spreadsheet keeps 2025-02-03"),
        ({"learners": "learner,enrolled,earliest\nann,2025-01-02,0.375\n"}, "is how a spreadsheet keeps 09:00"),
    ],
)
def test_numbers_that_stand_for_times_are_said_to_be_such(tmp_path: Path, files: dict[str, str], words: str) -> None:
    assert words in faults(tmp_path, **files)


@pytest.mark.parametrize(
    "people",
    [
        "SEP=;\nlearner;enrolled\nann;2025-01-02\n",
        "sep=;\rlearner;enrolled\rann;2025-01-02\r",
        "sep=;,,\nlearner,enrolled,\nann,2025-01-02,\n",
        "sep=,,,,\nlearner,enrolled,\nann,2025-01-02,\n",
        "learner,enrolled,weekdays\rann,2025-01-02,tue;thu;fri;sat\r",
        "learner,,enrolled,,\nann,,2025-01-02,,\n",
        ",learner,enrolled\n,ann,2025-01-02\n",
        "learner,enrolled\nann,2025-01-02,,,\n",
    ],
)
def test_what_says_nothing_is_passed_over(tmp_path: Path, people: str) -> None:
    assert [each.enrolled for each in read(tmp_path, learners=people).learners] == [date(2025, 1, 2)]


@pytest.mark.parametrize("above", ["Learners of 2025\n", "Learners of 2025,\n", "Learners,2025\nas of May,\n"])
def test_a_header_below_a_title_is_one_fault(tmp_path: Path, above: str) -> None:
    said = faults(tmp_path, learners=f"{above}learner,enrolled\nann,2025-01-02\n")
    assert "learners.csv:1:1: no header: that stands in line" in said
    assert len(said.splitlines()) == 1


def test_ones_own_columns_are_known_in_any_capitals_and_never_hide_one_of_the_table(tmp_path: Path) -> None:
    people = "learner,enrolled,zoom LINK,Deadline\nann,2025-01-02,x,2026-01-01\n"
    instance = read(tmp_path, learners=people, instance="own_columns: [Zoom link, deadline]\n")
    assert instance.learner["ann"].deadline == date(2026, 1, 1)
