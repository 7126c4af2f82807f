"""How the program starts, refuses and ends, whatever the command."""

import contextlib
import io
import os
import re
import signal
import subprocess
import sys
import time
from importlib import metadata
from pathlib import Path

import pytest

from models.programme.instance import Instance
from scheduler.commands.interrupts import stopping
from scheduler.commands.program import COMMANDS
from scheduler.commands.progress import ERASE, ProgressLine
from scheduler.engines.budget import Budget
from scheduler.solve.verify import DefectError
from scheduler.versions import VERSION
from tests.builders_files import changed, write_instance
from tests.command import TINY, run

HEAVY = ("ortools", "pandas", "numpy", "pydantic", "rich", "ruamel", "models")


def real(
    *words: str | Path, script: str = "from scheduler.cli import main; main()"
) -> subprocess.CompletedProcess[str]:
    """Run the program in a process of its own."""
    return subprocess.run([sys.executable, "-c", script, *words], capture_output=True, text=True, check=False)


def test_the_version_is_that_of_the_distribution() -> None:
    with contextlib.suppress(metadata.PackageNotFoundError):
        assert metadata.version("cohort-scheduler") == VERSION
    ran = real("--version")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, f"scheduler {VERSION}\n", "")


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_nothing_heavy_is_loaded_to_start(option: str) -> None:
    script = (
        "import sys\nfrom scheduler.cli import main\n"
        "try:\n    main()\nfinally:\n    sys.stderr.write(' '.join(sorted({name.split('.')[0] for name in sys.modules})))"
    )
    loaded = real(option, script=script).stderr.split()
    assert not set(loaded) & set(HEAVY)


def test_the_first_plan_needs_no_solver() -> None:
    script = (
        "import sys\nfrom scheduler.cli import main\n"
        "try:\n    main()\nfinally:\n    sys.stderr.write(' '.join(sys.modules))"
    )
    ran = real("path", str(TINY), script=script)
    assert "cal cannot graduate, because" in ran.stdout  # with a conflict that is proved minimal
    assert not {"ortools", "numpy", "pandas"} & set(ran.stderr.split())


def test_a_plan_is_checked_without_a_solver(tmp_path: Path) -> None:
    plan = tmp_path / "plan.csv"
    plan.write_text("learner,offering,role\nben,BETA25S,\n")
    script = (
        "import sys\nfrom scheduler.cli import main\n"
        "try:\n    main()\nfinally:\n    sys.stderr.write(' '.join(sys.modules))"
    )
    ran = real("check", str(TINY), str(plan), script=script)
    assert ran.returncode == 1
    assert "ortools" not in ran.stderr.split()


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_every_command_shows_an_example(command: str) -> None:
    ran = run(command, "--help")
    assert ran.code == 0
    assert re.search(rf"^Examples?:\n(  scheduler .*\n)*  scheduler {command}\b", ran.out, re.MULTILINE)


def test_the_help_names_every_command() -> None:
    ran = run("--help")
    assert [line.split()[0] for line in ran.out.split("Commands:\n")[1].split("\n\n")[0].splitlines()] == list(COMMANDS)


def test_a_misspelt_command_is_told_the_nearest() -> None:
    ran = run("pth", TINY)
    assert ran.code == 2
    assert ran.err.endswith("Error: no command of the name 'pth'; did you mean 'path'?\n")
    assert ran.out == ""


@pytest.mark.parametrize(("option", "name", "near"), [("--learner", "adda", "ada"), ("--edition", "tny", "tiny")])
def test_a_misspelt_name_is_told_the_nearest(option: str, name: str, near: str) -> None:
    ran = run("path", TINY, option, name)
    assert ran.code == 2
    what = option.removeprefix("--")
    assert ran.err.endswith(
        f"Error: Invalid value for '{what}': no {what} of the name '{name}'; did you mean '{near}'?\n"
    )


def test_a_name_like_no_other_is_told_which_there_are() -> None:
    ran = run("path", TINY, "--learner", "zzz")
    assert ran.err.endswith("no learner of the name 'zzz'; there are ada, ben, cal\n")


@pytest.mark.parametrize("day", ["2025-02-30", "20250301", "2025-W01-5", "soon"])
def test_a_day_that_is_none_is_refused(day: str) -> None:
    ran = run("path", TINY, "--as-of", day)
    assert ran.code == 2
    assert f"'{day}' is not a day; write it like 2025-04-01" in ran.err


@pytest.mark.parametrize("words", [["path"], ["validate"], ["rules"], ["audit"], ["check", "plan.csv"]])
def test_every_command_refuses_a_bad_folder_the_same_way(tmp_path: Path, words: list[str]) -> None:
    folder = write_instance(tmp_path / "bad", changed("offerings.csv", "CODE25S,CODE", "CODE25S,COD"))
    expected = run("validate", folder)
    ran = run(words[0], folder, *words[1:])
    assert (ran.code, ran.out, ran.err) == (2, "", expected.err)
    assert ran.err.startswith("offerings.csv:2:2: ")
    assert "did you mean 'CODE'?" in ran.err


def test_a_folder_that_is_none_is_refused() -> None:
    ran = run("path", "nowhere")
    assert (ran.code, ran.out) == (2, "")
    assert (
        ran.err
        == "nowhere: no such folder; allowed: a folder with instance.yaml and offerings.csv, or a workbook (.xlsx)\n"
    )


def broken(*_: object, **__: object) -> Instance:
    """Fail as only a defect can."""
    raise DefectError("the plan breaks the rule seats for ada")


def interrupted(*_: object, **__: object) -> Instance:
    """Fail as a library does whose import Ctrl-C breaks off."""
    raise ImportError("half imported") from KeyboardInterrupt()


def test_a_defect_is_told_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.files.folder.load", broken)
    ran = run("path", TINY)
    assert (ran.code, ran.out) == (70, "")
    assert ran.err == (
        "this is a defect of the program, not of your files: DefectError: the plan breaks the rule seats for ada. "
        "Please report it; SCHEDULER_DEBUG=1 shows where it happened.\n"
    )


def test_the_traceback_of_a_defect_is_shown_on_demand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.files.folder.load", broken)
    monkeypatch.setenv("SCHEDULER_DEBUG", "1")
    ran = run("path", TINY)
    assert ran.code == 70
    assert ran.err.startswith("Traceback (most recent call last):")


def test_ctrl_c_before_the_search_ends_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.files.folder.load", interrupted)
    ran = run("path", TINY)
    assert (ran.code, ran.out, ran.err) == (130, "", "stopped\n")


def test_ctrl_c_in_the_search_asks_to_stop_and_a_second_insists() -> None:
    budget = Budget()
    with stopping(budget):
        os.kill(os.getpid(), signal.SIGINT)
        until = time.monotonic() + 10
        while not budget.stopped and time.monotonic() < until:  # another thread may be the one that hears the signal
            time.sleep(0.01)
        assert budget.stopped
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


class Terminal(io.StringIO):
    """A stream that somebody watches."""

    def isatty(self) -> bool:
        """Say yes."""
        return True


@pytest.mark.parametrize("quiet", [False, True])
def test_progress_is_told_on_a_terminal_after_a_second_and_taken_away(
    monkeypatch: pytest.MonkeyPatch, quiet: bool
) -> None:
    watched = Terminal()
    monkeypatch.setattr(sys, "stderr", watched)
    with ProgressLine(quiet=quiet) as progress:
        progress.tell("graduation", 20, 10)
        assert watched.getvalue() == ""
        progress.started -= 2
        progress.tell("graduation", 12, 10)
    line = f"{ERASE}2 s, graduation: best 12, bound 10 (Ctrl-C keeps the best){ERASE}"
    assert watched.getvalue() == ("" if quiet else line)


def test_progress_is_not_told_where_nobody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    with ProgressLine(quiet=False) as progress:
        progress.started -= 2
        progress.tell("graduation", 12, 10)
    assert stream.getvalue() == ""


def test_a_reader_that_has_gone_is_no_error() -> None:
    command = f"{sys.executable} -m scheduler.cli rules {TINY} | true; echo ${{PIPESTATUS[0]}}"
    ran = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.stderr) == ("141\n", "")


def test_a_screen_without_the_characters_shows_escapes(tmp_path: Path) -> None:
    folder = write_instance(tmp_path / "small", changed("instance.yaml", "A small instance", "Kurs → Ziel"))
    ran = subprocess.run(
        [sys.executable, "-m", "scheduler.cli", "validate", str(folder)],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "latin-1", "COLUMNS": "80"},
    )
    assert (ran.returncode, ran.stdout.splitlines()[0]) == (0, b"Kurs \\u2192 Ziel")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("words", [["path", str(TINY)], ["editions"], ["--help"], ["--version"]])
def test_an_output_that_is_full_is_told_in_one_sentence(words: list[str]) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        command = [sys.executable, "-m", "scheduler.cli", *words]
        ran = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (2, "cannot write to the output: no space left on device\n")


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell closes the output")
def test_a_closed_output_does_not_keep_a_file_from_being_written(tmp_path: Path) -> None:
    out = tmp_path / "plan.csv"
    command = f'"{sys.executable}" -m scheduler.cli path "{TINY}" --learner ada --csv --out "{out}" >&-'
    ran = subprocess.run(["/bin/sh", "-c", command], stderr=subprocess.PIPE, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, f"wrote {out}\n")
    assert out.read_text(encoding="utf-8").startswith("learner,offering,role,start\nada,START,")


DEAF_BESIDE = (
    "import atexit, threading, time\n"
    "from scheduler.engines.budget import DEAF\n"
    "threading.Thread(target=time.sleep, args=(60,), daemon=True, name=DEAF).start()\n"
    "atexit.register(print, 'taken down in order')\n"
)


def test_the_program_does_not_take_down_a_solver_that_hears_no_stop(tmp_path: Path) -> None:
    ran = real("validate", tmp_path / "none", script=DEAF_BESIDE + "from scheduler.cli import main; main()")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "none" in ran.stderr


def test_a_command_that_is_run_by_another_program_does_not_end_that() -> None:
    script = DEAF_BESIDE + (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from scheduler.commands.program import program\n"
        "print(CliRunner().invoke(program, sys.argv[1:]).exit_code)\n"
    )
    assert real("validate", TINY, script=script).stdout == "0\ntaken down in order\n"
