"""The group of all commands: each is loaded only when it is asked for, and every failure ends in one sentence."""

import errno
import importlib
import os
import sys
import traceback
from pathlib import Path
from typing import Any

import click

from scheduler.commands import options
from scheduler.commands.codes import BAD, BROKEN_PIPE, DEFECT, STOPPED
from scheduler.commands.delivery import tell

COMMANDS = (
    "show",
    "path",
    "explain",
    "repair",
    "progress",
    "missed",
    "critical",
    "value",
    "readings",
    "repeats",
    "calendar",
    "ics",
    "page",
    "import",
    "export",
    "whatif",
    "overbook",
    "check",
    "validate",
    "tidy",
    "rules",
    "audit",
    "editions",
    "new",
    "generate",
)

ELSEWHERE = {"progress": "progress_sheets", "import": "importing"}
"""Commands whose module has another name than they have."""

UNWRITABLE = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT, errno.EIO, errno.EBADF}

DEFECT_WORDS = (
    "this is a defect of the program, not of your files: {error}. "
    "Please report it; SCHEDULER_DEBUG=1 shows where it happened."
)


class Program(click.Group):
    """A group that imports a command's module when the command is named, and ends every failure in one sentence."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of all commands, the most used first."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Return a command, or None if there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module = ELSEWHERE.get(cmd_name, cmd_name)
        command: click.Command = importlib.import_module(f"scheduler.commands.{module}").command
        return command

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write an example, then the exit codes."""
        options.write_examples(formatter, ("scheduler path instances/tiny",))
        super().format_epilog(ctx, formatter)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the arguments name; suggest the nearest name where there is none."""
        if args and args[0] not in COMMANDS and _is_instance(Path(args[0])):
            args = ["show", *args]
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from scheduler.commands.names import no_such_name

            ctx.fail(no_such_name("command", args[0], COMMANDS))
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's signature
        """Run a command, whose return value is the exit code."""
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()
        except click.ClickException as error:
            from scheduler.files.printable import printable

            error.message = printable(error.message)  # type: ignore[misc]  # declared final for subclasses, shown by click
            raise
        except click.exceptions.Exit:
            raise
        except BrokenPipeError:
            _silence_output()
            code = BROKEN_PIPE
        except (Exception, KeyboardInterrupt) as error:
            if isinstance(error, OSError) and error.errno in UNWRITABLE:
                raise  # files have errors of their own: this is the screen, or whatever stands in its place
            code = _explain(error)
        ctx.exit(code or 0)


def _is_instance(place: Path) -> bool:
    """Say whether a word is a folder or a workbook, and no command."""
    return place.is_dir() or (place.suffix.lower() == ".xlsx" and place.is_file())


def _explain(error: BaseException) -> int:
    """Tell on stderr why the program ends, and return the exit code."""
    from scheduler.files.faults import SchedulerError

    if _was_interrupted(error):
        tell("stopped")
        return STOPPED
    if isinstance(error, SchedulerError):
        tell(str(error))
        return BAD
    if os.environ.get("SCHEDULER_DEBUG") == "1":
        traceback.print_exception(error)
    words = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    tell(DEFECT_WORDS.format(error=" ".join(words.split())))
    return DEFECT


def _was_interrupted(error: BaseException | None) -> bool:
    """Say whether Ctrl-C is behind an error: libraries that are being imported turn it into errors of their own."""
    while error is not None:
        if isinstance(error, KeyboardInterrupt) or KeyboardInterrupt.__name__ in str(error):  # some only name it
            return True
        error = error.__cause__ or error.__context__
    return False


def _silence_output() -> None:
    """Send what is still buffered nowhere: the reader of the pipe has gone."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _version(ctx: click.Context, _parameter: click.Parameter, asked: bool) -> None:
    """Print the installed version and end."""
    if asked and not ctx.resilient_parsing:
        from scheduler.versions import VERSION

        click.echo(f"scheduler {VERSION}")
        ctx.exit()


@click.group(
    cls=Program,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 answered, 1 somebody is blocked or a rule or promise is broken, 2 bad use or bad input, "
    "3 stopped before proof, 4 no plan found in time, 70 a defect of this program, "
    "130 stopped before there was anything to show.",
)
@click.option(
    "--no-pager",
    is_flag=True,
    expose_value=False,
    callback=options.note_no_pager,
    help="On a terminal, show what is longer than the screen at once, not page by page.",
)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version.")
def program() -> None:
    """Find each learner's earliest proved path to graduation, and say why where there is none.

    FOLDER is an instance: a folder with instance.yaml and CSV tables (see instances/README.md). `scheduler FOLDER` says
    what is in it and what to ask next.
    """
