"""`scheduler show`: what a folder holds, and what to ask next."""

from datetime import date
from pathlib import Path

import click

from scheduler.commands import options
from scheduler.commands.codes import ANSWERED


@click.command(name="show", cls=options.Command, examples=("scheduler show instances/tiny", "scheduler instances/tiny"))
@options.folder
@options.as_of
def command(folder: Path, as_of: date | None) -> int:
    """Say what is in FOLDER, and which commands to type next.

    `scheduler FOLDER` without a command does the same.
    """
    from scheduler.commands.delivery import deliver, screen_for
    from scheduler.files.folder import load
    from scheduler.report.contents import contents_of
    from scheduler.show.contents import show_contents

    loaded = load(folder, as_of)
    screen = screen_for()
    show_contents(screen, loaded.instance, contents_of(loaded.instance), str(folder), len(loaded.warnings))
    deliver(screen.text)
    return ANSWERED
