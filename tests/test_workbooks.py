"""Workbooks: written and read back they change nothing; what they hold that is no plain value is told by sheet, row, column."""

import filecmp
import struct
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from scheduler.files.book_cells import kinds_of, text_of, value_of
from scheduler.files.column_words import MEANINGS, note_of
from scheduler.files.exporting import export
from scheduler.files.faults import BadInstanceError
from scheduler.files.folder import load
from scheduler.files.rows import ROWS
from scheduler.files.writing import CannotWriteError
from tests.command import scheduler

INSTANCES = Path("instances")
SHIPPED = sorted(path.parent for path in INSTANCES.glob("*/instance.yaml"))
TINY = INSTANCES / "tiny"


def exported(source: Path, target: Path) -> Path:
    export(source, target, load(source).instance)
    return target


def faults_of(book: Path) -> list[str]:
    with pytest.raises(BadInstanceError) as found:
        load(book)
    return [str(fault) for fault in found.value.faults]


def files_of(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exported(TINY, tmp_path_factory.mktemp("books") / "tiny.xlsx")


@pytest.fixture
def edited(tiny: Path, tmp_path: Path) -> Callable[[Callable[[Workbook], object]], Path]:
    """Return a copy of the book of `tiny` that somebody has changed."""

    def changed(change: Callable[[Workbook], object]) -> Path:
        book = load_workbook(tiny)
        change(book)
        path = tmp_path / "edited.xlsx"
        book.save(path)
        return path

    return changed


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
    assert book.sheetnames == ["readme", "offerings", "sessions", "learners", "records", "unavailable", "codes", "settings"]
    offerings, sessions = book["offerings"], book["sessions"]
    head = [cell.value for cell in offerings[1]]
    first = dict(zip(head, offerings[2], strict=True))
    assert first["start"].value == datetime(2025, 2, 3)
    assert first["start"].number_format == "yyyy-mm-dd"
    assert isinstance(sessions["B2"].value, datetime)
    assert sessions["B2"].number_format == "yyyy-mm-dd hh:mm"
    assert offerings.freeze_panes == "A2"
    assert all(cell.comment and cell.comment.text for cell in offerings[1])
    assert first["offering"].number_format == "@"


def test_codes_and_statuses_are_chosen_from_lists(tiny: Path) -> None:
    records = load_workbook(tiny)["records"]
    head = [cell.value for cell in records[1]]
    lists = {str(each.sqref)[0]: each.formula1 for each in records.data_validations.dataValidation}
    of = {name: lists.get("ABCDEFGH"[place]) for place, name in enumerate(head)}
    assert of["status"] == '"completed,booked,missed,exempt,waived"'
    assert of["component"] == "codes!$A$2:$A$8"
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
        (datetime(2025, 4, 1), "dd/mm/yyyy", "day", "2025-04-01"),
        (datetime(2025, 4, 1), "yyyy-mm-dd hh:mm", "moment", "2025-04-01 00:00"),
        (datetime(2025, 4, 1, 9, 19, 59, 999_900), "m/d/yy h:mm", "moment", "2025-04-01 09:20"),
        (datetime(2025, 4, 1, 9, 20, 7), "m/d/yy h:mm", "moment", "2025-04-01 09:20:07"),
        (datetime(2025, 9, 1), "mmm-yy", "month", "2025-09"),
        (datetime(2025, 9, 1), "mmm-yy", "day", "2025-09-01"),
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


@pytest.mark.parametrize("text", ["25.0", "007", "4/13/2025", "8:00", "24:00", "nan", "inf", "1e3", "2.50", "1850-01-01", "٣"])
def test_a_text_that_a_cell_would_change_stays_text(text: str) -> None:
    for kind in set(kinds_of(ROWS["offerings"]).values()) | {"clock", "month", "either", "moment"}:
        assert value_of(text, kind) == text


def test_nothing_that_is_written_is_a_formula(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    exported(exported(TINY, tmp_path / "a.xlsx"), folder)
    notes = ["=1+1", "+1", "-1", "@SUM(A1)", "#N/A", "=HYPERLINK(\"http://x\")", " =1", "\u00e4 \u2014 \U0001f600"]
    rows = "".join(f"p{n},{note!r}\n".replace("'", '"') if '"' not in note else f"p{n},=x\n" for n, note in enumerate(notes))
    (folder / "learners.csv").write_text(f"learner,x_mine\nada,\nben,\ncal,\n{rows}", encoding="utf-8")
    book = exported(folder, tmp_path / "b.xlsx")
    cells = [row[1] for row in load_workbook(book)["learners"].iter_rows(min_row=5)]
    assert {cell.data_type for cell in cells} == {"s"}
    again = exported(book, tmp_path / "again")
    assert (again / "learners.csv").read_text(encoding="utf-8") == (folder / "learners.csv").read_text(encoding="utf-8").replace(
        '" =1"', "=1"
    )


def test_faults_name_sheet_row_and_column(edited: Callable[[Callable[[Workbook], object]], Path]) -> None:
    def change(book: Workbook) -> None:
        book["records"]["D3"] = "bookd"
        book["offerings"]["C5"] = "=C4+7"
        book["sessions"]["A4"] = "NOWHERE"
        book["learners"]["B2"] = "#N/A"
        book["settings"]["B4"] = "as_of: someday"

    path = edited(change)
    told = "\n".join(faults_of(path))
    assert f"{path}, sheet records, row 3, column D: status: " in told
    assert f"{path}, sheet offerings, row 5, column C: a formula; none is worked out here" in told
    assert f"{path}, sheet sessions, row 4, column A: offering: " in told
    assert f"{path}, sheet learners, row 2, column B: an error of the spreadsheet program" in told
    assert f"{path}, sheet settings, row 4, column B: instance.yaml: " in told
    assert ".csv" not in told


def test_what_excel_makes_of_cells_is_read(edited: Callable[[Callable[[Workbook], object]], Path]) -> None:
    def change(book: Workbook) -> None:
        learners, offerings = book["learners"], book["offerings"]
        head = {cell.value: cell.column for cell in offerings[1]}
        offerings.cell(3, head["start"]).number_format = "m/d/yyyy"
        offerings.cell(3, head["seats"] if "seats" in head else head["start"])
        learners["A1"] = "LEARNER "
        learners.insert_rows(3)
        book.create_sheet("x_mine")["A1"] = "=1+1"
        records = book["records"]
        records.cell(1, records.max_column + 1, "x_done").number_format = "@"
        records.cell(2, records.max_column, value=True)

    loaded = load(edited(change))
    assert loaded.instance == load(TINY).instance
    assert loaded.warnings == ()


def test_sheets_that_nobody_reads_are_named_once(edited: Callable[[Callable[[Workbook], object]], Path]) -> None:
    def change(book: Workbook) -> None:
        for title in ("Notes", "trainer", "x_mine"):
            book.create_sheet(title)

    path = edited(change)
    words = "sheets that are not read: Notes, trainer (did you mean trainers?)"
    assert [str(each) for each in load(path).warnings] == [f"{path}: {words}; allowed: a name that starts with x_"]


def test_a_book_without_settings_says_so(edited: Callable[[Callable[[Workbook], object]], Path]) -> None:
    path = edited(lambda book: book.remove(book["settings"]))
    assert any("the sheet with the lines of instance.yaml is missing" in fault for fault in faults_of(path))


def zipped(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return path


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tiny: Path, tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(tiny) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in source.infolist():
            archive.writestr(member, source.read(member))
        with archive.open("xl/worksheets/sheet99.xml", "w", force_zip64=True) as stream:
            for _ in range(410):
                stream.write(bytes(1_000_000))
    assert path.stat().st_size < 1_000_000
    (fault,) = faults_of(path)
    assert "(a zip bomb?); at most 400,000,000 are unpacked" in fault


def test_a_lie_about_a_size_unpacks_nothing_more(tiny: Path, tmp_path: Path) -> None:
    content = bytearray(tiny.read_bytes())
    place = content.rfind(b"PK\x01\x02", 0, content.rfind(b"xl/worksheets/sheet2.xml"))
    struct.pack_into("<I", content, place + 24, 10)
    path = tmp_path / "lie.xlsx"
    path.write_bytes(content)
    (fault,) = faults_of(path)
    assert "not a workbook that can be read (damaged?)" in fault


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"offering,component\n", "this is a file, not a folder, and not a workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000), "an old Excel workbook (.xls)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        (b"PK\x03\x04" + bytes(50), "damaged"),
    ],
)
def test_what_is_no_workbook_is_told_by_what_it_is(content: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(content)
    (fault,) = faults_of(path)
    assert words in fault
    assert fault.endswith("allowed: a workbook saved as .xlsx")


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"word__document_xml": b"<a/>"}, "a Word document"),
        ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}, "a LibreOffice (OpenDocument) file"),
        ({"xl__workbook.bin": b""}, "binary kind (.xlsb)"),
        ({"a.txt": b"x"}, "a zip archive"),
        ({"xl__workbook_xml": b"<workbook"}, "damaged?"),
        ({"xl__workbook_xml": b"<a/>", "xl__styles_xml": bytes(9_000_000)}, "its part xl/styles.xml unpacks to"),
    ],
)
def test_other_archives_are_refused(members: dict[str, bytes], words: str, tmp_path: Path) -> None:
    (fault,) = faults_of(zipped(tmp_path / "book.xlsx", **members))
    assert words in fault


def test_the_cells_of_a_sheet_are_bounded(tiny: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tiny) as source:
        name = "xl/worksheets/sheet4.xml"
        sheets = {member: source.read(member) for member in source.namelist()}
    for cell, words in (
        ('<row r="9"><c r="XFD9"><v>1</v></c></row>', "sheet learners, row 9, column A: a cell beyond column 256"),
        ('<row r="999999999"><c r="A999999999"><v>1</v></c></row>', "a row beyond the last one that a sheet has"),
    ):
        path = tmp_path / "wide.xlsx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, content in sheets.items():
                changed = content.replace(b"</sheetData>", f"{cell}</sheetData>".encode()) if member == name else content
                archive.writestr(member, changed)
        assert any(words in fault for fault in faults_of(path))


def test_entities_are_not_expanded(tiny: Path, tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "%s">' % (b"x" * 1000)
    for level in range(8):
        bomb += b'<!ENTITY %s "%s">' % (bytes([99 + level]), b"&%s;" % bytes([98 + level]) * 20)
    path = tmp_path / "entities.xlsx"
    with zipfile.ZipFile(tiny) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in source.namelist():
            content = source.read(member)
            if member == "xl/worksheets/sheet4.xml":
                head, start, rest = content.partition(b"<worksheet")
                content = head + bomb + b"]>" + start + rest.replace(b"ada", b"&j;")
            archive.writestr(member, content)
    assert faults_of(path)


def test_what_a_cell_cannot_hold_is_refused(tmp_path: Path) -> None:
    folder = exported(exported(TINY, tmp_path / "a.xlsx"), tmp_path / "folder")
    (folder / "learners.csv").write_text(f"learner,x_mine\nada,{'x' * 40_000}\nben,\ncal,\n", encoding="utf-8")
    with pytest.raises(CannotWriteError, match="longer than a cell"):
        exported(folder, tmp_path / "b.xlsx")
    assert not (tmp_path / "b.xlsx").exists()


def test_an_own_sheet_is_never_lost(edited: Callable[[Callable[[Workbook], object]], Path]) -> None:
    path = edited(lambda book: book.create_sheet("x_mine"))
    before = path.read_bytes()
    with pytest.raises(CannotWriteError, match="sheets of its own that would be lost"):
        export(TINY, path, load(TINY).instance, force=True)
    assert path.read_bytes() == before


def test_the_command_exports_both_ways(tmp_path: Path) -> None:
    book, folder = tmp_path / "t.xlsx", tmp_path / "t"
    assert scheduler("export", TINY, book).stderr == f"wrote {book}\n"
    assert scheduler("export", TINY, book).returncode == 2
    assert scheduler("export", book, folder).returncode == 0
    (folder / "trainers.csv").write_text("trainer\ntia\n", encoding="utf-8")
    (folder / "plan.pdf").write_bytes(b"x")
    done = scheduler("export", book, folder, "--force")
    assert done.returncode == 0
    assert files_of(folder) == sorted([*files_of(TINY), "plan.pdf"])
    assert "not taken along: plan.pdf" in scheduler("export", folder, book, "--force").stderr


def test_commands_take_a_book_and_answer_alike(tiny: Path) -> None:
    for words in (("path", "--csv"), ("progress", "--csv"), ("audit", "--json"), ("rules",)):
        command, *rest = words
        assert scheduler(command, tiny, *rest).stdout == scheduler(command, TINY, *rest).stdout


def test_a_book_is_written_where_a_folder_would_be(tmp_path: Path) -> None:
    book = exported(INSTANCES / "waitlist-2025", tmp_path / "w.xlsx")
    written = tmp_path / "proposed.xlsx"
    done = scheduler("repeats", book, "--component", "FACIL", "--write", written, "--time-limit", 20)
    assert done.returncode in {0, 1, 3}, done.stderr
    assert len(load(written).instance.offerings) > len(load(book).instance.offerings)
    assert scheduler("new", tmp_path / "new.xlsx").returncode == 2
    assert not (tmp_path / "new.xlsx").exists()


def test_a_command_that_changes_a_folder_refuses_a_book(tmp_path: Path, tiny: Path) -> None:
    calendar = tmp_path / "ada.ics"
    calendar.write_text(
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:1\nDTSTAMP:20250101T000000Z\n"
        "DTSTART:20250303T150000Z\nDTEND:20250303T160000Z\nEND:VEVENT\nEND:VCALENDAR\n",
        encoding="utf-8",
    )
    before = tiny.read_bytes()
    done = scheduler("import", "calendar", calendar, tiny, "--who", "ada")
    assert done.returncode == 2
    assert f"scheduler export {tiny} FOLDER" in done.stderr
    assert tiny.read_bytes() == before
