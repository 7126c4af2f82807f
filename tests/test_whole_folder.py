"""A folder is written whole or not at all, whenever the writer is killed."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scheduler.files.whole_folder import whole_folder
from scheduler.files.writing import CannotWriteError

ROOT = Path(__file__).parent.parent

WRITER = """
import sys
from pathlib import Path
from scheduler.files.whole_folder import whole_folder
print("ready", flush=True)
turn = 0
while True:
    turn += 1
    with whole_folder(Path(sys.argv[1])) as part:
        for name in ("one.csv", "two.csv", "three.csv"):
            (part / name).write_text(f"{sys.argv[2]} {turn}\\n" * 50, encoding="utf-8")
"""


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}


def killed_at_random(tmp_path: Path, kills: int, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - moments of a test
    target = tmp_path / "folder"
    with whole_folder(target) as part:
        for name in ("one.csv", "two.csv", "three.csv"):
            (part / name).write_text("first\n", encoding="utf-8")
    for kill in range(kills):
        command = [sys.executable, "-c", WRITER, str(target), str(kill)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(chance.uniform(0, 0.03))
            child.send_signal(signal.SIGKILL)
        found = contents(target)
        assert set(found) == {"one.csv", "two.csv", "three.csv"}
        assert len(set(found.values())) == 1, "files of two writings stand side by side"
    with whole_folder(target):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["folder"], "what the killed left behind is swept"


def test_a_folder_is_never_half_written_though_its_writer_is_killed(tmp_path: Path) -> None:
    killed_at_random(tmp_path, 15, seed=1)


@pytest.mark.slow
def test_no_kill_of_three_hundred_leaves_half_a_folder(tmp_path: Path) -> None:
    killed_at_random(tmp_path, 300, seed=2)


def test_a_failure_inside_changes_nothing(tmp_path: Path) -> None:
    target = tmp_path / "folder"
    target.mkdir()
    (target / "kept.csv").write_text("old", encoding="utf-8")
    with pytest.raises(ZeroDivisionError), whole_folder(target) as part:
        (part / "kept.csv").write_text(f"new{1 // 0}", encoding="utf-8")
    assert contents(target) == {"kept.csv": "old"}
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_what_else_stands_in_the_target_stays(tmp_path: Path) -> None:
    like, target = tmp_path / "like", tmp_path / "target"
    for folder, name in ((like, "table.csv"), (target, "notes.txt"), (target, "table.csv")):
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(folder.name, encoding="utf-8")
    with whole_folder(target, like) as part:
        (part / "new.csv").write_text("new", encoding="utf-8")
    assert contents(target) == {"new.csv": "new", "notes.txt": "target", "table.csv": "like"}


def test_a_shell_inside_the_folder_stays_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "folder").mkdir()
    monkeypatch.chdir(tmp_path / "folder")
    number = Path.cwd().stat().st_ino
    with whole_folder(Path()) as part:
        (part / "table.csv").write_text("new", encoding="utf-8")
    assert Path.cwd().stat().st_ino == number
    assert contents(Path.cwd()) == {"table.csv": "new"}


def test_a_place_that_cannot_be_is_told_in_a_sentence(tmp_path: Path) -> None:
    with (
        pytest.raises(CannotWriteError, match="its folder does not exist; nothing was changed"),
        whole_folder(tmp_path / "nowhere" / "folder"),
    ):
        pass


def test_a_link_to_a_folder_keeps_pointing_where_it_does(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with whole_folder(tmp_path / "link") as part:
        (part / "table.csv").write_text("new", encoding="utf-8")
    assert (tmp_path / "link").is_symlink()
    assert contents(tmp_path / "real") == {"table.csv": "new"}
