"""`scheduler new`: an empty, commented instance to fill in."""

from datetime import date
from pathlib import Path

import click

from scheduler.commands import options
from scheduler.commands.codes import ANSWERED
from scheduler.commands.delivery import tell


@click.command(name="new", cls=options.Command, examples=("scheduler new my-programme",))
@options.folder
@click.option("--as-of", type=options.DAY, metavar="DAY", help="The planning day to write down; default today.")
@options.quiet
def command(folder: Path, as_of: date | None, quiet: bool) -> int:
    """Write an empty instance into a new FOLDER, with comments that say what goes where."""
    from scheduler.files.new import new_instance

    new_instance(folder, as_of=as_of)
    if not quiet:
        tell(f"wrote {folder}: fill offerings.csv and learners.csv, then run scheduler validate {folder}")
    return ANSWERED
