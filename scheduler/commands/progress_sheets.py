"""`scheduler progress`: what each learner has done, booked and still misses, and the last chances to start it."""

from datetime import date
from pathlib import Path

import click

from scheduler.commands import books, options, tables
from scheduler.commands.codes import EXIT

DAYS = 60


@click.command(
    name="progress",
    cls=options.Command,
    examples=(
        "scheduler progress instances/cscce-2023-2026",
        "scheduler progress instances/cscce-2023-2026 --learner L06 --days 90",
    ),
    epilog="Exit code 1: somebody has no path to graduation any more.",
)
@options.folder
@click.option("--learner", "learners", multiple=True, metavar="ID", help="This learner's sheet; may be given again.")
@click.option(
    "--days",
    type=click.IntRange(0, 100_000),
    default=DAYS,
    show_default=True,
    metavar="N",
    help="List the last chances of the next N days.",
)
@options.together
@options.whole
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
    learners: tuple[str, ...],
    days: int,
    together: bool,
    whole: bool,
    as_of: date | None,
    edition: str | None,
    tentative: bool,
    time_limit: float | None,
    as_json: bool,
    as_csv: bool,
    out: Path | None,
    quiet: bool,
) -> int:
    """Show what each learner has done, booked and still misses.

    For everything that is missing stands the last day on which it can be started without losing graduation in time, and
    for all learners the last chances of the coming days. All are planned together, and the places that others have in that
    plan count as taken; --alone asks each as if nobody else took another seat.
    """
    from scheduler.answers.progress import progress_of
    from scheduler.commands.names import refuse_unknown
    from scheduler.commands.opening import Wanted, asked
    from scheduler.show.progress import COLUMNS, progress_answer, progress_rows, show_progress

    to = tables.output(as_json=as_json, as_csv=as_csv, out=out, quiet=quiet)
    wanted = Wanted(as_of=as_of, edition=edition, tentative=tentative)
    instance = asked(folder, wanted, quiet=quiet)
    refuse_unknown("learner", learners, instance.learner)
    found = tables.made(
        to,
        time_limit,
        lambda budget, tell: progress_of(instance, learners, together=together, budget=budget, tell=tell),
        lambda found: tables.TableForms(
            answer=lambda: progress_answer(found, days),
            rows=lambda: progress_rows(found),
            columns=COLUMNS,
            show=lambda screen: show_progress(screen, found, days=days, details=bool(learners), whole=whole),
        ),
    )
    return EXIT[found.meaning]
