"""Every bad input is told with its place, what was read and what is allowed; nothing ends in a traceback."""

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.files.faults import BadInstanceError, Fault, nearest
from scheduler.files.folder import load
from tests.builders_bad_input import CASES, Changes
from tests.builders_files import FILES, added, changed, write_instance


def faults_of(folder: Path) -> list[str]:
    with pytest.raises(BadInstanceError) as refused:
        load(folder)
    return [str(fault) for fault in refused.value.faults]


@pytest.mark.parametrize(("changes", "place", "words"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_each_fault_is_told_at_its_place(tmp_path: Path, changes: Changes, place: str, words: str) -> None:
    faults = faults_of(write_instance(tmp_path, changes))
    assert any(fault.startswith(place) and words in fault for fault in faults), "\n".join(faults)


def test_all_faults_are_told_in_one_run(tmp_path: Path) -> None:
    changes = changed("learners.csv", "2026-09-30", "soon") | changed("editions/mini.yaml", "kind: event", "kind: evnt")
    changes |= changed("sessions.csv", "PBK25F", "PBK25G") | changed(
        "instance.yaml", "notice_days: 21", "notice_days: x"
    )
    changes |= {"closures.csv": "start,finish\n"}
    assert faults_of(write_instance(tmp_path, changes)) == [
        "closures.csv:1:2: no column of this name; read 'finish'; allowed: start, end, note",
        "instance.yaml:13:16: candidates.notice_days: not a whole number; read 'x'; allowed: a whole number, like 3",
        (
            "learners.csv:2:4: deadline: not a day; read 'soon'; "
            "allowed: a day that exists, written YYYY-MM-DD, from 1990 to 2199"
        ),
        (
            "sessions.csv:4:1: offering: no offering of this name: 'PBK25G'; read 'PBK25G'; "
            "allowed: CODE24F, CODE25S, PBK25F, QSS25A; did you mean 'PBK25F'?"
        ),
    ]


def test_a_bad_row_does_not_make_the_names_of_good_ones_wrong(tmp_path: Path) -> None:
    changes = changed("learners.csv", "2026-09-30", "soon") | changed("offerings.csv", ",,3,,", ",,x,,")
    assert [fault.split(":")[0] for fault in faults_of(write_instance(tmp_path, changes))] == [
        "learners.csv",
        "offerings.csv",
    ]


def test_the_first_two_hundred_faults_are_shown(tmp_path: Path) -> None:
    rows = [f"X{number},CODE{number},2025-01-01,2025-01-02,,,,,,,,,," for number in range(600)]
    with pytest.raises(BadInstanceError) as refused:
        load(write_instance(tmp_path, added("offerings.csv", *rows)))
    lines = str(refused.value).splitlines()
    assert len(lines) == 201
    assert lines[-1] == "… and 400 more faults"


def test_very_many_faults_are_told_soon(tmp_path: Path) -> None:
    rows = [f"X{number},CODE,CODE{number},missed,2025-13-01,,x," for number in range(20_000)]
    with pytest.raises(BadInstanceError) as refused:
        load(write_instance(tmp_path, added("records.csv", *rows)))
    assert len(refused.value.faults) + refused.value.more == 40_000


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda _path: None, "no such folder"),
        (lambda path: path.write_text("x"), "this is a file, not a folder"),
        (lambda path: path.symlink_to(path.parent / "nowhere"), "no such folder"),
    ],
    ids=["missing", "file", "dangling link"],
)
def test_what_is_no_folder_is_refused(tmp_path: Path, make: Callable[[Path], object], words: str) -> None:
    path = tmp_path / "instance"
    make(path)
    allowed = "a folder with instance.yaml and offerings.csv, or a workbook (.xlsx)"
    assert faults_of(path) == [f"{path}: {words}; allowed: {allowed}"]


@pytest.mark.parametrize("name", ["learners.csv", "offerings.csv", "instance.yaml", "editions/mini.yaml"])
def test_a_folder_in_place_of_a_file_is_one_fault(tmp_path: Path, name: str) -> None:
    write_instance(tmp_path, {name: None})
    (tmp_path / name).mkdir()
    assert faults_of(tmp_path) == [f"{name}: this is a folder; a file is needed here"]


def test_a_pipe_in_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    write_instance(tmp_path, {"learners.csv": None})
    os.mkfifo(tmp_path / "learners.csv")
    assert faults_of(tmp_path) == ["learners.csv: this is no plain file; a file is needed here"]


def test_an_unreadable_file_is_one_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_instance(tmp_path)
    read_bytes = Path.read_bytes

    def refused(path: Path) -> bytes:
        if path.name == "learners.csv":
            raise PermissionError(13, "Permission denied")
        return read_bytes(path)

    # Whoever may read everything cannot make a file unreadable for the test, so the system's refusal is played.
    monkeypatch.setattr(Path, "read_bytes", refused)
    assert faults_of(tmp_path) == ["learners.csv: cannot be read: Permission denied"]


def test_an_alias_bomb_costs_nothing(tmp_path: Path) -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*{'a' if n == 0 else f'b{n - 1}'}]\n" for n in range(500))
    assert "anchors and aliases" in faults_of(write_instance(tmp_path, {"instance.yaml": bomb}))[0]


@pytest.mark.parametrize(
    ("name", "names", "near"),
    [("PBKK", ["PBK", "NOC"], "PBK"), ("noc", ["PBK", "NOC"], "NOC"), ("zzz", ["PBK"], None), ("x", [], None)],
)
def test_the_nearest_name(name: str, names: list[str], near: str | None) -> None:
    assert nearest(name, names) == near


def test_a_long_text_is_cut_and_control_characters_are_escaped() -> None:
    fault = Fault(file="f", line=1, column=2, message="odd", read="\x1b[31m" + "x" * 100)
    assert str(fault) == "f:1:2: odd; read '\\x1b[31m" + "x" * 54 + "…'"


def survives(name: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder, suppress(BadInstanceError):
        load(write_instance(Path(folder), {name: content}))


@settings(max_examples=60, deadline=None)
@given(name=st.sampled_from(sorted(FILES)), content=st.binary(max_size=200))
def test_no_bytes_end_in_a_traceback(name: str, content: bytes) -> None:
    survives(name, content)


@settings(max_examples=80, deadline=None)
@given(
    name=st.sampled_from(sorted(FILES)),
    start=st.integers(0, 2000),
    length=st.integers(0, 12),
    piece=st.one_of(
        st.text(max_size=8),
        st.sampled_from(
            ["&a ", "*a", "!x ", "---", "? ", "{", "]", '"', "\n", "\t", "%", "<<: ", "|", "\ufeff", "1e9", "~"]
        ),
    ),
)
def test_no_slip_of_the_pen_ends_in_a_traceback(name: str, start: int, length: int, piece: str) -> None:
    text = FILES[name]
    place = start % len(text)
    survives(name, (text[:place] + piece + text[place + length :]).encode("utf-8", "surrogatepass"))
