"""`scheduler export`: a folder as one workbook, and a workbook as a folder."""

from pathlib import Path

import click

from scheduler.commands import options
from scheduler.commands.codes import ANSWERED
from scheduler.commands.delivery import tell


@click.command(
    name="export",
    cls=options.Command,
    examples=(
        "scheduler export instances/tiny tiny.xlsx",
        "scheduler export tiny.xlsx tiny-again",
    ),
    epilog="Every command takes a workbook where it takes FOLDER.",
)
@click.argument("source", metavar="FOLDER", type=click.Path(path_type=Path))
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Let TARGET be replaced where it exists.")
@options.quiet
def command(source: Path, target: Path, force: bool, quiet: bool) -> int:
    """Write FOLDER into TARGET: a workbook where its name ends in .xlsx, else a folder.

    The workbook holds everything: each table is a sheet, the YAML files are the lines of the sheet `settings`. A folder that
    is made of it has the same files again. Files of another kind are not taken along, and are named.
    """
    from scheduler.commands.opening import opened
    from scheduler.files.book_folder import files_left_out
    from scheduler.files.exporting import export

    export(source, target, opened(source, quiet=quiet), force=force)
    if not quiet:
        tell(f"wrote {target}")
        others = files_left_out(source)
        if others:
            tell(f"not taken along: {', '.join(others)}")
    return ANSWERED
