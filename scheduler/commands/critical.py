"""`scheduler critical`: for each offering, the graduations and learner-days that are lost if it is cancelled."""

from datetime import date
from pathlib import Path

import click

from scheduler.commands import books, options, tables
from scheduler.commands.codes import EXIT


@click.command(
    name="critical",
    cls=options.Command,
    examples=(
        "scheduler critical instances/cscce-2023-2026",
        "scheduler critical instances/cscce-2023-2026 --alone --csv --out critical.csv",
    ),
)
@options.folder
@options.together
@options.as_of
@options.edition
@options.tentative
@tables.time_limit
@options.whole
@options.as_json
@tables.as_csv
@books.xlsx
@options.out
@options.quiet
def command(  # noqa: PLR0913 - one parameter an option
    *,
    folder: Path,
    together: bool,
    as_of: date | None,
    edition: str | None,
    tentative: bool,
    time_limit: float | None,
    whole: bool,
    as_json: bool,
    as_csv: bool,
    out: Path | None,
    quiet: bool,
) -> int:
    """Show how much hangs on each offering that is not over.

    Each is cancelled in turn: how many learners would no longer graduate in time, and how many days the others lose.
    All learners are planned together, under shared seats and places; --alone asks each as if nobody else took another seat.
    """
    from scheduler.commands.opening import Wanted, asked
    from scheduler.explain.critical import criticality
    from scheduler.show.critical import COLUMNS, critical_answer, critical_rows, show_critical

    to = tables.output(as_json=as_json, as_csv=as_csv, out=out, quiet=quiet)
    wanted = Wanted(as_of=as_of, edition=edition, tentative=tentative)
    instance = asked(folder, wanted, quiet=quiet)
    found = tables.made(
        to,
        time_limit,
        lambda budget, tell: criticality(instance, together=together, budget=budget, tell=tell),
        lambda found: tables.TableForms(
            answer=lambda: critical_answer(found),
            rows=lambda: critical_rows(found),
            columns=COLUMNS,
            show=lambda screen: show_critical(screen, found, whole=whole),
        ),
    )
    return EXIT[found.meaning]
