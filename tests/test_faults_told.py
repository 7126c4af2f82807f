"""What goes wrong around a run is told, and ends soon: unseen signs, dead links, empty folders, signals, modules of others."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.command import INSTANCES, TINY, run

ROOT = Path(__file__).parent.parent
SETTINGS = "format: 1\nid: empty\ntitle: Empty\nedition: rolling-2025\nas_of: 2025-03-01\ntimezone: UTC\n"
SOON = 5
"""Seconds in which a command ends after Ctrl-C, on a machine that is not busy."""


def copy_of(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TINY, tmp_path / "own"))


@pytest.mark.parametrize(
    ("hidden", "point"), [("\u200b", "U+200B"), ("\u202e", "U+202E"), ("\u2066", "U+2066"), ("\u2028", "U+2028")]
)
def test_an_id_with_a_sign_that_nobody_sees_is_refused_with_its_code_point(
    tmp_path: Path, hidden: str, point: str
) -> None:
    folder = copy_of(tmp_path)
    table = folder / "learners.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("ada", f"a{hidden}da"), encoding="utf-8")
    told = run("validate", folder)
    assert told.code == 2
    assert point in told.err
    assert hidden not in told.err


@pytest.mark.parametrize("sign", ["\u2028", "\u0085", "\u202e"])
def test_what_breaks_lines_unseen_is_written_as_its_code(tmp_path: Path, sign: str) -> None:
    folder = copy_of(tmp_path)
    settings = folder / "instance.yaml"
    title = settings.read_text(encoding="utf-8").replace("title: Three", f'title: "x\\u{ord(sign):04x}y" # Three')
    settings.write_text(title, encoding="utf-8")
    for words in (("path",), ("path", "--json"), ("progress",)):
        told = run(words[0], folder, *words[1:])
        assert told.code == 1
        assert sign not in told.out


def test_a_folder_whose_name_steers_the_terminal_is_told_escaped(tmp_path: Path) -> None:
    told = run("validate", tmp_path / "red\x1b[31m")
    assert "\x1b" not in told.err


def test_a_link_to_nowhere_in_place_of_the_editions_is_named(tmp_path: Path) -> None:
    folder = copy_of(tmp_path)
    shutil.rmtree(folder / "editions")
    (folder / "editions").symlink_to("nowhere")
    told = run("validate", folder)
    assert told.code == 2
    assert "editions: a link that leads nowhere; mend it, or delete it; read 'nowhere'" in told.err


def test_a_file_in_place_of_the_editions_is_named(tmp_path: Path) -> None:
    folder = copy_of(tmp_path)
    shutil.rmtree(folder / "editions")
    (folder / "editions").touch()
    assert "editions: not a folder" in run("validate", folder).err


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("path", "There are no learners: nothing to plan."),
        ("progress", "There are no learners: nothing to tell."),
        ("critical", "There are no learners: nothing hangs on any offering."),
        ("value", "There are no learners: no extra run helps anybody."),
    ],
)
def test_empty_is_said_as_empty(tmp_path: Path, command: str, words: str) -> None:
    (tmp_path / "instance.yaml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "offerings.csv").write_text("offering,component,start,end\n", encoding="utf-8")
    told = run(command, tmp_path)
    assert told.code == 0
    assert told.out.splitlines()[-1] == words


def test_modules_of_the_users_own_do_not_stand_before_ours(tmp_path: Path) -> None:
    folder = copy_of(tmp_path)
    for name in ("pandas", "click", "holidays"):
        (folder / f"{name}.py").write_text("raise SystemExit('the wrong one')", encoding="utf-8")
    (folder / "models").mkdir()
    words = [sys.executable, "-m", "scheduler", "path", "."]
    ended = subprocess.run(
        words, cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False, capture_output=True
    )
    assert ended.returncode == 1
    assert b"the wrong one" not in ended.stderr + ended.stdout


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("after", [0.3, 2.5, pytest.param(6, marks=pytest.mark.slow)])
def test_a_repair_ends_soon_after_it_is_asked_to(number: signal.Signals, after: float) -> None:
    words = [sys.executable, "-m", "scheduler", "repair", str(INSTANCES / "cscce-2023-2026"), "--all"]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        time.sleep(after)
        child.send_signal(number)
        asked = time.monotonic()
        _, told = child.communicate(timeout=60)
        took = time.monotonic() - asked
    assert b"Traceback" not in told
    assert child.returncode in {1, 3, 4, 130, -number}
    assert took < SOON * (1 + os.getloadavg()[0])


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("moments", [6, pytest.param(60, marks=pytest.mark.slow)])
def test_who_asks_to_stop_while_the_program_starts_gets_the_documented_code_and_no_traceback(
    number: signal.Signals, moments: int
) -> None:
    words = [sys.executable, "-m", "scheduler", "repair", str(INSTANCES / "cscce-2023-2026"), "--all"]
    for moment in range(moments):
        with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
            time.sleep(0.1 + 0.3 * moment / moments)
            child.send_signal(number)
            _, told = child.communicate(timeout=60)
        assert b"Traceback" not in told
        assert child.returncode in {3, 4, 130, -number}


@pytest.mark.parametrize(
    "stopped",
    [
        "program.program.main = lambda **_: exec('raise KeyboardInterrupt')",
        "program.program.make_context = lambda *_, **__: exec('raise KeyboardInterrupt')",
        "program.program.get_command = lambda *_: exec('raise ValueError(\"in a field: KeyboardInterrupt: \")')",
    ],
    ids=["text", "click", "named"],
)
def test_who_stops_what_catches_it_gets_the_documented_code(tmp_path: Path, stopped: str) -> None:
    script = (
        "import sys\n"
        "sys.argv[1:] = ['path', 'nowhere']\n"
        "import scheduler.commands.program as program\n"
        "from scheduler.cli import main\n"
        f"{stopped}\n"
        "main()\n"
    )
    (tmp_path / "stopped_in_text.py").write_text(script, encoding="utf-8")
    paths = os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT), str(tmp_path)))}
    ended = subprocess.run([sys.executable, "-m", "stopped_in_text"], env=paths, check=False, capture_output=True)
    assert (ended.returncode, ended.stderr.strip()) == (130, b"stopped")
