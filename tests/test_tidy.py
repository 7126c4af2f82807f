"""Tidying a folder: one form of every table, the same instance afterwards, nothing written unasked or by half."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.files.extended import extended
from scheduler.files.folder import load
from scheduler.files.tidy import BEFORE, WouldChangeMeaningError, tidied, write_tidied
from tests.command import INSTANCES, TINY, run
from tests.test_tolerant_files import written

FOLDERS = sorted(path.parent for path in INSTANCES.glob("*/instance.yaml"))
FOREIGN = (
    "sep=;\nOffering; COMPONENT ;Start;end;weekly_hours;seats;trainers;Zoom link;\n"
    'V26;V;13.04.2026;14. 4. 2026;2,5;25,0;"t2, t1";https://a.example;\n;;;;;;;;\n'
    "V25;V;13 Apr 2025;2025-04-13 00:00:00;;;;=1+1;\n"
)
OWN = 'own_columns: ["Zoom link"]  # ours\n'
TIDY = (
    "offering,component,start,end,weekly_hours,seats,trainers,Zoom link\n"
    "V25,V,2025-04-13,2025-04-13,,,,=1+1\n"
    "V26,V,2026-04-13,2026-04-14,2.5,25,t2;t1,https://a.example\n"
)


def foreign(place: Path) -> Path:
    """Write a folder as a German Excel leaves it."""
    sessions = "offering,start,minutes\nV26,4/13/2026 9:00 AM,90\nV25,4/13/2025 13:00,90\n"
    return written(place, offerings=FOREIGN, sessions=sessions, instance=OWN)


def files_of(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("source", FOLDERS, ids=lambda path: path.name)
def test_a_tidied_folder_is_read_as_the_same_instance_and_is_tidy(tmp_path: Path, source: Path) -> None:
    folder = tmp_path / "programme"
    shutil.copytree(source, folder)
    before = load(folder).instance
    write_tidied(folder, tidied(folder))
    assert load(folder).instance == before
    assert tidied(folder) == ()


@settings(max_examples=25)
@given(
    order=st.permutations(range(4)),
    day=st.sampled_from(["{m}/{d}/{y}", "{d}.{m}.{y}", "{d} Apr {y}", "{y}-{m:02}-{d:02}"]),
    separator=st.sampled_from([",", ";"]),
    clock=st.sampled_from(["9:00", "09:00:00", "9:00 AM"]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_however_a_table_is_written_the_meaning_stays(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], day: str, separator: str, clock: str, end: str
) -> None:
    folder = tmp_path_factory.mktemp("programme")
    days = [day.format(d=number, m=4, y=2025) for number in (3, 13, 23, 30)]
    rows = [["V" + str(number), "V", days[number], days[number]] for number in order]
    meetings = [["V" + str(number), f"{days[number]} {clock}"] for number in order]
    tables = {
        "offerings": [["Offering", "component", "start", "end"], *rows],
        "sessions": [["offering", "start"], *meetings],
    }
    texts = {name: end.join(separator.join(row) for row in table) + end for name, table in tables.items()}
    written(folder, **texts)
    before = load(folder).instance
    write_tidied(folder, tidied(folder))
    assert load(folder).instance == before
    assert tidied(folder) == ()
    assert (
        (folder / "offerings.csv")
        .read_bytes()
        .startswith(b"offering,component,start,end\nV0,V,2025-04-03,2025-04-03\n")
    )


def test_what_a_german_excel_leaves_becomes_the_formats_form(tmp_path: Path) -> None:
    folder = foreign(tmp_path)
    before = load(folder).instance
    ran = run("tidy", folder, "--yes")
    assert (ran.code, load(folder).instance) == (0, before)
    assert (folder / "offerings.csv").read_text(encoding="utf-8") == TIDY
    assert (folder / "sessions.csv").read_text(encoding="utf-8").splitlines()[1] == "V25,2025-04-13 13:00,90"
    assert "# ours" in (folder / "instance.yaml").read_text(encoding="utf-8")
    assert "+V25,V,2025-04-13" in ran.out


def test_the_tables_as_they_were_are_kept(tmp_path: Path) -> None:
    folder = foreign(tmp_path)
    before = (folder / "offerings.csv").read_bytes()
    run("tidy", folder, "--yes")
    assert (folder / BEFORE / "offerings.csv").read_bytes() == before
    kept = files_of(folder)
    assert run("tidy", folder, "--yes").out == f"{folder} is tidy already.\n"
    assert files_of(folder) == kept


@pytest.mark.parametrize("words", [(), ("--dry-run",)])
def test_nothing_is_written_unasked(tmp_path: Path, words: tuple[str, ...]) -> None:
    folder = foreign(tmp_path)
    before = files_of(folder)
    ran = run("tidy", folder, *words)
    assert (ran.code, files_of(folder)) == (0, before)
    assert "nothing was written" in ran.err


def test_a_folder_with_faults_is_refused_with_all_of_them(tmp_path: Path) -> None:
    folder = written(tmp_path, learners="learner,enrolled\nann,1/2/2025\n")
    before = files_of(folder)
    ran = run("tidy", folder, "--yes")
    assert (ran.code, files_of(folder)) == (2, before)
    assert "can be read in two ways" in ran.err


def test_what_would_be_read_otherwise_is_not_written(tmp_path: Path) -> None:
    import dataclasses

    folder = foreign(tmp_path)
    before = files_of(folder)
    worse = [dataclasses.replace(each, after=each.after.replace("2.5", "3.5")) for each in tidied(folder)]
    with pytest.raises(WouldChangeMeaningError):
        write_tidied(folder, worse)
    assert files_of(folder) == before


def test_a_byte_order_mark_stays_and_excel_gets_one(tmp_path: Path) -> None:
    folder = foreign(tmp_path)
    (folder / "learners.csv").write_bytes(b"\xef\xbb\xbflearner;enrolled\nZo\xc3\xab;2025-01-02\n")
    run("tidy", folder, "--yes")
    assert (folder / "learners.csv").read_bytes() == b"\xef\xbb\xbflearner,enrolled\nZo\xc3\xab,2025-01-02\n"
    assert not (folder / "offerings.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    run("tidy", folder, "--yes", "--excel")
    assert (folder / "offerings.csv").read_bytes() == b"\xef\xbb\xbf" + TIDY.encode()
    assert load(folder).instance.learner["Zoë"].id == "Zoë"


def test_lists_are_written_in_one_way(tmp_path: Path) -> None:
    people = 'learner,enrolled,weekdays\nann,2025-01-02,"Tue, Thu"\n'
    folder = written(tmp_path, learners=people)
    run("tidy", folder, "--yes")
    assert (folder / "learners.csv").read_text(encoding="utf-8").endswith("ann,2025-01-02,tue;thu\n")


def test_rows_are_added_to_a_table_as_excel_left_it(tmp_path: Path) -> None:
    path = tmp_path / "offerings.csv"
    path.write_bytes(b"\xef\xbb\xbfsep=;\nOffering;COMPONENT;start;end;\nV25;V;13.04.2025;13.04.2025;\n;;;;\n")
    row = {"offering": "V26", "component": "V", "start": "2026-04-13", "end": "2026-04-13", "note": "=1"}
    text = extended(path, tuple(row), [row])
    assert text == (
        "\ufeffsep=;\nOffering;COMPONENT;start;end;;note\nV25;V;13.04.2025;13.04.2025;;\n"
        "V26;V;2026-04-13;2026-04-13;;'=1\n"
    )


def test_csv_for_excel_is_csv_with_a_mark(tmp_path: Path) -> None:
    plain, marked = run("path", TINY, "--csv").out, run("path", TINY, "--excel").out
    assert marked == f"\ufeff{plain}"
    out = tmp_path / "plan.csv"
    assert run("critical", TINY, "--excel", "--out", out).code == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbfoffering,")
    run("path", TINY, "--excel", "--out", out)
    assert run("check", TINY, out).code == 0
    assert "exclude each other" in run("path", TINY, "--excel", "--json").err


@pytest.mark.parametrize(
    "words", ["critical", "value", "progress", "missed", "readings", "repeats", "calendar", "whatif"]
)
def test_wherever_csv_is_written_excel_is_offered(words: str) -> None:
    assert "--excel" in run(words, "--help").out
