"""Options that several commands share."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


class Day(click.ParamType):
    """A calendar day, written 2025-04-01."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401 - click's
        """Return the day, or fail with what is allowed."""
        if isinstance(value, date):
            return value
        try:
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        self.fail(f"{value!r} is not a day; write it like 2025-04-01", param, ctx)


DAY = Day()

folder = click.argument("folder", type=click.Path(path_type=Path))
as_of = click.option("--as-of", type=DAY, metavar="DAY", help="The planning day, instead of the instance's own.")
edition = click.option("--edition", metavar="ID", help="Apply this edition to every learner.")
tentative = click.option("--tentative", is_flag=True, help="Use tentative offerings too.")
free = click.option("--free", is_flag=True, help="Bookings that stand may be given up.")
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
quiet = click.option("--quiet", "-q", is_flag=True, help="No warnings or progress on stderr.")
out = click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE", help="Write the result to FILE instead of the screen."
)
