"""`scheduler new`: an empty, commented instance to fill in, or one like another in which the next year is planned."""

from datetime import date
from pathlib import Path

import click

from scheduler.commands import options
from scheduler.commands.codes import ANSWERED
from scheduler.commands.delivery import tell

FIRST, LAST = 1990, 2199


@click.command(
    name="new",
    cls=options.Command,
    examples=("scheduler new my-programme", "scheduler new my-2026 --like instances/cscce-2023-2026 --year 2026"),
)
@options.folder
@click.option("--like", type=click.Path(path_type=Path), metavar="FOLDER", help="Take the files of this instance.")
@click.option(
    "--year", type=click.IntRange(FIRST, LAST), metavar="YYYY", help="With --like: make this the year to plan."
)
@click.option("--as-of", type=options.DAY, metavar="DAY", help="The planning day to write down; default today.")
@options.quiet
def command(folder: Path, like: Path | None, year: int | None, as_of: date | None, quiet: bool) -> int:
    """Write an empty instance into a new FOLDER, with comments that say what goes where.

    With --like and --year it is a copy of another instance in which that year can be planned: patterns.csv says how
    components were held so far, arrivals.csv how many enrolled in each month of the year before. Edit both, then run
    scheduler calendar.
    """
    if (like is None) != (year is None):
        raise click.UsageError("--like and --year go together: which instance to copy, and which year to plan")
    if like is not None and year is not None:
        from scheduler.calendar.next_year import plan_like

        for words in plan_like(folder, like, year, as_of=as_of):
            if not quiet:
                tell(words)
        if not quiet:
            tell(f"look through them, then run scheduler calendar {folder}")
        return ANSWERED
    from scheduler.files.new import new_instance

    new_instance(folder, as_of=as_of)
    if not quiet:
        tell(f"wrote {folder}: fill offerings.csv and learners.csv, then run scheduler validate {folder}")
    return ANSWERED
