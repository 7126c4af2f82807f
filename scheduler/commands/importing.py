"""`scheduler import`: a calendar file or an attendance report into the tables of a folder."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scheduler.commands import options
from scheduler.commands.codes import EXIT
from scheduler.commands.delivery import tell

if TYPE_CHECKING:
    from scheduler.imports.proposed import Proposed

FIRST = 10
"""So many rows are shown one by one."""


@click.command(
    name="import",
    cls=options.Command,
    examples=(
        "scheduler import calendar ann.ics my-programme --dry-run",
        "scheduler import zoom participants.csv my-programme --offering QSS24D",
    ),
    epilog="The same file twice changes nothing. The table as it was before stands in the folder's `imports`.",
)
@click.argument("kind", type=click.Choice(("calendar", "zoom")))
@click.argument("file", type=click.Path(path_type=Path))
@options.folder
@click.option("--who", metavar="ID", help="Whose calendar it is; else the file's name says it.")
@click.option("--offering", metavar="ID", help="Which session was attended; else the file's name says it.")
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@options.quiet
def command(
    *, kind: str, file: Path, folder: Path, who: str | None, offering: str | None, dry_run: bool, quiet: bool
) -> int:
    """Read FILE of another system into the tables of FOLDER.

    `calendar`: busy spans of a calendar file (ICS) become rows of unavailable.csv, recurring events expanded up to the end of the
    calendar. `zoom`: a participants report becomes completed records; whoever left and came back is counted once a minute.
    People are known by e-mail (`email` in learners.csv) or id, never by name alone.
    """
    from scheduler.commands.opening import opened
    from scheduler.imports.attendance import attendance
    from scheduler.imports.busy import busy_spans

    instance = opened(folder, quiet=True)
    found = busy_spans(file, instance, who) if kind == "calendar" else attendance(file, instance, offering)
    _show(found, file, dry_run=dry_run)
    if not dry_run:
        found.write(folder)
        opened(folder, quiet=quiet)  # what was written is read again: a fault would be told here
    return EXIT["answered"]


def _show(found: "Proposed", file: Path, *, dry_run: bool) -> None:
    verb = "would be added to" if dry_run else "added to"
    rows = len(found.rows)
    click.echo(f"{file.name}: {rows} {'row' if rows == 1 else 'rows'} {verb} {found.table}.csv")
    for row in found.rows[:FIRST]:
        click.echo("  " + ", ".join(cell for cell in row.values() if cell))
    if rows > FIRST:
        click.echo(f"  and {rows - FIRST} more")
    if found.known:
        click.echo(f"  {found.known} stood there already: unchanged")
    for reason, count in sorted(found.left_out.items()):
        click.echo(f"  {count} left out: {reason}")
    if dry_run:
        tell("nothing was written")
