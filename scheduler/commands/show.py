"""`scheduler show`: what a folder holds, and what to ask next."""

from datetime import date
from pathlib import Path

import click

from scheduler.commands import options
from scheduler.commands.codes import ANSWERED


@click.command(
    name="show",
    cls=options.Command,
    examples=("scheduler show instances/tiny", "scheduler instances/tiny", "scheduler show instances/tiny --json"),
)
@options.folder
@options.as_of
@options.as_json
def command(folder: Path, as_of: date | None, *, as_json: bool = False) -> int:
    """Say what is in FOLDER, and which commands to type next.

    `scheduler FOLDER` without a command does the same.
    """
    from scheduler.commands.delivery import as_text, deliver, screen_for
    from scheduler.files.folder import load
    from scheduler.report.contents import contents_of
    from scheduler.show.contents import contents_answer, show_contents

    loaded = load(folder, as_of)
    found = contents_of(loaded.instance)
    if as_json:
        deliver(as_text(contents_answer(loaded.instance, found, len(loaded.warnings))))
        return ANSWERED
    screen = screen_for()
    show_contents(screen, loaded.instance, found, str(folder), len(loaded.warnings))
    deliver(screen.text)
    return ANSWERED
