"""`scheduler audit`: supply promises, kept or broken."""

from datetime import date
from pathlib import Path

import click

from scheduler.commands import books, options, tables
from scheduler.commands.codes import EXIT


@click.command(
    name="audit", cls=options.Command, examples=("scheduler audit instances/cscce-2023-2026 --edition rolling-2025",)
)
@options.folder
@click.option("--from", "first", type=options.DAY, metavar="DAY", help="First day to look at; needs --to.")
@click.option("--to", "last", type=options.DAY, metavar="DAY", help="Last day to look at; needs --from.")
@click.option("--edition", metavar="ID", help="Only the promises of this edition.")
@options.as_of
@click.option("--tentative", is_flag=True, help="Count tentative offerings too.")
@options.whole
@options.as_json
@tables.as_csv
@books.xlsx
@options.out
@options.quiet
def command(  # noqa: PLR0913 - one parameter an option
    *,
    folder: Path,
    first: date | None,
    last: date | None,
    edition: str | None,
    as_of: date | None,
    tentative: bool,
    whole: bool,
    as_json: bool,
    as_csv: bool,
    out: Path | None,
    quiet: bool,
) -> int:
    """Judge the promises about the calendar of FOLDER.

    Editions promise that each Mini-workshop is offered so often. Without --from and --to, each cohort's own window is
    looked at. Exit 1 if a promise is broken; while a period is not over, a missing offering is "too early to say". What
    is wrong with the calendar that lies ahead (a trainer in two places, a closed day) is told too. A period more than a
    year before the first offering that is written down, or after the last, is not judged.
    """
    from scheduler.answers.audit import answer_audit
    from scheduler.books.tables import of_rows
    from scheduler.commands.opening import Wanted, asked, with_named_edition
    from scheduler.show.promises import COLUMNS, promise_rows, promises, show_promises

    span = _span(first, last)
    to = tables.output(as_json=as_json, as_csv=as_csv, out=out, quiet=quiet)
    instance = asked(folder, Wanted(as_of=as_of, tentative=tentative), quiet=quiet)
    if edition is not None:
        instance = with_named_edition(instance, edition, folder)
    found = answer_audit(instance, () if edition is None else [instance.editions[edition]], span)
    judged, odd = found.judged, found.odd
    table = tables.TableForms(
        answer=lambda: promises(instance, judged, odd),
        rows=lambda: promise_rows(judged),
        columns=COLUMNS,
        show=lambda screen: show_promises(screen, instance, judged, odd, whole=whole),
    )
    tables.hand_over(table, to)
    books.deliver_book(
        instance,
        lambda screen: show_promises(screen, instance, judged, odd),
        lambda: [of_rows("Promises", promise_rows(judged), COLUMNS)],
        quiet=quiet,
    )
    return EXIT[found.meaning]


def _span(first: date | None, last: date | None) -> tuple[date, date] | None:
    if first is None and last is None:
        return None
    if first is None or last is None:
        raise click.UsageError("--from and --to go together")
    if last < first:
        raise click.UsageError(f"--to {last} lies before --from {first}")
    return first, last
