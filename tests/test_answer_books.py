"""`--xlsx FILE`: an answer as a workbook, in sentences and tables, as staff hand it on."""

import csv
import io
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.command import INSTANCES, TINY, run
from tests.year_files import year_folder

WAITLIST = INSTANCES / "waitlist-2025"
ASKED: dict[str, tuple[str | Path, ...]] = {
    "path": ("path", TINY),
    "one": ("path", TINY, "--learner", "ada"),
    "repeats": ("repeats", WAITLIST, "--component", "VALUES", "--time-limit", "20"),
    "all repeats": ("repeats", WAITLIST, "--time-limit", "20"),
    "critical": ("critical", TINY),
    "value": ("value", TINY, "--component", "ALPHA"),
    "progress": ("progress", TINY),
    "audit": ("audit", INSTANCES / "cscce-2023-2026"),
}


def book_of(path: Path) -> Any:  # noqa: ANN401 - openpyxl's workbook
    """Open a workbook as it is written."""
    return openpyxl.load_workbook(path)


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.slow] * (name == "all repeats")) for name in ASKED]
)
def test_an_answer_is_a_sheet_of_sentences_and_sheets_of_tables(name: str, tmp_path: Path) -> None:
    target = tmp_path / "answer.xlsx"
    plain, with_book = run(*ASKED[name]), run(*ASKED[name], "--xlsx", target)
    assert (with_book.code, with_book.out) == (plain.code, plain.out)
    book = book_of(target)
    first, *tables = book.worksheets
    words = [row[0] for row in first.iter_rows(values_only=True) if row[0]]
    assert words[-1].startswith("Input sha256:")
    assert "What this rests on" in words
    assert not any("--" in line for line in words)
    assert tables
    for sheet in tables:
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("landscape", 1)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.freeze_panes
        assert sheet.max_row > 1
        assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)


def test_days_are_days_and_numbers_are_numbers(tmp_path: Path) -> None:
    run("path", TINY, "--xlsx", tmp_path / "answer.xlsx")
    rows = list(book_of(tmp_path / "answer.xlsx")["Graduations"].iter_rows(values_only=True))
    found = {row[0]: dict(zip(rows[0], row, strict=True)) for row in rows[1:]}
    assert isinstance(found["ada"]["Graduation"], datetime)
    assert isinstance(found["ada"]["Delay"], int)


def test_a_planned_year_has_its_screen_as_sheets_too(tmp_path: Path) -> None:
    run("calendar", year_folder(tmp_path / "year"), "--quiet", "--xlsx", tmp_path / "year.xlsx")
    titles = book_of(tmp_path / "year.xlsx").sheetnames
    assert {"Answer", "Offerings to add", "Compared with", "All sessions"} <= set(titles)


def test_a_name_that_is_no_workbooks_is_refused_before_any_search(tmp_path: Path) -> None:
    done = run("path", TINY, "--xlsx", tmp_path / "answer.xls")
    assert done.code == 2
    assert "it ends in .xlsx" in done.err
    missing = run("path", TINY, "--xlsx", tmp_path / "none" / "answer.xlsx", "--quiet")
    assert missing.code == 2
    assert "cannot write" in missing.err


def test_promises_and_rules_are_tables_too(tmp_path: Path) -> None:
    done = run("audit", INSTANCES / "cscce-2023-2026", "--csv", "--quiet")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert {row["verdict"] for row in rows} >= {"kept", "broken"}
    assert done.code == 1
    ran = run("rules", TINY, "--csv", "--out", tmp_path / "rules.csv", "--quiet")
    stated = list(csv.DictReader(io.StringIO((tmp_path / "rules.csv").read_text(encoding="utf-8"))))
    assert (ran.code, ran.out) == (0, "")
    assert {row["edition"] for row in stated} == {"tiny", ""}
    assert all(row["sentence"] for row in stated)
