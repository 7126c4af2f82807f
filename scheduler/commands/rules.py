"""`scheduler rules`: the rules in force, with their sources."""

from pathlib import Path

import click

from scheduler.commands import options, tables
from scheduler.commands.codes import ANSWERED


@click.command(
    name="rules", cls=options.Command, examples=("scheduler rules instances/cscce-2023-2026 --edition cohort-2024",)
)
@options.folder
@click.option("--edition", metavar="ID", help="Only the rules of this edition.")
@options.whole
@tables.as_csv
@options.out
@options.quiet
def command(*, folder: Path, edition: str | None, whole: bool, as_csv: bool, out: Path | None, quiet: bool) -> int:
    """List the rules that hold in FOLDER.

    Each is one sentence with the document that states it; a rule that an edition leaves out is not applied there. Where
    several editions are in use, those of the instance's own are shown, unless --edition or --all asks for others.
    """
    from scheduler.answers.audit import used_editions
    from scheduler.commands.delivery import deliver, screen_for
    from scheduler.commands.opening import opened, with_named_edition
    from scheduler.show.flat import csv_text
    from scheduler.show.rules_in_force import COLUMNS, rule_rows, show_rules

    instance = opened(folder, quiet=quiet)
    if edition is not None:
        instance = with_named_edition(instance, edition, folder)
    editions = used_editions(instance) if edition is None else [instance.editions[edition]]
    if as_csv:
        deliver(csv_text(rule_rows(editions), COLUMNS), out, quiet=quiet)
    else:
        screen = screen_for(out)
        show_rules(screen, instance, editions, whole=whole)
        deliver(screen.text, out, quiet=quiet)
    return ANSWERED
