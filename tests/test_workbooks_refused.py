"""What is no workbook, what would unpack to too much, and cells that hold no plain value: each told with its place."""

import struct
from pathlib import Path

import pytest
from openpyxl import Workbook

from scheduler.files.folder import load
from tests.books import changed, exported, faults_of, parts_of, zipped
from tests.command import TINY

LEARNERS = "xl/worksheets/sheet4.xml"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exported(TINY, tmp_path_factory.mktemp("books") / "tiny.xlsx")


def test_faults_name_sheet_row_and_column(tiny: Path, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book["records"]["D3"] = "bookd"
        book["offerings"]["C5"] = "=C4+7"
        book["sessions"]["A4"] = "NOWHERE"
        book["learners"]["B2"] = "#N/A"
        book["settings"]["B6"] = "as_of: someday"

    path = changed(tiny, tmp_path / "edited.xlsx", change)
    told = "\n".join(faults_of(path))
    assert f"{path}, sheet records, row 3, column D: status: " in told
    assert f"{path}, sheet offerings, row 5, column C: a formula; none is worked out here" in told
    assert f"{path}, sheet sessions, row 4, column A: offering: " in told
    assert f"{path}, sheet learners, row 2, column B: an error of the spreadsheet program" in told
    assert f"{path}, sheet settings, row 6, column B: instance.yaml: " in told
    assert ".csv" not in told


def test_sheets_that_nobody_reads_are_named_once(tiny: Path, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        for title in ("Notes", "trainer", "x_mine"):
            book.create_sheet(title)

    path = changed(tiny, tmp_path / "edited.xlsx", change)
    words = "sheets that are not read: Notes, trainer (did you mean trainers?)"
    assert [str(each) for each in load(path).warnings] == [f"{path}: {words}; allowed: a name that starts with x_"]


def test_a_book_without_settings_says_so(tiny: Path, tmp_path: Path) -> None:
    path = changed(tiny, tmp_path / "edited.xlsx", lambda book: book.remove(book["settings"]))
    assert ["the sheet with the lines of instance.yaml is missing" in fault for fault in faults_of(path)] == [True]


def test_two_sheets_that_could_be_one_table_are_a_fault(tiny: Path, tmp_path: Path) -> None:
    path = changed(tiny, tmp_path / "edited.xlsx", lambda book: book.create_sheet("learners "))
    assert faults_of(path) == [
        f"{path}, sheet learners: two sheets of this name: 'learners' and 'learners '; allowed: one; rename the other"
    ]


@pytest.mark.parametrize(
    ("span", "place"),
    [
        ("B2:B3", "row 2, column B"),
        ("A2:B2", "row 2, column A"),
        ("B1:B4", "row 2, column B"),
        ("D2:G2", None),
        ("A9:B12", None),
    ],
)
def test_merged_cells_of_a_table_are_one_fault(tiny: Path, tmp_path: Path, span: str, place: str | None) -> None:
    path = tmp_path / "edited.xlsx"
    changed(tiny, path, lambda book: book["unavailable"].merge_cells(span))
    told = faults_of(path) if place else [str(each) for each in load(path).warnings]
    merged = [fault for fault in told if "merged cells, of which only the first one holds the value" in fault]
    assert [f"{place}: " in fault and f"read '{span}'" in fault for fault in merged] == ([True] if place else [])


def stating(path: Path, source: Path, size: int) -> Path:
    """Write a workbook whose list of parts says that its first sheet unpacks to so many bytes."""
    content = bytearray(source.read_bytes())
    place = content.rfind(b"PK\x01\x02", 0, content.rfind(b"xl/worksheets/sheet1.xml"))
    struct.pack_into("<I", content, place + 24, size)
    path.write_bytes(content)
    return path


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tiny: Path, tmp_path: Path) -> None:
    (fault,) = faults_of(stating(tmp_path / "bomb.xlsx", tiny, 500_000_000))
    assert "(a zip bomb?); at most 400,000,000 are unpacked" in fault


def test_a_lie_about_a_size_unpacks_nothing_more(tiny: Path, tmp_path: Path) -> None:
    (fault,) = faults_of(stating(tmp_path / "lie.xlsx", tiny, 10))
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
        ({"word/document.xml": b"<a/>"}, "a Word document"),
        ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}, "a LibreOffice (OpenDocument) file"),
        ({"xl/workbook.bin": b""}, "binary kind (.xlsb)"),
        ({"a.txt": b"x"}, "a zip archive"),
        ({"xl/workbook.xml": b"<workbook"}, "damaged?"),
        ({"xl/workbook.xml": b"<a/>", "xl/styles.xml": bytes(9_000_000)}, "its part xl/styles.xml unpacks to"),
    ],
)
def test_other_archives_are_refused(members: dict[str, bytes], words: str, tmp_path: Path) -> None:
    (fault,) = faults_of(zipped(tmp_path / "book.xlsx", members))
    assert words in fault


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ('<row r="9"><c r="XFD9"><v>1</v></c></row>', "sheet learners, row 9, column A: a cell beyond column 256"),
        ('<row r="999999999"><c r="A999999999"><v>1</v></c></row>', "a row beyond the last one that a sheet has"),
        ('<row r="9"><c r="A9" t="s"><v>77</v></c></row>', "not a workbook that can be read (damaged?)"),
    ],
)
def test_the_cells_of_a_sheet_are_bounded(row: str, words: str, tiny: Path, tmp_path: Path) -> None:
    parts = parts_of(tiny)
    parts[LEARNERS] = parts[LEARNERS].replace(b"</sheetData>", f"{row}</sheetData>".encode())
    assert any(words in fault for fault in faults_of(zipped(tmp_path / "wide.xlsx", parts)))


def test_entities_are_not_expanded(tiny: Path, tmp_path: Path) -> None:
    entities = b'<!DOCTYPE a [<!ENTITY b "%s">' % (b"x" * 1000)
    for level in range(8):
        entities += b'<!ENTITY %c "%s">' % (99 + level, b"&%c;" % (98 + level) * 20)
    parts = parts_of(tiny)
    head, start, rest = parts[LEARNERS].partition(b"<worksheet")
    parts[LEARNERS] = head + entities + b"]>" + start + rest.replace(b"ada", b"&j;")
    assert any("damaged?" in fault for fault in faults_of(zipped(tmp_path / "entities.xlsx", parts)))
