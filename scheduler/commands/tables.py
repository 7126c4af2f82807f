"""What the commands that make tables share: their options, how a table is delivered."""

import math
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import click

from scheduler.commands import options

if TYPE_CHECKING:
    from scheduler.engines.budget import Budget
    from scheduler.show.flat import Row
    from scheduler.show.screen import Screen

Form = Literal["json", "csv", "screen"]
Count = Callable[[int, int], None]
"""Hears how many rows of how many are done."""

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])


def as_csv(command: F) -> F:
    """Give a command the options of CSV: `--csv`, and `--excel` for a spreadsheet program."""
    csv = click.option("--csv", "as_csv", is_flag=True, help="Print CSV, one row for each row of the table.")
    return csv(options.excel(command))


time_limit = click.option(
    "--time-limit",
    type=click.FloatRange(0, 10**7, min_open=True),
    metavar="S",
    help="Stop after S seconds with the rows that are done.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """Where a table goes, and in which form."""

    form: Form
    out: Path | None
    quiet: bool


def output(*, as_json: bool, as_csv: bool, out: Path | None, quiet: bool) -> Output:
    """Read the options of form; raise click.UsageError where they exclude each other."""
    if as_json and as_csv:
        raise click.UsageError("--json and --csv exclude each other")
    return Output(form="json" if as_json else "csv" if as_csv else "screen", out=out, quiet=quiet)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableForms:
    """One table in its three forms; only what is asked for is made."""

    answer: Callable[[], dict[str, Any]]
    rows: Callable[[], Sequence["Row"]]
    columns: Sequence[str]
    show: Callable[["Screen"], None]


def hand_over(table: TableForms, to: Output) -> None:
    """Write a table to where it is wanted."""
    from scheduler.commands.delivery import as_text, deliver, screen_for
    from scheduler.show.flat import csv_text

    if to.form == "json":
        text = as_text(table.answer())
    elif to.form == "csv":
        text = csv_text(table.rows(), table.columns)
    else:
        screen = screen_for(to.out)
        table.show(screen)
        text = screen.text
    deliver(text, to.out, quiet=to.quiet)


def made(
    to: Output, seconds: float | None, find: "Callable[[Budget, Count], T]", table: Callable[[T], TableForms]
) -> T:
    """Find what a table shows, within some seconds, and write it; a Ctrl-C that comes while it is written does not lose it."""
    from scheduler.commands.progress import ProgressLine

    budget, stopping = limited(seconds)
    with stopping:
        with ProgressLine(quiet=to.quiet) as progress:
            found = find(budget, progress.count)
        made = table(found)
        hand_over(made, to)
        _as_book(found, made, to)
    return found


def _as_book(found: Any, table: TableForms, to: Output) -> None:  # noqa: ANN401 - any answer that says of which instance it is
    from scheduler.books.tables import of_rows
    from scheduler.commands.books import deliver_book

    deliver_book(found.instance, table.show, lambda: [of_rows("All rows", table.rows(), table.columns)], quiet=to.quiet)


def limited(seconds: float | None) -> "tuple[Budget, AbstractContextManager[None]]":
    """Return a budget, and the context in which Ctrl-C ends it; raise click.BadParameter for what is no number."""
    from scheduler.commands.interrupts import stopping
    from scheduler.engines.budget import Budget

    if seconds is not None and math.isnan(seconds):
        raise click.BadParameter("nan is no number of seconds", param_hint="'--time-limit'")
    budget = Budget(seconds)
    return budget, stopping(budget)
