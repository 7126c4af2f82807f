"""A file is written whole or not at all, whatever ends the writing."""

import os
import shutil
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from scheduler.files.faults import SchedulerError
from scheduler.files.folder import load
from scheduler.files.new import new_instance
from scheduler.files.whole_folder import whole_folder
from scheduler.files.writing import CannotWriteError, write_bytes, write_text

ROOT = Path(__file__).resolve().parent.parent
STEPS = ["open", "write", "flush", "fsync", "replace"]
KILLED_AT = """
import os, signal, sys
from pathlib import Path
from scheduler.files import writing

def die(*arguments, **options):
    os.kill(os.getpid(), signal.SIGKILL)

step, target = sys.argv[1], Path(sys.argv[2])
if step == "open":
    writing.lock_for_us = die
elif step in {"write", "flush"}:
    real = os.fdopen
    def opened(number, mode):
        stream = real(number, mode)
        class Dying:
            def __enter__(self): return self
            def __exit__(self, *_): return None
            def write(self, content):
                stream.write(content[: len(content) // 2]); stream.flush()
                if step == "write": die()
            flush = die
        return Dying()
    os.fdopen = opened
elif step == "fsync":
    os.fsync = die
else:
    Path.replace = die
writing.write_text(target, "new " * 100_000)
"""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    write_text(path, "é\n")
    assert path.read_bytes() == "é\n".encode()
    path.chmod(0o640)
    write_bytes(path, b"\0")
    assert (path.read_bytes(), path.stat().st_mode & 0o777, names(tmp_path)) == (b"\0", 0o640, ["plan.json"])


def test_a_link_keeps_pointing_where_it_does(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old", encoding="utf-8")
    (tmp_path / "link").symlink_to("real")
    write_text(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text(encoding="utf-8") == "new"


@pytest.mark.parametrize("step", STEPS)
def test_a_kill_at_any_step_leaves_the_old_file_whole(tmp_path: Path, step: str) -> None:
    path = tmp_path / "plan.json"
    path.write_text("old", encoding="utf-8")
    ended = subprocess.run([sys.executable, "-c", KILLED_AT, step, str(path)], cwd=ROOT, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert path.read_text(encoding="utf-8") == "old"
    assert len(names(tmp_path)) == 2
    write_text(path, "newer")
    assert (path.read_text(encoding="utf-8"), names(tmp_path)) == ("newer", ["plan.json"])


def test_a_writer_still_at_work_is_not_swept_away(tmp_path: Path) -> None:
    import fcntl

    part = tmp_path / ".plan.json.0123.cohort-scheduler-part"
    with part.open("wb") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        write_text(tmp_path / "plan.json", "x")
        assert names(tmp_path) == [part.name, "plan.json"]
    write_text(tmp_path / "plan.json", "x")
    assert names(tmp_path) == ["plan.json"]


def test_what_a_killed_command_left_is_named_and_stops_nothing(tmp_path: Path) -> None:
    import fcntl

    folder = tmp_path / "mine"
    shutil.copytree(ROOT / "instances" / "tiny", folder)
    (folder / ".records.csv.01.cohort-scheduler-part").touch()
    (tmp_path / ".mine.02.cohort-scheduler-part").mkdir()
    with (folder / ".x.csv.03.cohort-scheduler-part").open("wb") as at_work:
        fcntl.flock(at_work, fcntl.LOCK_EX)
        told = [fault for fault in load(folder).warnings if "killed" in fault.message]
    assert [Path(fault.file).name for fault in told] == [
        ".mine.02.cohort-scheduler-part",
        ".records.csv.01.cohort-scheduler-part",
    ]
    with whole_folder(folder):
        pass
    assert [fault for fault in load(folder).warnings if "killed" in fault.message] == []
    assert names(tmp_path) == ["mine"]


@pytest.mark.parametrize("name", [".plan.json.kept", ".other.json.0123.cohort-scheduler-part"])
def test_only_what_writers_of_this_file_left_is_swept(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    write_text(tmp_path / "plan.json", "x")
    assert names(tmp_path) == sorted([name, "plan.json"])


def test_a_full_disk_is_told_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text("old", encoding="utf-8")
    program = (
        "import resource, sys; from pathlib import Path; from scheduler.files.writing import write_text\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try: write_text(Path(sys.argv[1]), 'x' * 5000)\n"
        "except Exception as error: print(type(error).__name__, error)"
    )
    command = [sys.executable, "-c", program, str(path)]
    ended = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    assert ended.stdout == f"CannotWriteError cannot write {path}: the disk is full; nothing was changed\n"
    assert (path.read_text(encoding="utf-8"), names(tmp_path)) == ("old", ["plan.json"])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nowhere/plan.json", "its folder does not exist"),
        ("file/plan.json", "its folder does not exist"),
        ("folder", "this is no plain file"),
        ("pipe", "this is no plain file"),
        ("nul\0", "its name holds a NUL character"),
        ("n" * 300, "File name too long"),
    ],
)
def test_what_cannot_be_written_is_told_in_a_sentence(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(CannotWriteError) as refused:
        write_text(tmp_path / name, "x")
    assert str(refused.value) == f"cannot write {tmp_path / name}: {words}; nothing was changed"
    assert isinstance(refused.value, SchedulerError)
    assert names(tmp_path) == ["file", "folder", "pipe"]


def test_no_permission_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    # Whoever may write everywhere cannot make a folder read-only for the test, so the system's refusal is played.
    monkeypatch.setattr(os, "open", refused)
    with pytest.raises(CannotWriteError, match="no permission; nothing was changed"):
        write_text(tmp_path / "plan.json", "x")


def test_a_new_instance_needs_an_empty_place(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    new_instance(tmp_path / "empty", as_of=date(2025, 3, 25))
    before = names(tmp_path / "empty")
    with pytest.raises(CannotWriteError, match="it exists and is not an empty folder"):
        new_instance(tmp_path / "empty")
    (tmp_path / "file").touch()
    with pytest.raises(CannotWriteError, match="it exists and is not an empty folder"):
        new_instance(tmp_path / "file")
    with pytest.raises(CannotWriteError, match="cannot write"):
        new_instance(tmp_path / "file" / "below")
    assert (names(tmp_path / "empty"), names(tmp_path)) == (before, ["empty", "file"])
