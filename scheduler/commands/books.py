"""`--xlsx FILE`: the answer as a workbook too, for whoever reads no screen."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from models.programme.instance import Instance
    from scheduler.books.tables import BookTable
    from scheduler.show.screen import Screen

XLSX = "scheduler.xlsx"


def _note(ctx: click.Context, _parameter: click.Parameter, target: Path | None) -> None:
    """Keep in mind where the workbook goes; a name that no spreadsheet program would open is refused."""
    if target is None:
        return
    from scheduler.files.archives import BOOK

    if target.suffix.lower() != BOOK:
        raise click.BadParameter(f"{target} is no name of a workbook: it ends in {BOOK}")
    ctx.meta[XLSX] = target


xlsx: Callable[[Any], Any] = click.option(
    "--xlsx",
    type=click.Path(path_type=Path),
    metavar="FILE",
    expose_value=False,
    callback=_note,
    help="Write the answer as a workbook too: in sentences, then in tables.",
)


def deliver_book(
    instance: "Instance",
    show: "Callable[[Screen], None]",
    tables: "Callable[[], Sequence[BookTable]]",
    *,
    quiet: bool,
    keep_shown: bool = False,
) -> None:
    """Write the workbook where one is asked for; raise CannotWriteError.

    `keep_shown` = the tables of the screen become sheets as well.
    """
    target = click.get_current_context().meta.get(XLSX)
    if target is None:
        return
    from scheduler.books.answer import write_answer
    from scheduler.commands.delivery import tell
    from scheduler.versions import VERSION, solver_version

    made_by = f"cohort-scheduler {VERSION}, CP-SAT {solver_version()}"
    write_answer(target, instance, show, tables, made_by=made_by, keep_shown=keep_shown)
    if not quiet:
        tell(f"wrote {target}")
