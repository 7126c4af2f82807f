"""`scheduler tidy`: the tables of a folder in one form, the difference shown first."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scheduler.commands import options
from scheduler.commands.codes import ANSWERED
from scheduler.commands.delivery import deliver, tell

if TYPE_CHECKING:
    from scheduler.files.tidy import Tidied

FIRST = 20
"""So many lines of a difference are shown of each table."""


@click.command(
    name="tidy",
    cls=options.Command,
    examples=("scheduler tidy my-programme --dry-run", "scheduler tidy my-programme --yes"),
    epilog="The tables as they were stand in the folder's `before-tidy`. Nothing is written unless all are.",
)
@options.folder
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option("--yes", "-y", is_flag=True, help="Write without asking.")
@click.option("--all", "whole", is_flag=True, help="Show every line that changes.")
@click.option("--excel", is_flag=True, help="Mark every table for Excel, so that names keep their accents.")
@options.quiet
def command(*, folder: Path, dry_run: bool, yes: bool, whole: bool, excel: bool, quiet: bool) -> int:
    """Rewrite the tables of FOLDER in one form.

    Days as 2025-04-13, times as 09:00, commas between cells, names of columns as the format has them, rows sorted, blank rows
    and empty last columns left out. Your own columns, the order of columns and every YAML file stay as they are, and the
    same instance is read afterwards. What would change is shown first; on a terminal you are asked.
    """
    if dry_run and yes:
        raise click.UsageError("--dry-run and --yes exclude each other")
    from scheduler.files.tidy import BEFORE, tidied, write_tidied

    changes = tidied(folder, marked=excel)
    if not changes:
        click.echo(f"{folder} is tidy already.")
        return ANSWERED
    if not (quiet and yes):
        deliver(_shown(changes, None if whole else FIRST))
    files = f"{len(changes)} {'table' if len(changes) == 1 else 'tables'}"
    if dry_run or not (yes or _agreed(f"Rewrite {files} of {folder}?")):
        tell("nothing was written" if dry_run or sys.stdin.isatty() else "nothing was written; add --yes to write")
        return ANSWERED
    write_tidied(folder, changes)
    if not quiet:
        tell(f"wrote {files} of {folder}; as they were: {folder / BEFORE}")
    return ANSWERED


def _agreed(question: str) -> bool:
    """Ask on a terminal; elsewhere nobody can agree."""
    return sys.stdin.isatty() and click.confirm(question, err=True)


def _shown(changes: "Sequence[Tidied]", most: int | None) -> str:
    lines: list[str] = []
    for each in changes:
        head, *rest = each.difference() or [f"{each.file}: only how it is stored (line ends, byte-order mark)"]
        shown = [head, *rest][: None if most is None else most + 2]
        more = len(rest) + 1 - len(shown)
        lines += [*shown, *([f"... and {more} more lines of {each.file}; --all shows them"] if more else [])]
    return "".join(f"{line}\n" for line in lines)
