"""`scheduler new`: an empty, commented instance to fill in, or one like another in which the next year is planned."""

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypedDict

import click

from scheduler.commands import options
from scheduler.commands.codes import ANSWERED
from scheduler.commands.delivery import tell

FIRST, LAST = 1990, 2199
ZONE = "America/New_York"


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

    On a terminal, and without options, you are asked for its name, its time zone and its planning day.

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

    if as_of is None and not quiet and sys.stdin.isatty():
        new_instance(folder, **_asked(folder))
    else:
        new_instance(folder, as_of=as_of)
    if not quiet:
        tell(f"wrote {folder}: fill offerings.csv and learners.csv, then run scheduler validate {folder}")
    return ANSWERED


class _Answers(TypedDict):
    title: str
    zone: str
    as_of: date


def _asked(folder: Path) -> _Answers:
    """Ask the three things that every programme has; Enter takes what stands in brackets."""
    from scheduler.files.new import title_of

    title = click.prompt("What is the programme called?", default=title_of(folder), value_proc=_title, err=True)
    zone = click.prompt("In which time zone are its times written?", default=ZONE, value_proc=_zone, err=True)
    today = datetime.now(tz=UTC).astimezone().date()
    as_of = click.prompt("From which day on do you plan?", default=today, type=options.DAY, err=True)
    return _Answers(title=title, zone=zone, as_of=as_of)


def _title(text: str) -> str:
    from scheduler.files.printable import unseen

    hidden = unseen(text)
    if hidden or not text.strip():
        raise click.UsageError(f"it holds {hidden}, which nobody sees" if hidden else "a name is needed")
    return text.strip()


def _zone(text: str) -> str:
    from scheduler.commands.names import no_such_name
    from scheduler.files.cells import zone_names

    if text not in zone_names():
        raise click.UsageError(no_such_name("time zone", text, zone_names()))
    return text
