"""`scheduler missed`: for each step to come, the day of graduation if it is missed, and what takes its place."""

from datetime import date
from pathlib import Path

import click

from scheduler.commands import books, options, tables
from scheduler.commands.codes import EXIT


@click.command(
    name="missed",
    cls=options.Command,
    examples=("scheduler missed instances/cscce-2023-2026 --learner L26",),
    epilog="Exit code 1: the learner has no path to graduation.",
)
@options.folder
@click.option("--learner", required=True, metavar="ID", help="Whose steps.")
@options.together
@options.as_of
@options.edition
@options.tentative
@tables.time_limit
@options.as_json
@tables.as_csv
@books.xlsx
@options.out
@options.quiet
def command(  # noqa: PLR0913 - one parameter an option
    *,
    folder: Path,
    learner: str,
    together: bool,
    as_of: date | None,
    edition: str | None,
    tentative: bool,
    time_limit: float | None,
    as_json: bool,
    as_csv: bool,
    out: Path | None,
    quiet: bool,
) -> int:
    """Show what it would mean for a learner to miss a step.

    All learners are planned together. Each step of the learner's path is missed in turn, and the rest is planned anew
    from that day on, while the others keep their places; --alone asks as if nobody else took another seat.
    """
    from scheduler.commands.names import refuse_unknown
    from scheduler.commands.opening import Wanted, asked
    from scheduler.explain.missed import misses
    from scheduler.show.missed import COLUMNS, missed_answer, missed_rows, show_missed

    to = tables.output(as_json=as_json, as_csv=as_csv, out=out, quiet=quiet)
    wanted = Wanted(as_of=as_of, edition=edition, tentative=tentative)
    instance = asked(folder, wanted, quiet=quiet)
    refuse_unknown("learner", [learner], instance.learner)
    found = tables.made(
        to,
        time_limit,
        lambda budget, tell: misses(instance, learner, together=together, budget=budget, tell=tell),
        lambda found: tables.TableForms(
            answer=lambda: missed_answer(found),
            rows=lambda: missed_rows(found),
            columns=COLUMNS,
            show=lambda screen: show_missed(screen, found),
        ),
    )
    return EXIT[found.meaning]
