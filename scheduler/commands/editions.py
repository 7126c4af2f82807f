"""`scheduler editions`: the editions there are, or how two of them differ."""

import click

from scheduler.commands import options
from scheduler.commands.codes import ANSWERED


@click.command(
    name="editions",
    cls=options.Command,
    examples=(
        "scheduler editions",
        "scheduler editions cohort-2024 rolling-2025",
    ),
)
@click.argument("names", nargs=-1, metavar="[ID ID]")
def command(names: tuple[str, ...]) -> int:
    """List the editions that come with the program, or show how two of them differ.

    An edition holds the rules of a programme as one set of documents states them.
    """
    from scheduler.commands.delivery import deliver, screen_for
    from scheduler.commands.opening import read_named
    from scheduler.files.editions import edition_paths
    from scheduler.show.editions_compared import show_differences, show_list

    if len(names) not in {0, 2}:
        raise click.UsageError("name two editions to compare, or none to list them all")
    screen = screen_for()
    if names:
        one, other = (read_named(name) for name in names)
        show_differences(screen, one, other)
    else:
        show_list(screen, [read_named(name) for name in edition_paths()])
    deliver(screen.text)
    return ANSWERED
