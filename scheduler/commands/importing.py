"""`scheduler import`: what other systems hold into the tables of a folder."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scheduler.commands import options
from scheduler.commands.codes import EXIT
from scheduler.commands.delivery import tell

if TYPE_CHECKING:
    from scheduler.files.foreign import ImportKind
    from scheduler.imports.proposed import ImportFound, Proposed

FIRST = 10
"""So many rows are shown one by one."""
NAMED = 3
"""So many of those who are left out for one reason are named."""


@click.command(
    name="import",
    cls=options.Command,
    examples=(
        "scheduler import eventbrite attendees.csv my-programme --dry-run",
        "scheduler import eventbrite attendees.csv my-programme --offering CODE25F",
        "scheduler import canvas gradebook.csv my-programme --map names.yaml",
        "scheduler import canvas users.csv my-programme",
        "scheduler import moodle completion.csv my-programme --offering CODE25F",
        "scheduler import moodle booking.csv my-programme --whole-list",
        "scheduler import zoom participants.csv my-programme --offering QSS24D",
        "scheduler import calendar ann.ics my-programme",
        "scheduler import calendar google.csv my-programme --who ann --timezone Europe/Berlin",
    ),
    epilog="The same file twice changes nothing. The tables as they were before stand in the folder's `imports`.",
)
@click.argument("kind", type=click.Choice(("calendar", "zoom", "eventbrite", "canvas", "moodle")))
@click.argument("file", type=click.Path(path_type=Path))
@options.folder
@click.option("--map", "map_file", type=click.Path(path_type=Path), metavar="MAP",
              help="What things are called there, as YAML; kept in imports.yaml.")  # fmt: skip
@click.option("--who", metavar="ID", help="Whose calendar it is; else the file's name says it.")
@click.option(
    "--offering", metavar="ID", help="Which offering the file is about; else its name or imports.yaml says it."
)
@click.option(
    "--on", "on_day", type=options.DAY, metavar="DAY", help="The day of completions that the file does not date."
)
@click.option("--timezone", "zone", metavar="ZONE", help="Where the times of a calendar without zones are.")
@click.option(
    "--whole-list", "whole", is_flag=True, help="Whoever an earlier list held and this one does not has dropped."
)
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@options.quiet
def command(  # noqa: PLR0913 - one parameter for each option
    *,
    kind: "ImportKind",
    file: Path,
    folder: Path,
    map_file: Path | None,
    who: str | None,
    offering: str | None,
    on_day: date | None,
    zone: str | None,
    whole: bool,
    dry_run: bool,
    quiet: bool,
) -> int:
    """Read FILE of another system into the tables of FOLDER.

    `eventbrite`: orders and attendees become bookings of learners and seats taken by others; a refund frees the seat. `canvas`: a
    gradebook becomes completions, a list of users learners and their e-mails. `moodle`: a completion report becomes completions,
    a booking activity bookings and waits. `zoom`: a participants report becomes completed records; whoever left and came back is
    counted once a minute. `calendar`: busy spans of a calendar file (ICS, or Google's CSV) become rows of unavailable.csv.
    People are known by e-mail (`email` in learners.csv) or id, never by name alone. --dry-run shows first what would change.
    """
    from scheduler.commands.opening import tell_warnings
    from scheduler.files.folder import load
    from scheduler.imports.applied import apply
    from scheduler.imports.kinds import asked_of, imported, kept_names

    _refuse_zone(zone)
    loaded = load(folder, with_digest=False)
    asked = asked_of(file, folder, loaded, map_file, who=who, offering=offering, on=on_day, zone=zone, whole=whole)
    found = imported(kind, asked)
    if map_file is not None:
        found.files |= kept_names(folder, map_file, loaded)
    warnings = apply(found, folder, dry_run=dry_run)
    _show(found, file, dry_run=dry_run)
    if not quiet:
        tell_warnings(warnings, folder)
    return EXIT["answered"]


def _refuse_zone(zone: str | None) -> None:
    from scheduler.files.cells import zone_names
    from scheduler.files.zones import meant

    if zone is not None and zone not in zone_names():
        near = meant(zone)
        hint = f"; did you mean {near!r}?" if near else ""
        raise click.BadParameter(f"{zone!r} is no time zone; one is America/New_York{hint}", param_hint="'--timezone'")


def _show(found: "ImportFound", file: Path, *, dry_run: bool) -> None:
    from scheduler.files.printable import printable

    for line in _lines(found, file, dry_run=dry_run):
        click.echo(printable(line))
    if dry_run:
        tell("nothing was written")


def _lines(found: "ImportFound", file: Path, *, dry_run: bool) -> Iterator[str]:
    tables = list(found.tables.values())
    shown = [each for each in tables if not each.is_empty] or tables[:1]
    for table in shown:
        yield from (
            f"{file.name}: {line}" if not line.startswith(" ") else line for line in _table(table, dry_run=dry_run)
        )
    known = sum(each.known for each in tables)
    if known:
        yield f"  {known} stood there already: unchanged"
    for reason, who in sorted(found.left_out.items()):
        names = [each for each in dict.fromkeys(who) if each]
        more = ", …" if len(names) > NAMED else ""
        yield f"  {len(who)} left out: {reason}" + (f" ({', '.join(names[:NAMED])}{more})" if names else "")
    for remark in found.remarks:
        yield f"  {remark}"
    if "imports.yaml" in found.files:
        yield f"  the names of --map {'would be kept' if dry_run else 'are kept'} in imports.yaml"


def _table(table: "Proposed", *, dry_run: bool) -> Iterator[str]:
    if table.rows or table.is_empty:
        yield f"{_rows(len(table.rows))} {'would be added' if dry_run else 'added'} to {table.table}.csv"
        yield from _first([", ".join(cell for cell in row.values() if cell) for row in table.rows])
    old = table.now.rows
    if table.changed:
        yield f"{_rows(len(table.changed))} {'would be changed' if dry_run else 'changed'} in {table.table}.csv"
        changes = ((old[place], news) for place, news in table.changed.items())
        yield from _first([_change(row, news) for row, news in changes])
    if table.removed:
        verb = "would be taken" if dry_run else "taken"
        yield f"{_rows(len(table.removed))} {verb} out of {table.table}.csv: the seat is free again"
        yield from _first([", ".join(cell for cell in old[place].values() if cell) for place in sorted(table.removed)])


def _first(lines: list[str]) -> Iterator[str]:
    yield from (f"  {line}" for line in lines[:FIRST])
    if len(lines) > FIRST:
        yield f"  and {len(lines) - FIRST} more"


def _change(row: dict[str, str], news: dict[str, str]) -> str:
    name = next(iter(row.values()), "")
    return f"{name}: " + ", ".join(
        f"{column} {row.get(column) or 'blank'} -> {cell or 'blank'}" for column, cell in news.items()
    )


def _rows(count: int) -> str:
    return f"{count} {'row' if count == 1 else 'rows'}"
