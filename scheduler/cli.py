"""The command line: starts the program, and ends in one sentence when Ctrl-C or a full disk comes before it can."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    import click

STOPPED = 130
BAD = 2


def main() -> None:
    """Run the program on the arguments of this process."""
    try:
        _open_what_is_closed()
        if sys.argv[1:] == ["--version"]:
            _tell_version()
            return
        _refuse_other_models()
        # Looking for plugins of the library that reads our files takes longer than reading them: we have none.
        os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
        from scheduler.commands.interrupts import as_ctrl_c

        as_ctrl_c()
        from scheduler.commands.program import program
        from scheduler.engines.garbage import collect_seldom

        collect_seldom()

        for stream in (sys.stdout, sys.stderr):
            # A screen that lacks a character shows an escape in its place: that is no reason to fail.
            getattr(stream, "reconfigure", lambda **_: None)(errors="backslashreplace")
        code = _code_of(program)
        _leave_the_deaf_behind(code)
        sys.exit(code)
    except KeyboardInterrupt:
        sys.stderr.write("stopped\n")
        sys.exit(STOPPED)
    except OSError as error:
        _give_up(error)
    finally:
        _end_with_our_code()


def _code_of(program: "click.Command") -> int:
    """Run the program and return its exit code: left to itself, click ends with 1 where Ctrl-C meets its own code."""
    import click

    try:
        code = program.main(prog_name="scheduler", standalone_mode=False)
    except click.ClickException as fault:
        fault.show()
        return fault.exit_code
    except click.Abort:
        raise KeyboardInterrupt from None
    return code or 0


def _leave_the_deaf_behind(code: int) -> None:
    """End at once where a solver that hears no Ctrl-C still works beside: taking it down in order would abort the process."""
    import threading

    from scheduler.engines.budget import DEAF

    if any(thread.name == DEAF for thread in threading.enumerate()):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _end_with_our_code() -> None:
    """Let the exit code stand: Ctrl-C that met code made from a text (a dataclass) has Python end by a signal instead.

    CPython remembers the last such text that Ctrl-C ended and forgets it when the next one is run.
    """
    exec("")  # noqa: S102 - the next text


def _tell_version() -> None:
    """Print the version: nothing of the program is loaded for it."""
    from scheduler.versions import VERSION

    sys.stdout.write(f"scheduler {VERSION}\n")
    sys.stdout.flush()


def _refuse_other_models() -> None:
    """End in a sentence where another package called `models` stands before ours: every answer would be another's."""
    import importlib.util

    found = importlib.util.find_spec("models")
    ours = Path(__file__).resolve().parent.parent / "models" / "__init__.py"
    if found is None or found.origin is None or Path(found.origin).resolve() != ours:
        where = "nowhere" if found is None else found.origin or "a folder without __init__.py"
        sys.stderr.write(
            f"the package `models` of cohort-scheduler is hidden by another of that name ({where}); "
            "install cohort-scheduler into an environment of its own, or take that place out of PYTHONPATH\n"
        )
        sys.exit(BAD)


def _open_what_is_closed() -> None:
    """Write nowhere where whoever started this closed an output: `--out` may still be wanted."""
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open as long as the program runs
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - the same


def _give_up(error: OSError) -> NoReturn:
    """Say that the output takes nothing any more, and send nowhere what is still buffered."""
    sys.stderr.write(f"cannot write to the output: {(error.strerror or str(error)).lower()}\n")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(BAD)


if __name__ == "__main__":
    main()
