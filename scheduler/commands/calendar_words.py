"""What people type after options of `scheduler calendar`: limits of additions, and days to be explained."""

from datetime import date
from typing import Any

import click

from scheduler.commands import options


class Most(click.ParamType[tuple[str, int]]):
    """So many of a kind of component, or of one component: `workshop=24`."""

    name = "most"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, int]:  # noqa: ANN401 - click's
        """Return the kind or code and the number, or fail with what is allowed."""
        if isinstance(value, tuple):
            return value
        kind, sign, number = str(value).partition("=")
        if not sign or not kind or not number.isascii() or not number.isdigit() or len(number) > options.LONGEST_NUMBER:
            self.fail(f"{value!r} is no limit; write it like workshop=24", param, ctx)
        return kind, int(number)


class Dated(click.ParamType[tuple[str, date | None]]):
    """A day of a component, or a run and another day for it: `CODE=2026-03-10`, `CODE26S`, `CODE26S=2026-03-10`."""

    name = "dated"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, date | None]:  # noqa: ANN401 - click's
        """Return the name and the day, or fail with what is allowed."""
        if isinstance(value, tuple):
            return value
        name, sign, day = str(value).partition("=")
        return name, options.DAY.convert(day, param, ctx) if sign else None
