"""Options that several commands share."""

import contextlib
import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

FIRST_YEAR, LAST_YEAR = 1990, 2199
"""The years of the files too; repeated here, so that showing help reads no file code."""

EXCEL = "scheduler.excel"
"""Where a context keeps whether the CSV is for Excel."""

F = TypeVar("F", bound=Callable[..., Any])


PAGERLESS = "scheduler.no-pager"
"""Where a context keeps that nothing is to be shown page by page."""


def note_no_pager(ctx: click.Context, _parameter: click.Parameter, asked: bool) -> None:
    """Keep in mind that nothing is to be shown page by page."""
    ctx.meta[PAGERLESS] = asked or ctx.meta.get(PAGERLESS, False)


no_pager = click.option("--no-pager", is_flag=True, expose_value=False, hidden=True, callback=note_no_pager)


class Command(click.Command):
    """A command whose help ends with examples."""

    def __init__(self, *args: Any, examples: Sequence[str] = (), **kwargs: Any) -> None:  # noqa: ANN401 - click's
        """Make a command with some command lines as examples."""
        super().__init__(*args, **kwargs)
        self.examples = examples
        no_pager(self)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; who asks for a table for Excel asks for CSV."""
        rest = super().parse_args(ctx, args)
        if ctx.meta.get(EXCEL):
            ctx.params["as_csv"] = True
        return rest

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, then whatever else stands at the end."""
        write_examples(formatter, self.examples)
        super().format_epilog(ctx, formatter)


def _note_excel(ctx: click.Context, _parameter: click.Parameter, asked: bool) -> None:
    """Keep in mind that the CSV is for Excel, until it is delivered."""
    ctx.meta[EXCEL] = asked


def write_examples(formatter: click.HelpFormatter, examples: Sequence[str]) -> None:
    """Write command lines as they are typed, never wrapped."""
    with formatter.section("Example" if len(examples) == 1 else "Examples"):
        for example in examples:
            formatter.write(f"{'':{formatter.current_indent}}{example}\n")


class Day(click.ParamType[date]):
    """A calendar day, written 2025-04-01."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401 - click's
        """Return the day, or fail with what is allowed."""
        if isinstance(value, date):
            return value
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            with contextlib.suppress(ValueError):
                day = date.fromisoformat(value)
                if FIRST_YEAR <= day.year <= LAST_YEAR:
                    return day
                return self.fail(f"{value!r} is out of range: years run from {FIRST_YEAR} to {LAST_YEAR}", param, ctx)
        return self.fail(f"{value!r} is not a day; write it like 2025-04-01", param, ctx)


DAY = Day()

folder = click.argument("folder", type=click.Path(path_type=Path))
as_of = click.option("--as-of", type=DAY, metavar="DAY", help="The planning day, instead of the instance's own.")
edition = click.option("--edition", metavar="ID", help="Apply this edition to every learner.")
tentative = click.option("--tentative", is_flag=True, help="Use tentative offerings too.")
free = click.option("--free", is_flag=True, help="Bookings that stand may be given up.")
time_limit = click.option(
    "--time-limit",
    type=click.FloatRange(0, 1e9, min_open=True),
    metavar="S",
    help="Stop after S seconds with what is known.",
)
seed = click.option(
    "--seed", type=click.IntRange(0, 2**31 - 1 - 10_000), default=0, metavar="N", help="The solver's seed."
)
costs = click.option(
    "--costs", type=click.Path(path_type=Path), metavar="FILE", help="What each kind of change costs, as YAML."
)
together = click.option(
    "--together/--alone",
    default=True,
    help="Plan all learners together (the default), or each as if nobody else took another seat.",
)
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
whole = click.option("--all", "whole", is_flag=True, help="Show everything, not only what matters most.")
quiet = click.option("--quiet", "-q", is_flag=True, help="No warnings or progress on stderr.")
excel = click.option(
    "--excel",
    is_flag=True,
    expose_value=False,
    callback=_note_excel,
    help="As --csv, marked for Excel (a byte-order mark), so that names keep their accents.",
)
out = click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE", help="Write the result to FILE instead of the screen."
)

LONGEST_NUMBER = 20
"""Characters of a number that is kept exactly: more would only take time."""


into = click.option(
    "--out", "target", type=click.Path(path_type=Path), required=True, metavar="DIR", help="The folder to write into."
)
only_learners = click.option(
    "--learner", "learners", multiple=True, metavar="ID", help="Only this learner; may be given again."
)
