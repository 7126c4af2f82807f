"""Workbooks: written and read back they change nothing; what they hold that is no plain value is told by sheet, row, column."""

import csv
import filecmp
import io
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import get_args

import pytest
from openpyxl import Workbook, load_workbook

from scheduler.files.book_cells import Kind, text_of, value_of
from scheduler.files.column_words import MEANINGS, note_of
from scheduler.files.exporting import export
from scheduler.files.folder import load
from scheduler.files.rows import ROWS
from scheduler.files.writing import CannotWriteError
from tests.books import changed, exported, files_of
from tests.command import INSTANCES, TINY, run

SHIPPED = sorted(path.parent for path in INSTANCES.glob("*/instance.yaml"))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exported(TINY, tmp_path_factory.mktemp("books") / "tiny.xlsx")


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda path: path.name)
def test_a_round_trip_changes_nothing(folder: Path, tmp_path: Path) -> None:
    book = exported(folder, tmp_path / "book.xlsx")
    again = exported(book, tmp_path / "again")
    assert load(book).instance == load(folder).instance
    assert files_of(again) == files_of(folder)
    assert filecmp.cmpfiles(folder, again, files_of(folder), shallow=False)[0] == files_of(folder)


def test_a_book_of_a_book_is_the_same(tiny: Path, tmp_path: Path) -> None:
    second = exported(tiny, tmp_path / "second.xlsx")
    assert load(second).instance == load(TINY).instance


def test_cells_are_real_days_times_and_numbers(tiny: Path) -> None:
    book = load_workbook(tiny)
    assert book.sheetnames == [
        "readme",
        "offerings",
        "sessions",
        "learners",
        "records",
        "unavailable",
        "codes",
        "settings",
    ]
    offerings, sessions = book["offerings"], book["sessions"]
    head = [cell.value for cell in offerings[1]]
    first = dict(zip(head, offerings[2], strict=True))
    assert first["start"].value == at("2025-02-03")
    assert first["start"].number_format == "yyyy-mm-dd"
    assert isinstance(sessions["B2"].value, datetime)
    assert sessions["B2"].number_format == "yyyy-mm-dd hh:mm"
    assert offerings.freeze_panes == "A2"
    assert (offerings.page_setup.orientation, offerings.page_setup.fitToWidth) == ("landscape", 1)
    assert offerings.print_title_rows == "$1:$1"
    assert all(cell.comment and cell.comment.text for cell in offerings[1])
    assert first["offering"].number_format == "@"


def test_codes_and_statuses_are_chosen_from_lists(tiny: Path) -> None:
    records = load_workbook(tiny)["records"]
    head = [cell.value for cell in records[1]]
    lists = {str(each.sqref)[0]: each.formula1 for each in records.data_validations.dataValidation}
    of = {name: lists.get("ABCDEFGH"[place]) for place, name in enumerate(head)}
    assert of["status"] == '"completed,booked,missed,exempt,waived"'
    assert of["component"] == "codes!$A$2:$A$7"
    assert of["offering"] == "offerings!$A$2:$A$1011"
    assert of["learner"] == "learners!$A$2:$A$1004"


def test_every_column_has_words() -> None:
    assert {name: list(row.model_fields) for name, row in ROWS.items()} == {
        name: list(columns) for name, columns in MEANINGS.items()
    }
    for name, row in ROWS.items():
        for column, field in row.model_fields.items():
            assert ("Must be filled." in note_of(name, column)) == field.is_required()


@pytest.mark.parametrize(
    ("value", "number_format", "kind", "text"),
    [
        (at("2025-04-01"), "dd/mm/yyyy", "day", "2025-04-01"),
        (at("2025-04-01"), "yyyy-mm-dd hh:mm", "moment", "2025-04-01 00:00"),
        (at("2025-04-01 09:19:59.999900"), "m/d/yy h:mm", "moment", "2025-04-01 09:20"),
        (at("2025-04-01 09:20:07"), "m/d/yy h:mm", "moment", "2025-04-01 09:20:07"),
        (at("2025-09-01"), "mmm-yy", "month", "2025-09"),
        (at("2025-09-01"), "mmm-yy", "day", "2025-09-01"),
        (date(2025, 4, 1), "", "day", "2025-04-01"),
        (time(9, 0), "h:mm", "clock", "09:00"),
        (timedelta(days=1), "[h]:mm", "clock", "24:00"),
        (25.0, "", "whole", "25"),
        (2.5, "", "decimal", "2.5"),
        (0.1 + 0.2, "", "decimal", "0.3"),
        (True, "", "text", "TRUE"),
        (7, "", "text", "7"),
        (None, "", "text", ""),
    ],
)
def test_what_a_cell_says(value: object, number_format: str, kind: str, text: str) -> None:
    assert text_of(value, number_format, kind) == text  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["25.0", "007", "4/13/2025", "8:00", "24:00", "nan", "inf", "1e3", "2.50", "1850-01-01", "٣"]
)
def test_a_text_that_a_cell_would_change_stays_text(text: str) -> None:
    for kind in get_args(Kind):
        assert value_of(text, kind) == text


def test_nothing_that_is_written_is_a_formula(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    exported(exported(TINY, tmp_path / "a.xlsx"), folder)
    notes = ["=1+1", "+1", "-1", "@SUM(A1)", "#N/A", '=HYPERLINK("http://x")', "two\nlines", "\u00e4 \u2014 \U0001f600"]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(
        [
            ["learner", "x_mine"],
            ["ada", ""],
            ["ben", ""],
            ["cal", ""],
            *([f"p{n}", note] for n, note in enumerate(notes)),
        ]
    )
    (folder / "learners.csv").write_text(text.getvalue(), encoding="utf-8")
    book = exported(folder, tmp_path / "b.xlsx")
    cells = [row[1] for row in load_workbook(book)["learners"].iter_rows(min_row=5)]
    assert {(cell.data_type, cell.number_format) for cell in cells} == {("s", "@")}
    assert [cell.value for cell in cells] == notes
    assert (exported(book, tmp_path / "again") / "learners.csv").read_text(encoding="utf-8") == text.getvalue()


def test_what_excel_makes_of_cells_is_read(tiny: Path, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        learners, offerings = book["learners"], book["offerings"]
        offerings["C3"].number_format = "m/d/yyyy"
        learners["A1"] = "LEARNER "
        learners.insert_rows(3)
        book.create_sheet("x_mine")["A1"] = "=1+1"
        records = book["records"]
        records["I1"] = "x_done"
        records["I2"] = True

    loaded = load(changed(tiny, tmp_path / "edited.xlsx", change))
    assert loaded.instance == load(TINY).instance
    assert loaded.warnings == ()


def test_what_a_cell_cannot_hold_is_refused(tmp_path: Path) -> None:
    folder = exported(exported(TINY, tmp_path / "a.xlsx"), tmp_path / "folder")
    (folder / "learners.csv").write_text(f"learner,x_mine\nada,{'x' * 40_000}\nben,\ncal,\n", encoding="utf-8")
    with pytest.raises(CannotWriteError, match="longer than a cell"):
        exported(folder, tmp_path / "b.xlsx")
    assert not (tmp_path / "b.xlsx").exists()


def test_an_own_sheet_is_never_lost(tiny: Path, tmp_path: Path) -> None:
    path = changed(tiny, tmp_path / "edited.xlsx", lambda book: book.create_sheet("x_mine"))
    before = path.read_bytes()
    with pytest.raises(CannotWriteError, match="sheets of its own that would be lost"):
        export(TINY, path, load(TINY).instance, force=True)
    assert path.read_bytes() == before


def test_the_command_exports_both_ways(tmp_path: Path) -> None:
    book, folder = tmp_path / "t.xlsx", tmp_path / "t"
    assert run("export", TINY, book).err == f"wrote {book}\n"
    assert run("export", TINY, book).code == 2
    assert run("export", book, folder).code == 0
    (folder / "trainers.csv").write_text("trainer\ntia\n", encoding="utf-8")
    (folder / "plan.pdf").write_bytes(b"x")
    done = run("export", book, folder, "--force")
    assert done.code == 0
    assert files_of(folder) == sorted([*files_of(TINY), "plan.pdf"])
    assert "not taken along: plan.pdf" in run("export", folder, book, "--force").err


def test_commands_take_a_book_and_answer_alike(tiny: Path) -> None:
    for words in (("path", "--csv"), ("progress", "--csv"), ("audit", "--json"), ("rules",)):
        command, *rest = words
        assert run(command, tiny, *rest).out == run(command, TINY, *rest).out


def test_a_book_is_written_where_a_folder_would_be(tmp_path: Path) -> None:
    book = exported(INSTANCES / "waitlist-2025", tmp_path / "w.xlsx")
    written = tmp_path / "proposed.xlsx"
    done = run("repeats", book, "--component", "DECIDE", "--write", written, "--time-limit", "20")
    assert done.code in {0, 1, 3}, done.err
    assert len(load(written).instance.offerings) > len(load(book).instance.offerings)
    assert run("new", tmp_path / "new.xlsx").code == 2
    assert not (tmp_path / "new.xlsx").exists()


def test_a_command_that_changes_a_folder_refuses_a_book(tmp_path: Path, tiny: Path) -> None:
    calendar = tmp_path / "ada.ics"
    calendar.write_text(
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:1\nDTSTAMP:20250101T000000Z\n"
        "DTSTART:20250303T150000Z\nDTEND:20250303T160000Z\nEND:VEVENT\nEND:VCALENDAR\n",
        encoding="utf-8",
    )
    before = tiny.read_bytes()
    done = run("import", "calendar", calendar, tiny, "--who", "ada")
    assert done.code == 2
    assert f"scheduler export {tiny} FOLDER" in done.err
    assert tiny.read_bytes() == before


def test_a_book_alone_shows_what_is_in_it(tiny: Path) -> None:
    alone = run(tiny)
    assert (alone.code, alone.out) == (0, run("show", tiny).out)


def test_tidy_takes_folders_only_and_says_so(tiny: Path) -> None:
    done = run("tidy", tiny)
    assert done.code == 2
    assert f"make one: scheduler export {tiny} FOLDER" in done.err


def test_the_names_of_imports_are_read_in_a_book_too(tmp_path: Path) -> None:
    folder = exported(exported(TINY, tmp_path / "a.xlsx"), tmp_path / "folder")
    (folder / "imports.yaml").write_text("nonsense: 1\n", encoding="utf-8")
    line = ["imports.yaml", "nonsense: 1"]
    book = changed(tmp_path / "a.xlsx", tmp_path / "b.xlsx", lambda each: each["settings"].append(line))
    assert [run("validate", place).code for place in (folder, book)] == [2, 2]
    assert "sheet settings, row" in run("validate", book).err
